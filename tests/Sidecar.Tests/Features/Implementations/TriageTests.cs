using Shouldly;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Implementations;

using static ImplementationDesk;

/// <summary>Requested, scored and decided (IMP-1 to IMP-3).</summary>
public sealed class TriageTests
{
    [Fact]
    public async Task M1_IMP_1_What_others_recorded_of_the_customer_meanwhile_is_said_with_the_request()
    {
        await using var desk = await ImplementationDesk.Open();
        await desk.IsKnown("acme-labs", c => c with { HostingProvider = "AWS" });
        await desk.Types(Ce, "/escalate implementation acme-labs");
        await desk.IsKnown(
            "acme-labs",
            c => c with { HostingProvider = "Azure", DeploymentMethod = "Kubernetes" }
        );
        await desk.Fills(
            Ce,
            ("type", "ProductionDeployment"),
            ("method", "Docker Compose"),
            ("provider", "AWS")
        );
        var request = await desk.Implementation();
        (request.Provider, request.Method).ShouldBe(("Azure", "Docker Compose"));
        desk.Mattermost.EphemeralsOf(Ce)[^1]
            .Message.ShouldContain(
                "others changed what is recorded of Acme Labs, and the request says it as it is now: Hosting provider: “Azure”."
            );
    }

    [Fact]
    public async Task IMP_1_The_form_has_the_seven_fields_filled_with_what_is_known()
    {
        await using var desk = await Open();
        await desk.IsKnown(
            "acme-labs",
            c =>
                c with
                {
                    DeploymentMethod = "Docker Compose",
                    HostingProvider = "AWS",
                    CrmLink = "https://crm.test/7",
                    DesignDocuments = ["https://docs.test/a"],
                }
        );
        await desk.Types(Ce, "/escalate implementation Acme Labs");
        var form = desk.Mattermost.OpenDialogOf(Ce)!;
        form.Elements.Select(e => (e.Name, e.Default))
            .ShouldBe([
                ("customer", "Acme Labs"),
                ("type", ""),
                ("method", "Docker Compose"),
                ("provider", "AWS"),
                ("opportunity", "https://crm.test/7"),
                ("design", "https://docs.test/a"),
                ("information", ""),
            ]);
        await desk.Fills(Ce, ("type", "SimpleToComplex"), ("information", "They grow fast"));
        var it = await desk.Implementation();
        (it.CustomerName, it.Type, it.Method, it.CustomerEngineer, it.AccountExecutive).ShouldBe(
            (
                "Acme Labs",
                ImplementationType.SimpleToComplex,
                "Docker Compose",
                desk.IdOf(Ce),
                desk.IdOf(Ae)
            )
        );
        desk.Last(Ce).Message.ShouldContain("is with the implementation team");
        desk.Last(Ae).Message.ShouldContain("@ce requested an IE-led migration");
        desk.Last(Lead).Buttons().ShouldBe(["Decide…", "Score…"]);
        desk.Last(Ie).Buttons().ShouldBe(["Score…"]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task IMP_1_A_message_is_in_the_form_and_what_is_wrong_loses_nothing()
    {
        await using var desk = await Open();
        var post = await desk.Mattermost.As(Ce).Post(Room, "Labs want Kubernetes by June");
        await desk.Settled();
        var link = new Uri(desk.Mattermost.Url, $"/{Desk.Team}/pl/{post.Id}");
        await desk.Types(Ce, $"/escalate implementation acme-labs {link}", Room);
        desk.Mattermost.OpenDialogOf(Ce)!
            .Elements.Single(e => e.Name == "information")
            .Default.ShouldStartWith("Labs want Kubernetes by June");
        var outcome = await desk.Submits(
            Ce,
            ("type", "ProductionDeployment"),
            ("opportunity", "crm, somewhere")
        );
        outcome.FieldErrors.Keys.ShouldBe(["opportunity"]);
        await desk.Fills(Ce, ("opportunity", "none"));
        (await desk.Implementation()).Information.ShouldContain("by June");
        // Who is not in that channel learns nothing of the message.
        (await desk.Types(Ae, $"/escalate implementation {link}")).Text.ShouldContain(
            "There is no message"
        );
    }

    [Fact]
    public async Task IMP_1_One_request_of_a_type_is_open_at_a_time_and_the_same_act_requests_once()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Types(Ce, "/escalate implementation acme-labs");
        (await desk.Submits(Ce, ("type", "ProductionDeployment")))
            .FieldErrors["customer"]
            .ShouldContain("IMP-1, in triage");
        await desk.Fills(Ce, ("type", "SelfHostedToCloud"));
        (await desk.Implementation(2)).Type.ShouldBe(ImplementationType.SelfHostedToCloud);
    }

    [Fact]
    public async Task IMP_3_What_waits_for_its_triage_is_asked_for_each_week_of_work_some_times()
    {
        await using var desk = await Open();
        await desk.Requests();
        for (var week = 1; week <= 2; week++)
        {
            await desk.Passes(TimeSpan.FromDays(7));
            desk.Count(Ie, "nobody has scored it yet").ShouldBe(week);
            desk.Count(Lead, "nobody has scored it yet").ShouldBe(week);
        }

        await desk.Scores(Ie, 4);
        for (var week = 3; week <= 6; week++)
        {
            await desk.Passes(TimeSpan.FromDays(7));
        }

        desk.Count(Ie, "nobody has scored it yet").ShouldBe(2);
        desk.Count(Lead, "waits for a decision").ShouldBe(2);
    }

    [Fact]
    public async Task IMP_3_Deciding_again_takes_no_reason_over_from_another_decision()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Scores(Ie, 4);
        await desk.Does(
            Lead,
            "decide",
            1,
            ("decision", "disqualify"),
            ("why", "They have a team of their own")
        );
        await desk.Does(Lead, "decide", 1, ("decision", "qualify"), ("ie", Ie));
        (await desk.Implementation()).StateReason.ShouldBeEmpty();
        desk.Last(Ce).Message.ShouldNotContain("team of their own");
        // The other way round it has to be said anew.
        await desk.Types(Lead, "/escalate implementation decide IMP-1");
        (await desk.Submits(Lead, ("decision", "disqualify"))).FieldErrors.Keys.ShouldBe(["why"]);
    }

