using System.Net;
using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Lists of forms that ask us while somebody types: what they offer, to whom, and what asking costs.</summary>
public sealed class DLG_1_OfferedTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DLG_1_A_customer_is_found_by_any_word_through_both_doors(bool byPlugin)
    {
        await using var desk = await Desk.Open(byPlugin: byPlugin);
        await desk.Knows("nord", "Größe Nörd Bank", null);
        await desk.Knows("old", "Old Nord", null);
        await desk.Types("tam", "/escalate customer archive old");
        await desk.Types("tam", "/escalate");
        var tam = desk.Mattermost.As("tam");
        tam.OpenDialog!["customer"].DataSource.ShouldBe("dynamic");

        foreach (var typed in (string[])["nord", "NÖRD", "bank gro", "größe"])
        {
            var found = (await tam.OfferedIn("customer", typed))[0];
            (found.Text, found.Value).ShouldBe(("Größe Nörd Bank (nord)", "nord"), typed);
        }

        (await tam.OfferedIn("customer", "nord"))
            .Select(o => o.Value)
            .ShouldBe(["nord"], "the archived one is not offered");
        (
            await desk.Submits(
                "tam",
                ("customer", "Größe Nörd Bank (nord)"),
                ("severity", "sev2"),
                ("summary", "Login is down")
            )
        ).Closed.ShouldBeTrue();
        (await desk.Stored()).CustomerName.ShouldBe("Größe Nörd Bank");
    }

    [Fact]
    public async Task DLG_1_The_readers_own_customers_stand_first_and_never_more_than_twenty()
    {
        await using var desk = await Desk.Open();
        for (var i = 10; i < 50; i++)
        {
            await desk.Knows($"many-{i}", $"Many {i}", null);
        }

        await ImplementationDesk.IsKnown(
            desk,
            "many-49",
            c => c with { TechnicalAccountManager = desk.IdOf("tam") }
        );
        await desk.Types("tam", "/escalate");
        var tam = desk.Mattermost.As("tam");
        foreach (var typed in (string[])["", "many"])
        {
            var offered = await tam.OfferedIn("customer", typed);
            offered[0].Value.ShouldBe("many-49");
            offered.Count(o => o.Value != typed).ShouldBe(ICompletion.Most);
        }
    }

    [Fact]
    public async Task X3_X4_Who_may_not_read_customers_is_offered_what_they_type_and_nothing_else()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("stranger");
        await desk.Types("stranger", "/escalate");
        var stranger = desk.Mattermost.As("stranger");
        (await stranger.OfferedIn("customer")).ShouldBeEmpty();
        foreach (var typed in (string[])["a", "acme", "Acme Labs", "nobody", "acme-lab"])
        {
            var only = (await stranger.OfferedIn("customer", typed)).ShouldHaveSingleItem();
            (only.Text, only.Value).ShouldBe(($"“{typed}”, as typed", typed));
        }
    }

    [Theory]
    [InlineData("tam")]
    [InlineData("stranger")]
    public async Task U1_An_unknown_customer_does_not_hold_up_a_Sev_1(string who)
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("stranger");
        await desk.Types(who, "/escalate");
        (
            await desk.Submits(
                who,
                ("customer", "Nothern Bank"),
                ("severity", "sev1"),
                ("summary", "Login is down")
            )
        ).Closed.ShouldBeTrue();
        var raised = await desk.Stored();
        (raised.CustomerName, raised.State).ShouldBe(("Nothern Bank", EscalationState.Accepted));
    }

    [Fact]
    public async Task DLG_1_People_are_those_who_have_the_role_and_anybody_whose_name_is_typed()
    {
        await using var desk = await Desk.Open();
        foreach (var ce in (string[])["ce-one", "ce-two"])
        {
            await desk.Hires(ce, Role.CustomerEngineer);
        }

        await desk.Types("tam", "/escalate engineer request acme");
        var tam = desk.Mattermost.As("tam");
        (await tam.OfferedIn("ce")).Select(o => o.Value).ShouldBe(["@ce-one", "@ce-two"]);
        (await tam.OfferedIn("ce", "TWO")).Select(o => o.Value).ShouldBe(["@ce-two", "@two"]);
        (await tam.OfferedIn("ce", "two words")).ShouldBeEmpty();

        var outcome = await desk.Submits(
            "tam",
            ("why", "They grow"),
            ("kind", "pre-sales"),
            ("ce", "nobody-here")
        );
        outcome.FieldErrors["ce"].ShouldBe("There is nobody called “nobody-here” here.");
        (await desk.Submits("tam", ("ce", "@lead"))).Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task ESC_11_The_other_one_of_a_merge_is_found_by_number_and_by_words()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Login is down");
        await desk.Types("tam", "/escalate new acme sev2 Nobody can log in");
        await desk.Types("engineer", "/escalate merge ESC-2");
        var engineer = desk.Mattermost.As("engineer");
        foreach (var typed in (string[])["", "ESC-1", "1", "login DOWN"])
        {
            (await engineer.OfferedIn("other", typed)).ShouldContain(
                o =>
                    o.Value == "ESC-1" && o.Text == "ESC-1 · Sev 2, Accepted · Acme: Login is down",
                typed
            );
        }

        (await engineer.OfferedIn("other", "nobody"))
            .ShouldHaveSingleItem()
            .Value.ShouldBe("ESC-2");
        (await desk.Submits("engineer", ("other", "ESC-1"))).Closed.ShouldBeTrue();
        (await desk.StateOf(2)).ShouldBe(EscalationState.Closed);
    }

    [Fact]
    public async Task DLG_1_The_same_form_takes_text_where_the_server_draws_no_lists_and_notices_when_it_does()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.Configure("FeatureFlags.InteractiveDialogAppsForm", false);
        (await Customer(desk)).Type.ShouldBe("text");
        desk.Mattermost.Configure("FeatureFlags.InteractiveDialogAppsForm", true);
        (await Customer(desk)).Type.ShouldBe("text");
        desk.Clock.Advance(TimeSpan.FromMinutes(6));
        var drawn = await Customer(desk);
        (drawn.Type, drawn.DataSource).ShouldBe(("select", "dynamic"));
    }

    [Theory]
    [InlineData("5.37.0")]
    [InlineData("10.11.0")]
    [InlineData("11.5.0")]
    public async Task DLG_1_Older_servers_get_text(string version)
    {
        await using var desk = await Desk.Open(new SimulatorOptions { ServerVersion = version });
        (await Customer(desk)).Type.ShouldBe("text");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task DLG_1_Where_browsers_do_not_ask_our_address_only_the_calendars_are_new()
    {
        await using var desk = await Desk.Open(
            given: (settings, _) =>
                settings with
                {
                    PublicUrl = new Uri("http://sidecar.internal:8085"),
                }
        );
        await desk.Types("tam", "/escalate engineer request acme");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        (form["customer"].Type, form["ce"].DataSource, form["ends_on"].Type).ShouldBe(
            ("text", "users", "date")
        );
    }

    [Theory]
    [InlineData("https://sidecar.example/mattermost/lookup", true)]
    [InlineData("http://localhost:8085/mattermost/lookup", true)]
    [InlineData("http://127.0.0.1/mattermost/lookup", true)]
    [InlineData("/plugins/com.example.escalate/mattermost/lookup", true)]
    [InlineData("http://sidecar.internal:8085/mattermost/lookup", false)]
    [InlineData("http://localhost.example/mattermost/lookup", false)]
    [InlineData("http://[::1]:8085/mattermost/lookup", false)]
    [InlineData("//sidecar.example/mattermost/lookup", false)]
    public void DLG_1_What_browsers_ask(string address, bool isAsked) =>
        ChatOptions.IsAskedByBrowsers(address).ShouldBe(isAsked);

    [Fact]
    public async Task X8_Who_asks_proves_it_as_with_a_submission()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        await desk.Types("tam", "/escalate");
        var state = desk.Mattermost.OpenDialogOf("tam")!.State;
        (await Items(await Ask(door, desk.IdOf("tam").Value, state, "acme"))).ShouldBe([
            "acme",
            "acme-labs",
        ]);

        foreach (
            var (user, sealedState) in ((string, string)[])
                [
                    (desk.IdOf("engineer").Value, state),
                    (desk.IdOf("tam").Value, state[..^2]),
                    (desk.IdOf("tam").Value, ""),
                    ("../../users", state),
                ]
        )
        {
            using var refused = await Ask(door, user, sealedState, "acme");
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task DLG_1_The_list_of_a_form_that_is_not_taken_any_more_says_so()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate");
        desk.Clock.Advance(TimeSpan.FromHours(25));
        var tam = desk.Mattermost.As("tam");
        (await tam.OfferedIn("customer", "acme"))
            .ShouldHaveSingleItem()
            .Text.ShouldBe("This form is more than a day old: close it and open it again");
        var refused = await desk.Submits(
            "tam",
            ("customer", "expired"),
            ("severity", "sev2"),
            ("summary", "Login is down")
        );
        refused.Error.ShouldContain("opened more than a day ago");
        (await desk.Find(1)).ShouldBeNull();
    }

    [Fact]
    public async Task X8_Whatever_is_asked_is_answered_with_a_list()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        await desk.Types("tam", "/escalate");
        var state = desk.Mattermost.OpenDialogOf("tam")!.State;
        foreach (
            var submission in (string[])
                [
                    "null",
                    "{}",
                    """{"selected_field":7}""",
                    """{"selected_field":"nothing","query":"a"}""",
                    """{"selected_field":"summary","query":"a"}""",
                    """{"selected_field":"customer","query":["a"]}""",
                    """{"selected_field":"customer","query":"\ud800"}""",
                    """{"selected_field":"customer","query":"\u0000"}""",
                    """{"selected_field":"customer","query":" \u202e"}""",
                    """{"selected_field":"customer","query":"%00%zz../.."}""",
                    $$"""{"selected_field":"customer","query":"{{new string('a', 50_000)}}"}""",
                    """{"selected_field":"customer","customer":{"label":"x","value":{}},"query":"acme"}""",
                ]
        )
        {
            using var answer = await door.Send(
                Inbound.LookUpPath,
                $$"""{"type":"dialog_lookup","state":"{{state}}","user_id":"{{desk.IdOf("tam").Value}}","submission":{{submission}} }"""
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, submission);
            (await Door.Json(answer)).GetProperty("items").ValueKind.ShouldBe(JsonValueKind.Array);
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task X2_Asking_is_counted_apart_from_what_somebody_does()
    {
        await using var desk = await Desk.Open();
        using var door = new Door(desk);
        await desk.Types("tam", "/escalate");
        var state = desk.Mattermost.OpenDialogOf("tam")!.State;
        var user = desk.IdOf("tam").Value;
        for (var i = 0; i < FormLookUps.Burst; i++)
        {
            (await Items(await Ask(door, user, state, "acme"))).ShouldNotBeEmpty();
        }

        (await Items(await Ask(door, user, state, "acme"))).ShouldBeEmpty();
        (await desk.Types("tam", "/escalate ping")).Text.ShouldNotContain("a lot at once");
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Items(await Ask(door, user, state, "acme"))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task UP_1_Through_Mattermost_only_who_is_signed_in_asks()
    {
        await using var desk = await Desk.Open(byPlugin: true);
        using var door = new Door(desk);
        await desk.Types("tam", "/escalate");
        var state = desk.Mattermost.OpenDialogOf("tam")!.State;
        using var nobody = await door.Send(
            Inbound.LookUpPath,
            $$"""{"state":"{{state}}","submission":{"selected_field":"customer"} }"""
        );
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Items(await Ask(door, desk.IdOf("tam").Value, state, "acme"))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task DLG_1_A_phone_without_calendars_sends_what_was_typed()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1 Looking");
        desk.Mattermost.As("engineer").OnPhone = true;
        (await desk.Submits("engineer", ("next", "in 3h"), ("began", "8am"))).Closed.ShouldBeTrue();
        var after = await desk.Stored();
        (after.Update!.DueAt, after.Began).ShouldBe(
            (Desk.Morning.AddHours(3), Desk.Morning.AddHours(-1))
        );
    }

    [Fact]
    public async Task DLG_1_A_moment_is_chosen_in_the_readers_zone_and_untouched_it_stays()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1 Looking");
        var began = new DateTimeOffset(2026, 3, 2, 7, 30, 0, TimeSpan.FromHours(2));
        (await desk.Submits("engineer", ("began", began))).Closed.ShouldBeTrue();
        var after = await desk.Stored();
        after.Began.ShouldBe(began);
        // As the severity says: an hour from now, whatever the calendar showed.
        after.Update!.DueAt.ShouldBe(Desk.Morning.AddHours(1));
    }

    [Fact]
    public async Task U9_A_customer_whom_a_message_names_is_filled_in_for_who_may_read_customers()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("stranger");
        var said = await desk
            .Mattermost.As("tam")
            .Post(Desk.Square, "Since the update nobody at Acme Labs, Berlin can log in");
        var link = $"{desk.Mattermost.Url}ops/pl/{said.Id}";
        await desk.Types("tam", $"/escalate message {link}");
        desk.Mattermost.As("tam").ShownIn("customer").ShouldBe("Acme Labs");
        await desk.Types("stranger", $"/escalate message {link}");
        desk.Mattermost.As("stranger").ShownIn("customer").ShouldBeNull();
    }

    private static async Task<global::Mattermost.Simulator.DialogElement> Customer(Desk desk)
    {
        await desk.Types("tam", "/escalate");
        return desk.Mattermost.OpenDialogOf("tam")!["customer"];
    }

    private static Task<HttpResponseMessage> Ask(
        Door door,
        string user,
        string state,
        string typed
    ) =>
        door.Send(
            Inbound.LookUpPath,
            $$"""
            {"type":"dialog_lookup","state":"{{state}}","user_id":"{{user}}",
             "submission":{"selected_field":"customer","query":"{{typed}}"} }
            """
        );

    private static async Task<IReadOnlyList<string>> Items(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return
            [
                .. (await Door.Json(answer))
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(i => i.GetProperty("value").GetString()!),
            ];
        }
    }
}
