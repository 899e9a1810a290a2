using System.Collections.Concurrent;
using System.Text.Json;
using Mattermost.Simulator;
using Microsoft.Playwright;
using Shouldly;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Plugin;

/// <summary>Mattermost in a browser, with the plugin.</summary>
internal sealed class PluginVisit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _elsewhere = new();

    public PluginVisit(Desk desk, IBrowserContext context, IPage page)
    {
        (Desk, _context, Page) = (desk, context, page);
        page.PageError += (_, fault) => _faults.Enqueue(fault);
        page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _faults.Enqueue(line.Text);
            }
        };
        page.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme != "data" && address.Authority != desk.Mattermost.Url.Authority)
            {
                _elsewhere.Enqueue(request.Url);
            }
        };
    }

    public Desk Desk { get; }

    public IPage Page { get; }

    /// <summary>The right-hand side.</summary>
    public ILocator Panel => Page.Locator("#sidebar");

    public ILocator Rows => Panel.Locator(".escalate-row");

    public ILocator Dialog => Page.Locator("dialog[open]");

    /// <summary>Presses the plugin's icon, which opens the panel.</summary>
    public async Task OpensPanel()
    {
        await Page.Locator("#app-bar button, #header-buttons button").First.ClickAsync();
        await Assertions.Expect(Panel).ToBeVisibleAsync();
    }

    /// <summary>The administrator asks Mattermost for something.</summary>
    public async Task Administers(HttpMethod method, string path)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            method,
            new Uri(Desk.Mattermost.Url, $"/api/v4/{path}")
        );
        request.Headers.Authorization = new("Bearer", Desk.Mattermost.AdminToken);
        using var response = await http.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(path);
    }

    public Task Chooses(string tab) =>
        Panel.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();

    public Task Presses(string button) =>
        Panel.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Makes a move that stands behind “More”.</summary>
    public async Task Picks(string move)
    {
        await Panel.Locator(".escalate-menu > button").First.ClickAsync();
        await Panel.GetByRole(AriaRole.Menuitem, new() { Name = move, Exact = true }).ClickAsync();
    }

    /// <summary>The ids in the list, once it has so many.</summary>
    public async Task<IReadOnlyList<string>> Ids(int count)
    {
        await Assertions.Expect(Rows).ToHaveCountAsync(count);
        return await Rows.EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.id)");
    }

    /// <summary>Nothing that is open breaks a rule of accessibility that a machine can find.</summary>
    public async Task IsAccessible(string selector = "#sidebar")
    {
        await Page.EvaluateAsync(
            await File.ReadAllTextAsync(Path.Combine(WebAppPage.Modules!, "axe-core", "axe.min.js"))
        );
        var violations = await Page.EvaluateAsync<JsonElement>(
            """
            async (selector) => (await axe.run(selector, { resultTypes: ["violations"] })).violations
              .map((v) => ({ rule: v.id, help: v.help, where: v.nodes.map((n) => n.html.slice(0, 200) + " " + (n.any[0]?.message ?? "")) }))
            """,
            selector
        );
        violations.GetArrayLength().ShouldBe(0, violations.GetRawText());
    }

    /// <summary>Nothing in the panel reaches beyond its right edge.</summary>
    public async Task Fits() =>
        (
            await Panel.EvaluateAsync<string[]>(
                """
                panel => [panel, ...panel.querySelectorAll("*")]
                  .filter(e => e.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1 && getComputedStyle(e).position !== "absolute")
                  .map(e => e.outerHTML.slice(0, 120))
                """
            )
        ).ShouldBeEmpty();

    /// <summary>Keeps a picture, where somebody wants to look: in the folder that SCREENSHOTS names.</summary>
    public async Task Looks(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    /// <summary>Ends the visit: nothing may have failed, and nothing have asked anybody but Mattermost.</summary>
    public async ValueTask DisposeAsync()
    {
        var failures = await Page.EvaluateAsync<string[]>(
            "() => window.pluginHost?.failures ?? []"
        );
        await _context.DisposeAsync();
        failures.ShouldBeEmpty();
        _faults.ShouldBeEmpty();
        _elsewhere.ShouldBeEmpty();
        Desk.Mattermost.Violations.ShouldBeEmpty();
    }
}
