using System.Globalization;
using Sidecar.Mattermost;

namespace Sidecar.Setup.Doctor;

/// <summary>Whether Mattermost's WebSocket can be reached, on which reactions to cards are heard. Without it all else works.</summary>
internal static class WebSocketCheck
{
    private const string Check = "websocket";
    private const string Means = "Reactions to cards are not heard; everything else works.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task Run(DoctorContext patient, Findings findings, CancellationToken cancel)
    {
        var secrets = patient.Secrets!;
        if (patient.Bot is null)
        {
            findings.NotChecked(Check, "only the bot can listen, and its token is not accepted");
            return;
        }

        var address = WebSocketConnection.Address(secrets.MattermostUrl);
        using var network = patient.Seams.Network is { } given
            ? new HttpMessageInvoker(given, disposeHandler: false)
            : new HttpMessageInvoker(MattermostNetwork.Handler());
        using var late = new CancellationTokenSource(Patience, patient.Seams.Clock);
        try
        {
            var token = secrets.Bot.Token.Reveal();
            await using var line = await WebSocketConnection.Open(
                network,
                secrets.MattermostUrl,
                token,
                late.Token,
                cancel
            );
            findings.Ok(Check, $"{address} lets the bot listen");
        }
        catch (WebSocketConnectionException problem)
        {
            findings.Warn(Check, $"{address}: {Says(problem)}. {Means}", Remedy(problem));
        }
    }

    private static string Says(WebSocketConnectionException problem) =>
        problem switch
        {
            { Status: { } status } => string.Create(
                CultureInfo.InvariantCulture,
                $"the answer to a WebSocket's request is {(int)status} {status}"
            ),
            { Problem: WebSocketProblem.Unreachable } => $"not reached ({problem.Message})",
            { Problem: WebSocketProblem.Silent } => "connected, and then nothing comes",
            { Problem: WebSocketProblem.CutWhileOpening } =>
                $"the line was cut before the bot was let in, though its token is accepted ({problem.Message})",
            _ => $"the bot was not let in ({problem.Message})",
        };

    private static string Remedy(WebSocketConnectionException problem) =>
        problem.Problem == WebSocketProblem.Unreachable
            ? "Let what is in front of Mattermost pass WebSockets on. In nginx, for /api/v4/websocket: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";"
            : "See Mattermost's log for the WebSocket, and whether something in front of it changes or delays it.";
}
