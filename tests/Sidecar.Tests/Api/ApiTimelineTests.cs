using Shouldly;
using Sidecar.Features.AgendaItems;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Storage;
using Sidecar.Tests.Features.Agenda;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>What happened, of everything that has a timeline in the chat, by the reader's rights (API-1, ALL-4).</summary>
public sealed class ApiTimelineTests
{
    private const string Secret = "They look at somebody else";

    [Fact]
    public async Task API_1_Timelines_of_requests_and_customers_are_read_in_pages_the_latest_first()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        var square = desk.Mattermost.GetChannel(Desk.Square).Id;
        await Posts(
            "/service-requests",
            new
            {
                customer = "acme",
                title = "Tickets into channels",
                delivers = "An integration",
                by = "@engineer",
                dueOn = "2026-03-20",
                days = 5,
                channel = square,
            }
        );
        await Posts(
            "/service-requests/SRV-1/moves",
            new
            {
                move = "signed",
                how = "verbally",
                who = "their CTO",
            }
        );
        await Posts("/service-requests/SRV-1/moves", new { move = "cancel", text = "No money" });
        await Posts(
            "/implementations",
            new
            {
                customer = "acme",
                type = "production-deployment",
                channel = square,
            }
        );
        await Posts("/implementations/IMP-1/people", new { customerEngineer = "@engineer" });
        await Posts("/implementations/IMP-1/withdrawal", new { why = "They take the cloud" });
        await tam.Patch("/customers/acme", new { arrUsd = 1234 }, "*");
        await tam.Patch("/customers/acme", new { phase = "post-sales" }, "*");
        (await Told("/service-requests/SRV-1")).ShouldBe([
            "@tam cancelled it: No money",
            "@tam recorded",
            "@tam prepared the statement of work for Acme: Tickets into channels",
        ]);
        (await Told("/implementations/IMP-1")).ShouldBe([
            "@tam withdrew it: They take the cloud.",
            "@tam named people: ",
            "@tam requested",
        ]);
        var ofCustomer = await tam.Get("/customers/acme/timeline");
        ofCustomer.Body.ShouldContain("1,234");

        await desk.Hires("stranger");
        using var stranger = await ApiDesk.Of(desk, "stranger");
        (await stranger.Get("/service-requests/SRV-1/timeline")).Status.ShouldBe(200);
        foreach (
            var (there, nowhere) in ((string, string)[])
                [
                    ("/implementations/IMP-1", "/implementations/IMP-9"),
                    ("/customers/acme", "/customers/nobody"),
                ]
        )
        {
            var refused = await stranger.Get(there + "/timeline");
            refused.Status.ShouldBe(403);
            refused.Body.ShouldBe((await stranger.Get(nowhere + "/timeline")).Body);
        }

        foreach (
            var none in (string[])
                [
                    "/service-requests/SRV-9",
                    "/implementations/IMP-9",
                    "/assignments/ASG-9",
                    "/customers/nobody",
                ]
        )
        {
            (await tam.Get(none + "/timeline")).Status.ShouldBe(404);
        }

        (await tam.Get("/implementations/IMP-1/timeline?cursor=x")).Status.ShouldBe(400);
        using var narrow = await ApiDesk.Of(desk, "tam", "narrow customers:read");
        (await narrow.Get("/implementations/IMP-1/timeline")).Status.ShouldBe(403);
        desk.Log.Errors.ShouldBeEmpty();

        async Task Posts(string path, object body)
        {
            var done = await tam.Post(path, body);
            done.Status.ShouldBeOneOf([200, 201], done.Body);
        }

        // Two on a page, each once, cut to how it begins.
        async Task<IReadOnlyList<string>> Told(string of)
        {
            var (lines, pages) = (new List<string>(), 0);
            for (var path = $"{of}/timeline?limit=2"; path.Length > 0; pages++)
            {
                var page = await tam.Get(path);
                page.Status.ShouldBe(200, page.Body);
                lines.AddRange(page.Items.Select(i => i.GetProperty("what").GetString()!));
                path = page.Headers.TryGetValue("Link", out var link)
                    ? link[1..link.IndexOf('>', StringComparison.Ordinal)]
                    : "";
            }

            pages.ShouldBe((lines.Count + 1) / 2);
            return
            [
                .. lines.Select(l =>
                    l.StartsWith("@tam recorded", StringComparison.Ordinal) ? "@tam recorded"
                    : l.StartsWith("@tam named people: ", StringComparison.Ordinal)
                        ? "@tam named people: "
                    : l.StartsWith("@tam requested", StringComparison.Ordinal) ? "@tam requested"
                    : l
                ),
            ];
        }
    }

    [Fact]
    public async Task API_1_WEEK_1_What_was_said_in_the_meeting_is_for_people_with_a_role_in_every_timeline()
    {
        await using var desk = await AgendaDesk.Open(ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Has(desk.Assignment());
        await desk.Plans("tue 14:00 UTC 2d before");
        await desk.Hires("stranger");
        using var tam = await ApiDesk.Of(desk, "tam");
        using var stranger = await ApiDesk.Of(desk, "stranger");
        await desk.Presses("tam", desk.Card(AgendaDesk.Room), "Note");
        (await desk.Submits("tam", ("about", "ESC-1"), ("text", Secret))).Closed.ShouldBeTrue();
        // Assignments are talked about when a check-in was missed.
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), desk.IdOf("tam").Value).Record(
                "ASG-1",
                new AssignmentFact.AssignmentInMeeting(
                    new MeetingNote(desk.IdOf("tam"), false, Secret, new DateOnly(2026, 3, 3))
                ),
                Sidecar.Features.Assignments.Changes.AssignmentJson.Default.AssignmentFact
            ),
            TestContext.Current.CancellationToken
        );
        foreach (
            var (path, command) in ((string, string)[])
                [
                    ("/escalations/ESC-1/timeline", "timeline ESC-1"),
                    ("/assignments/ASG-1/timeline", "engineer timeline ASG-1"),
                ]
        )
        {
            (await tam.Get(path)).Body.ShouldContain(Secret);
            var hidden = await stranger.Get(path);
            hidden.Status.ShouldBe(200, hidden.Body);
            hidden.Body.ShouldContain("took a note in the weekly meeting");
            hidden.Body.ShouldNotContain(Secret);
            (await desk.Types("tam", $"/escalate {command}")).Text.ShouldContain(Secret);
            var typed = (await desk.Types("stranger", $"/escalate {command}")).Text;
            typed.ShouldContain("took a note in the weekly meeting");
            typed.ShouldNotContain(Secret);
        }
    }
}
