using Sidecar.Setup;

return await SetupCommands.Invoke(SetupCommands.Build(), args);
