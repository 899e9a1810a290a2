using Microsoft.Playwright;
using Shouldly;
using Sidecar.Features.Escalations;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Panel;
using Sidecar.Tests.Harness;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sidecar.Tests.Plugin;

/// <summary>The panel as people use it, in a browser, with the whole product behind it.</summary>
public sealed class PanelPageTests(PluginBrowser browser) : IClassFixture<PluginBrowser>
{
    [Fact]
    public async Task ESC_5_After_a_cold_start_the_icon_opens_the_list_in_the_order_of_priority()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(8);
        await desk.Types("engineer", "/escalate ack ESC-4");
        await desk.Passes(TimeSpan.FromHours(3));
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();

        (await visit.Ids(8)).ShouldBe((await desk.List("engineer", "open")).Ids());
        var row = visit.Rows.Filter(new() { HasText = "ESC-4" });
        await Expect(row).ToContainTextAsync("Sev 1");
        await Expect(row).ToContainTextAsync("Client 4");
        await Expect(row).ToContainTextAsync("Problem 4");
        await Expect(row).ToContainTextAsync("3 h");
        await Expect(row).ToContainTextAsync("@engineer");
        await Expect(row).ToContainTextAsync("overdue");
    }
}
