using Shouldly;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>Assignments by programs: requested, vetted, and a check-in left out (API-1, ASG-1, ASG-9).</summary>
public sealed class ApiAssignmentTests
{
    [Fact]
    public async Task API_1_ASG_1_An_engineer_is_requested_and_three_leads_approve()
    {
        await using var desk = await RequestDesk.Open(ApiDesk.Unlimited);
        await desk.Hires("stranger");
        using var tam = await ApiDesk.Of(desk, "tam");
        using var stranger = await ApiDesk.Of(desk, "stranger");
        using var cs = await ApiDesk.Of(desk, RequestDesk.CsLead);
        using var ce = await ApiDesk.Of(desk, RequestDesk.CeLead);
        using var sales = await ApiDesk.Of(desk, RequestDesk.Sales);
        var wish = new
        {
            customer = "acme",
            why = "They migrate",
            kind = "post-sales",
            customerEngineer = "@ce",
        };
        var refused = await stranger.Post("/assignments", wish);
        refused.Status.ShouldBe(403);
        refused.Body.ShouldBe(
            (await stranger.Post("/assignments", wish with { customer = "nobody" })).Body
        );
        (await tam.Post("/assignments", wish with { kind = "pre-sales" })).Status.ShouldBe(422);
        (await tam.Post("/assignments", wish with { customerEngineer = "@who" })).Status.ShouldBe(
            422
        );
        var made = await tam.Post("/assignments", wish, ("Idempotency-Key", "one"));
        made.Status.ShouldBe(201, made.Body);
        made.Headers["Location"].ShouldBe("/api/v1/assignments/ASG-1");
        made["state"].ShouldBe("requested");
        (await tam.Post("/assignments", wish, ("Idempotency-Key", "one"))).Body.ShouldBe(made.Body);
        var second = await tam.Post("/assignments", wish);
        second.Status.ShouldBe(422);
        second["detail"].ShouldContain("ASG-1 already");

        var yes = new { decision = "approve" };
        (await tam.Post("/assignments/ASG-1/vetting", yes)).Status.ShouldBe(403);
        (await cs.Post("/assignments/ASG-9/vetting", yes)).Status.ShouldBe(404);
        (await cs.Post("/assignments/ASG-1/vetting", new { decision = "decline" })).Status.ShouldBe(
            422
        );
        foreach (var lead in (ApiDesk[])[ce, sales, cs])
        {
            var said = await lead.Post("/assignments/ASG-1/vetting", yes);
            said.Status.ShouldBe(200, said.Body);
        }

        (await tam.Get("/assignments/ASG-1"))["state"].ShouldNotBe("requested");
        var late = await cs.Post(
            "/assignments/ASG-1/vetting",
            new { decision = "decline", why = "Too few" }
        );
        late.Status.ShouldBe(409);
        late["detail"].ShouldContain("not being vetted any more");
        await desk.Settled();
        desk.ToldTo("tam").ShouldContain(t => t.Contains("ASG-1"));
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_ASG_9_A_check_in_is_left_out_by_those_who_check_in()
    {
        await using var desk = await GivenPair.Open(ApiDesk.Unlimited);
        await GivenPair.Assigns(desk);
        using var engineer = await ApiDesk.Of(desk, "engineer");
        using var product = await ApiDesk.Of(desk, "product");
        var why = new { why = "On site with them" };
        (await product.Post("/assignments/ASG-1/check-ins/skip", why)).Status.ShouldBe(403);
        var skipped = await engineer.Post("/assignments/ASG-1/check-ins/skip", why);
        skipped.Status.ShouldBe(200, skipped.Body);
        (await engineer.Get("/assignments/ASG-1/timeline")).Body.ShouldContain("On site with them");
        // The week after has not begun: it is not meant by sending it once more.
        (await engineer.Post("/assignments/ASG-1/check-ins/skip", why)).Status.ShouldBe(409);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_ASG_10_The_latest_answers_are_corrected_and_what_is_not_sent_stays()
    {
        await using var desk = await GivenPair.Open(ApiDesk.Unlimited);
        await GivenPair.Assigns(desk);
        using var engineer = await ApiDesk.Of(desk, "engineer");
        using var ce = await ApiDesk.Of(desk, "ce");
        const string Path = "/assignments/ASG-1/check-ins/correct";
        (await ce.Post(Path, new { goals = "Upgrade" })).Status.ShouldBe(409);
        await engineer.Post("/assignments/ASG-1/check-ins", new { goingWell = "Fine" });
        var corrected = await ce.Post(Path, new { goals = "Upgrade" });
        corrected.Status.ShouldBe(200, corrected.Body);
        corrected["goingWell"].ShouldBe("Fine");
        corrected["goals"].ShouldBe("Upgrade");
        corrected.Body.ShouldContain("\"correctedBy\"");
        using var product = await ApiDesk.Of(desk, "product");
        (await product.Post(Path, new { goals = "Else" })).Status.ShouldBe(403);
        await desk.Settled();
        desk.ToldTo("engineer")[^1].ShouldContain("(corrected by @ce)");
        desk.Log.Errors.ShouldBeEmpty();
    }
}
