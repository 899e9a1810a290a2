using Mattermost.Simulator;
using Shouldly;
using Sidecar.Tests.Features.Escalations.Week;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static WeekActs;

/// <summary>Some weeks of check-ins as people see them: two zones, two clock changes, a holiday, an absence.</summary>
public sealed class FourWeeksTests
{
    private const string File = "Features/Assignments/CheckIns/four-weeks.md";
    private const string Place = "acme-pair";

    private const string Settings = """
        { "team": { "timeZone": "Europe/Berlin", "holidays": [{ "date": "2026-03-10", "name": "Founders' day" }] } }
        """;

    private const string Introduction = """
        # Weeks of check-ins

        Everything that people see of the weekly check-ins about one customer, in order. A test plays it and compares it
        with this file; `GOLDEN=write` writes it anew.

        - **Times** in headings and before posts are the team's: Europe/Berlin. Inside of messages they are as the product wrote them.
        - **People**: `@engineer`, assigned to Acme, and `@backup` (Europe/Berlin), `@ce`, the CE (America/New_York), `@cslead`, CS lead (Europe/London), `@celead` and `@saleslead`.
        - **Clock changes**: New York on 8 March, Berlin on 29 March. **Holiday** of the team: Tuesday, 10 March.

        """;

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById(
        GivenPair.Zone
    );

    private static IReadOnlyList<WeekStep> Steps { get; } =
    [.. First(), .. Second(), .. Third(), .. Fourth(), .. Missed()];

    [Fact]
    public async Task ASG_7_ASG_8_ASG_9_ASG_10_The_weeks_of_a_pair_read_as_in_the_file()
    {
        await using var desk = await GivenPair.Open(Settings, GivenPair.Berlin(3, 2, 8));
        desk.Mattermost.AddChannel(Place, members: ["engineer", "ce", "escalate"]);
        var transcript = new WeekTranscript(desk, Berlin);
        transcript.Begin();
        foreach (var step in Steps)
        {
            await desk.PassesTo(new DateTimeOffset(step.At, Berlin.GetUtcOffset(step.At)));
            var answer = step.Act is { } act ? await act(desk) : "";
            await desk.Settled();
            transcript.Told(step, answer);
        }

        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Pump.Health.Parked.ShouldBe(0);
        Golden.MatchText(File, WeekFile.Write(transcript.Steps, Introduction, Berlin));
    }

    private static IEnumerable<WeekStep> First() =>
        [
            On(3, 2, 9, 0, "@engineer is assigned to Acme, with @backup and @ce", d => d.Assigns()),
            At(3, 2, 9, 5).Types("engineer", Place, "/escalate checkin plan acme tue 10:00"),
            At(3, 2, 9, 6).Types("engineer", Place, "/escalate checkin plan acme tue 15:00"),
            At(3, 2, 9, 7).Types("engineer", Place, $"/escalate checkin plan acme in ~{Place}"),
            At(3, 3, 15, 0).Nothing("Tuesday, 15:00: 09:00 in New York"),
            Press(3, 3, 15, 5, "engineer", "Answer now"),
            At(3, 3, 15, 15)
                .Submits(
                    "engineer",
                    ("going_well", "Logins are fast again, and they told us so."),
                    ("frustration", "They wait for the export of audit logs."),
                    ("goals", "Upgrade to 11.2 before their audit in May."),
                    ("context", "Two nodes behind a proxy that cuts web sockets after 60 s."),
                    ("professional_services", true)
                ),
            Press(3, 3, 15, 20, "engineer", "Answer now"),
        ];

    private static IEnumerable<WeekStep> Second() =>
        [
            At(3, 10, 15, 0).Nothing("A holiday of the team; in New York the clock was changed"),
            At(3, 11, 15, 0).Nothing("The day after, 15:00: 10:00 in New York"),
            Press(3, 11, 15, 10, "engineer", "Move"),
            At(3, 11, 15, 11).Submits("engineer", ("when", "2026-03-12T08:00:00Z")),
            At(3, 11, 15, 12).Submits("engineer", ("when", "2026-03-12T15:00:00Z")),
            At(3, 12, 16, 0).Nothing("The time to which it was moved"),
            Press(3, 12, 16, 5, "engineer", "Answer now"),
            At(3, 12, 16, 10)
                .Submits(
                    "engineer",
                    ("going_well", "The upgrade is planned for 20 April."),
                    ("frustration", "")
                ),
        ];

    private static IEnumerable<WeekStep> Third() =>
        [
            On(
                3,
                16,
                9,
                0,
                "@engineer is out of office",
                d =>
                {
                    d.Mattermost.SetStatus("engineer", "ooo");
                    return Task.CompletedTask;
                }
            ),
            At(3, 17, 15, 0).Nothing("Tuesday, 15:00"),
            Press(3, 17, 15, 30, "backup", "Answer now"),
            At(3, 17, 15, 40)
                .Submits("backup", ("going_well", "Nothing new; no ticket this week.")),
            On(
                3,
                20,
                9,
                0,
                "@engineer is back",
                d =>
                {
                    d.Mattermost.SetStatus("engineer", "online");
                    return Task.CompletedTask;
                }
            ),
        ];

    private static IEnumerable<WeekStep> Fourth() =>
        [
            At(3, 24, 15, 0).Nothing("Tuesday, 15:00: still 10:00 in New York"),
            Press(3, 24, 15, 5, "engineer", "Skip"),
            At(3, 24, 15, 6)
                .Submits("engineer", ("why", "We were all in the planning workshop with them.")),
        ];

    private static IEnumerable<WeekStep> Missed() =>
        [
            At(3, 31, 15, 0)
                .Nothing("Tuesday, 15:00, after Berlin's clock change: 09:00 in New York"),
            At(4, 1, 15, 0).Nothing("A day without an answer"),
            At(4, 6, 0, 0).Nothing("The week is over"),
            At(4, 6, 9, 0).Nothing("@backup is at work"),
            At(4, 7, 15, 0).Nothing("Tuesday, 15:00"),
            At(4, 8, 15, 0).Nothing("A day without an answer"),
            At(4, 13, 0, 0).Nothing("The second week is over"),
            At(4, 13, 10, 0).Nothing("09:00 in London"),
            At(4, 14, 9, 0).Types("engineer", Place, "/escalate checkin"),
            At(4, 14, 9, 10)
                .Submits("engineer", ("going_well", "The upgrade is prepared on the copy.")),
            At(4, 14, 9, 12).Types("engineer", Place, "/escalate checkin"),
            At(4, 14, 9, 15)
                .Submits(
                    "engineer",
                    ("week", "2026-04-13"),
                    ("going_well", "They agreed to the night of the upgrade.")
                ),
            At(4, 14, 9, 20).Types("cslead", Desk.Square, "/escalate checkin history acme"),
            At(4, 14, 9, 25).Types("ce", Place, "/escalate checkin plan"),
            At(4, 20, 9, 0).Nothing("The rest of the week"),
        ];

    private static DateTime At(int month, int day, int hour, int minute) =>
        new(2026, month, day, hour, minute, 0);

    private static WeekStep Press(
        int month,
        int day,
        int hour,
        int minute,
        string who,
        string button
    ) => At(month, day, hour, minute).Presses(who, "the question", MessageTo(who, button), button);

    private static WeekStep On(
        int month,
        int day,
        int hour,
        int minute,
        string title,
        Func<Desk, Task> act
    ) =>
        new(
            At(month, day, hour, minute),
            title,
            async desk =>
            {
                await act(desk);
                return "";
            }
        );
}
