using Shouldly;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Webhooks;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>Checklists, merging, following and the product's work by programs (API-1, PB-3, ESC-7, ESC-11, ESC-13).</summary>
public sealed class ApiChecklistTests
{
    [Fact]
    public async Task API_1_PB_3_A_checklist_is_read_and_worked_on_by_those_who_may()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Hires("stranger");
        await desk.Types("tam", "/escalate new acme sev1 Down");
        using var engineer = await ApiDesk.Of(desk, "engineer");
        using var stranger = await ApiDesk.Of(desk, "stranger");
        (await engineer.Get("/escalations/ESC-1/tasks")).Status.ShouldBe(409);
        (
            await engineer.Post("/escalations/ESC-1/playbook", new { playbook = "nothing" })
        ).Status.ShouldBe(422);
        (await stranger.Post("/escalations/ESC-1/playbook", new { })).Status.ShouldBe(403);
        var started = await engineer.Post("/escalations/ESC-1/playbook", new { });
        started.Status.ShouldBe(200, started.Body);
        started["playbook"].ShouldNotBeNull();
        await desk.Settled();

        // The channel of the incident is private: its checklist is for its readers (ALL-7).
        (await stranger.Get("/escalations/ESC-1/tasks")).Status.ShouldBe(403);
        foreach (var number in (string[])["1.1", "99.1", "1.99"])
        {
            (
                await stranger.Post($"/escalations/ESC-1/tasks/{number}", new { state = "done" })
            ).Status.ShouldBe(403);
            (
                await desk.Types("stranger", $"/escalate task ESC-1 {number} done")
            ).Text.ShouldContain("this is for the people in it");
        }

        var list = await engineer.Get("/escalations/ESC-1/tasks");
        list.Status.ShouldBe(200, list.Body);
        var stages = list.Json.GetProperty("stages").EnumerateArray().ToList();
        stages.Count.ShouldBeGreaterThan(1);
        const string Last = "/escalations/ESC-1/tasks/2.1";
        (await engineer.Post(Last, new { state = "skipped" })).Status.ShouldBe(422);
        (await engineer.Post(Last, new { dueAt = "2020-01-01T00:00:00Z" })).Status.ShouldBe(422);
        (await engineer.Post(Last, new { assignee = "@guest" })).Status.ShouldBe(422);
        (
            await engineer.Post("/escalations/ESC-1/tasks/99.1", new { state = "done" })
        ).Status.ShouldBe(404);
        (await engineer.Post("/escalations/ESC-1/tasks/x", new { state = "done" })).Status.ShouldBe(
            404
        );
        var given = await engineer.Post(
            Last,
            new { assignee = "@stranger", dueAt = "2026-03-02T14:00:00Z" }
        );
        given.Status.ShouldBe(200, given.Body);
        given["assignee"].ShouldContain("stranger");
        given["dueAt"].ShouldBe("2026-03-02T14:00:00+00:00");

