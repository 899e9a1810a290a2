using Sidecar.Storage;

namespace Sidecar.Hosting;

/// <summary>Sweeps out, once an hour, what has been kept long enough: receipts of acts, and where settled messages stand.</summary>
internal sealed partial class Housekeeping(
    Store store,
    TimeProvider clock,
    ILogger<Housekeeping> log
) : BackgroundService
{
    private const int AtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.NotSwept(log, problem);
            }
        } while (await hourly.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Sweep(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await Sweep(
            IdempotencyRecord.Kind,
            IdempotencyRecord.ByAge,
            receipt => receipt.At < now - IdempotencyRecord.KeptFor,
            cancel
        );
        await Sweep(
            MessagePlace.Kind,
            MessagePlace.BySettled,
            place => place.SettledAt < now - MessagePlace.KeptFor,
            cancel
        );
    }

    /// <param name="kind">What is swept.</param>
    /// <param name="byAge">The oldest first.</param>
    /// <param name="isOld">Whether one has been kept long enough.</param>
    /// <param name="cancel">Gives up.</param>
    private async Task Sweep<T>(
        DocumentKind<T> kind,
        DocumentIndex<T> byAge,
        Func<T, bool> isOld,
        CancellationToken cancel
    )
        where T : class
    {
        while (true)
        {
            var page = await store.List(kind, byAge, IndexKey.Empty, null, AtOnce, cancel);
            var old = page.Items.Where(d => isOld(d.Value)).ToList();
            if (old.Count == 0)
            {
                return;
            }

            var change = new Change(clock.GetUtcNow(), "housekeeping");
            foreach (var document in old)
            {
                change.Delete(kind, document);
            }

            await store.Commit(change, cancel);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Old receipts and places of messages were not swept out; tried again in an hour"
        )]
        public static partial void NotSwept(ILogger log, Exception problem);
    }
}
