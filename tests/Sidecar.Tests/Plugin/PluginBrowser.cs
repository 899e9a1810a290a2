using Mattermost.Simulator;
using Microsoft.Playwright;
using Shouldly;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Setup;
using Xunit;

namespace Sidecar.Tests.Plugin;

/// <summary>Browsers that open Mattermost with the plugin in it, and the whole product behind it.</summary>
public sealed class PluginBrowser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync() => (_playwright, _browser) = await Chromium.Launch();

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Somebody opens Mattermost, where the plugin as it was built has been uploaded and enabled.</summary>
    /// <param name="desk">The product.</param>
    /// <param name="who">Who.</param>
    /// <param name="query">What else the page is asked for: <c>theme=onyx</c>, <c>appbar=off</c>, <c>channel=…</c>.</param>
    /// <param name="width">Of the page, in pixels.</param>
    internal async Task<PluginVisit> Open(
        Desk desk,
        string who,
        string query = "",
        int width = 1280
    )
    {
        SkipWithoutBuild();
        var cancel = TestContext.Current.CancellationToken;
        await desk.Mattermost.InstallPluginAsync(
            await File.ReadAllBytesAsync(BuiltPlugin.Archive, cancel),
            "escalate",
            cancel
        );
        return await Visit(desk, who, query, width);
    }

    /// <summary>The same with whatever plugins there are.</summary>
    internal async Task<PluginVisit> Visit(
        Desk desk,
        string who,
        string query = "",
        int width = 1280
    )
    {
        Chromium.SkipWithout(_browser);
        var context = await _browser!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
                TimezoneId = "Europe/Berlin",
                Locale = "en-GB",
            }
        );
        var visit = new PluginVisit(desk, context, await context.NewPageAsync());
        await visit.Page.GotoAsync(
            new Uri(
                desk.Mattermost.Url,
                $"{WebAppPage.Path}?as={who}&team={Desk.Team}&{query}"
            ).AbsoluteUri
        );
        await visit.Page.Locator("body[data-state]").WaitForAsync();
        (await visit.Page.Locator("#failure").TextContentAsync()).ShouldBeEmpty();
        return visit;
    }

    internal void SkipWithoutBuild()
    {
        Chromium.SkipWithout(_browser);
        SkipWithoutPackage();
    }

    /// <summary>Without the plugin, or React as its development has it, tests are skipped, saying so.</summary>
    internal static void SkipWithoutPackage()
    {
        BuiltPlugin.Needed();
        Assert.SkipWhen(
            WebAppPage.Modules is null,
            "React is not installed: npm --prefix webapp-stub ci"
        );
    }
}
