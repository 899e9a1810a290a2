using Sidecar.Hosting;
using Sidecar.Setup;

return await SetupCommands.Invoke(SetupCommands.Build(RunCommand.Build()), args);