        // Whom it was given to works on it, and sees that one alone.
        var done = await stranger.Post(Last, new { state = "done" });
        done.Status.ShouldBe(200, done.Body);
        done["state"].ShouldBe("done");
        (await engineer.Post(Last, new { state = "done" })).Status.ShouldBe(409);
        (await engineer.Post(Last, new { state = "open", assignee = (string?)null }))["assignee"]
            .ShouldBeNull();
        // That it is open already takes nothing from what else is asked for.
        (await engineer.Post(Last, new { state = "open", dueAt = "2026-03-02T15:00:00Z" }))["dueAt"]
            .ShouldBe("2026-03-02T15:00:00+00:00");
        (await engineer.Post(Last, new { dueAt = (string?)null }))["dueAt"].ShouldBeNull();
        (
            await stranger.Post(
                "/escalations/ESC-1/stages/2",
                new { state = "skipped", reason = "No" }
            )
        ).Status.ShouldBe(403);
        (
            await engineer.Post("/escalations/ESC-1/stages/2", new { state = "skipped" })
        ).Status.ShouldBe(422);
        var skipped = await engineer.Post(
            "/escalations/ESC-1/stages/2",
            new { state = "skipped", reason = "No log there is" }
        );
        skipped.Status.ShouldBe(200, skipped.Body);
        skipped
            .Json.GetProperty("tasks")
            .EnumerateArray()
            .ShouldAllBe(t => t.GetProperty("state").GetString() != "open");
        (
            await engineer.Post("/escalations/ESC-1/stages/99", new { state = "done" })
        ).Status.ShouldBe(404);
        await desk.Settled();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_PB_8_The_retrospective_is_answered_and_read()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate playbook start ESC-1");
        using var engineer = await ApiDesk.Of(desk, "engineer");
        var answers = new
        {
            issue = "A full disk",
            improvements = "An alert",
            changes = "We add one",
        };
        (await engineer.Post("/escalations/ESC-1/retrospective", answers)).Status.ShouldBe(409);
        await desk.Types("engineer", "/escalate resolve ESC-1 Space was made");
        var held = await engineer.Post("/escalations/ESC-1/retrospective", answers);
        held.Status.ShouldBe(200, held.Body);
        (await engineer.Get("/escalations/ESC-1/tasks"))["retrospective"]
            .ShouldContain("A full disk");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_ESC_11_Two_that_are_the_same_are_merged_and_those_of_different_customers_only_on_demand()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        await desk.Types("tam", "/escalate new acme-labs sev3 Slow as well");
        using var engineer = await ApiDesk.Of(desk, "engineer");
        (await engineer.Post("/escalations/ESC-2/merge", new { into = "ESC-9" })).Status.ShouldBe(
            404
        );
        (await engineer.Post("/escalations/ESC-2/merge", new { into = "x" })).Status.ShouldBe(422);
        (
            await engineer.Post("/escalations/ESC-2/merge", new { into = "ESC-2", anyway = true })
        ).Status.ShouldBe(409);
        var asked = await engineer.Post("/escalations/ESC-2/merge", new { into = "ESC-1" });
        asked.Status.ShouldBe(409);
        asked["detail"].ShouldContain("anyway");
        var merged = await engineer.Post(
            "/escalations/ESC-2/merge",
            new
            {
                into = "ESC-1",
                anyway = true,
                note = "One index",
            }
        );
        merged.Status.ShouldBe(200, merged.Body);
        merged["state"].ShouldBe("closed");
        merged["mergedInto"].ShouldBe("ESC-1");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_ESC_7_ESC_13_Escalations_are_followed_linked_found_and_handed_over()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev3 Quadrant index is slow");
        using var engineer = await ApiDesk.Of(desk, "engineer");
        using var product = await ApiDesk.Of(desk, "product");
        const string Path = "/escalations/ESC-1/";
        for (var twice = 0; twice < 2; twice++)
        {
            var follows = await product.Post(Path + "follow", null);
            follows.Status.ShouldBe(200, follows.Body);
            follows["isFollowed"].ShouldBe("True");
        }

        (await product.Get("/escalations?list=mine")).Ids.ShouldBe(["ESC-1"]);
        for (var twice = 0; twice < 2; twice++)
        {
            (await product.Post(Path + "unfollow", null))["isFollowed"].ShouldBe("False");
        }

        (await engineer.Get("/escalations?q=quadr")).Ids.ShouldBe(["ESC-1"]);
        (await engineer.Get("/escalations?q=nothing+like+that")).Ids.ShouldBeEmpty();
        (await engineer.Get("/escalations?q=quadr&state=closed")).Status.ShouldBe(400);

        (await engineer.Post(Path + "work", new { bug = "no address" })).Status.ShouldBe(422);
        var linked = await engineer.Post(
            Path + "work",
            new { bug = "https://bugs.example.com/7", needsBackport = "yes" }
        );
        linked.Status.ShouldBe(200, linked.Body);
        linked["bug"].ShouldBe("https://bugs.example.com/7");
        linked["needsBackport"].ShouldBe("True");
        var cleared = await engineer.Post(
            Path + "work",
            new { bug = (string?)null, needsBackport = "unknown" },
            ("If-Match", linked.Tag)
        );
        cleared["bug"].ShouldBeNull();
        cleared["needsBackport"].ShouldBeNull();
        (
            await engineer.Post(
                Path + "work",
                new { needsBackport = "no" },
                ("If-Match", linked.Tag)
            )
        ).Status.ShouldBe(412);

