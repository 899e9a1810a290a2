using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Escalations.Week;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.ServiceRequests;

using static WeekActs;

/// <summary>Everything that people see of a service request, as files that people read (SRV-1 to SRV-3).</summary>
public sealed class ServiceStoryTests
{
    private const string Home = "acme-account";
    private const string People =
        "**People**: `@csm`, CSM, `@engineer`, deployment engineer, `@lead`, DE lead, `@tam`, TAM. All are in UTC. `[Button]`, `[~~greyed button~~]`; of a post that is changed in place, what is gone (−) and what came (+).";

    [Fact]
    public async Task SRV_1_SRV_2_SRV_3_From_the_statement_of_work_to_maintenance() =>
        Golden.MatchText(
            "Features/ServiceRequests/service-request.md",
            await Play(
                $"""
                # A service request

                From the statement of work to who maintains it: signed off, changed under way, delivered twice. A test
                plays it and compares it with this file; `GOLDEN=write` writes it anew.

                {People}

                """,
                [
                    Mar(2, 9, 5).Types(ServiceDesk.Csm, Home, "/escalate service acme"),
                    Mar(2, 9, 12)
                        .Submits(
                            ServiceDesk.Csm,
                            ("title", "Tickets into channels"),
                            (
                                "delivers",
                                "A script that posts new tickets of their service desk into the channel of the team, and its manual. They run it on their own machine."
                            ),
                            ("starts_on", "2026-03-09"),
                            ("due_on", "2026-03-20"),
                            ("days", "4")
                        ),
                    Mar(2, 9, 30)
                        .Presses("lead", "the message to them", MessageTo("lead", "Edit"), "Edit"),
                    Mar(2, 9, 31).Submits("lead", ("by", "engineer")),
                    Mar(2, 10).Types("engineer", Home, "/escalate service start SRV-1"),
                    Mar(3, 14)
                        .Types(
                            ServiceDesk.Csm,
                            Home,
                            "/escalate service signed SRV-1 verbally by their head of platform"
                        ),
                    Mar(9, 9).Nothing("The day on which the work begins"),
                    Mar(9, 9, 20)
                        .Presses(
                            "engineer",
                            "the message to them",
                            MessageTo("engineer", "Begin the work"),
                            "Begin the work"
                        ),
                    Mar(11, 11).Presses(ServiceDesk.Csm, "the card", In(Home, "Edit"), "Edit"),
                    Mar(11, 11, 5)
                        .Submits(
                            ServiceDesk.Csm,
                            (
                                "delivers",
                                "A script that posts new tickets of their service desk into the channel of the team, and closed ones as replies; and its manual. They run it on their own machine."
                            ),
                            ("due_on", "2026-03-27")
                        ),
                    Mar(11, 13)
                        .Types("engineer", Home, "/escalate service deliver SRV-1 The first half"),
                    Mar(12, 9)
                        .Presses(
                            ServiceDesk.Csm,
                            "the card",
                            In(Home, "Record the sign-off"),
                            "Record the sign-off"
                        ),
                    Mar(12, 9, 1)
                        .Submits(
                            ServiceDesk.Csm,
                            ("how", "in-writing"),
                            ("who", "Their head of platform"),
                            ("note", "https://mail.example/scope")
                        ),
                    Mar(24, 9).Nothing("Three days before its last day"),
                    Mar(24, 10).Types("lead", Home, "/escalate service list"),
                    Mar(25, 16).Presses("engineer", "the card", In(Home, "Delivered"), "Delivered"),
                    Mar(25, 16, 2)
                        .Submits(
                            "engineer",
                            ("text", "The script and its manual: https://git.example/tickets")
                        ),
                    Mar(26, 10)
                        .Presses(
                            ServiceDesk.Csm,
                            "the message to them",
                            MessageTo(ServiceDesk.Csm, "Not yet"),
                            "Not yet"
                        ),
                    Mar(26, 10, 1)
                        .Submits(
                            ServiceDesk.Csm,
                            ("text", "The manual does not say how a certificate is renewed.")
                        ),
                    Mar(26, 15)
                        .Types(
                            "engineer",
                            Home,
                            "/escalate service deliver SRV-1 With the chapter on certificates: https://git.example/tickets"
                        ),
                    Mar(27, 11)
                        .Types(
                            ServiceDesk.Csm,
                            Home,
                            "/escalate service accept SRV-1 Their head of platform on yesterday"
                        ),
                    Mar(27, 11, 30)
                        .Presses(
                            "engineer",
                            "the message to them",
                            MessageTo("engineer", "Complete it"),
                            "Complete it"
                        ),
                    Mar(27, 11, 33)
                        .Submits(
                            "engineer",
                            ("maintainer", "vendor"),
                            ("who", "Example Consulting"),
                            ("text", "Adapt it when their service desk changes its API")
                        ),
                    Mar(27, 12).Types("tam", Home, "/escalate service maintained"),
                    Mar(27, 12, 5).Types("tam", Home, "/escalate timeline SRV-1"),
                ]
            )
        );

