using System.Text.Json;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Features.ServiceRequests;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>
/// What the panel shows besides escalations: requests and assignments that are one's own or the channel's, customers, and
/// what is left to set up.
/// </summary>
public sealed class PanelBesideTests
{
    [Fact]
    public async Task Mine_and_this_channel_show_service_requests_and_all_open_does_not()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        foreach (var who in (string[])[ServiceDesk.Csm, "engineer"])
        {
            Beside(await desk.List(who, "mine"))["SRV"].ShouldBe(["SRV-1"], who);
        }

        Beside(await desk.List("lead", "mine")).ShouldBeEmpty("it is somebody else's");
        Beside(await desk.List("lead", "here"))["SRV"].ShouldBe(["SRV-1"]);
        var other = desk.Mattermost.AddChannel("elsewhere", Desk.Team, members: ["lead"]);
        Beside(await desk.List("lead", "here", other.Name)).ShouldBeEmpty();
        Beside(await desk.List("engineer", "open")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Mine_shows_implementation_requests_to_who_has_a_part_and_may_read_them()
    {
        await using var desk = await ImplementationDesk.Open();
        await ImplementationDesk.Requests(desk);
        Beside(await desk.List(ImplementationDesk.Ce, "mine"))["IMP"].ShouldBe(["IMP-1"]);
        Beside(await desk.List("engineer", "mine")).ShouldNotContainKey("IMP");
    }

    [Fact]
    public async Task ASG_1_A_request_for_an_engineer_is_listed_opened_and_vetted_in_the_panel()
    {
        await using var desk = await RequestDesk.Open();
        await RequestDesk.Requests(desk);
        Beside(await desk.List("tam", "mine"))["ASG"].ShouldBe(["ASG-1"]);
        Beside(await desk.List("engineer", "mine")).ShouldBeEmpty();

        var kinds = (
            await desk.Asks(RequestDesk.CsLead, new { v = 2, get = "requests" })
        ).GetProperty("requests");
        var kind = kinds.EnumerateArray().Single(k => k.Text("series") == "ASG");
        kind.GetProperty("items")[0].Text("state").ShouldBe("Requested");
        kind.GetProperty("make").Text("run").ShouldBe("engineer request");

        (await One(desk, "tam")).Labels().ShouldBe(["Withdraw it"]);
        (await One(desk, "tam")).GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await One(desk, "engineer")).Labels().ShouldBeEmpty();
        foreach (var lead in (string[])[RequestDesk.CeLead, RequestDesk.Sales, RequestDesk.CsLead])
        {
            var shown = await One(desk, lead);
            shown.GetProperty("next").Text("label").ShouldBe("Approve");
            await desk.PressesInPanel(lead, shown, "Approve");
        }

        // The CS lead names the engineer by a form that asks for a person.
        var approved = await One(desk, RequestDesk.CsLead);
        approved.Text("state").ShouldBe("Approved, no engineer yet");
        await desk.PressesInPanel(RequestDesk.CsLead, approved, "Name the engineer…");
        var tam = desk.IdOf("tam").Value;
        var wrong = await desk.Submits(RequestDesk.CsLead, ("person", tam));
        wrong.Closed.ShouldBeFalse("only support engineers can be assigned");
        wrong.Error.ShouldNotBeNullOrEmpty();
        var engineer = desk.IdOf("engineer").Value;
        (await desk.Submits(RequestDesk.CsLead, ("person", engineer))).Closed.ShouldBeTrue();
        (await RequestDesk.Assignment(desk)).Engineer.ShouldBe(desk.IdOf("engineer"));

        var active = await One(desk, "engineer");
        active.Text("about").ShouldBe("They migrate");
        active
            .GetProperty("facts")
            .EnumerateArray()
            .Select(f => f.Text("name"))
            .ShouldContain("On record");
        active.Labels().ShouldContain("Note a meeting…");
        active.Labels().ShouldNotContain("End it…");
        (await One(desk, RequestDesk.CsLead)).Labels().ShouldContain("End it…");
        (
            await desk.Asks(
                "guest",
                new
                {
                    v = 2,
                    get = "request",
                    id = "ASG-1",
                }
            )
        ).Problem().ShouldBe("mayNot");
        (
            await desk.Asks(
                "tam",
                new
                {
                    v = 2,
                    get = "request",
                    id = "ASG-9",
                }
            )
        ).Problem().ShouldBe("notFound");
    }

    [Fact]
    public async Task ASG_12_A_hand_over_is_given_to_somebody_by_a_form_and_accepted_by_a_press()
    {
        await using var desk = await Staff.Open();
        await desk.Has(Staff.Assignment(desk));
        await desk.Types("engineer", "/escalate engineer handover ASG-1 stagnating");
        var todo = (await desk.Mine("cslead"))
            .GetProperty("todo")
            .EnumerateArray()
            .Single(t => t.Text("about") == "ASG-1");
        await desk.PressesInPanel("cslead", todo.GetProperty("action"));
        (await desk.Submits("cslead", ("person", desk.IdOf("second").Value))).Closed.ShouldBeTrue();
        (await desk.Kept()).HandOver!.To.ShouldBe(desk.IdOf("second"));

        var mine = (await desk.Mine("second")).GetProperty("todo")[0].GetProperty("action");
        mine.Text("label").ShouldBe("Accept");
        await desk.PressesInPanel("second", mine);
        (await desk.Kept()).Engineer.ShouldBe(desk.IdOf("second"));
    }

