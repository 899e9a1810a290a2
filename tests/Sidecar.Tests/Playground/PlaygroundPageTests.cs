using Mattermost.Simulator;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sidecar.Tests.Playground;

/// <summary>The chat page in a real browser against the simulator, with a rehearsal in the sidecar's place.</summary>
public sealed class PlaygroundPageTests(PlaygroundBrowser browser)
    : IClassFixture<PlaygroundBrowser>
{
    [Fact]
    public async Task A_refused_dialog_keeps_what_was_typed_and_an_accepted_one_becomes_a_card()
    {
        await using var visit = await browser.VisitAsync();
        await visit.SayAsync("/escalate");
        var customer = visit.Dialog.Locator("[name=customer]");
        var summary = visit.Dialog.Locator("[name=summary]");
        var submit = visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "File it" });

        await submit.ClickAsync();
        await Expect(visit.Dialog.GetByText("This field is required.").First).ToBeVisibleAsync();
        visit.Simulator.Requests.ShouldNotContain(r => r.Path.EndsWith("/dialogs/submit"));

        await customer.FillAsync("xyz");
        await summary.FillAsync("Please refuse this");
        await submit.ClickAsync();
        await Expect(visit.Dialog.GetByText("There is no such customer.")).ToBeVisibleAsync();
        await Expect(customer).ToBeFocusedAsync();
        await Expect(customer).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(customer).ToHaveValueAsync("xyz");

        await customer.FillAsync("abc");
        await submit.ClickAsync();
        await Expect(visit.Dialog.GetByText("ESC-1 is open for abc")).ToBeVisibleAsync();
        await Expect(summary).ToHaveValueAsync("Please refuse this");

        await summary.FillAsync("Checkout answers 502");
        await submit.ClickAsync();
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        await Expect(visit.Card).ToContainTextAsync("Checkout answers 502");
        await Expect(visit.Composer).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(
        SimulatorOptions.Today,
        """{"impact":"high","notes":"five words are enough here","owner":"<lead>","seats":1200,"severity":"1","tell":true,"text":"one line"}"""
    )]
    [InlineData(
        SimulatorOptions.OldEnd,
        """{"channel":null,"email":null,"impact":"high","link":null,"notes":"five words are enough here","owner":"<lead>","seats":"1200","severity":"1","tell":true,"text":"one line"}"""
    )]
    public async Task Every_kind_of_field_is_submitted_as_Mattermost_submits_it(
        string version,
        string expected
    )
    {
        await using var visit = await browser.VisitAsync(
            "#/channels/town-square",
            version: version
        );
        await visit.SayAsync("/escalate fields");
        await visit.Dialog.Locator("[name=text]").FillAsync("one line");
        await visit.Dialog.Locator("[name=notes]").FillAsync("five words are enough here");
        await visit
            .Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Severity" })
            .FillAsync("outage");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Owner" }).FillAsync("lea");
        await visit.Dialog.GetByRole(AriaRole.Option, new() { Name = "lead" }).ClickAsync();
        await visit.Dialog.GetByLabel("High").CheckAsync();
        await visit.Dialog.GetByLabel("Send the update by mail").CheckAsync();
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        var shown = await visit.Page.Locator("main pre").TextContentAsync();
        var lead = visit.Simulator.GetUser("lead").Id;
        shown.ShouldBe(expected.Replace("<lead>", lead, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_click_changes_the_card_for_everybody()
    {
        await using var visit = await browser.VisitAsync();
        await visit.FileAsync("Search is down");
        await visit.PlayAsAsync("engineer");
        var button = visit.Card.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" });
        await button.ClickAsync();
        await Expect(visit.Card).ToContainTextAsync("acknowledged");
        await Expect(button).ToBeFocusedAsync();

        await visit.PlayAsAsync("tam");
        await Expect(visit.Card).ToContainTextAsync("acknowledged");
        await Expect(visit.Page.Locator(".post.ephemeral")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_menu_of_people_narrows_down_and_the_choice_reaches_the_card()
    {
        await using var visit = await browser.VisitAsync();
        await visit.FileAsync("Search is down");
        var menu = visit.Card.GetByRole(AriaRole.Combobox, new() { Name = "Assign to…" });
        await menu.ClickAsync();
        await Expect(visit.Card.GetByRole(AriaRole.Option, new() { Name = "tam" }))
            .ToBeVisibleAsync();
        await menu.PressSequentiallyAsync("eng");
        await Expect(visit.Card.GetByRole(AriaRole.Option)).ToHaveTextAsync(["engineer"]);
        await menu.PressAsync("Enter");
        await Expect(visit.Card).ToContainTextAsync("@engineer");
    }

    [Fact]
    public async Task A_command_is_completed_with_its_hint_and_an_unknown_one_is_kept_to_be_mended()
    {
        await using var visit = await browser.VisitAsync();
        await visit.Composer.PressSequentiallyAsync("/esc");
        var offer = visit.Page.GetByRole(AriaRole.Option, new() { Name = "/escalate" });
        await Expect(offer).ToContainTextAsync("[new|list|fields|help]");
        await visit.Composer.PressAsync("Enter");
        await Expect(visit.Composer).ToHaveValueAsync("/escalate ");

        await visit.SayAsync("/escalade list");
        await Expect(visit.Page.Locator(".composer-problem")).ToContainTextAsync("escalade");
        await Expect(visit.Composer).ToHaveValueAsync("/escalade list");
    }

    [Fact]
    public async Task Another_account_sees_what_it_missed_and_what_it_was_sent()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        await visit.SayAsync("Has anybody seen @lead?");
        var lead = visit.Page.Locator("[data-account=lead]");
        await Expect(lead).ToHaveAccessibleNameAsync("lead, 1 unread");
        await Expect(visit.Page.Locator("[data-account=engineer] .badge")).ToHaveCountAsync(0);

        await visit.PlayAsAsync("lead");
        var square = visit.Page.Locator("[data-channel=town-square]");
        await Expect(square.Locator(".badge")).ToHaveTextAsync("1");
        await square.ClickAsync();
        await Expect(square.Locator(".badge")).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByText("New messages")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("main .mention-me")).ToHaveTextAsync("@lead");
        visit.Page.Url.ShouldContain("?as=lead#/channels/town-square");
    }

    [Fact]
    public async Task A_direct_message_is_announced_and_the_notice_leads_to_it()
    {
        await using var visit = await browser.VisitAsync();
        await visit.FileAsync("Search is down");
        await visit.Page.Locator(".toast").GetByText("escalate → engineer").ClickAsync();
        await Expect(visit.Page.Locator("main h1")).ToContainTextAsync("escalate");
        await Expect(visit.Page.Locator("main .post").Last)
            .ToContainTextAsync("ESC-12 of abc waits");
        await Expect(visit.Page.Locator("[data-account=engineer]"))
            .ToHaveAttributeAsync("aria-checked", "true");
    }

    [Fact]
    public async Task A_notice_shows_what_the_post_shows()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        await visit
            .Simulator.As("lead")
            .Post(
                visit.Simulator.DirectChannel("lead", "engineer").Id,
                ":telephone_receiver: **Call** [the customer](https://docs.test) about `db_main`"
            );
        await Expect(visit.Page.Locator(".toast-text"))
            .ToContainTextAsync("📞 Call the customer about db_main");
    }

    [Fact]
    public async Task The_mark_of_a_sidecar_that_is_down_goes_when_it_is_back()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        var isDown = true;
        await visit.Page.RouteAsync(
            "**/playground/setup",
            async route =>
            {
                var answer = await route.FetchAsync();
                var setup = await answer.TextAsync();
                await route.FulfillAsync(
                    new()
                    {
                        Response = answer,
                        Body = isDown
                            ? setup.Replace(
                                "\"sidecar\":true",
                                "\"sidecar\":false",
                                StringComparison.Ordinal
                            )
                            : setup,
                    }
                );
            }
        );
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.GetByText("Sidecar is down")).ToBeVisibleAsync();
        isDown = false;
        await Expect(visit.Page.GetByText("Sidecar is running")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Replies_reactions_and_edits_of_others_arrive_by_themselves()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        await visit.SayAsync("Who is on duty?");
        var post = visit.Page.Locator("main .post").Last;
        await Expect(post).Not.ToContainTextAsync("Sending");
        var root = visit.Simulator.LastPost("town-square");
        var engineer = visit.Simulator.As("engineer");
        await engineer.Post("town-square", "I am", root.Id);
        await engineer.React(root.Id, "eyes");
        await Expect(post.Locator(".thread-link")).ToContainTextAsync("1 reply");
        await Expect(post.Locator(".reaction")).ToHaveAccessibleNameAsync("eyes, 1: engineer");

        await post.Locator(".reaction").ClickAsync();
        await Expect(post.Locator(".reaction")).ToContainTextAsync("2");
        await post.Locator(".thread-link").ClickAsync();
        await Expect(visit.Page.Locator(".panel .post").Last).ToContainTextAsync("I am");
        await visit.Page.Locator(".panel textarea").FillAsync("Thank you");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(post.Locator(".thread-link")).ToContainTextAsync("2 replies");
    }

    [Fact]
    public async Task ESC_10_A_post_is_reacted_to_with_one_press_and_the_reaction_is_taken_back_with_one()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        await visit.SayAsync("Look at this");
        var post = visit.Page.Locator("main .post").Last;
        await Expect(post).Not.ToContainTextAsync("Sending");
        await post.HoverAsync();
        await post.GetByRole(AriaRole.Button, new() { Name = "React with eyes" }).ClickAsync();
        await Expect(post.Locator(".reaction")).ToHaveAccessibleNameAsync("eyes, 1: you");
        visit
            .Simulator.LastPost("town-square")
            .Reactions.ShouldHaveSingleItem()
            .EmojiName.ShouldBe("eyes");

        await post.HoverAsync();
        await post.GetByRole(AriaRole.Button, new() { Name = "Take back eyes" }).ClickAsync();
        await Expect(post.Locator(".reaction")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task After_a_lost_connection_the_page_shows_what_happened_meanwhile()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        await Expect(visit.Page.Locator(".intro")).ToBeVisibleAsync();
        visit.Simulator.DropWebSockets();
        await visit.Simulator.As("lead").Post("town-square", "Said while you were away");
        await Expect(visit.Page.Locator("main .post").Last)
            .ToContainTextAsync("Said while you were away");
    }

    [Fact]
    public async Task The_sidecar_is_killed_and_the_buttons_of_old_cards_still_work()
    {
        await using var visit = await browser.VisitAsync();
        await visit.FileAsync("Search is down");
        await visit.Page.GetByText("Kill and restart the sidecar").First.ClickAsync();
        await Expect(visit.Page.GetByText("The sidecar was killed and is back")).ToBeVisibleAsync();
        await visit.Card.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(visit.Card).ToContainTextAsync("resolved");
    }

    [Fact]
    public async Task A_narrow_screen_has_one_column_and_a_drawer()
    {
        await using var visit = await browser.VisitAsync(width: 390, height: 780);
        await visit.FileAsync(
            "Search is down, and this summary is long enough to need several lines"
        );
        var width = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        width.ShouldBeLessThanOrEqualTo(390);
        await Expect(visit.Page.Locator("#sidebar")).Not.ToBeInViewportAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open menu" }).ClickAsync();
        await Expect(visit.Page.Locator("#sidebar")).ToBeInViewportAsync();
        await visit.PlayAsAsync("engineer");
        await Expect(visit.Page.Locator("#sidebar")).Not.ToBeInViewportAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Playing as engineer" }))
            .ToBeVisibleAsync();
        await Expect(visit.Card).ToContainTextAsync("Search is down");
    }

    [Fact]
    public async Task U19_The_clock_shows_the_products_time_after_a_reload_and_in_every_window()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync(visit.Page.Url);
        await other.Locator("main .composer textarea").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "+24 h" }).ClickAsync();
        var tomorrow = TimeProvider.System.GetUtcNow().AddHours(24);
        // Midnight may pass while the test runs.
        var day = new System.Text.RegularExpressions.Regex(
            string.Join(
                '|',
                new[] { tomorrow, tomorrow.AddMinutes(10) }.Select(at =>
                    at.ToString("d MMM", System.Globalization.CultureInfo.InvariantCulture)
                )
            )
        );
        await Expect(visit.Page.Locator(".clock-time")).ToContainTextAsync(day);
        await Expect(other.Locator(".clock-time")).ToContainTextAsync(day);
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".clock-time")).ToContainTextAsync(day);
    }

    [Fact]
    public async Task A_message_is_edited_and_another_window_of_the_account_shows_it_but_not_the_dialog_of_the_first()
    {
        await using var visit = await browser.VisitAsync("#/channels/town-square");
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync(visit.Page.Url);
        await other.Locator("main .composer textarea").WaitForAsync();
        await visit.SayAsync("Back at nine");
        var post = visit.Page.Locator("main .post").Last;
        await Expect(other.Locator("main .post").Last).ToContainTextAsync("Back at nine");

        await post.HoverAsync();
        await post.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await post.GetByRole(AriaRole.Textbox).FillAsync("Back at ten");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(other.Locator("main .post").Last).ToContainTextAsync("Back at ten (edited)");

        await visit.SayAsync("/escalate");
        await Expect(visit.Dialog).ToBeVisibleAsync();
        await visit.Simulator.As("lead").Post("town-square", "After the dialog");
        await Expect(other.Locator("main .post").Last).ToContainTextAsync("After the dialog");
        await Expect(other.Locator("dialog")).ToHaveCountAsync(0);
    }
}
