// Features have a type of the library's name.
global using ObservedNumber = System.Diagnostics.Metrics.Measurement<int>;
using Sidecar.Cli;
using Sidecar.Hosting;
using Sidecar.Hosting.Plugin;

return PluginProgram.IsAsked(args)
    ? await PluginProgram.Run()
    : await SetupCommands.Invoke(
        SetupCommands.Build(RunCommand.Build(), null, ImportCommand.Build()),
        args
    );