        (await product.Post(Path + "hand-over", new { team = "support" })).Status.ShouldBe(403);
        var over = await engineer.Post(
            Path + "hand-over",
            new { team = "support", note = "It is their proxy" }
        );
        over.Status.ShouldBe(200, over.Body);
        over["redirectedTo"].ShouldBe("support");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_CUS_2_Customers_are_archived_and_restored_and_their_figures_recorded()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        using var engineer = await ApiDesk.Of(desk, "engineer");
        const string Path = "/customers/acme/";
        (await engineer.Post(Path + "figures", new { mau = 3 })).Status.ShouldBe(403);
        (await tam.Post("/customers/nobody/figures", new { mau = 3 })).Status.ShouldBe(404);
        (await tam.Post(Path + "figures", new { })).Status.ShouldBe(422);
        (await tam.Post(Path + "figures", new { mau = 3, on = "2027-01-01" })).Status.ShouldBe(422);
        (await tam.Post(Path + "figures", new { mau = 3, dau = 4 })).Status.ShouldBe(422);
        var more = new
        {
            seatsPurchased = 500,
            seatsDeployed = 600,
            on = "2026-03-01",
        };
        var doubted = await tam.Post(Path + "figures", more);
        doubted.Status.ShouldBe(422, doubted.Body);
        doubted.Body.ShouldContain("evenIfMoreThanBought");
        var recorded = await tam.Post(
            Path + "figures",
            new
            {
                seatsPurchased = 500,
                seatsDeployed = 450,
                // 300.0 in JSON: a whole number all the same.
                mau = 300.0m,
                dau = 120,
                on = "2026-03-01",
            }
        );
        recorded.Status.ShouldBe(200, recorded.Body);
        recorded.Json.GetProperty("seatsDeployed").GetProperty("count").GetInt64().ShouldBe(450);
        var less = await tam.Post(Path + "figures", new { dau = (int?)null, on = "2026-03-01" });
        less["dau"].ShouldBeNull();
        (await tam.Get(Path + "timeline")).Body.ShouldContain("450");

        (await engineer.Post(Path + "archive", null)).Status.ShouldBe(403);
        (await tam.Post(Path + "archive", null))["isArchived"].ShouldBe("True");
        (await tam.Post(Path + "archive", null)).Status.ShouldBe(409);
        (await tam.Post(Path + "restore", null))["isArchived"].ShouldBe("False");
        (await tam.Post(Path + "restore", null)).Status.ShouldBe(409);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_SRV_1_A_service_request_is_made_of_an_escalation_for_a_custom_solution()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        var raised = await tam.Post(
            "/escalations",
            new
            {
                customer = "acme",
                severity = "sev3",
                category = "custom",
                summary = "A bot",
                channel = desk.Mattermost.GetChannel(Desk.Square).Id,
            }
        );
        raised.Status.ShouldBe(201, raised.Body);
        var wish = new
        {
            customer = "acme",
            title = "A bot",
            delivers = "It",
            by = "@engineer",
            dueOn = "2026-03-20",
            days = 5,
            from = "ESC-9",
        };
        (await tam.Post("/service-requests", wish)).Status.ShouldBe(422);
        var made = await tam.Post("/service-requests", wish with { from = "ESC-1" });
        made.Status.ShouldBe(201, made.Body);
        made["from"].ShouldBe("ESC-1");
        (await tam.Get("/escalations/ESC-1"))["state"].ShouldBe("closed");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HOOK_1_ALL_7_How_a_private_incident_goes_on_is_told_to_no_other_system(
        bool isPublic
    )
    {
        await using var desk = await Desk.Open(
            settings: $$"""
            { "webhooks": { "allowHttp": true, "allowedNetworks": ["127.0.0.0/8"] }, "incidents": { "startByThemselves": false, "channel": "{{(
                isPublic ? "public" : "private"
            )}}" } }
            """
        );
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate playbook start ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 1.1 done");
        await desk.Types("engineer", "/escalate state ESC-1 monitoring");
        await desk.Types("engineer", "/escalate resolve ESC-1 Space was made");
        await desk.Passes(TimeSpan.FromDays(1));
        await desk.Types("engineer", "/escalate retrospective ESC-1");
        await desk.Submits(
            "engineer",
            ("issue", "zebra"),
            ("improvements", "zebra"),
            ("changes", "zebra")
        );
        var told = receiver.All.Select(s => s.Type).ToList();
        told.ShouldContain("escalation.resolved");
        // Before there is a channel, nobody can be kept out of it.
        told.ShouldContain("incident.started");
        var inside = told.Where(t =>
                t.StartsWith("incident.", StringComparison.Ordinal)
                || t.StartsWith("checklist.", StringComparison.Ordinal)
            )
            .Except(["incident.started"])
            .ToList();
        if (isPublic)
        {
            inside.ShouldContain("incident.retrospective-held");
            inside.ShouldContain("incident.watch-began");
            inside.ShouldContain("checklist.task-changed");
        }
        else
        {
            inside.ShouldBeEmpty();
        }

        receiver.All.ShouldAllBe(s => !s.Body.Contains("zebra"));
    }
}
