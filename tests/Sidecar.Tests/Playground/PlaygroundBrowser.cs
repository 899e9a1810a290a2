using global::Playground;
using Mattermost.Simulator;
using Microsoft.Playwright;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Playground;

/// <summary>A Chromium that is installed on this machine; without one the tests of the page are skipped, saying so.</summary>
public sealed class PlaygroundBrowser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        (playwright, browser) = await Chromium.Launch();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Starts a playground with the rehearsal in it and opens its page.</summary>
    internal Task<PlaygroundVisit> VisitAsync(
        string address = "",
        int width = 1280,
        int height = 800,
        string version = SimulatorOptions.Today
    ) => VisitAsync(RehearseAsync, address, Window(width, height), version);

    /// <summary>The same with the real sidecar in it, set up and started as the playground does.</summary>
    internal Task<PlaygroundVisit> VisitRealAsync(
        string address = "",
        string version = SimulatorOptions.Today
    ) => VisitAsync(PlaygroundSidecar.StartAsync, address, Window(1400, 900), version);

    /// <summary>The same for pictures: nothing moves, no window has the machine's colours, and its time is given.</summary>
    internal Task<PlaygroundVisit> VisitForPicturesAsync(
        string address,
        int width,
        int height,
        DateTimeOffset startsAt
    )
    {
        var window = Window(width, height);
        window.TimezoneId = "UTC";
        window.ColorScheme = ColorScheme.Light;
        window.ReducedMotion = ReducedMotion.Reduce;
        // What is hidden for a picture is hidden by a style, which the page would not take from anybody else.
        window.BypassCSP = true;
        return VisitAsync(
            PlaygroundSidecar.StartAsync,
            address,
            window,
            SimulatorOptions.Today,
            startsAt
        );
    }

    private static BrowserNewContextOptions Window(int width, int height) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = height },
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
        };

    private async Task<PlaygroundVisit> VisitAsync(
        StartSidecar sidecar,
        string address,
        BrowserNewContextOptions window,
        string version,
        DateTimeOffset? startsAt = null
    )
    {
        Chromium.SkipWithout(browser);
        var data = Directory.CreateTempSubdirectory("playground-").FullName;
        var cancel = TestContext.Current.CancellationToken;
        var host = await PlaygroundHost.StartAsync(
            new PlaygroundOptions(sidecar, data) { ServerVersion = version, StartsAt = startsAt },
            cancel
        );
        var context = await browser!.NewContextAsync(window);
        var page = await context.NewPageAsync();
        var visit = new PlaygroundVisit(host, context, page, data);
        await page.GotoAsync(new Uri(host.Simulator.Url, address).AbsoluteUri);
        await visit.Composer.WaitForAsync();
        await host.Simulator.WaitForAsync(() => host.Simulator.ConnectedClients >= 3, cancel);
        return visit;
    }

    private static async Task<IPlaygroundSidecar> RehearseAsync(
        MattermostSimulator simulator,
        string dataDir,
        CancellationToken cancel
    ) => new Killable(await RehearsalSidecar.StartAsync(simulator, dataDir, cancel));

    private sealed class Killable(RehearsalSidecar rehearsal) : IPlaygroundSidecar
    {
        public Task KillAsync() => rehearsal.KillAsync();
    }
}
