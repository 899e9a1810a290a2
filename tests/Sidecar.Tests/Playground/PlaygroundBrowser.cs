using global::Playground;
using Mattermost.Simulator;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Playground;

/// <summary>A Chromium that is installed on this machine; without one the tests of the page are skipped, saying so.</summary>
public sealed class PlaygroundBrowser : IAsyncLifetime
{
    private static readonly string[] UsualPaths =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/snap/bin/chromium",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private static readonly string[] Arguments =
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Installed() is not { } path)
        {
            return;
        }

        playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = path, Args = Arguments }
        );
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
    internal async Task<PlaygroundVisit> VisitAsync(
        string address = "",
        int width = 1280,
        int height = 800
    )
    {
        Assert.SkipWhen(
            browser is null,
            "No Chromium is installed: install one, or name its path in CHROMIUM_PATH."
        );
        var data = Directory.CreateTempSubdirectory("playground-").FullName;
        var cancel = TestContext.Current.CancellationToken;
        var host = await PlaygroundHost.StartAsync(
            new PlaygroundOptions(RehearseAsync, data),
            cancel
        );
        var context = await browser!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                TimezoneId = "Europe/Berlin",
                Locale = "en-GB",
            }
        );
        var page = await context.NewPageAsync();
        var visit = new PlaygroundVisit(host, context, page, data);
        await page.GotoAsync(new Uri(host.Simulator.Url, address).AbsoluteUri);
        await visit.Composer.WaitForAsync();
        await host.Simulator.WaitForAsync(() => host.Simulator.ConnectedClients == 3, cancel);
        return visit;
    }

    private static string? Installed()
    {
        var named = Environment.GetEnvironmentVariable("CHROMIUM_PATH");
        return !string.IsNullOrEmpty(named) ? named : UsualPaths.FirstOrDefault(File.Exists);
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
