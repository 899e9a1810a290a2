using Mattermost.Simulator;
using Sidecar.Tests.Playground;

namespace Playground;

/// <summary>
/// THE PLACE where the real sidecar goes in; until then a rehearsal of it answers, so that the page can be tried. To be
/// replaced as a whole by what runs the set-up against the simulator and starts the product on <c>dataDir</c>. The port
/// must stay the same over a kill: the buttons of posted cards carry its address.
/// </summary>
internal static class PlaygroundSidecar
{
    public static async Task<IPlaygroundSidecar> StartAsync(
        MattermostSimulator simulator,
        string dataDir,
        CancellationToken cancel
    ) => new Killable(await RehearsalSidecar.StartAsync(simulator, dataDir, cancel));

    private sealed class Killable(RehearsalSidecar rehearsal) : IPlaygroundSidecar
    {
        public Task KillAsync() => rehearsal.KillAsync();
    }
}
