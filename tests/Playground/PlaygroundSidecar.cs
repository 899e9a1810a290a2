using Mattermost.Simulator;
using Sidecar.Setup;

namespace Playground;

/// <summary>
/// Sets the real sidecar up against the playground's server and runs it in a process of its own, so that killing it is
/// really killing it. Its address stays the same over a kill: the buttons of posted cards carry it.
/// </summary>
internal static class PlaygroundSidecar
{
    private const string Customers = """
        key,name,arr_usd
        harbour,Harbour Logistics,120000
        alpine,Alpine Hospitals,85000
        northern,Northern Bank,240000
        corner,Corner Shop,50000
        """;

    private static readonly (string Who, string Command)[] Samples =
    [
        ("admin", "/escalate role grant @tam tam ce"),
        ("admin", "/escalate role grant @engineer de se"),
        (
            "admin",
            "/escalate role grant @lead de-lead cs-lead ce-lead sales-lead product executive ie-lead ta admin"
        ),
        ("lead", "/escalate team channel support ~customer-support"),
        ("lead", "/escalate team channel success ~customer-success"),
        ("lead", "/escalate duty @engineer"),
        ("lead", "/escalate broadcast sev1 ~town-square"),
        ("tam", "/escalate customer set harbour phase post-sales"),
        ("tam", "/escalate customer set harbour strategic yes"),
        ("tam", "/escalate customer set harbour ce @tam"),
        ("tam", "/escalate customer set alpine phase pre-sales"),
        ("tam", "/escalate customer set alpine ce @tam"),
        ("tam", "/escalate new harbour sev2 Search takes 40 seconds since the upgrade"),
        ("lead", "/escalate new alpine sev3 Single sign-on fails for guests"),
        ("tam", "/escalate new northern sev1 Nobody can log in"),
        ("engineer", "/escalate ack ESC-1"),
    ];

    public static async Task<IPlaygroundSidecar> StartAsync(
        MattermostSimulator simulator,
        string dataDir,
        CancellationToken cancel
    )
    {
        if (new SecretsFile(dataDir).Find() is { } known)
        {
            return await SidecarProcess.Start(dataDir, known.PublicUrl, cancel);
        }

        var address = FreePort.NextAddress();
        await SidecarProcess.Install(
            simulator.Url,
            simulator.AdminToken,
            address,
            PlaygroundHost.Team,
            dataDir,
            // Old servers take none of today's plugins, and set-up says so.
            simulator.ServerVersion == SimulatorOptions.Today
                ? SidecarProcess.BuiltPlugin()
                : null,
            cancel
        );
        await SidecarProcess.Import(dataDir, Customers, cancel);
        var sidecar = await SidecarProcess.Start(dataDir, address, cancel);
        foreach (var (who, command) in Samples)
        {
            await simulator.As(who).Execute("escalations", command);
        }

        return sidecar;
    }
}
