using Quartz;

namespace Sidecar.Scheduling;

/// <summary>
/// Has Quartz wake the process: when the next thing falls due, and every few seconds in any case, so that a clock that
/// was set, a machine that slept and a wake that was missed are noticed. Its store is memory: the truth is ours.
/// </summary>
/// <remarks>
/// The scheduler has a container of its own: in ours it would put its clock, which only it should go by, in the place
/// of everybody's.
/// </remarks>
internal sealed partial class WakeupTimer(
    DueTimes due,
    DueTimer alarm,
    TimeProvider clock,
    IHostApplicationLifetime life,
    ILoggerFactory logs
) : IHostedService
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly JobKey Look = new("look");
    private static readonly TriggerKey NextDue = new("next due");

    private readonly StandaloneSchedulerFactory _quartz = QuartzSchedulerBuilder
        .Create(quartz =>
        {
            quartz
                .ConfigureScheduler(scheduler => scheduler.InstanceName = "due times")
                .UseTimeProvider(new SteadyClock(clock))
                .UseInMemoryStore()
                .UseDefaultThreadPool(maxConcurrency: 1);
            quartz.Services.AddSingleton(new LookForDue(due, life.ApplicationStopping));
            quartz.Services.AddSingleton(logs);
        })
        .Build();

    private readonly ILogger _log = logs.CreateLogger<WakeupTimer>();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await _quartz.GetScheduler(cancellationToken);
        await scheduler.ScheduleJob(
            JobBuilder.Create<LookForDue>().WithIdentity(Look).StoreDurably().Build(),
            TriggerBuilder
                .Create(scheduler.TimeProvider)
                .WithIdentity("heartbeat")
                .ForJob(Look)
                .StartNow()
                .WithSchedule(
                    SimpleScheduleBuilder
                        .Create()
                        .WithInterval(Heartbeat)
                        .RepeatForever()
                        .WithMisfireInstruction(
                            SimpleTriggerMisfireInstruction.NowWithRemainingCount
                        )
                )
                .Build(),
            cancellationToken: cancellationToken
        );
        alarm.Wake = wait => _ = WakeIn(scheduler, wait);
        await scheduler.Start(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        alarm.Wake = null;
        var scheduler = await _quartz.GetScheduler(cancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        await _quartz.DisposeAsync();
    }

    private async Task WakeIn(IScheduler scheduler, TimeSpan wait)
    {
        // What is further away than the next heartbeat is told again by then.
        if (wait > 2 * Heartbeat)
        {
            return;
        }

        try
        {
            await scheduler.ScheduleTrigger(
                TriggerBuilder
                    .Create(scheduler.TimeProvider)
                    .WithIdentity(NextDue)
                    .ForJob(Look)
                    .StartAt(scheduler.TimeProvider.GetUtcNow() + wait)
                    .Build(),
                // One that fires too early does no harm: it looks, and is set again.
                TriggerConflict.KeepEarlier
            );
        }
        catch (Exception problem) when (problem is SchedulerException or ObjectDisposedException)
        {
            Log.NotSet(_log, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "The next wake could not be set; what is due then is done at the next heartbeat"
        )]
        public static partial void NotSet(ILogger log, Exception problem);
    }
}

/// <summary>What Quartz runs; everything else is the runner's.</summary>
[DisallowConcurrentExecution]
internal sealed class LookForDue(DueTimes due, CancellationToken stopping) : IJob
{
    public ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    ) => new(due.Look(stopping));
}
