using System.Globalization;
using System.Text.Json;
using Benchmarks.Load;
using Benchmarks.Reminders;
using Mattermost.Simulator;
using Microsoft.Playwright;
using Sidecar.Tests.Harness;

namespace Benchmarks.Panel;

/// <summary>
/// The plugin's panel in a browser, with very many open escalations: how long after the answer is the first page on the
/// screen, and does scrolling bring all the others?
/// </summary>
internal static class PanelRun
{
    private const int Escalations = 1000;
    private const int Openings = 20;
    private const string Reader = "reader";
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);

    public static async Task<int> Run()
    {
        var archive = Path.Combine(
            Root(),
            "dist",
            $"escalate-{Sidecar.ProductVersion.Current}.tar.gz"
        );
        var isBuilt = File.Exists(archive);
        var (playwright, browser) = await Chromium.Launch();
        using var _ = playwright;
        if (!isBuilt || browser is null)
        {
            await Console.Error.WriteLineAsync(
                !isBuilt
                    ? "The plugin is not built: npm --prefix webapp-stub ci && npm --prefix webapp-stub run package"
                    : Chromium.Missing
            );
            return 1;
        }

        await using var mattermost = await MattermostSimulator.StartAsync(
            new SimulatorOptions { CheckDescription = false }
        );
        mattermost.AddTeam("ops");
        mattermost.AddUser(Reader);
        var (bot, token) = mattermost.AddBot("escalate");
        var port = FreePort.Next();
        var command = mattermost.AddCommand("escalate", SidecarProcess.TakesCommands(port));
        await mattermost.InstallPluginAsync(
            await File.ReadAllBytesAsync(archive),
            "escalate",
            CancellationToken.None
        );
        var data = Directory.CreateTempSubdirectory("escalate-panel");
        try
        {
            await DueStore.Seed(
                data.FullName,
                Escalations,
                TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1),
                mattermost,
                [Reader],
                "town-square"
            );
            await using var sidecar = await SidecarProcess.Start(
                data.FullName,
                mattermost.Url,
                port,
                (bot.Id, token, command.Token),
                perSecond: 100
            );
            List<Opening> openings = [];
            for (var i = 0; i < Openings; i++)
            {
                openings.Add(await Open(browser, mattermost.Url));
            }

            var (shown, scrolled) = await ScrollThrough(browser, mattermost.Url);
            await Tell(openings, shown, scrolled);
            return shown == Escalations ? 0 : 1;
        }
        finally
        {
            await browser.DisposeAsync();
            data.Delete(recursive: true);
        }
    }

    private static async Task Tell(List<Opening> openings, int shown, TimeSpan scrolled)
    {
        var painted = new Spread(openings.Select(o => o.Painted - o.Answered));
        var bare = new Spread(openings.Select(o => o.Bare));
        var ratio = new Spread(openings.Select(o => (o.Painted - o.Answered) / o.Bare));
        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {Escalations} open escalations, {openings.Count} openings, each in a new browser session; {openings[
                    0
                ].Rows} rows on the first page. Medians, and the smallest and the largest.

                | measure | found |
                |:--|--:|
                | from the answer to the first page on the screen | {painted} ms |
                | the browser alone, given the same list as HTML | {bare} ms |
                | the panel / the browser alone | {ratio} |
                | from the press to the first page on the screen | {new Spread(
                    openings.Select(o => o.Painted - o.Pressed)
                )} ms |
                | shown after scrolling to the end, each once | {shown} of {Escalations} |
                | scrolling to the end | {scrolled.TotalSeconds:0.0} s |
                """
            )
        );
    }

    private static async Task<Opening> Open(IBrowser browser, Uri mattermost)
    {
        await using var session = await browser.NewContextAsync();
        var page = await Visit(session, mattermost);
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const painted = () => new Promise((done) => requestAnimationFrame(() => {
                const after = new MessageChannel();
                after.port1.onmessage = () => done(performance.now());
                after.port2.postMessage(null);
              }));
              const panel = document.querySelector("#sidebar");
              const there = new Promise((done) => new MutationObserver((_, self) => {
                if (!panel.querySelector(".escalate-row")) return;
                self.disconnect();
                done(painted());
              }).observe(panel, { childList: true, subtree: true }));
              const pressed = performance.now();
              document.querySelector("#app-bar button, #header-buttons button").click();
              const shown = await there;
              const answered = performance.getEntriesByType("resource")
                .filter((one) => one.name.includes("/commands/execute")).at(-1).responseEnd;
              const list = panel.querySelector(".escalate-list");
              const html = list.outerHTML;
              const rows = list.querySelectorAll(".escalate-row").length;
              const place = list.parentElement;
              place.replaceChildren();
              await painted();
              const began = performance.now();
              place.innerHTML = html;
              return { pressed, answered, painted: shown, bare: (await painted()) - began, rows };
            }
            """
        );
        return found.Deserialize<Opening>(JsonSerializerOptions.Web)!;
    }

    private static async Task<(int Shown, TimeSpan Took)> ScrollThrough(
        IBrowser browser,
        Uri mattermost
    )
    {
        await using var session = await browser.NewContextAsync();
        var page = await Visit(session, mattermost);
        await page.Locator("#app-bar button, #header-buttons button").First.ClickAsync();
        await page.Locator(".escalate-row").First.WaitForAsync();
        var began = TimeProvider.System.GetTimestamp();
        var shown = 0;
        while (shown < Escalations && TimeProvider.System.GetElapsedTime(began) < Enough)
        {
            shown = await page.EvaluateAsync<int>(
                """
                async () => {
                  const place = document.querySelector(".escalate-scroll");
                  place.scrollTop = place.scrollHeight;
                  await new Promise((done) => requestAnimationFrame(done));
                  return new Set([...document.querySelectorAll(".escalate-row")].map((row) => row.dataset.id)).size;
                }
                """
            );
        }

        var took = TimeProvider.System.GetElapsedTime(began);
        return (shown == await page.Locator(".escalate-row").CountAsync() ? shown : -1, took);
    }

    private static async Task<IPage> Visit(IBrowserContext session, Uri mattermost)
    {
        var page = await session.NewPageAsync();
        await page.GotoAsync(new Uri(mattermost, $"{WebAppPage.Path}?as={Reader}").AbsoluteUri);
        await page.Locator("body[data-state=ready]").WaitForAsync();
        return page;
    }

    private static string Root() =>
        Path.GetFullPath(Path.Combine(WebAppPage.Modules ?? ".", "..", ".."));

    /// <summary>What was measured when the panel was opened; times in milliseconds of the page's own clock.</summary>
    /// <param name="Pressed">When the icon was pressed.</param>
    /// <param name="Answered">When the answer had arrived.</param>
    /// <param name="Painted">When the first page was on the screen.</param>
    /// <param name="Bare">How long the browser alone takes for the same list.</param>
    /// <param name="Rows">How many were on it.</param>
    private sealed record Opening(
        double Pressed,
        double Answered,
        double Painted,
        double Bare,
        int Rows
    );

    /// <summary>The median of some numbers, and the smallest and the largest.</summary>
    private sealed class Spread(IEnumerable<double> numbers)
    {
        private readonly double[] _sorted = [.. numbers.Order()];

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_sorted[_sorted.Length / 2]:0.0} ({_sorted[0]:0.0}–{_sorted[^1]:0.0})"
            );
    }
}
