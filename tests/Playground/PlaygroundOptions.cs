using Mattermost.Simulator;

namespace Playground;

/// <summary>A sidecar that runs beside the simulator.</summary>
public interface IPlaygroundSidecar
{
    /// <summary>Ends it in the middle of whatever it does, as a power cut would: nothing is finished or tidied up.</summary>
    Task KillAsync();
}

/// <summary>Starts a sidecar for a server, on the data that an earlier one left behind.</summary>
/// <param name="simulator">The server, filled with accounts and channels.</param>
/// <param name="dataDir">Where it keeps what must survive; the same folder at every start.</param>
/// <param name="cancel">Gives up.</param>
public delegate Task<IPlaygroundSidecar> StartSidecar(
    MattermostSimulator simulator,
    string dataDir,
    CancellationToken cancel
);

/// <summary>How a playground starts.</summary>
/// <param name="StartSidecar">Starts the sidecar, at first and after every kill.</param>
/// <param name="DataDir">Where the sidecar keeps its data.</param>
public sealed record PlaygroundOptions(StartSidecar StartSidecar, string DataDir)
{
    /// <summary>Which Mattermost the server and the page behave like.</summary>
    public string ServerVersion { get; init; } = SimulatorOptions.Today;

    /// <summary>What time it is when it starts; null for the machine's.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }
}