    [Fact]
    public async Task IMP_1_A_number_where_a_customer_is_expected_leads_to_the_request()
    {
        await using var desk = await Open();
        await desk.Requests();
        (await desk.Types(Ce, "/escalate implementation IMP-1")).Text.ShouldContain(
            "`/escalate show IMP-1` shows it"
        );
        (await desk.Types(Ce, "/escalate implementations")).Text.ShouldContain("**In triage**");
        await desk.Types(Ce, "/escalate implementation");
        (await desk.Submits(Ce, ("customer", "Acme Lab"), ("type", "ProductionDeployment")))
            .FieldErrors["customer"]
            .ShouldContain("Did you mean Acme Labs?");
    }

    [Fact]
    public async Task IMP_1_Two_who_request_the_same_at_one_moment_make_one_request()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var desk = await Open();
            await desk.Types(Ce, "/escalate implementation acme-labs");
            await desk.Types(Ae, "/escalate implementation acme-labs");
            var outcomes = await Task.WhenAll(
                desk.Submits(Ce, ("type", "ProductionDeployment")),
                desk.Submits(Ae, ("type", "ProductionDeployment"))
            );
            outcomes.Count(o => o.Closed).ShouldBe(1);
            outcomes
                .Single(o => !o.Closed)
                .FieldErrors["customer"]
                .ShouldContain("has an open request of that type");
            var all = await desk.Store.List(
                ImplementationIndexes.Kind,
                ImplementationIndexes.ByCustomer,
                IndexKey.Empty.Then("acme-labs"),
                null,
                9,
                TestContext.Current.CancellationToken
            );
            all.Items.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task M1_What_others_changed_while_the_form_was_open_stays_as_they_left_it()
    {
        await using var desk = await Open();
        await desk.Requests(method: "Cloud");
        await desk.Types(Lead, "/escalate implementation edit IMP-1");
        await desk.Does(
            Ce,
            "edit",
            1,
            ("provider", "Azure"),
            ("opportunity", "https://crm.test/7")
        );
        await desk.Fills(Lead, ("information", "Air-gapped."));
        var it = await desk.Implementation();
        (it.Provider, it.Opportunity, it.Information).ShouldBe(
            ("Azure", "https://crm.test/7", "Air-gapped.")
        );

        // The same field: whoever comes second sees what the first one wrote, and nothing is replaced.
        await desk.Types(Lead, "/escalate implementation edit IMP-1");
        await desk.Does(Ce, "edit", 1, ("method", "Helm"));
        (await desk.Submits(Lead, ("method", "Docker Compose")))
            .FieldErrors["method"]
            .ShouldContain("“Helm”");
        (await desk.Implementation()).Method.ShouldBe("Helm");

        await desk.Types(Lead, "/escalate implementation people IMP-1");
        await desk.Does(Ce, "people", 1, ("ie", $"@{Ie}"));
        await desk.Fills(Lead, ("ae", $"@{Lead}"));
        it = await desk.Implementation();
        (it.Engineer, it.AccountExecutive).ShouldBe((desk.IdOf(Ie), desk.IdOf(Lead)));
    }

