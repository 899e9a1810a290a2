using Shouldly;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations.Week;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Implementations;

using static ImplementationDesk;
using static WeekActs;

/// <summary>One implementation request as people see it, from the form to the hand-off to the TA.</summary>
public sealed class TenWeeksTests
{
    private const string File = "Features/Implementations/ten-weeks.md";

    private const string Introduction = """
        # Ten weeks of an implementation request

        Everything that people see of one request, in order, from the form to the hand-off to the TA. Its target date is
        moved twice: once away, once into the three weeks. A test plays it and compares it with this file; `GOLDEN=write`
        writes it anew.

        - **People**: `@ce` and `@ae` of the prospect Acme Labs, `@ie-lead`, `@ie` and `@other-ie` of the implementation team, `@sales-lead` and `@ce-lead`, `@ta`.
        - A post that is changed in place is told by what is gone (−) and what came (+).

        """;

    private static IReadOnlyList<WeekStep> Steps { get; } =
    [.. TriageWeek(), .. HandOffIn(), .. Requirements(), .. Meetings(), .. HandOffOut()];

    [Fact]
    public async Task IMP_1_IMP_3_IMP_4_IMP_5_IMP_6_IMP_7_The_ten_weeks_read_as_in_the_file()
    {
        await using var desk = await Open();
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
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Completed);
        Golden.MatchText(File, WeekFile.Write(transcript.Steps, Introduction, TimeZoneInfo.Utc));
    }

    private static IEnumerable<WeekStep> TriageWeek() =>
        [
            Chosen(),
            At(3, 2, 9, 10).Types(Ce, Room, "/escalate implementation acme-labs"),
            At(3, 2, 9, 12)
                .Submits(
                    Ce,
                    ("type", "ProductionDeployment"),
                    ("method", "Kubernetes on EKS"),
                    ("provider", "AWS"),
                    ("opportunity", "https://crm.test/labs"),
                    (
                        "information",
                        "2,400 developers in three regions; they sign at the end of March."
                    )
                ),
            Press(3, 2, 10, 0, Ie, "Score…"),
            At(3, 2, 10, 3)
                .Submits(
                    Ie,
                    ("revenue", "4"),
                    ("complexity", "5"),
                    ("market", "4"),
                    ("intangibles", "4"),
                    ("note", "Three regions on one cluster: nobody has done that yet.")
                ),
            Press(3, 2, 11, 0, Other, "Score…"),
            At(3, 2, 11, 2)
                .Submits(
                    Other,
                    ("revenue", "4"),
                    ("complexity", "3"),
                    ("market", "4"),
                    ("intangibles", "2")
                ),
            Press(3, 3, 9, 0, Lead, "Decide…"),
            At(3, 3, 9, 5)
                .Submits(
                    Lead,
                    ("decision", "ask-leadership"),
                    ("why", "It takes one of us for a quarter. Is it worth that?")
                ),
            Press(3, 3, 11, 0, Sales, "Give your opinion…"),
            At(3, 3, 11, 2).Submits(Sales, ("word", "for"), ("text", "They sign for three years.")),
            At(3, 3, 11, 30).Types(Ae, Desk.Square, "/escalate why IMP-1"),
            Press(3, 4, 9, 0, Lead, "Decide…"),
            At(3, 4, 9, 2).Submits(Lead, ("decision", "qualify"), ("why", ""), ("ie", Ie)),
        ];

    private static IEnumerable<WeekStep> HandOffIn() =>
        [
            At(3, 4, 9, 30).Types(Ie, Room, "/escalate implementation start IMP-1"),
            Press(3, 5, 10, 0, Ce, "Documents…"),
            At(3, 5, 10, 1).Submits(Ce, ("design", Design), ("questionnaire", Questionnaire)),
            At(3, 5, 16, 0).Types(Ce, Desk.Square, "/escalate implementation documents IMP-1"),
            At(3, 5, 16, 1).Submits(Ce, ("is_complete", true)),
            Press(3, 6, 9, 0, Ie, "Start…"),
            At(3, 6, 9, 1).Submits(Ie),
            Press(3, 6, 9, 30, Ce, "Dates…"),
            At(3, 6, 9, 35)
                .Submits(
                    Ce,
                    ("internal_meeting", "2026-03-10"),
                    ("contract", "2026-03-27"),
                    ("introduction", "2026-04-01"),
                    ("kick_off", "2026-04-02"),
                    ("partnership", "2026-04-08"),
                    ("target", "2026-05-08")
                ),
            At(3, 9, 9, 0).Nothing("The working day before the internal meeting"),
            At(3, 10, 14, 0).Types(Ie, Room, "/escalate implementation people IMP-1"),
            At(3, 10, 14, 1).Submits(Ie, ("ta", Ta)),
        ];

    private static IEnumerable<WeekStep> Requirements() =>
        [
            At(3, 12, 10, 0).Types(Ie, Room, "/escalate implementation requirement IMP-1"),
            At(3, 12, 10, 1)
                .Submits(
                    Ie,
                    ("requirement", "Technical"),
                    ("state", "Collected"),
                    ("note", "https://docs.test/technical")
                ),
            At(3, 13, 9, 0).Nothing("Two weeks before the contract is to be signed"),
            Press(3, 16, 10, 0, Ie, "Requirement…"),
            At(3, 16, 10, 1)
                .Submits(
                    Ie,
                    ("requirement", "Progress"),
                    ("state", "Skipped"),
                    ("note", "One call a week is enough for them")
                ),
            new(
                new DateTime(2026, 3, 17, 10, 0, 0),
                "@ie collects the other six, one after the other",
                async desk =>
                {
                    foreach (var kind in (await desk.Implementation()).OpenRequirements)
                    {
                        await desk.Does(
                            Ie,
                            "requirement",
                            1,
                            ("requirement", kind.ToString()),
                            ("state", "Collected")
                        );
                    }

                    return "";
                }
            ),
            At(3, 26, 9, 0).Nothing("The day before the contract: nothing is open"),
        ];

    private static IEnumerable<WeekStep> Meetings() =>
        [
            At(3, 31, 9, 0).Nothing("The day before the introduction"),
            At(4, 1, 9, 0).Nothing("The day before the kick-off"),
            At(4, 1, 9, 30).Types(Ce, Desk.Square, "/escalate implementation dates IMP-1"),
            At(4, 1, 9, 31).Submits(Ce, ("kick_off", "2026-04-08")),
            At(4, 7, 9, 0).Nothing("The day before the kick-off"),
        ];

    private static IEnumerable<WeekStep> HandOffOut() =>
        [
            At(4, 10, 10, 0).Types(Ie, Room, "/escalate implementation dates IMP-1"),
            At(4, 10, 10, 1).Submits(Ie, ("target", "2026-05-22")),
            At(4, 17, 9, 0).Nothing("Three weeks before the first target date: it was moved"),
            At(4, 21, 10, 0).Types(Ie, Room, "/escalate implementation dates IMP-1"),
            At(4, 21, 10, 1).Submits(Ie, ("target", "2026-05-11")),
            At(4, 22, 9, 0).Types(Ta, Desk.Square, "/escalate me"),
            At(5, 11, 15, 0).Types(Ie, Room, "/escalate implementation complete IMP-1"),
            At(5, 11, 15, 1).Submits(Ie, ("documentation", Documentation)),
            At(5, 11, 15, 2).Submits(Ie, ("is_reachable", true)),
            At(5, 11, 15, 30).Types(Ce, Desk.Square, "/escalate show IMP-1"),
            At(5, 11, 15, 35).Types(Ce, Desk.Square, "/escalate timeline IMP-1"),
            At(5, 11, 15, 40).Types(Lead, Room, "/escalate implementation list all"),
            At(5, 12, 9, 0).Nothing("The day after the target date: it is complete"),
        ];

    /// <summary>Nobody looks every two minutes of ten weeks who reads the channel.</summary>
    private static WeekStep Chosen()
    {
        var types = At(3, 2, 9, 0).Types(Lead, Room, "/escalate implementation channel here");
        return types with
        {
            Act = async desk =>
            {
                var answer = await types.Act!(desk);
                var room = desk.Mattermost.Channels.Single(c => c.Name == Room).Id;
                await desk.Store.Commit(
                    new Change(desk.Clock.GetUtcNow(), "test").Due("internal.readers", room, null),
                    TestContext.Current.CancellationToken
                );
                return answer;
            },
        };
    }

    private static DateTime At(int month, int day, int hour, int minute) =>
        new(2026, month, day, hour, minute, 0);

    private static WeekStep Press(
        int month,
        int day,
        int hour,
        int minute,
        string who,
        string button
    ) => At(month, day, hour, minute).Presses(who, "the message", MessageTo(who, button), button);
}
