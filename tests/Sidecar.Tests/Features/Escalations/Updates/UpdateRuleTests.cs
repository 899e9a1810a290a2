using System.Collections.Immutable;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Updates;

/// <summary>The rules of updates by themselves: who is asked and when, how long it lasts, what a typed past means.</summary>
public sealed class UpdateRuleTests(ITestOutputHelper output)
{
    private static readonly UserId BackUp = new("backup");
    private static readonly UserId Owner = Given.Engineer.User;
    private static readonly UserId Lead = Given.Lead.User;

    [Theory]
    [InlineData(0, "less than a minute")]
    [InlineData(5.99, "5 min")]
    [InlineData(6, "6 min")]
    [InlineData(59.9, "59 min")]
    [InlineData(60, "1 hour")]
    [InlineData(210, "3.5 hours")]
    [InlineData(600, "10 hours")]
    [InlineData(60_006, "1000.1 hours")]
    public void UPD_1_The_incident_time_is_in_hours(double minutes, string hours) =>
        new IncidentHours(TimeSpan.FromMinutes(minutes)).ToString().ShouldBe(hours);

    [Theory]
    [InlineData("9am", "2026-03-02 09:00")]
    [InlineData("11am", "2026-03-01 11:00")]
    [InlineData("today 9:15", "2026-03-02 09:15")]
    [InlineData("yesterday 17:00", "2026-03-01 17:00")]
    [InlineData("2h ago", "2026-03-02 08:00")]
    [InlineData("90 min ago", "2026-03-02 08:30")]
    [InlineData("fri 14:30", "2026-02-27 14:30")]
    [InlineData("2026-02-14 10:00", "2026-02-14 10:00")]
    [InlineData("14 feb 10:00", "2026-02-14 10:00")]
    [InlineData("2h\u00A0ago", "2026-03-02 08:00")]
    [InlineData("an hour ago", "2026-03-02 09:00")]
    [InlineData("3 days ago at 9am", "2026-02-27 09:00")]
    [InlineData("last friday 14:30", "2026-02-27 14:30")]
    [InlineData("noon", "2026-03-01 12:00")]
    [InlineData("now", "2026-03-02 10:00")]
    public void UPD_1_ALL_1_When_it_began_is_the_last_time_that_fits(string typed, string at) =>
        Past(typed)
            .ShouldBeOfType<TypedTime.Understood>()
            .Moment.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(at);

    [Theory]
    [InlineData("tomorrow 8am")]
    [InlineData("in 2h")]
    [InlineData("today 11am")]
    [InlineData("next friday")]
    [InlineData("2027-01-01 10:00")]
    [InlineData("when the lights went out")]
    [InlineData(" ago")]
    [InlineData("@all")]
    public void UPD_1_What_is_yet_to_come_or_no_time_says_how_to_write_it(string typed) =>
        Past(typed).ShouldBeOfType<TypedTime.Unclear>().Problem.ShouldContain("2h ago");

    [Theory]
    [InlineData(1, false, "engineer")]
    [InlineData(1, true, "engineer,backup")]
    [InlineData(2, true, "engineer,backup")]
    [InlineData(3, false, "engineer")]
    [InlineData(3, true, "backup")]
    [InlineData(4, true, "backup")]
    public void UPD_4_Of_an_owner_who_is_out_of_office_the_back_up_is_asked(
        int severity,
        bool isAway,
        string asked
    )
    {
        var people = People(isAway ? new Absence(IsLong: true, null) : null);
        var escalation = Given.At(EscalationState.Investigating, (Severity)severity);
        people.Asked(escalation).Select(p => p.Value).ShouldBe(asked.Split(','));
        (people with { Ladder = people.Ladder with { BackUp = null } })
            .Asked(escalation)
            .ShouldBe([Owner]);
    }

    [Fact]
    public void UPD_4_WEEK_3_Who_does_not_want_to_be_disturbed_is_asked_afterwards_and_the_rest_counts_from_there()
    {
        var quiet = Given.Now.AddHours(2);
        var escalation = Due(Severity.Sev3, Given.Now);
        var people = People(new Absence(IsLong: false, quiet));
        var waits = Given.Next(Remind(escalation, people, Given.Now));
        waits.Update!.RemindAt.ShouldBe(quiet);
        waits.Update.Reminded.ShouldBe(0);

        // They are back; nothing says any more that they were away.
        var asked = Given.Done(Remind(waits, People(null), quiet));
        Steps(asked.Facts).ShouldBe([UpdateStep.Owner]);
        asked.Next.Update!.RemindAt.ShouldBe(quiet.AddMinutes(15));
        var channel = Given.Done(Remind(asked.Next, People(null), quiet.AddMinutes(15)));
        Steps(channel.Facts).ShouldBe([UpdateStep.Channel]);
        Steps(Given.Done(Remind(channel.Next, People(null), quiet.AddMinutes(30))).Facts)
            .ShouldBe([UpdateStep.Lead]);

        var urgent = Given.Done(Remind(Due(Severity.Sev2, Given.Now), people, Given.Now));
        Steps(urgent.Facts).ShouldBe([UpdateStep.Owner]);
    }