    [Fact]
    public async Task IMP_1_What_was_asked_for_is_corrected_and_the_signs_are_read_anew()
    {
        await using var desk = await Open();
        await desk.Types(Lead, "/escalate implementation channel here", Room);
        await desk.Requests(method: "Cloud");
        await desk.Scores(Ie, 4);
        var card = desk.In(Room).Single(p => p.Buttons().Contains("Edit…"));
        // Untouched, it stays and changes nothing.
        await desk.Presses(Ce, card, "Edit…");
        (await desk.Submits(Ce)).Error.ShouldContain("Nothing was changed");
        (
            await desk.Submits(Ce, ("opportunity", "somewhere"), ("method", "Helm"))
        ).FieldErrors.Keys.ShouldBe(["opportunity"]);
        await desk.Fills(
            Ce,
            ("opportunity", "https://crm.test/7"),
            ("type", "SimpleToComplex"),
            ("information", "Air-gapped.\nTwo regions.")
        );
        var it = await desk.Implementation();
        it.Signs.Where(s => s.Holds == true)
            .Select(s => s.Kind)
            .ShouldBe(
                [SignKind.KubernetesLikely, SignKind.CloudNotViable, SignKind.Migration],
                ignoreOrder: true
            );
        it.Score.ShouldNotBeNull();
        desk.Thread(card)
            .ShouldContain(t =>
                t.Contains(
                    "corrected the request: type is migration from simple to complex self-hosted instead of production deployment, deployment method is Helm instead of Cloud, CRM opportunity is https://crm.test/7 and additional information.",
                    StringComparison.Ordinal
                )
            );
        // Of that type there may be one only; who has no part may not, and after the end nobody.
        await desk.Requests();
        await desk.Types(Ie, "/escalate implementation edit IMP-2");
        (await desk.Submits(Ie, ("type", "SimpleToComplex"))).Error.ShouldContain(
            "IMP-1, in triage"
        );
        await desk.Fills(Ie, ("type", "SelfHostedToCloud"));
        await desk.Requests();
        (await desk.Types(Ta, "/escalate implementation edit IMP-1")).Text.ShouldContain(
            "correct an implementation request"
        );
        await desk.Does(Lead, "decide", 1, ("decision", "disqualify"), ("why", "Small."));
        (await desk.Types(Lead, "/escalate implementation edit IMP-1")).Text.ShouldContain(
            "“Edit” is not possible then"
        );
    }

