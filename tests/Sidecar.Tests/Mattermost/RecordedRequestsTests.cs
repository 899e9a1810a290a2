using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// What a real server sent, byte for byte, is understood. Only what belonged to that server's day is exchanged: the
/// tokens are made ours, contexts and states are ones that we sealed, and the person is one whom our server knows.
/// </summary>
public sealed partial class RecordedRequestsTests
{
    public static TheoryData<string> Commands => Files("command-", "/command");

    public static TheoryData<string> Actions => Files("action-", "/actions");

    public static TheoryData<string> Dialogs => Files("dialog-", "/dialog");

    public static TheoryData<string> Triggers => Files("outgoing-", "/outgoing");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_recorded_command_is_answered(string file)
    {
        await using var desk = await Desk.Open();
        var recorded = Recorded(file);
        var token = recorded.Headers["Authorization"]!.GetValue<string>()["Token ".Length..];
        using var response = await Send(
            desk,
            "/mattermost/command",
            recorded with
            {
                Body = recorded.Body.Replace(token, desk.CommandToken, StringComparison.Ordinal),
            },
            ("Authorization", $"Token {desk.CommandToken}")
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var text = (await Door.Json(response)).GetProperty("text").GetString()!;
        // The recorded texts are "list --mine é ✓" and "new @bob ~town-square".
        text.ShouldContain(
            recorded.Body.Contains("%40bob", StringComparison.Ordinal)
                ? "form could not be opened"
                : "There is no customer “\\--mine é ✓”"
        );
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task A_recorded_click_is_answered(string file)
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        var button = file.Contains("select", StringComparison.Ordinal)
            ? "Assign to…"
            : "Acknowledge";
        var action = card.Actions.First(a => a.Name == button).Id!;
        var ours = desk.Mattermost.HiddenIntegrationsOf(card.Id)[
            action
        ]!.Context!.Value.GetProperty("sealed");
        var recorded = Recorded(file);
        var body = JsonNode.Parse(recorded.Body)!;
        body["context"]!["sealed"] = ours.GetString();
        body["post_id"] = card.Id;

        using var response = await Send(
            desk,
            "/mattermost/action",
            recorded with
            {
                Body = body.ToJsonString(),
            }
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        // What was done is seen on the card; the recorded trigger opens no form, so a refusal is said in words.
        var said = (await Door.Json(response)).TryGetProperty("ephemeral_text", out var text)
            ? text.GetString()
            : null;
        if (button == "Acknowledge")
        {
            said.ShouldBeNull();
            (await desk.StateOf()).ShouldBe(EscalationState.Acknowledged);
        }
        else
        {
            said.ShouldNotBeNull().ShouldContain("ESC-1 stays as it is");
        }
    }

    [Theory]
    [MemberData(nameof(Dialogs))]
    public async Task A_recorded_submission_is_answered(string file)
    {
        await using var desk = await Desk.Open();
        await desk.Types("engineer", "/escalate");
        var recorded = Recorded(file);
        var body = JsonNode.Parse(recorded.Body)!;
        body["state"] = desk.Mattermost.OpenDialogOf("engineer")!.State;
        body["user_id"] = desk.Mattermost.GetUser("engineer").Id;

        using var response = await Send(
            desk,
            "/mattermost/dialog",
            recorded with
            {
                Body = body.ToJsonString(),
            }
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await Door.Json(response);
        answer.EnumerateObject().ShouldBeEmpty();
        // Customer, severity and summary were there; the recorded form did not ask for the rest, which is as it was.
        var wasCancelled = body["cancelled"]!.GetValue<bool>();
        (await desk.Find(1) is null).ShouldBe(wasCancelled);
    }

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task A_recorded_trigger_word_is_answered(string file)
    {
        await using var desk = await Desk.Open();
        var recorded = Recorded(file);
        var token = JsonNode.Parse(File.ReadAllText(PathOf(file)))!["creation"]!["body"]![
            "token"
        ]!.GetValue<string>();
        var word = recorded.Body.Contains("sev1-667a", StringComparison.Ordinal)
            ? "sev1-667a"
            : "sev1-7871";
        var body = recorded
            .Body.Replace(token, desk.TriggerToken, StringComparison.Ordinal)
            .Replace(word, "sev1", StringComparison.Ordinal);

        using var response = await Send(desk, "/mattermost/trigger", recorded with { Body = body });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        // The bot says it by itself: an answer would carry the name of whoever set the webhook up.
        (
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        ).ShouldBeEmpty();
        (await desk.Stored()).Severity.ShouldBe(Severity.Sev1);
    }

    private static async Task<HttpResponseMessage> Send(
        Desk desk,
        string path,
        RecordedRequest recorded,
        params (string Name, string Value)[] headers
    )
    {
        var tam = desk.Mattermost.GetUser("engineer").Id;
        var body = RecordedUser().Replace(recorded.Body, match => match.Groups["key"].Value + tam);
        using var http = new HttpClient { BaseAddress = desk.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.TryAddWithoutValidation(
            "Content-Type",
            recorded.Headers["Content-Type"]!.GetValue<string>()
        );
        request.Headers.TryAddWithoutValidation(
            "User-Agent",
            recorded.Headers["User-Agent"]!.GetValue<string>()
        );
        request.Headers.TryAddWithoutValidation(
            "Accept",
            recorded.Headers["Accept"]!.GetValue<string>()
        );
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static TheoryData<string> Files(string prefix, string path) =>
        [
            .. Directory
                .EnumerateFiles(Folder, prefix + "*.json")
                .Where(f =>
                    JsonNode
                        .Parse(File.ReadAllText(f))!["request_to_sidecar"]
                        ?["path"]?.GetValue<string>() == path
                )
                .Select(f => Path.GetFileName(f))
                .Order(StringComparer.Ordinal),
        ];

    private static RecordedRequest Recorded(string file)
    {
        var sent = JsonNode.Parse(File.ReadAllText(PathOf(file)))!["request_to_sidecar"]!;
        return new RecordedRequest(sent["headers"]!.AsObject(), sent["body"]!.GetValue<string>());
    }

    [GeneratedRegex(
        """(?<key>(^|&)user_id=|"user_id"\s*:\s*")[a-z0-9]{26}""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RecordedUser();

    private static string Folder =>
        Path.Combine(AppContext.BaseDirectory, "Mattermost", "recorded");

    private static string PathOf(string file) => Path.Combine(Folder, file);

    private sealed record RecordedRequest(JsonObject Headers, string Body);
}
