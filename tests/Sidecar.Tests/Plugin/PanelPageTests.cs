using Microsoft.Playwright;
using Shouldly;
using Sidecar.Tests.Features.Assignments.Care;
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

    [Fact]
    public async Task The_tabs_show_mine_those_of_the_channel_on_the_screen_and_my_customers()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Staff.Open();
        var room = desk.Mattermost.AddChannel(
            "war-room",
            Desk.Team,
            displayName: "War room",
            members: ["tam", "engineer"]
        );
        await desk.Knows("one", "One", 60_000);
        await desk.Knows("two", "Two", 60_000);
        await desk.Types("tam", "/escalate new one sev2 In the square");
        await desk.Types("engineer", "/escalate new two sev2 Elsewhere", room.Name);
        await desk.Has(desk.Assignment(1));
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        (await visit.Ids(2)).Order().ShouldBe(["ESC-1", "ESC-2"]);

        await visit.Chooses("Mine");
        (await visit.Ids(2)).Order().ShouldBe(["ASG-1", "ESC-2"]);
        await visit.Chooses("This channel");
        (await visit.Ids(1)).ShouldBe(["ESC-1"]);
        await visit.Page.GetByText("~war-room", new() { Exact = true }).ClickAsync();
        await Expect(visit.Rows.First).ToContainTextAsync("Elsewhere");
        (await visit.Ids(1)).ShouldBe(["ESC-2"]);

        await visit.Chooses("My work");
        await Expect(visit.Panel).ToContainTextAsync("Assignments");
        await Expect(visit.Panel).ToContainTextAsync("Acme");
        await visit.IsAccessible();
    }

    [Fact]
    public async Task ESC_10_PB_3_Moves_and_tasks_are_made_in_the_details_and_answered_there()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open();
        await desk.Raised();
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        await visit.Rows.First.ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Nobody can log in");
        await Expect(visit.Panel).ToContainTextAsync("@tam");

        await visit.Presses("Acknowledge");
        await Expect(visit.Panel.GetByRole(AriaRole.Status).First)
            .ToContainTextAsync("You acknowledged ESC-1");
        await Expect(visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }))
            .ToHaveCountAsync(0);
        await desk.Settled();
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        // Told in the panel, and nowhere else.
        desk.Mattermost.Posts(Desk.Square)
            .ShouldNotContain(p => p.Message.Contains("You acknowledged"));

        var task = visit.Panel.GetByRole(AriaRole.Checkbox).Nth(2);
        await task.ClickAsync();
        await Expect(task).ToBeCheckedAsync();
        await Expect(task).Not.ToHaveAttributeAsync("aria-busy", "true");
        await desk.Settled();
        (await desk.Stored()).Incident!.Finished.ShouldBe(3);
        await task.ClickAsync();
        await Expect(task).Not.ToBeCheckedAsync();

        await visit.Picks("Resolve…");
        await Expect(visit.Dialog).ToContainTextAsync("Resolve ESC-1");
        await visit.Dialog.Locator("[name=resolution]").FillAsync("Restarted");
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        await desk.Settled();
        await Expect(visit.Panel).ToContainTextAsync("Resolved");
        await Expect(visit.Panel).ToContainTextAsync("resolved it: Restarted");
        await visit.IsAccessible();
    }

    [Fact]
    public async Task ESC_9_Who_was_second_reads_in_the_panel_who_was_first()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Hires("second", Sidecar.People.Role.SupportEngineer);
        await desk.Raised();
        await using var visit = await browser.Open(desk, "second");
        await visit.OpensPanel();
        await visit.Rows.First.ClickAsync();
        var button = visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" });
        await Expect(button).ToBeVisibleAsync();
        // The page does not hear of it in time.
        await visit.Page.EvaluateAsync("() => { pluginHost.hear = () => {}; }");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await button.ClickAsync();
        await Expect(visit.Panel.GetByRole(AriaRole.Alert).Filter(new() { HasText = "@engineer" }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task ESC_1_New_and_the_menu_of_a_message_open_the_form()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.Join(Desk.Square, "escalate");
        var said = await desk.Mattermost.As("tam").Post(Desk.Square, "They **can’t** log in <b>");
        await using var visit = await browser.Open(desk, "tam");
        await visit.OpensPanel();
        await visit.Presses("New");
        await Expect(visit.Dialog).ToBeVisibleAsync();
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await visit.Page.Locator($"[data-post='{said.Id}']").GetByLabel("more").ClickAsync();
        await visit
            .Page.GetByRole(AriaRole.Menuitem, new() { Name = "Escalate this message" })
            .ClickAsync();
        await Expect(visit.Dialog.Locator("[name=summary]"))
            .ToHaveValueAsync("They **can’t** log in <b>");
        await Expect(visit.Dialog.Locator("[name=links]"))
            .ToHaveValueAsync(new Uri(desk.Mattermost.Url, $"/ops/pl/{said.Id}").AbsoluteUri);
        await visit.Dialog.Locator("[name=customer]").FillAsync("acme");
        await visit.Dialog.Locator("[name=severity]").SelectOptionAsync("sev2");
        await visit.Dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        await desk.Settled();
        (await visit.Ids(1)).ShouldBe(["ESC-1"]);

        // What the server says itself is nobody's message.
        var offTopic = desk.Mattermost.GetChannel("off-topic");
        await visit.Administers(HttpMethod.Delete, $"channels/{offTopic.Id}");
        await visit.Administers(HttpMethod.Post, $"channels/{offTopic.Id}/restore");
        var unarchived = desk
            .Mattermost.Posts("off-topic", withSystemMessages: true)
            .Single(p => p.Type == "system_channel_restored");
        await visit.Page.GetByText("~off-topic", new() { Exact = true }).ClickAsync();
        await visit.Page.Locator($"[data-post='{unarchived.Id}']").GetByLabel("more").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(1);
        await Expect(visit.Page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_follows_what_is_posted_and_what_happened_while_the_line_was_cut()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Knows("two", "Two", 60_000);
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        await Expect(visit.Panel).ToContainTextAsync("No escalation is open");

        await desk.Types("tam", "/escalate new acme sev1 Down");
        (await visit.Ids(1)).ShouldBe(["ESC-1"]);
        await desk.Types("engineer", "/escalate ack ESC-1");
        await Expect(visit.Rows.First).ToContainTextAsync("Acknowledged");

        // Nobody hears of the second one: only the return of the line tells.
        await visit.Page.EvaluateAsync("() => { pluginHost.hear = () => {}; }");
        await desk.Types("tam", "/escalate new two sev1 Down as well");
        desk.Mattermost.DropWebSockets();
        (await visit.Ids(2)).Order().ShouldBe(["ESC-1", "ESC-2"]);
    }

    [Fact]
    public async Task Without_news_the_button_asks_and_a_failure_keeps_what_was_shown()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Knows("two", "Two", 60_000);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        await visit.Ids(1);
        await visit.Page.EvaluateAsync("() => { pluginHost.hear = () => {}; }");

        await desk.StopSidecar();
        await visit.Presses("Refresh");
        await Expect(visit.Panel).ToContainTextAsync("Shown as of");
        await Expect(visit.Panel).ToContainTextAsync("Escalate did not answer");
        (await visit.Ids(1)).ShouldBe(["ESC-1"]);
        await visit.IsAccessible();

        await desk.StartSidecar();
        await desk.Types("tam", "/escalate new two sev1 Down as well");
        await visit.Presses("Try again");
        (await visit.Ids(2)).Order().ShouldBe(["ESC-1", "ESC-2"]);
        await Expect(visit.Panel).Not.ToContainTextAsync("Shown as of");
    }

    [Fact]
    public async Task Where_nothing_can_be_asked_it_says_why()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.StopSidecar();
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        await Expect(
                visit.Panel.GetByRole(AriaRole.Alert).Filter(new() { HasText = "did not answer" })
            )
            .ToBeVisibleAsync();
        await visit.IsAccessible();
        await desk.StartSidecar();
        await visit.Presses("Try again");
        await Expect(visit.Panel).ToContainTextAsync("No escalation is open");
    }

    [Fact]
    public async Task ALL_3_A_guest_reads_that_it_is_not_for_them()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised("The secret of Acme");
        await using var visit = await browser.Open(desk, "guest");
        await visit.OpensPanel();
        await Expect(visit.Panel.GetByRole(AriaRole.Alert).Filter(new() { HasText = "guest" }))
            .ToBeVisibleAsync();
        (await visit.Panel.TextContentAsync())!.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Scrolling_loads_more_and_everything_comes_once()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(130);
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        await Expect(visit.Panel).ToContainTextAsync("130 open");
        (await visit.Ids(50)).Count.ShouldBe(50);
        await visit.Rows.Last.ScrollIntoViewIfNeededAsync();
        await visit.Ids(100);
        await visit.Rows.Last.ScrollIntoViewIfNeededAsync();
        var all = await visit.Ids(130);
        all.Distinct().Count().ShouldBe(130);
        all.ShouldBe((
                await desk.Asks(
                    "engineer",
                    new
                    {
                        v = 2,
                        get = "list",
                        of = "open",
                        limit = 200,
                    }
                )
            ).GetProperty("list").Ids());

        // A refresh asks for as many as are shown, and leaves the reader where they are.
        var top = await Top(visit);
        await desk.Types("engineer", $"/escalate ack {all[5]}");
        await Expect(visit.Rows.Nth(5)).ToContainTextAsync("@engineer");
        await visit.Ids(130);
        (await Top(visit)).ShouldBe(top);
    }

    [Fact]
    public async Task All_of_it_can_be_used_with_the_keyboard()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(3);
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        await visit.Ids(3);
        var keys = visit.Page.Keyboard;
        await visit.Panel.GetByRole(AriaRole.Tab).First.FocusAsync();
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("Enter");
        await Expect(visit.Panel.GetByRole(AriaRole.Tab, new() { Name = "Mine" }))
            .ToHaveAttributeAsync("aria-selected", "true");
        await keys.PressAsync("ArrowLeft");
        await keys.PressAsync("Enter");
        await visit.Ids(3);

        var second = await visit.Rows.Nth(1).GetAttributeAsync("data-id");
        await visit.Rows.Nth(1).FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Panel.Locator("#escalate-headline")).ToBeFocusedAsync();
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Panel).ToContainTextAsync("You acknowledged");
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Back" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Panel.Locator($"[data-id={second}]")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("denim", 1280)]
    [InlineData("onyx", 1280)]
    [InlineData("indigo", 360)]
    [InlineData("denim", 360)]
    public async Task It_can_be_read_in_every_theme_and_width(string theme, int width)
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open();
        await desk.Raises(3);
        await desk.Knows("long", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", 60_000);
        await desk.Types("tam", $"/escalate new long sev1 {new string('x', 240)}");
        await desk.Types("engineer", "/escalate ack ESC-4");
        await desk.Passes(TimeSpan.FromHours(5));
        await using var visit = await browser.Open(
            desk,
            "engineer",
            $"theme={theme}&appbar=off",
            width
        );
        await visit.OpensPanel();
        await visit.Ids(4);
        await visit.IsAccessible();
        await visit.Fits();
        await visit.Looks($"list-{theme}-{width}");
        await visit.Rows.Filter(new() { HasText = "ESC-4" }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Checklist");
        await Expect(visit.Panel).ToContainTextAsync("raised it");
        await visit.IsAccessible();
        await visit.Fits();
        await visit.Looks($"details-{theme}-{width}");
    }

    [Fact]
    public async Task It_changes_with_the_theme_while_it_is_open()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(2);
        await using var visit = await browser.Open(desk, "engineer");
        await visit.OpensPanel();
        await visit.Ids(2);
        (await Colour(visit)).ShouldBe("rgb(63, 67, 80)");
        await visit.Page.Locator("#theme").SelectOptionAsync("onyx");
        (await Colour(visit)).ShouldBe("rgb(227, 228, 232)");
        await visit.IsAccessible();
    }

    private static Task<string> Colour(PluginVisit visit) =>
        visit
            .Panel.Locator(".escalate-summary")
            .First.EvaluateAsync<string>("e => getComputedStyle(e).color");

    private static Task<int> Top(PluginVisit visit) =>
        visit.Panel.Locator(".escalate-scroll").EvaluateAsync<int>("e => Math.round(e.scrollTop)");
}