    [Theory]
    [InlineData(
        0,
        "Kubernetes",
        2000L,
        "Cloud is not viable, Large or complex instance, Kubernetes is likely"
    )]
    [InlineData(0, "Cloud", 999L, "")]
    [InlineData(0, "VMware Cloud", null, "")]
    [InlineData(0, "two VMs on-prem", 1000L, "Cloud is not viable, Large or complex instance")]
    [InlineData(
        1,
        "Docker Compose to EKS",
        10L,
        "Cloud is not viable, Kubernetes is likely, Applicable migration"
    )]
    [InlineData(2, "", null, "Applicable migration")]
    public void IMP_2_Signs_hold_for_a_reason(int type, string method, long? seats, string holds)
    {
        var signs = DeploymentSigns.Of(
            (ImplementationType)type,
            method,
            new KnownSize(seats, IsNonStandard: false),
            1000
        );
        string.Join(", ", signs.Where(s => s.Holds == true).Select(s => s.Kind.Label()))
            .ShouldBe(holds);
        signs.Length.ShouldBe(4);
        signs.ShouldAllBe(s => s.Why.Length > 0);
    }

    [Fact]
    public async Task IMP_2_Each_sign_is_shown_with_its_reason_also_when_none_holds()
    {
        await using var desk = await Open();
        await desk.Requests();
        var card = desk.Last(Lead).Field("IE-led?")!;
        card.ShouldContain("✅ Kubernetes is likely: yes, “Kubernetes on EKS” is expected");
        card.ShouldContain(
            "❔ Large or complex instance: not known yet, the customer’s seats are not known"
        );
        card.ShouldContain("➖ Applicable migration: no, it is a new production deployment");
        // What nobody knows is not taken for a no.
        await desk.Requests("acme", "Cloud");
        desk.Last(Ce).Field("IE-led?")!.ShouldContain("Too little is known");
        (await desk.Types(Ce, "/escalate customer measure acme seats 10/20")).Text.ShouldContain(
            "20"
        );
        await desk.Types(Ce, "/escalate implementation withdraw IMP-2");
        await desk.Fills(Ce, ("why", "Once more."));
        await desk.Requests("acme", "Cloud");
        desk.Last(Ce).Field("IE-led?")!.ShouldContain("None of the usual signs");
    }

    [Theory]
    [InlineData(0, 2, 5)]
    [InlineData(1, 2, 4)]
    [InlineData(4, 2, 3)]
    [InlineData(20, 2, 1)]
    [InlineData(3, 0, 1)]
    public void IMP_3_Bandwidth_comes_from_what_the_team_has_open(int open, int team, int points) =>
        new TeamBandwidth(open, team).Points.ShouldBe(points);

