using Sidecar.Hosting;
using Sidecar.Setup;

return await SetupCommands.Invoke(
    SetupCommands.Build(RunCommand.Build(), null, ImportCommand.Build()),
    args
);
