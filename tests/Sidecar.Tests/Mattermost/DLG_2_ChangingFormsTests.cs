using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Forms that are drawn anew while they are filled in: what is asked and known follows what is answered.</summary>
public sealed class DLG_2_ChangingFormsTests
{
    [Fact]
    public async Task U9_A_Sev_1_asks_for_a_customer_and_a_sentence_and_takes_the_rest_from_what_is_known()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Types("tam", "/escalate");
        var tam = desk.Mattermost.As("tam");
        tam.OpenDialog!.Elements.Count.ShouldBe(8);

        var brief = await tam.FillIn(("severity", "sev1"));
        brief
            .Elements.Select(e => e.Name)
            .ShouldBe(["customer", "severity", "summary", "customer_impact"]);
        brief.IntroductionText.ShouldContain("Raised at once: @engineer is called");
        (
            await desk.Submits("tam", ("customer", "acme"), ("summary", "Login is down"))
        ).Closed.ShouldBeTrue();
        var raised = await desk.Stored();
        (raised.Severity, raised.Category, raised.Effort, raised.ImpactWasSaid).ShouldBe(
            (Severity.Sev1, Category.DeploymentEscalation, EffortEstimate.Medium, false)
        );
    }

    [Fact]
    public async Task U9_Choices_say_what_they_mean()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        foreach (var field in (string[])["severity", "impact", "effort"])
        {
            form[field]
                .Options!.Where(o => o.Value != "as-severity")
                .ShouldAllBe(o => o.Text.Contains(": ", StringComparison.Ordinal), field);
        }

        form["severity"].Options![0].Text.ShouldBe("Sev 1: an outage, nobody can work");
    }

    [Fact]
    public async Task DLG_2_What_was_written_stays_whatever_the_form_asks_then()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate");
        var tam = desk.Mattermost.As("tam");
        await tam.FillIn(
            ("summary", "Login is down"),
            ("links", "https://wiki.test/1"),
            ("effort", "low")
        );

        var brief = await tam.FillIn(("severity", "sev1"));
        brief
            .Elements.Select(e => e.Name)
            .ShouldBe(["customer", "severity", "summary", "customer_impact", "effort", "links"]);
        (tam.ShownIn("summary"), tam.ShownIn("links"), tam.ShownIn("effort")).ShouldBe(
            ("Login is down", "https://wiki.test/1", "low")
        );

        (await tam.FillIn(("severity", "sev3"))).Elements.Count.ShouldBe(8);
        tam.ShownIn("effort").ShouldBe("low");
        (await desk.Submits("tam", ("customer", "acme"))).Closed.ShouldBeTrue();
        var raised = await desk.Stored();
        (raised.Severity, raised.Effort, raised.Links, raised.Summary).ShouldBe(
            (Severity.Sev3, EffortEstimate.Low, "https://wiki.test/1", "Login is down")
        );
    }

    [Fact]
    public async Task M3_What_is_emptied_after_the_form_changed_is_emptied_by_the_word_below_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate");
        var tam = desk.Mattermost.As("tam");
        await tam.FillIn(("customer_impact", "All of them"), ("summary", "Down"));
        var changed = await tam.FillIn(("severity", "sev2"));
        changed["customer_impact"].HelpText.ShouldContain("none");
        (
            await desk.Submits("tam", ("customer", "acme"), ("customer_impact", "none"))
        ).Closed.ShouldBeTrue();
        (await desk.Stored()).CustomerImpact.ShouldBeEmpty();
    }

    [Fact]
    public async Task DLG_2_What_nobody_touched_follows_the_customer_and_what_somebody_chose_stays()
    {
        await using var desk = await GivenPair.Open();
        await desk.Hires("other-ce", Role.CustomerEngineer);
        await ImplementationDesk.IsKnown(
            desk,
            "acme",
            c =>
                c with
                {
                    CustomerEngineer = desk.IdOf("ce"),
                    IsStrategic = true,
                    Phase = CustomerPhase.PostSales,
                }
        );
        await ImplementationDesk.IsKnown(
            desk,
            "acme-labs",
            c => c with { CustomerEngineer = desk.IdOf("other-ce"), Phase = CustomerPhase.PreSales }
        );
        await desk.Types("tam", "/escalate engineer request");
        var tam = desk.Mattermost.As("tam");

        await tam.FillIn(("why", "They grow"), ("customer", "acme"));
        (tam.ShownIn("kind"), tam.ShownIn("ce"), tam.ShownIn("why")).ShouldBe(
            ("post-sales", "@ce", "They grow")
        );
        await tam.FillIn(("customer", "acme-labs"));
        (tam.ShownIn("kind"), tam.ShownIn("ce")).ShouldBe(("pre-sales", "@other-ce"));

        await tam.FillIn(("ce", "@ce"), ("customer", "acme"));
        await tam.FillIn(("customer", "acme-labs"));
        (tam.ShownIn("kind"), tam.ShownIn("ce")).ShouldBe(("pre-sales", "@ce"));
        (await desk.Submits("tam")).Closed.ShouldBeTrue();
        var requested = await GivenPair.Assignment(desk);
        (requested.CustomerName, requested.Kind, requested.CustomerEngineer).ShouldBe(
            ("Acme Labs", AssignmentKind.PreSales, desk.IdOf("ce"))
        );
    }

    [Fact]
    public async Task DLG_2_Who_goes_back_to_what_the_form_was_opened_with_means_it()
    {
        await using var desk = await GivenPair.Open();
        await RequestDesk.Is(desk, "acme", CustomerPhase.PostSales, isStrategic: true);
        await RequestDesk.Is(desk, "acme-labs", CustomerPhase.PreSales, isStrategic: false);
        await desk.Types("tam", "/escalate engineer request acme");
        var tam = desk.Mattermost.As("tam");
        tam.ShownIn("kind").ShouldBe("post-sales");
        await tam.FillIn(("kind", "pre-sales"), ("customer", "acme-labs"));
        await tam.FillIn(("kind", "post-sales"));
        tam.ShownIn("kind").ShouldBe("post-sales");
        (await desk.Submits("tam", ("why", "They grow")))
            .FieldErrors["kind"]
            .ShouldContain("still a prospect");
    }

    [Fact]
    public async Task U10_What_would_refuse_is_said_as_soon_as_it_is_known()
    {
        await using var desk = await GivenPair.Open();
        await RequestDesk.Is(desk, "acme", CustomerPhase.PostSales, isStrategic: false);
        await desk.Types("tam", "/escalate engineer request");
        var form = await desk.Mattermost.As("tam").FillIn(("customer", "acme"));
        form.Elements.Single(e => e.Name.EndsWith("strategic", StringComparison.Ordinal))
            .HelpText.ShouldContain("Acme is not marked as strategic");

        await desk.Types("tam", "/escalate new acme sev2 Login is down");
        await desk.Types("tam", "/escalate");
        form = await desk.Mattermost.As("tam").FillIn(("customer", "acme"));
        form.IntroductionText.ShouldContain("**ESC-1** Sev 2, Accepted: Login is down");
        desk.Mattermost.As("tam").ShownIn("customer").ShouldBe("Acme");
        form = await desk.Mattermost.As("tam").FillIn(("category", "bug"));
        form.IntroductionText.ShouldContain("Goes to Customer Support and CRE at once");
    }

    [Fact]
    public async Task X3_X4_A_form_that_changes_tells_who_may_not_read_customers_nothing_of_them()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("stranger");
        await desk.Types("tam", "/escalate new acme sev2 Login is down");
        var stranger = desk.Mattermost.As("stranger");
        var shown = new List<string>();
        foreach (var command in (string[])["", " engineer request"])
        {
            foreach (var customer in (string[])["acme", "Acme Labs", "nobody"])
            {
                await desk.Types("stranger", $"/escalate{command}");
                var form = await stranger.FillIn(("customer", customer));
                form.Elements.ShouldNotBeEmpty();
                shown.Add(
                    $"{command}: {form.IntroductionText} {string.Join(' ', form.Elements.Select(e => $"{e.Name}={(e.Name == "customer" ? "" : e.Default)}"))}"
                );
            }
        }

        shown.Distinct().Count().ShouldBe(2, string.Join('\n', shown));
    }

    [Fact]
    public async Task DLG_2_Rights_age_and_a_restart_are_looked_at_whenever_the_form_changes()
    {
        await using var desk = await GivenPair.Open();
        await RequestDesk.Is(desk, "acme", CustomerPhase.PostSales, isStrategic: true);
        await desk.Types("cslead", "/escalate engineer start acme");
        var lead = desk.Mattermost.As("cslead");
        await lead.FillIn(("why", "They grow"));
        await desk.RestartSidecar();
        var form = await lead.FillIn(("kind", "post-sales"));
        lead.TroubleShown.ShouldBeEmpty();
        form.Elements.Select(e => e.Name).ShouldContain("backup");
        form.Elements.Select(e => e.Name).ShouldNotContain("beyond");
        lead.ShownIn("why").ShouldBe("They grow");

        await desk.Revokes("cslead", Role.CustomerSuccessLead);
        await lead.FillIn(("kind", "pre-sales"));
        lead.TroubleShown.ShouldContain("you need the role");
        lead.ShownIn("why").ShouldBe("They grow");

        await desk.Grants("cslead", Role.CustomerSuccessLead);
        desk.Clock.Advance(TimeSpan.FromHours(25));
        await lead.FillIn(("kind", "post-sales"));
        lead.TroubleShown.ShouldContain("opened more than a day ago");
        lead.ShownIn("why").ShouldBe("They grow");
    }

    [Theory]
    [InlineData("5.37.0")]
    [InlineData("10.11.0")]
    [InlineData("11.5.0")]
    public async Task DLG_2_Older_servers_get_the_whole_form_at_once(string version)
    {
        await using var desk = await Desk.Open(new SimulatorOptions { ServerVersion = version });
        await desk.Types("tam", "/escalate new acme sev1");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        form.Elements.Count.ShouldBe(8);
        (
            await desk.Submits("tam", ("summary", "Login is down"), ("effort", "low"))
        ).Closed.ShouldBeTrue();
        (await desk.Stored()).Effort.ShouldBe(EffortEstimate.Low);
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task DLG_2_A_client_that_does_not_ask_again_submits_the_form_as_it_was_opened()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate");
        var tam = desk.Mattermost.As("tam");
        var form = tam.OpenDialog!;
        var sent = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["customer"] = "acme",
            ["severity"] = "sev1",
            ["category"] = "deployment",
            ["summary"] = "Login is down",
            ["impact"] = "low",
            ["effort"] = "high",
            ["links"] = "https://wiki.test/1",
        };
        (await tam.SubmitRaw(form, sent, cancelled: false)).Closed.ShouldBeTrue();
        var raised = await desk.Stored();
        (raised.Impact, raised.Effort, raised.Links).ShouldBe(
            (ImpactLevel.Low, EffortEstimate.High, "https://wiki.test/1")
        );
    }

    [Fact]
    public async Task DLG_2_Where_lists_can_not_ask_us_a_choice_changes_the_form_all_the_same()
    {
        await using var desk = await Desk.Open(
            given: (settings, _) =>
                settings with
                {
                    PublicUrl = new Uri("http://sidecar.internal:8085"),
                }
        );
        await desk.Types("tam", "/escalate");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        (form["customer"].Type, form["customer"].Refresh, form["severity"].Refresh).ShouldBe(
            ("text", false, true)
        );
    }

    [Theory]
    [InlineData(SimulatorOptions.Today, true)]
    [InlineData(SimulatorOptions.Today, false)]
    [InlineData(SimulatorOptions.OldEnd, false)]
    public async Task U26_Of_a_private_message_the_link_alone_can_be_taken(string age, bool changes)
    {
        await using var desk = await Desk.Open(
            new SimulatorOptions { ServerVersion = age },
            settings: Desk.WithoutIncidents
        );
        desk.Mattermost.AddChannel("secret", type: "P", members: ["tam", "escalate"]);
        var said = await desk
            .Mattermost.As("tam")
            .Post("secret", $"Their root password is hunter2. {new string('x', 300)}");
        await desk.Types(
            "tam",
            $"/escalate message {desk.Mattermost.Url}ops/pl/{said.Id}",
            "secret"
        );
        var tam = desk.Mattermost.As("tam");
        tam.OpenDialog!.IntroductionText.ShouldContain("Everybody who reads the card can read");
        if (changes)
        {
            await tam.FillIn(("taken", "link"));
            $"{tam.ShownIn("summary")}".ShouldNotContain("hunter2");
            tam.OpenDialog!.IntroductionText.ShouldContain("Everybody who reads the card");
        }

        (
            await desk.Submits("tam", ("taken", "link"), ("customer", "acme"), ("severity", "sev2"))
        ).Closed.ShouldBeTrue();
        var raised = await desk.Stored();
        raised.Summary.ShouldBe("A message in a private channel: see its link");
        (raised.CustomerImpact, raised.Links.Contains(said.Id, StringComparison.Ordinal)).ShouldBe(
            ("", true)
        );
    }
}