    [Fact]
    public async Task IMP_3_Several_score_and_the_lead_sees_them_side_by_side_with_the_spread()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Presses(Ie, desk.Last(Ie), "Score…");
        desk.Mattermost.OpenDialogOf(Ie)!
            .Elements.Single(e => e.Name == "bandwidth")
            .ShouldSatisfyAllConditions(
                e => e.Default.ShouldBe("5"),
                e =>
                    e.HelpText.ShouldContain("0 qualified or under way, 2 implementation engineers")
            );
        // Untouched, it lacks four of five.
        (await desk.Submits(Ie)).FieldErrors.Count.ShouldBe(4);
        await desk.Fills(
            Ie,
            ("revenue", "5"),
            ("complexity", "2"),
            ("market", "4"),
            ("intangibles", "3")
        );
        await desk.Scores(Other, 4, note: "Their admins know Kubernetes");
        var it = await desk.Implementation();
        // (5+4)/2 + (2+4)/2 + 4 + (3+4)/2 + (5+4)/2
        it.Score.ShouldBe(19.5m);
        await desk.Types(Lead, "/escalate implementation decide IMP-1");
        var sideBySide = desk.Mattermost.OpenDialogOf(Lead)!.IntroductionText;
        sideBySide.ShouldContain("| Size and complexity | 2 | 4 | 3 | **2** |");
        sideBySide.ShouldContain("Their admins know Kubernetes");
        // Whose message asked for a score has no button any more; the other's neither.
        desk.MessagesTo(Ie).ShouldAllBe(m => m.Buttons().Count == 0);
        var why = (await desk.Types(Ce, "/escalate why IMP-1")).Text.Replace(
            "\\",
            "",
            StringComparison.Ordinal
        );
        why.ShouldContain("**19.5** of 25 = 4.5 (Fiscal year revenue) + 3 (Size and complexity)");
        why.ShouldNotContain("| Size and complexity |");
        (await desk.Types(Lead, "/escalate why imp 1")).Text.ShouldContain(
            "| Size and complexity |"
        );
    }

    [Fact]
    public async Task IMP_3_The_backlog_is_ordered_by_score_and_CE_and_AE_hear_of_each_change()
    {
        await using var desk = await Open();
        await desk.Knows("beta", "Beta", 60_000);
        await desk.Qualifies(score: 3);
        foreach (var who in (string[])[Ce, Ae])
        {
            desk.Last(who)
                .Message.ShouldContain(
                    "@ie-lead qualified it for an IE-led deployment, number 1 of 1 to be started, with a score of 15"
                );
        }

        desk.Last(Ce).Buttons().ShouldBe(["Documents…"]);
        await desk.Qualifies(score: 4, customer: "beta", number: 2);
        desk.Last(Ae)
            .Message.ShouldContain(
                "**IMP-1** (Acme Labs): Its priority is now number 2 of 2 to be started, with a score of 15; it was number 1 of 1"
            );
        var list = (await desk.Types(Ce, "/escalate implementation list")).Text;
        list.IndexOf("IMP-2", StringComparison.Ordinal)
            .ShouldBeLessThan(list.IndexOf("IMP-1", StringComparison.Ordinal));
        var told = desk.ToldTo(Ae).Count;
        await desk.Scores(Ie, 5);
        desk.ToldTo(Ae).Count.ShouldBe(told + 1);
        desk.Last(Ae).Message.ShouldContain("number 1 of 2 to be started, with a score of 25");
        await desk.Passes(TimeSpan.FromHours(2));
        desk.ToldTo(Ae).Count.ShouldBe(told + 1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task IMP_3_Nobody_is_qualified_without_a_score_nor_disqualified_without_a_reason()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Presses(Lead, desk.Last(Lead), "Decide…");
        (await desk.Submits(Lead)).FieldErrors.Keys.ShouldBe(["decision"]);
        (await desk.Submits(Lead, ("decision", "qualify"))).Error.ShouldContain(
            "Nobody has scored"
        );
        (await desk.Submits(Lead, ("decision", "disqualify")))
            .FieldErrors["why"]
            .ShouldContain("CE and AE read it");
        await desk.Fills(Lead, ("why", "They manage a single node themselves."));
        foreach (var who in (string[])[Ce, Ae])
        {
            desk.Last(who)
                .Message.ShouldContain(
                    "disqualified it for an IE-led deployment: They manage a single node themselves."
                );
        }

        // What asked the team is settled.
        desk.MessagesTo(Ie).ShouldAllBe(m => m.Buttons().Count == 0);
        (await desk.Types(Ie, "/escalate implementation score IMP-1")).Text.ShouldContain(
            "“Score” is not possible then"
        );
        (await desk.Types(Ce, "/escalate implementation decide IMP-1")).Text.ShouldContain(
            "IE lead"
        );
    }

    [Fact]
    public async Task IMP_3_M1_An_opinion_is_not_recorded_under_another_question()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Scores(Ie, 3);
        await desk.Does(
            Lead,
            "decide",
            1,
            ("decision", "ask-leadership"),
            ("why", "Is it worth two quarters?")
        );
        await desk.Types(Sales, "/escalate implementation word IMP-1");
        await desk.Does(
            Lead,
            "decide",
            1,
            ("decision", "ask-leadership"),
            ("why", "May we refuse it?")
        );
        (string, object?)[] opinion = [("word", "for"), ("text", "They sign for three years.")];
        var told = await desk.Submits(Sales, opinion);
        told.Closed.ShouldBeFalse();
        told.Error.ShouldContain("What is asked: “May we refuse it?”");
        (await desk.Implementation()).Words.ShouldBeEmpty();
        (await desk.Submits(Sales, opinion)).Accepted.ShouldBeTrue();
        (await desk.Implementation()).Words.ShouldHaveSingleItem().IsFor.ShouldBeTrue();
    }

    [Fact]
    public async Task IMP_3_Leadership_is_asked_gives_its_word_on_the_record_and_the_lead_decides()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Scores(Ie, 3);
        await desk.Does(
            Lead,
            "decide",
            1,
            ("decision", "ask-leadership"),
            ("why", "Two quarters of work: is it worth it?")
        );
        desk.Last(Ae).Message.ShouldContain("leadership are asked first");
        await desk.Presses(Sales, desk.Last(Sales), "Give your opinion…");
        desk.Mattermost.OpenDialogOf(Sales)!.IntroductionText.ShouldContain("is it worth it?");
        await desk.Fills(Sales, ("word", "for"), ("text", "They sign for three years."));
        desk.Last(Lead).Message.ShouldContain("@sales-lead is for it: They sign for three years.");
        desk.Last(Sales).Buttons().ShouldBeEmpty();
        desk.Last(CeLead).Buttons().ShouldBe(["Give your opinion…"]);
        (await desk.Types(Ie, "/escalate implementation word IMP-1")).Text.ShouldContain(
            "sales lead"
        );
        await desk.Presses(Lead, desk.Last(Lead), "Decide…");
        await desk.Fills(Lead, ("decision", "qualify"), ("why", ""));
        var it = await desk.Implementation();
        (it.State, it.Words.Single().IsFor).ShouldBe((ImplementationState.Qualified, true));
        desk.Last(CeLead).Buttons().ShouldBeEmpty();
        (await desk.Types(Ce, "/escalate show IMP-1")).Text.ShouldContain(
            "@sales-lead is for it: They sign for three years."
        );
        (await desk.Types(Ce, "/escalate timeline IMP-1")).Text.ShouldContain(
            "@ie-lead asks sales and technical success leadership"
        );
    }

    [Fact]
    public async Task IMP_3_What_nobody_can_decide_is_told_to_administrators()
    {
        await using var desk = await Open();
        await desk.Revokes(Lead, Sidecar.People.Role.ImplementationLead);
        await desk.Requests();
        desk.Last(Desk.Admin).Message.ShouldContain("nobody is IE lead");
    }

    [Theory]
    [InlineData("withdraw", "Acme Labs has it done by a partner")]
    [InlineData("decide", "")]
    public async Task M1_IMP_3_What_others_made_of_it_meanwhile_is_said_before_it_is_decided(
        string step,
        string why
    )
    {
        await using var desk = await Open();
        await desk.Qualifies();
        await desk.Links();
        await desk.Types(Lead, $"/escalate implementation {step} IMP-1");
        await desk.Does(Ie, "start", 1);
        (string, object?)[] answers =
            step == "decide" ? [("decision", "disqualify"), ("why", "Late")] : [("why", why)];
        (await desk.Submits(Lead, answers)).Error.ShouldContain("It is under way");
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Started);
    }

    [Fact]
    public async Task M1_IMP_3_A_score_is_given_to_what_was_read()
    {
        await using var desk = await Open();
        await desk.Requests();
        await desk.Types(Ie, "/escalate implementation score IMP-1");
        await desk.Does(Ce, "edit", 1, ("method", "Docker on one machine"));
        var told = await desk.Submits(
            Ie,
            [.. Triage.Criteria.Select(c => (c.Code, (object?)"3")), ("note", "")]
        );
        told.Error.ShouldContain("(Docker on one machine)");
        (await desk.Implementation()).Scores.ShouldBeEmpty();
    }
}
