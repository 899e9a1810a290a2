using Sidecar.Storage;

namespace Sidecar.Features.ConsoleSettings;

/// <summary>Keeps whether what the System Console says can be used, and has administrators told when it can't.</summary>
internal sealed class SettingsVerdict(Store store, TimeProvider clock)
{
    /// <summary>What is wrong at the moment; nothing when all is well.</summary>
    public async Task<IReadOnlyList<string>> Problems(CancellationToken cancel) =>
        await store.Find(RefusedSettings.Kind, RefusedSettings.Id, cancel) is { Value: var refused }
            ? refused.Problems
            : [];

    /// <summary>The settings can't be used. The same, found again or by another server, is told once.</summary>
    public async Task Refused(IReadOnlyList<string> problems, CancellationToken cancel)
    {
        while (true)
        {
            var read = await store.Find(RefusedSettings.Kind, RefusedSettings.Id, cancel);
            if (
                read is not null
                && read.Value.Problems.SequenceEqual(problems, StringComparer.Ordinal)
            )
            {
                return;
            }

            var now = clock.GetUtcNow();
            var next = new RefusedSettings([.. problems], now);
            var change = new Change(now, TellOfSettings.Kind).Due(
                TellOfSettings.Kind,
                RefusedSettings.Id,
                now
            );
            _ = read is null
                ? change.Add(RefusedSettings.Kind, RefusedSettings.Id, next)
                : change.Replace(RefusedSettings.Kind, read, next);
            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    /// <summary>The settings are used.</summary>
    public async Task Accepted(CancellationToken cancel)
    {
        while (
            await store.Find(RefusedSettings.Kind, RefusedSettings.Id, cancel) is { } read
            && !await store.Commit(
                new Change(clock.GetUtcNow(), TellOfSettings.Kind)
                    .Delete(RefusedSettings.Kind, read)
                    .Due(TellOfSettings.Kind, RefusedSettings.Id, null),
                cancel
            )
        ) { }
    }
}
