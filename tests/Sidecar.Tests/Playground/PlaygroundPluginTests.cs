using Microsoft.Playwright;
using Sidecar.Tests.Plugin;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sidecar.Tests.Playground;

/// <summary>The playground loads the plugin as Mattermost does, for whichever account is shown.</summary>
public sealed class PlaygroundPluginTests(PlaygroundBrowser browser)
    : IClassFixture<PlaygroundBrowser>
{
    [Fact]
    public async Task The_panel_shows_and_does_what_the_account_may_that_is_shown()
    {
        PluginBrowser.SkipWithoutPackage();
        await using var visit = await browser.VisitRealAsync("?as=engineer#/channels/escalations");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Open escalations" }).ClickAsync();
        var panel = page.Locator(".escalate");
        await Expect(panel.Locator(".escalate-row")).ToHaveCountAsync(3);
        await panel.Locator("[data-id=ESC-3]").ClickAsync();
        await panel
            .GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true })
            .ClickAsync();
        await Expect(panel).ToContainTextAsync("You acknowledged ESC-3");
        await panel.GetByRole(AriaRole.Button, new() { Name = "More: ESC-3" }).ClickAsync();
        await Expect(panel).Not.ToContainTextAsync("Cancel it");

        // The TAM begins anew, and sees what is theirs.
        await visit.PlayAsAsync("tam");
        await panel.GetByRole(AriaRole.Tab, new() { Name = "Mine" }).ClickAsync();
        await panel.Locator("[data-id=ESC-3]").ClickAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "More: ESC-3" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Menuitem, new() { Name = "Cancel it…" }))
            .ToBeVisibleAsync();
        await Expect(panel).ToContainTextAsync("@engineer acknowledged it and is the owner.");
    }

    [Fact]
    public async Task A_message_is_escalated_from_its_menu()
    {
        PluginBrowser.SkipWithoutPackage();
        await using var visit = await browser.VisitRealAsync("?as=tam#/channels/town-square");
        await visit.SayAsync("Their nightly backup fails");
        var post = visit.Page.Locator("main .post").Last;
        await Expect(post).ToContainTextAsync("backup fails");
        await post.HoverAsync();
        await post.GetByRole(AriaRole.Button, new() { Name = "Escalate this message" })
            .ClickAsync();
        await Expect(visit.Dialog.GetByLabel("Summary"))
            .ToHaveValueAsync("Their nightly backup fails");
    }
}