    [Fact]
    public async Task SRV_1_An_escalation_that_becomes_a_service_request() =>
        Golden.MatchText(
            "Features/ServiceRequests/escalation-becomes-one.md",
            await Play(
                $"""
                # An escalation that becomes a service request

                A custom solution is escalated, and agreed with the customer before it begins. A test plays it and
                compares it with this file; `GOLDEN=write` writes it anew.

                {People}

                """,
                [
                    Mar(2, 9).Types("tam", Home, "/escalate"),
                    Mar(2, 9, 3)
                        .Submits(
                            "tam",
                            ("customer", "acme"),
                            ("severity", "sev3"),
                            ("category", Vocabulary.Categories.Code(Category.CustomSolution)),
                            ("summary", "Tickets of their service desk into channels"),
                            ("customer_impact", "Their support reads two systems.")
                        ),
                    Mar(2, 9, 30).Types("engineer", Home, "/escalate ack ESC-1"),
                    Mar(2, 9, 40)
                        .Presses(
                            "engineer",
                            "the card",
                            In(Home, "Make it a service request"),
                            "Make it a service request"
                        ),
                    Mar(2, 10)
                        .Presses(
                            ServiceDesk.Csm,
                            "the card",
                            In(Home, "Make it a service request"),
                            "Make it a service request"
                        ),
                    Mar(2, 10, 4)
                        .Submits(
                            ServiceDesk.Csm,
                            ("delivers", "A script that posts new tickets, and its manual."),
                            ("due_on", "2026-03-13"),
                            ("days", "3")
                        ),
                    Mar(2, 10, 10).Types("tam", Home, "/escalate show ESC-1"),
                    Mar(3, 9)
                        .Types(
                            ServiceDesk.Csm,
                            Home,
                            "/escalate service signed SRV-1 in writing by their CTO"
                        ),
                    Mar(3, 9, 5).Types("engineer", Home, "/escalate start SRV-1"),
                    Mar(10, 15)
                        .Types(
                            "engineer",
                            Home,
                            "/escalate service deliver SRV-1 The script: https://git.example/tickets"
                        ),
                    Mar(17, 15)
                        .Nothing("Nobody has said for five working days whether they accept it"),
                    Mar(18, 9)
                        .Types(ServiceDesk.Csm, Home, "/escalate service accept SRV-1 their CTO"),
                    Mar(18, 9, 10).Types("engineer", Home, "/escalate service complete SRV-1 no"),
                ]
            )
        );

    private static async Task<string> Play(string introduction, IReadOnlyList<WeekStep> steps)
    {
        await using var desk = await ServiceDesk.Open();
        desk.Mattermost.AddChannel(
            Home,
            members: [ServiceDesk.Csm, "tam", "engineer", "lead", "escalate"]
        );
        var transcript = new WeekTranscript(desk, TimeZoneInfo.Utc);
        transcript.Begin();
        foreach (var step in steps)
        {
            await desk.PassesTo(new DateTimeOffset(step.At, TimeSpan.Zero));
            var answer = step.Act is { } act ? await act(desk) : "";
            await desk.Settled();
            transcript.Told(step, answer);
            foreach (var who in (string[])[ServiceDesk.Csm, "engineer", "lead", "tam"])
            {
                // A form that only says something is put away when it is read.
                if (desk.Mattermost.OpenDialogOf(who) is { Elements.Count: 0 } said)
                {
                    await desk.Mattermost.As(who).CancelDialog(said);
                }
            }
        }

        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        return WeekFile.Write(transcript.Steps, introduction, TimeZoneInfo.Utc);
    }

    private static DateTime Mar(int day, int hour, int minute = 0) =>
        new(2026, 3, day, hour, minute, 0);
}
