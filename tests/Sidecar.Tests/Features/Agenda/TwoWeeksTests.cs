using Shouldly;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Escalations.Week;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Agenda;

using static AgendaDesk;
using static WeekActs;

/// <summary>Two weekly meetings as people see them (WEEK-1).</summary>
public sealed class TwoWeeksTests
{
    private const string File = "Features/Agenda/two-weeks.md";

    private const string Introduction = """
        # Two weekly meetings

        What people see of the agenda of two weekly meetings, in order. A test plays it and compares it with this file;
        `GOLDEN=write` writes it anew.

        - **People**: `@lead` leads Deployment Engineering, `@engineer` and `@ce` work there, `@tam` is invited.
        - A post that is changed in place is told by what is gone (−) and what came (+).

        """;

    private static IReadOnlyList<WeekStep> Steps { get; } =
    [
        At(3, 2, 9, 0).Types("tam", Room, "/escalate new acme-labs sev4 Search is slow"),
        At(3, 2, 9, 5).Types("lead", Room, "/escalate agenda"),
        Planned(),
        At(3, 3, 14, 0).Nothing("A day before the meeting"),
        At(3, 3, 16, 0).Types("tam", Room, "/escalate new acme sev4 Exports fail"),
        At(3, 3, 16, 5).Nothing("The agenda is kept current"),
        At(3, 4, 9, 0).Types("engineer", Room, "/escalate ack ESC-1"),
        At(3, 4, 9, 1).Types("engineer", Room, "/escalate ack ESC-2"),
        At(3, 4, 14, 0).Nothing("The meeting begins"),
        At(3, 4, 14, 10).Presses("lead", "the agenda", In(Room, "Decision"), "Decision"),
        At(3, 4, 14, 11)
            .Submits("lead", ("about", "ESC-2"), ("text", "A fix goes out with the next release")),
        At(3, 4, 14, 20).Presses("tam", "the agenda", In(Room, "Note"), "Note"),
        At(3, 4, 14, 21)
            .Submits("tam", ("about", "customer:acme"), ("text", "They train two teams in April")),
        At(3, 5, 2, 0).Nothing("Twelve hours after it began"),
        At(3, 5, 9, 0).Types("tam", Room, "/escalate timeline ESC-2"),
        At(3, 6, 10, 0).Types("engineer", Room, "/escalate resolve ESC-1 A new index"),
        Missed(),
        At(3, 10, 14, 0).Nothing("A day before the next meeting"),
        At(3, 11, 14, 0).Nothing("The meeting begins"),
    ];

    [Fact]
    public async Task WEEK_1_The_two_weeks_read_as_in_the_file()
    {
        await using var desk = await Open();
        await desk.IsBehind();
        await desk.Has(desk.Assignment());
        var transcript = new WeekTranscript(desk, TimeZoneInfo.Utc);
        transcript.Begin();
        foreach (var step in Steps)
        {
            await desk.PassesTo(new DateTimeOffset(step.At, TimeSpan.Zero));
            var answer = step.Act is { } act ? await act(desk) : "";
            await desk.Settled();
            transcript.Told(step, answer);
        }

        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Pump.Health.Parked.ShouldBe(0);
        Golden.MatchText(File, WeekFile.Write(transcript.Steps, Introduction, TimeZoneInfo.Utc));
    }

    private static WeekStep Planned()
    {
        var types = At(3, 2, 9, 10).Types("lead", Room, "/escalate agenda set wed 14:00 UTC");
        return types with
        {
            Act = async desk =>
            {
                var answer = await types.Act!(desk);
                await desk.DoesNotLook();
                return answer;
            },
        };
    }

    private static WeekStep Missed() =>
        new(
            new DateTime(2026, 3, 9, 8, 0, 0),
            "The check-in of the week before was missed",
            async desk =>
            {
                var read = (
                    await desk.Store.Find(
                        Sidecar.Features.Assignments.Changes.AssignmentIndexes.Kind,
                        "ASG-1",
                        TestContext.Current.CancellationToken
                    )
                )!;
                await desk.Store.Commit(
                    new Sidecar.Storage.Change(desk.Clock.GetUtcNow(), "test").Replace(
                        Sidecar.Features.Assignments.Changes.AssignmentIndexes.Kind,
                        read,
                        read.Value with
                        {
                            MissedInARow = 1,
                            MissedSince = new DateOnly(2026, 3, 2),
                        }
                    ),
                    TestContext.Current.CancellationToken
                );
                return "";
            }
        );

    private static DateTime At(int month, int day, int hour, int minute) =>
        new(2026, month, day, hour, minute, 0);
}
