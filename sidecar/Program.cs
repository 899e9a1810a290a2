using Sidecar.Cli;
using Sidecar.Hosting;

return await SetupCommands.Invoke(
    SetupCommands.Build(RunCommand.Build(), null, ImportCommand.Build()),
    args
);
