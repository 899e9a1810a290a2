using Microsoft.Extensions.Hosting;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.PluginDeaths;

/// <summary>
/// A process that Mattermost starts looks whether the one before it ended in good order (UP-1): who dies can’t say so.
/// </summary>
internal sealed partial class NoticeDeaths(
    RunBy runBy,
    Store store,
    TimeProvider clock,
    ILogger<NoticeDeaths> log
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Note(
            (life, server, now) => life.Begun(server.Id, now),
            isBeginning: true,
            cancellationToken
        );

    /// <summary>What has no time left to end is cut off, which is no end in good order.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.CompletedTask
            : Note((life, _, _) => life.Ended(), isBeginning: false, CancellationToken.None);

    /// <summary>Whether deaths are counted is worth no start and no end.</summary>
    private async Task Note(
        Func<ProcessLife, RunningServer, DateTimeOffset, ProcessLife> become,
        bool isBeginning,
        CancellationToken cancel
    )
    {
        try
        {
            await Keep(become, isBeginning, cancel);
        }
        catch (Exception problem)
            when (problem is StoreUnwritableException or StoreUncertainException)
        {
            Log.NotNoted(log, problem.Message);
        }
    }

    private async Task Keep(
        Func<ProcessLife, RunningServer, DateTimeOffset, ProcessLife> become,
        bool isBeginning,
        CancellationToken cancel
    )
    {
        if (runBy.Server is not { } server)
        {
            return;
        }

        while (true)
        {
            var read = await store.Find(ProcessLife.Kind, server.Machine, cancel);
            var now = clock.GetUtcNow();
            var before = read?.Value ?? ProcessLife.None;
            var next = become(before, server, now);
            var change = new Change(now, TellOfDeaths.Kind);
            _ = read is null
                ? change.Add(ProcessLife.Kind, server.Machine, next)
                : change.Replace(ProcessLife.Kind, read, next);
            if (isBeginning && before.Runs && next.IsSerious)
            {
                // Mattermost may be starting itself: who its administrators are is asked when it answers.
                change.Due(
                    TellOfDeaths.Kind,
                    TellOfDeaths.Id(server.Machine, next.Deaths.Length),
                    now
                );
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "That this process begins or ends could not be noted, so it may be taken for one that died: {Problem}"
        )]
        public static partial void NotNoted(ILogger log, string problem);
    }
}