    [Fact]
    public void UPD_4_ALL_5_What_was_missed_is_not_made_up_for_at_night()
    {
        var night = Given.Now.AddHours(12);
        var waits = Given.Next(Remind(Due(Severity.Sev3, Given.Now), People(null), night));
        waits.Update!.RemindAt.ShouldBe(Given.Now.AddHours(23));
        Steps(Given.Done(Remind(Due(Severity.Sev1, Given.Now), People(null), night)).Facts)
            .ShouldBe([UpdateStep.Owner, UpdateStep.Channel, UpdateStep.Lead]);
    }

    [Fact]
    public void UPD_4_The_owners_morning_comes_an_hour_earlier_after_the_clocks_went_forward()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var friday = new DateTimeOffset(2026, 3, 27, 20, 0, 0, TimeSpan.Zero);
        var waits = Given.Next(Remind(Due(Severity.Sev3, friday), People(null, berlin), friday));
        waits.Update!.RemindAt.ShouldBe(new DateTimeOffset(2026, 3, 30, 7, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(14 * 60 + 59, 0)]
    [InlineData(15 * 60, 1)]
    [InlineData(15 * 60 + 1, 1)]
    [InlineData(29 * 60 + 59, 1)]
    [InlineData(30 * 60, 2)]
    public void UPD_3_Steps_are_taken_at_their_second(int seconds, int steps)
    {
        var asked = Given.Next(Remind(Due(Severity.Sev1, Given.Now), People(null), Given.Now));
        var then = Remind(asked, People(null), Given.Now.AddSeconds(seconds));
        if (steps == 0)
        {
            Given.Why(then).ShouldBeOfType<NothingNew>();
        }
        else
        {
            Steps(Given.Done(then).Facts).Count.ShouldBe(steps);
        }
    }

    [Fact]
    public void ALL_5_However_often_and_late_it_is_looked_at_each_step_is_told_once()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var dice = new Seeded(seed);
        for (var run = 0; run < 500; run++)
        {
            var severity = (Severity)(1 + dice.Below(4));
            var now = Given.Now.AddMinutes(dice.Below(10_000));
            var escalation = Due(severity, now);
            var told = new List<UpdateStep>();
            for (var look = 0; look < 60 && escalation.Update!.RemindAt is { } at; look++)
            {
                now = at.AddMinutes(dice.Below(3) == 0 ? dice.Below(3000) : 0);
                var away = dice.Below(4) switch
                {
                    0 => new Absence(IsLong: true, null),
                    1 => new Absence(IsLong: false, now.AddMinutes(dice.Below(600))),
                    _ => null,
                };
                var decided = Given.Done(Remind(escalation, People(away), now));
                told.AddRange(Steps(decided.Facts));
                escalation = decided.Next;
                (
                    escalation.Update!.RemindAt > now || escalation.Update.RemindAt is null
                ).ShouldBeTrue($"seed {seed}, run {run}");
            }

            told.ShouldBe(
                [UpdateStep.Owner, UpdateStep.Channel, UpdateStep.Lead],
                $"seed {seed}, run {run}"
            );
        }
    }

    private static Sidecar.Text.Decision<Escalation, EscalationFact> Remind(
        Escalation escalation,
        UpdatePeople people,
        DateTimeOffset now
    ) => escalation.RemindOwner(Given.Plan(), Cadence, people, now);

    private static UpdateCadence Cadence { get; } =
        new(new UpdateSettings(), new WorkingTime(new TeamTimeSettings()));

    /// <summary>Nothing of it is stale.</summary>
    private static Escalation Due(Severity severity, DateTimeOffset at) =>
        Given.At(EscalationState.Monitoring, severity) with
        {
            Update = UpdateDue.For(at),
        };

    private static UpdatePeople People(Absence? absence, TimeZoneInfo? zone = null)
    {
        var team = new TeamTimeSettings();
        PersonTime Of(UserId person, Absence? away) =>
            new(person, zone ?? TimeZoneInfo.Utc, team.WorkingHours, new WorkingTime(team), away);
        return new UpdatePeople(
            new LadderPeople(Owner, BackUp, [Lead], []),
            ImmutableDictionary<UserId, PersonTime>
                .Empty.Add(Owner, Of(Owner, absence))
                .Add(BackUp, Of(BackUp, null))
                .Add(Lead, Of(Lead, null))
        );
    }

    private static IReadOnlyList<UpdateStep> Steps(IEnumerable<EscalationFact> facts) =>
        [
            .. facts
                .OfType<EscalationFact.UpdateReminded>()
                .SelectMany(f => f.Told.Select(t => t.Step)),
        ];

    private static TypedTime Past(string typed) =>
        TypedTime.ReadPassed(typed, Given.Now, TimeZoneInfo.Utc, new WorkingHours());
}