    [Fact]
    public async Task ASG_4_A_prospect_is_listed_for_its_people_alone()
    {
        await using var desk = await Staff.Open();
        await desk.Has(
            Staff.Assignment(desk, 1, "acme-labs", "Acme Labs", AssignmentKind.PreSales) with
            {
                Engineer = desk.IdOf("second"),
            }
        );
        Beside(await desk.List("second", "mine"))["ASG"].ShouldBe(["ASG-1"]);
        foreach (var of in (string[])["open", "mine", "here"])
        {
            (await desk.List("engineer", of)).GetRawText().ShouldNotContain("Acme Labs");
        }
    }

    [Fact]
    public async Task U27_My_work_lists_the_customers_of_a_TAM_with_what_is_open()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        foreach (var key in (string[])["one", "two", "three"])
        {
            await desk.Types("tam", $"/escalate customer add {key}");
            (await desk.Submits("tam")).Closed.ShouldBeTrue();
        }

        await desk.Types("engineer", "/escalate new one sev1 Login is down");
        var customers = (await desk.Mine("tam")).GetProperty("customers").EnumerateArray().ToList();
        customers.Select(c => c.Text("key")).ShouldBe(["one", "two", "three"], ignoreOrder: true);
        customers.ShouldAllBe(c => c.Strings("parts").Contains("tam"));
        customers.Single(c => c.Text("key") == "one").GetProperty("open").GetInt32().ShouldBe(1);
        var shown = await desk.PressesInPanel("tam", customers[0].GetProperty("action"));
        shown.Text.ShouldBeEmpty("it is shown in the panel");
        (await desk.Mine("lead")).GetProperty("customers").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task U3_What_needs_words_or_a_person_is_asked_for_and_never_run_as_a_template()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Login is down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        var todo = (await desk.Mine("tam")).GetProperty("todo").EnumerateArray().Single();
        await desk.PressesInPanel("tam", todo.GetProperty("action"));
        (await desk.Stored()).Confirmed.ShouldBeNull("who confirmed it is asked");
        (await desk.Submits("tam", ("words", "Their administrator"))).Closed.ShouldBeTrue();
        (await desk.Stored()).Confirmed!.Who.ShouldBe("Their administrator");
    }

    [Fact]
    public async Task SET_1_An_administrator_sees_what_is_missing_and_nobody_else_does()
    {
        await using var desk = await Desk.Open();
        var setup = (await desk.List(Desk.Admin, "open")).GetProperty("setup");
        var steps = setup.GetProperty("steps").EnumerateArray().ToList();
        setup
            .GetProperty("done")
            .GetInt32()
            .ShouldBe(steps.Count(s => s.GetProperty("isDone").GetBoolean()));
        steps.ShouldContain(s => !s.GetProperty("isDone").GetBoolean());
        (await desk.Mine(Desk.Admin))
            .GetProperty("setup")
            .GetRawText()
            .ShouldBe(setup.GetRawText());
        (await desk.List(Desk.Admin, "mine"))
            .GetProperty("setup")
            .ValueKind.ShouldBe(JsonValueKind.Null);

        foreach (
            var step in steps.Where(s => s.GetProperty("action").ValueKind != JsonValueKind.Null)
        )
        {
            // One press opens the step, or says why it can't be done yet.
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            var outcome = await desk.PressesInPanel(Desk.Admin, step.GetProperty("action"));
            outcome.Text.ShouldBeEmpty(step.Text("title"));
            if (desk.Mattermost.OpenDialogOf(Desk.Admin) is { } form)
            {
                await desk.Mattermost.As(Desk.Admin).CancelDialog(form);
            }
            else
            {
                outcome
                    .Props!.Value.GetProperty("escalate")
                    .TryGetProperty("said", out _)
                    .ShouldBeTrue();
            }
        }

        foreach (var who in (string[])["lead", "tam", "engineer"])
        {
            (await desk.List(who, "open"))
                .GetProperty("setup")
                .ValueKind.ShouldBe(JsonValueKind.Null);
            (await desk.Mine(who)).GetProperty("setup").ValueKind.ShouldBe(JsonValueKind.Null);
            (await desk.Asks(who, new { v = 2, step = "Roles" }))
                .GetProperty("said")
                .GetProperty("isRefusal")
                .GetBoolean()
                .ShouldBeTrue(who);
        }

        desk.Mattermost.OpenDialogOf("lead").ShouldBeNull();
    }

    /// <summary>What stands beside escalations, by the series of its numbers.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Beside(JsonElement list) =>
        list.GetProperty("beside")
            .EnumerateArray()
            .ToDictionary(k => k.Text("series")!, k => k.Ids());

    private static async Task<JsonElement> One(Desk desk, string who) =>
        (
            await desk.Asks(
                who,
                new
                {
                    v = 2,
                    get = "request",
                    id = "ASG-1",
                }
            )
        ).GetProperty("request");
}
