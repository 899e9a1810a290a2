using Sidecar.Storage;

namespace Sidecar.Hosting;

/// <summary>Sweeps out, once an hour, what has been kept long enough: receipts of acts.</summary>
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
        var oldest = clock.GetUtcNow() - IdempotencyRecord.KeptFor;
        while (true)
        {
            var page = await store.List(
                IdempotencyRecord.Kind,
                IdempotencyRecord.ByAge,
                IndexKey.Empty,
                null,
                AtOnce,
                cancel
            );
            var old = page.Items.Where(r => r.Value.At < oldest).ToList();
            if (old.Count == 0)
            {
                return;
            }

            var change = new Change(clock.GetUtcNow(), "housekeeping");
            foreach (var receipt in old)
            {
                change.Delete(IdempotencyRecord.Kind, receipt);
            }

            await store.Commit(change, cancel);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Old receipts were not swept out; tried again in an hour"
        )]
        public static partial void NotSwept(ILogger log, Exception problem);
    }
}
