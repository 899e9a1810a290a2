using Sidecar.Chat;
using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>
/// What this server's clients can do with forms (DLG-1): as its public configuration says, asked anew now and then, since
/// servers are updated while we run.
/// </summary>
internal sealed partial class ServerForms(
    IChat chat,
    ChatOptions options,
    TimeProvider clock,
    ILogger<ServerForms> log
)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TriedAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>A form waits for the answer, and what opens it is good for seconds only.</summary>
    private static readonly TimeSpan WaitedFor = TimeSpan.FromSeconds(1);

    private volatile Known _known = new(FormAbilities.TextOnly, DateTimeOffset.MinValue);

    /// <summary>What they can do now. Whoever does not answer can do what they could before.</summary>
    public async ValueTask<FormAbilities> Abilities(CancellationToken cancel)
    {
        var known = _known;
        var now = clock.GetUtcNow();
        if (now < known.Until)
        {
            return known.Abilities;
        }

        try
        {
            using var wait = new CancellationTokenSource(WaitedFor, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, wait.Token);
            var server = await chat.Server(either.Token);
            known = new Known(
                server.DrawsFormsAsApps
                    ? new FormAbilities(true, options.LookUpsUrl is not null)
                    : FormAbilities.TextOnly,
                now + GoodFor
            );
        }
        catch (Exception problem)
            when (problem is ChatException
                || (problem is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            Log.NotTold(log, problem);
            known = known with { Until = now + TriedAgainAfter };
        }

        _known = known;
        return known.Abilities;
    }

    private sealed record Known(FormAbilities Abilities, DateTimeOffset Until);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Mattermost does not say what its clients can do with forms; they are drawn as before"
        )]
        public static partial void NotTold(ILogger log, Exception problem);
    }
}
