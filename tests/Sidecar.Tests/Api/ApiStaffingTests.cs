using Shouldly;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>Assignments by programs, from the start to the end: by whom, when check-ins are, what is kept (API-1).</summary>
public sealed class ApiStaffingTests
{
    [Fact]
    public async Task API_1_ASG_3_An_approved_assignment_is_staffed_told_of_and_ended()
    {
        await using var desk = await RequestDesk.Open(ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        using var cs = await ApiDesk.Of(desk, RequestDesk.CsLead);
        using var engineer = await ApiDesk.Of(desk, "engineer");
        await desk.Requests();
        await desk.Approve();
        const string Path = "/assignments/ASG-1/";
        (await tam.Post(Path + "engineer", new { engineer = "@engineer" })).Status.ShouldBe(403);
        (await cs.Post(Path + "engineer", new { engineer = "@tam" })).Status.ShouldBe(422);
        (await cs.Post(Path + "engineer", new { engineer = "@nobody" })).Status.ShouldBe(422);
        (
            await cs.Post("/assignments/ASG-9/engineer", new { engineer = "@engineer" })
        ).Status.ShouldBe(404);
        await desk.Types("engineer", "/escalate overload Too many tickets");
        var asked = await cs.Post(Path + "engineer", new { engineer = "@engineer" });
        asked.Status.ShouldBe(422, asked.Body);
        asked.Body.ShouldContain("/allTheSame");
        var named = await Does(cs, "engineer", new { engineer = "@engineer", allTheSame = true });
        named["state"].ShouldBe("active");
        named["engineer"].ShouldContain("engineer");
        (
            await cs.Post(Path + "engineer", new { engineer = "@engineer", allTheSame = true })
        ).Status.ShouldBe(409);

        (await Does(engineer, "back-up", new { backUp = "@backup" }))["backUp"]
            .ShouldContain("backup");
        (await Does(engineer, "back-up", new { backUp = (string?)null }))["backUp"].ShouldBeNull();
        var told = await Does(
            engineer,
            "customer-told",
            new { to = "Their CTO", on = "2026-03-01" }
        );
        told["customerTold"].ShouldBe("Their CTO");
        told["customerToldOn"].ShouldBe("2026-03-01");
        (
            await engineer.Post(Path + "customer-told", new { to = "X", on = "2027-03-01" })
        ).Status.ShouldBe(409);

        const string Lab = "https://lab.example.com/acme";
        (await engineer.Post(Path + "environment", new { link = "no address" })).Status.ShouldBe(
            422
        );
        (await Does(engineer, "environment", new { link = Lab }))["environment"].ShouldBe(Lab);
        (await Does(engineer, "environment", new { link = (string?)null }))["environment"]
            .ShouldBeNull();
        (await Does(engineer, "meetings", new { about = "Upgrade planned" }))["meetings"]
            .ShouldContain("Upgrade planned");
        var documented = await Does(
            engineer,
            "documents",
            new { link = "https://docs.example.com/acme", title = "Network plan" }
        );
        documented["documents"].ShouldContain("Network plan");

        (await engineer.Post(Path + "review", new { decision = "end" })).Status.ShouldBe(422);
        // It is not due for long: there is nothing to decide yet.
        (await engineer.Post(Path + "review", new { decision = "keep" })).Status.ShouldBe(409);
        (await tam.Post(Path + "end", new { why = "Done" })).Status.ShouldBe(403);
        var ended = await Does(cs, "end", new { why = "The migration is done" });
        ended["state"].ShouldBe("ended");
        ended["endedBecause"].ShouldBe("The migration is done");
        await desk.Settled();
        desk.ToldTo("engineer").ShouldContain(t => t.Contains("The migration is done"));
        desk.Log.Errors.ShouldBeEmpty();

        async Task<ApiReply> Does(ApiDesk who, string what, object body)
        {
            var done = await who.Post(Path + what, body);
            done.Status.ShouldBe(200, done.Body);
            return done;
        }
    }

    [Fact]
    public async Task API_1_ASG_1_One_that_nobody_requested_is_started_by_the_lead_alone_and_requests_are_withdrawn()
    {
        await using var desk = await RequestDesk.Open(ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        using var cs = await ApiDesk.Of(desk, RequestDesk.CsLead);
        var wish = new
        {
            customer = "acme",
            why = "They migrate",
            kind = "post-sales",
            customerEngineer = "@ce",
            engineer = "@engineer",
            backUp = "@backup",
        };
        (await tam.Post("/assignments/unrequested", wish)).Status.ShouldBe(403);
        var wrong = await cs.Post("/assignments/unrequested", wish with { engineer = "@tam" });
        wrong.Status.ShouldBe(422);
        wrong.Body.ShouldContain("/engineer");
        var made = await cs.Post("/assignments/unrequested", wish, ("Idempotency-Key", "one"));
        made.Status.ShouldBe(201, made.Body);
        made.Headers["Location"].ShouldBe("/api/v1/assignments/ASG-1");
        made["state"].ShouldBe("active");
        made["backUp"].ShouldContain("backup");
        (await cs.Post("/assignments/unrequested", wish)).Status.ShouldBe(422);

        await desk.Requests("acme-labs");
        using var other = await ApiDesk.Of(desk, "engineer");
        (await other.Post("/assignments/ASG-2/withdrawal", new { })).Status.ShouldBe(403);
        (await tam.Post("/assignments/ASG-2/withdrawal", new { why = "Solved" }))["state"]
            .ShouldBe("declined");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_ASG_12_An_assignment_is_handed_over_step_by_step()
    {
        await using var desk = await RequestDesk.Open(ApiDesk.Unlimited);
        await RequestDesk.Assigns(desk);
        using var engineer = await ApiDesk.Of(desk, "engineer");
        using var cs = await ApiDesk.Of(desk, RequestDesk.CsLead);
        using var next = await ApiDesk.Of(desk, RequestDesk.BackUp);
        (await Post(engineer, new { step = "ask" })).Status.ShouldBe(422);
        (await Post(engineer, new { step = "name", to = "@backup" })).Status.ShouldBe(403);
        var asked = await Post(
            engineer,
            new
            {
                step = "ask",
                reason = "stagnating",
                note = "Two years",
            }
        );
        asked.Status.ShouldBe(200, asked.Body);
        asked.Json.GetProperty("handOver").GetProperty("reason").GetString().ShouldBe("stagnating");
        (await Post(cs, new { step = "name" })).Status.ShouldBe(422);
        (await Post(cs, new { step = "name", to = "@tam" })).Status.ShouldBe(409);
        (await Post(cs, new { step = "name", to = "@backup" })).Status.ShouldBe(200);
        (await Post(next, new { step = "decline", note = "No time" })).Status.ShouldBe(200);
        (await Post(cs, new { step = "name", to = "@backup" })).Status.ShouldBe(200);
        var accepted = await Post(next, new { step = "accept" });
        accepted.Status.ShouldBe(200, accepted.Body);
        accepted["engineer"].ShouldContain("backup");
        accepted["handOver"].ShouldBeNull();
        (await Post(cs, new { step = "cancel" })).Status.ShouldBe(409);
        desk.Log.Errors.ShouldBeEmpty();

        static Task<ApiReply> Post(ApiDesk who, object body) =>
            who.Post("/assignments/ASG-1/hand-over", body);
    }

    [Fact]
    public async Task API_1_ASG_7_Check_ins_are_planned_moved_and_posted_where_somebody_says()
    {
        await using var desk = await GivenPair.Open(ApiDesk.Unlimited);
        await GivenPair.Assigns(desk, plan: GivenPair.Tuesdays);
        using var engineer = await ApiDesk.Of(desk, "engineer");
        using var product = await ApiDesk.Of(desk, "product");
        const string Path = "/assignments/ASG-1/check-in-plan";
        var now = await engineer.Get(Path);
        now.Status.ShouldBe(200, now.Body);
        now["weekday"].ShouldBe("tuesday");
        now["time"].ShouldBe("15:00");
        now["timeZone"].ShouldBe("Europe/Berlin");
        (await product.Get(Path)).Status.ShouldBe(403);
        (await product.Post(Path, new { weekday = "wednesday", time = "16:00" })).Status.ShouldBe(
            403
        );
        (await engineer.Post(Path, new { weekday = "wednesday", time = "late" })).Status.ShouldBe(
            422
        );
        (
            await engineer.Post(
                Path,
                new
                {
                    weekday = "wednesday",
                    time = "16:00",
                    timeZone = "Nowhere",
                }
            )
        ).Status.ShouldBe(422);
        (await engineer.Post(Path, new { weekday = "wednesday", time = "03:00" })).Status.ShouldBe(
            409
        );
        var planned = await engineer.Post(Path, new { weekday = "wednesday", time = "16:00" });
        planned.Status.ShouldBe(200, planned.Body);
        planned["weekday"].ShouldBe("wednesday");
        planned["timeZone"].ShouldBe("Europe/Berlin");
        // The same moment, said in the zone of the other one.
        var theirs = await engineer.Post(
            Path,
            new
            {
                weekday = "thursday",
                time = "10:00",
                timeZone = "America/New_York",
            }
        );
        theirs.Status.ShouldBe(200, theirs.Body);
        theirs["timeZone"].ShouldBe("America/New_York");

        var moved = await engineer.Post(
            "/assignments/ASG-1/check-ins/move",
            new { to = "2026-03-06T15:00:00Z" }
        );
        moved.Status.ShouldBe(200, moved.Body);
        moved["dueAt"].ShouldBe("2026-03-06T15:00:00+00:00");
        (
            await engineer.Post(
                "/assignments/ASG-1/check-ins/move",
                new { to = "2026-03-06T03:00:00Z" }
            )
        ).Status.ShouldBe(409);

        var square = desk.Mattermost.GetChannel(Desk.Square).Id;
        (await engineer.Post(Path + "/channel", new { channel = square }))["channel"]
            .ShouldBe(square);
        (await engineer.Post(Path + "/channel", new { channel = "nowhere" })).Status.ShouldBe(422);
        (await engineer.Post(Path + "/channel", new { channel = (string?)null }))["channel"]
            .ShouldBeNull();
        desk.Log.Errors.ShouldBeEmpty();
    }
}
