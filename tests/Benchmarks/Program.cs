using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Dearest;
using Benchmarks.Load;
using Benchmarks.Panel;
using Benchmarks.Reminders;
using Benchmarks.Through;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;

switch (args)
{
    case ["load", .. var options]:
        return await LoadRun.Run(LoadOptions.Read(options));
    case ["reminders", .. var options]:
        return await ReminderRun.Run(ReminderOptions.Read(options));
    case ["through"]:
        return await ThroughRun.Run();
    case ["dearest"]:
        return DearestRun.Run();
    case ["panel"]:
        return await PanelRun.Run();
    case [SidecarProcess.Verb, .. var settings]:
        await SidecarProcess.Run(settings);
        return 0;
    case [Counterparts.Verb, var port]:
        await Counterparts.Run(port);
        return 0;
    default:
        var summaries = BenchmarkSwitcher
            .FromAssembly(typeof(LoadRun).Assembly)
            .Run(InProcessConfig.Arguments(args), InProcessConfig.For(args));
        // A benchmark without a result must not pass for one that was measured.
        return summaries.All(summary =>
            !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)
        )
            ? 0
            : 1;
}
