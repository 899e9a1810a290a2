namespace Sidecar.Scheduling;

/// <summary>The folder's parts, for the host. Quartz goes no further than this folder.</summary>
internal static class SchedulingParts
{
    public static void AddScheduling(this IServiceCollection services)
    {
        // It tells of every start and stop what nobody asked.
        services.AddLogging(logging => logging.AddFilter("Quartz", LogLevel.Warning));
        services.AddSingleton<DueTimer>();
        services.AddSingleton<DueTimes>();
        services.AddHostedService<WakeupTimer>();
    }
}
