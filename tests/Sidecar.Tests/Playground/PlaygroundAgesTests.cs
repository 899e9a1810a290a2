using System.Text.Json;
using Mattermost.Simulator;
using Microsoft.Playwright;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sidecar.Tests.Playground;

/// <summary>The page shows and sends what Mattermost's own client of the age shows and sends that the playground plays.</summary>
public sealed class PlaygroundAgesTests(PlaygroundBrowser browser)
    : IClassFixture<PlaygroundBrowser>
{
    private const string Square = "#/channels/town-square";

    public static TheoryData<string> Ages => [SimulatorOptions.Today, SimulatorOptions.OldEnd];

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task The_page_says_as_which_Mattermost_it_behaves(string version)
    {
        await using var visit = await browser.VisitAsync(version: version);

        await Expect(visit.Page.Locator("#sidebar .age"))
            .ToHaveTextAsync($"as Mattermost {version}");
    }

    [Theory]
    [InlineData(SimulatorOptions.Today, "", """{"note":"kept","seats":12,"told":true}""")]
    [InlineData(
        SimulatorOptions.OldEnd,
        "lead",
        """{"customer":null,"elsewhere":null,"empty":null,"note":"kept","owner":"<lead>","seats":"12","told":true}"""
    )]
    public async Task M1_What_nobody_touched_is_shown_and_sent_as_that_client_does(
        string version,
        string owner,
        string sent
    )
    {
        await using var visit = await Opened(version);
        await Expect(visit.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Owner" }))
            .ToHaveValueAsync(owner);
        await Expect(visit.Dialog.Locator("[name=seats]")).ToHaveValueAsync("12");

        await Submit(visit);

        await Expect(visit.Dialog.GetByText("right.")).ToBeVisibleAsync();
        var lead = visit.Simulator.GetUser("lead").Id;
        Sent(visit).ShouldBe(sent.Replace("<lead>", lead, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SimulatorOptions.Today, "kept")]
    [InlineData(SimulatorOptions.OldEnd, null)]
    public async Task M3_What_is_emptied_after_an_error_comes_back_where_it_does(
        string version,
        string? note
    )
    {
        await using var visit = await Opened(version);
        await Submit(visit);
        await Expect(visit.Dialog.GetByText("right.")).ToBeVisibleAsync();

        await visit.Dialog.Locator("[name=note]").FillAsync("");
        await Submit(visit);
        if (note is null)
        {
            await Expect(visit.Dialog).ToHaveCountAsync(0);
        }
        else
        {
            await visit.Simulator.WaitForAsync(() => Submitted(visit) == 2, Cancel);
            await Expect(visit.Dialog.Locator("[name=note]")).ToHaveValueAsync("");
        }

        using var values = JsonDocument.Parse(Sent(visit));
        values.RootElement.GetProperty("note").GetString().ShouldBe(note);
    }

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task Errors_are_read_as_Markdown_today_and_as_they_are_before(string version)
    {
        await using var visit = await Opened(version);
        await Submit(visit);

        var error = visit.Dialog.Locator(".field-error", new() { HasText = "right." });
        await Expect(error)
            .ToHaveTextAsync(
                version == SimulatorOptions.Today ? "That is not right." : "That is **not** right."
            );
    }

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task Errors_that_name_no_field_are_lost(string version)
    {
        await using var visit = await Opened(version);
        await visit.Dialog.Locator("[name=note]").FillAsync("unknown");
        await Submit(visit);

        if (version == SimulatorOptions.Today)
        {
            await Expect(visit.Dialog.GetByText("Submission failed with validation errors"))
                .ToBeVisibleAsync();
            await Expect(visit.Dialog.GetByText("No field has this name.")).ToHaveCountAsync(0);
        }
        else
        {
            await Expect(visit.Dialog).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Lists_are_asked_for_each_letter_and_after_each_change_and_only_where_browsers_may()
    {
        await using var visit = await Opened(SimulatorOptions.Today);
        LookUps(visit).ShouldBe(1);
        var customer = visit.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Customer" });

        await customer.PressSequentiallyAsync("xy");
        await visit.Dialog.GetByRole(AriaRole.Option, new() { Name = "Xyz Mines" }).ClickAsync();
        await Expect(customer).ToHaveValueAsync("Xyz Mines");
        await visit.Simulator.WaitForAsync(() => LookUps(visit) == 4, Cancel);

        var elsewhere = visit.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Elsewhere" });
        await elsewhere.ClickAsync();
        await Expect(visit.Dialog.GetByText("Nothing found")).ToBeVisibleAsync();
        LookUps(visit).ShouldBe(4);

        await visit.Dialog.Locator("[name=note]").FillAsync("done");
        await Submit(visit);
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        using var values = JsonDocument.Parse(Sent(visit));
        values.RootElement.GetProperty("customer").GetString().ShouldBe("xyz");
    }

    [Fact]
    public async Task A_later_step_sends_the_values_of_all_steps()
    {
        await using var visit = await Opened(SimulatorOptions.Today);
        await visit.Dialog.Locator("[name=note]").FillAsync("next");
        await Submit(visit);

        await Expect(visit.Dialog.GetByRole(AriaRole.Heading)).ToHaveTextAsync("The next step");
        await visit.Dialog.Locator("[name=more]").FillAsync("done");
        await Submit(visit);

        await visit.Simulator.WaitForAsync(() => Submitted(visit) == 2, Cancel);
        Sent(visit).ShouldBe("""{"more":"done","note":"next","seats":12,"told":true}""");
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task Escape_over_an_open_list_closes_the_whole_form_today(string version)
    {
        await using var visit = await browser.VisitAsync(Square, version: version);
        await visit.SayAsync("/escalate fields");
        await visit.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Owner" }).ClickAsync();
        await Expect(visit.Dialog.GetByRole(AriaRole.Option)).Not.ToHaveCountAsync(0);
        await visit.Page.Keyboard.PressAsync("Escape");
        if (version == SimulatorOptions.OldEnd)
        {
            await Expect(visit.Dialog).ToBeVisibleAsync();
            await visit.Page.Keyboard.PressAsync("Escape");
        }

        await Expect(visit.Dialog).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByText("Cancelled.")).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task M2_The_answer_to_a_press_is_where_that_age_shows_it(string version)
    {
        await using var visit = await browser.VisitAsync(version: version);
        await visit.FileAsync("Search is down");
        await visit.Card.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(visit.Card).ToContainTextAsync("acknowledged");
        await visit.Simulator.WaitForAsync(
            () => visit.Simulator.EphemeralsOf("tam").Count == 1,
            Cancel
        );
        // What comes after it is there, so it would be, too.
        await visit.Simulator.As("lead").Post("escalations", "after it");
        await Expect(visit.Page.Locator("main .post").Last).ToContainTextAsync("after it");
        var answer = visit.Page.Locator(".post.ephemeral");
        if (version == SimulatorOptions.OldEnd)
        {
            await Expect(answer).ToContainTextAsync("You acknowledged ESC-12.");
            return;
        }

        await Expect(answer).ToHaveCountAsync(0);
        var card = visit.Page.Locator(
            "main .post",
            new() { Has = visit.Page.Locator(".attachment") }
        );
        await card.Last.HoverAsync();
        await card.Last.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Expect(visit.Page.Locator(".panel .post.ephemeral"))
            .ToContainTextAsync("You acknowledged ESC-12.");
    }

    [Theory]
    [InlineData(SimulatorOptions.Today, 0)]
    [InlineData(SimulatorOptions.OldEnd, 1)]
    public async Task M6_Replies_are_in_the_channel_only_where_threads_are_not_collapsed(
        string version,
        int shown
    )
    {
        await using var visit = await browser.VisitAsync(Square, version: version);
        await visit.SayAsync("Who is on duty?");
        await Expect(visit.Page.Locator("main .post").Last).Not.ToContainTextAsync("Sending");
        var root = visit.Simulator.LastPost("town-square");
        var engineer = visit.Simulator.As("engineer");
        await engineer.Post("town-square", "I am", root.Id);
        await engineer.Post("town-square", "after it");
        await Expect(visit.Page.Locator("main .post").Last).ToContainTextAsync("after it");

        await Expect(visit.Page.Locator("main .post", new() { HasText = "I am" }))
            .ToHaveCountAsync(shown);
        await Expect(visit.Page.Locator("main .reply-note")).ToHaveCountAsync(shown);
    }

    [Fact]
    public async Task The_real_sidecar_plays_at_the_old_end_too_whether_or_not_the_plugin_is_built()
    {
        await using var visit = await browser.VisitRealAsync(version: SimulatorOptions.OldEnd);

        await Expect(visit.Card).ToContainTextAsync("Nobody can log in");
        await Expect(visit.Page.Locator("main .reply-note").First).ToContainTextAsync("ESC-");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<PlaygroundVisit> Opened(string version)
    {
        var visit = await browser.VisitAsync(Square, version: version);
        await visit.SayAsync("/escalate ages");
        await Expect(visit.Dialog).ToBeVisibleAsync();
        return visit;
    }

    private static Task Submit(PlaygroundVisit visit) =>
        visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

    private static IEnumerable<ReceivedRequest> Asked(PlaygroundVisit visit, string what) =>
        visit.Simulator.Requests.Where(r => r.Path == $"/api/v4/actions/dialogs/{what}");

    private static int LookUps(PlaygroundVisit visit) => Asked(visit, "lookup").Count();

    private static int Submitted(PlaygroundVisit visit) => Asked(visit, "submit").Count();

    private static string Sent(PlaygroundVisit visit)
    {
        using var body = JsonDocument.Parse(Asked(visit, "submit").Last().Body);
        var values = body.RootElement.GetProperty("submission").EnumerateObject();
        return JsonSerializer.Serialize(
            new SortedDictionary<string, JsonElement>(
                values.ToDictionary(v => v.Name, v => v.Value),
                StringComparer.Ordinal
            )
        );
    }
}
