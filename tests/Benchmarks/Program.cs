using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Load;

switch (args)
{
    case ["load", .. var options]:
        return await LoadRun.Run(LoadOptions.Read(options));
    case [SidecarProcess.Verb, .. var settings]:
        await SidecarProcess.Run(settings);
        return 0;
    case [Counterparts.Verb, var port]:
        await Counterparts.Run(port);
        return 0;
    default:
        BenchmarkSwitcher
            .FromAssembly(typeof(LoadRun).Assembly)
            .Run(args, InProcessConfig.Create());
        return 0;
}
