using System.Text.Json;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Panel;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.ServiceRequests;

/// <summary>Requests in the panel: listed, opened, made, with what this person may do (SRV-1 to SRV-3).</summary>
public sealed class PanelRequestTests
{
    [Fact]
    public async Task They_are_listed_by_kind_what_is_due_first_at_the_top_and_made_by_who_may()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Prepares(customer: "acme-labs", otherwise: ("due_on", "2026-03-12"));
        await desk.PassesTo(Desk.Morning.AddDays(11));

        var kind = await Services(desk, ServiceDesk.Csm);
        kind.Text("title").ShouldBe("Service requests");
        kind.GetProperty("make").Text("run").ShouldBe("service");
        kind.Ids().ShouldBe(["SRV-2", "SRV-1"]);
        var late = kind.GetProperty("items")[0];
        late.Text("state").ShouldBe("Awaiting sign-off");
        late.Text("dueOn").ShouldBe("2026-03-12");
        late.Text("risk").ShouldBe("overdue");
        late.GetProperty("who").Text("name").ShouldBe(ServiceDesk.Csm);

        (await Services(desk, "engineer"))
            .GetProperty("make")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        (await desk.Asks("guest", new { v = 2, get = "requests" })).Problem().ShouldBe("mayNot");
    }

    [Fact]
    public async Task One_is_opened_with_its_facts_its_timeline_and_what_this_person_may_do()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        var one = await One(desk, "engineer", "SRV-1");
        one.Text("title").ShouldBe(ServiceDesk.Title);
        one.Text("about")!.ShouldContain("its manual");
        Commands(one).ShouldBe(["service start SRV-1", "service edit SRV-1"]);
        Commands(await One(desk, ServiceDesk.Csm, "srv1"))
            .ShouldBe(["service edit SRV-1", "service cancel SRV-1"]);
        Commands(await One(desk, "executive", "SRV-1")).ShouldBeEmpty();

        var past = (
            await desk.Asks(
                "executive",
                new
                {
                    v = 2,
                    get = "timeline",
                    id = "SRV-1",
                }
            )
        ).GetProperty("timeline");
        past.GetProperty("entries")[0].Text("text")!.ShouldContain("recorded the sign-off");
        (
            await desk.Asks(
                "tam",
                new
                {
                    v = 2,
                    get = "request",
                    id = "SRV-9",
                }
            )
        ).Problem().ShouldBe("notFound");
        (
            await desk.Asks(
                "guest",
                new
                {
                    v = 2,
                    get = "request",
                    id = "SRV-1",
                }
            )
        ).Problem().ShouldBe("mayNot");
    }

    [Fact]
    public async Task What_is_done_there_runs_the_command_or_opens_its_form()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Runs(ServiceDesk.Csm, new { v = 2, run = "service" });
        (
            await desk.Answers(ServiceDesk.Csm, "engineer", ("customer", "acme"))
        ).Closed.ShouldBeTrue();
        await desk.Reaches(ServiceState.SignedOff);
        var said = await desk.Asks("engineer", new { v = 2, run = "service start SRV-1" });
        said.GetProperty("said").Text("text")!.ShouldContain("began the work");
        await desk.Runs("engineer", new { v = 2, run = "service deliver SRV-1" });
        desk.Mattermost.OpenDialogOf("engineer")!.Title.ShouldBe("Deliver SRV-1");
    }

    [Fact]
    public async Task A_custom_solution_offers_to_become_one_to_who_may()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Files("tam", "acme", Vocabulary.Categories.Code(Category.CustomSolution));
        (await desk.Details("tam", "ESC-1")).Labels().ShouldContain("Make it a service request…");
        (await desk.Details("engineer", "ESC-1"))
            .Labels()
            .ShouldNotContain("Make it a service request…");
    }

    private static async Task<JsonElement> Services(Desk desk, string who) =>
        (await desk.Asks(who, new { v = 2, get = "requests" }))
            .GetProperty("requests")
            .EnumerateArray()
            .Single(k => k.Text("series") == "SRV");

    private static async Task<JsonElement> One(Desk desk, string who, string id) =>
        (
            await desk.Asks(
                who,
                new
                {
                    v = 2,
                    get = "request",
                    id,
                }
            )
        ).GetProperty("request");

    private static IReadOnlyList<string> Commands(JsonElement one) =>
        [.. one.Actions().Select(a => a.GetProperty("ask").Text("run")!)];
}
