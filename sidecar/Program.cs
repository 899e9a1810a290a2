// Features have a type of the library's name.
global using ObservedNumber = System.Diagnostics.Metrics.Measurement<int>;
using Sidecar.Cli;
using Sidecar.Hosting;

return await SetupCommands.Invoke(
    SetupCommands.Build(RunCommand.Build(), null, ImportCommand.Build()),
    args
);
