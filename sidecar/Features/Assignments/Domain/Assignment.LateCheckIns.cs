using System.Collections.Immutable;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <content>Weeks that were missed are answered late, for some time (ASG-9, ASG-10).</content>
internal sealed partial record Assignment
{
    /// <summary>So long after its end a week is still answered: later nobody knows any more how it was.</summary>
    private const int WeeksLate = 2;

    /// <summary>The weeks that can be answered now, the latest first: this one unless it is, and those missed lately.</summary>
    public ImmutableArray<DateOnly> AnswerableWeeks(DateTimeOffset now) =>
        [
            .. TurnWeek(now) is var week && LastCheckIn?.Week >= week
                ? []
                : (ImmutableArray<DateOnly>)[week],
            .. LateWeeks(now).Reverse(),
        ];

    /// <summary>
    /// Which week is answered when nobody names one: the one that was asked for last. Until the next one is, that is the
    /// one that was missed.
    /// </summary>
    public DateOnly WeekToAnswer(DateTimeOffset now) =>
        Turn?.Asked is null && LateWeeks(now) is [.., var missed] ? missed : TurnWeek(now);

    /// <summary>It was missed, and has not been answered since.</summary>
    public bool IsMissed(DateOnly week) => MissedWeeks.Contains(week);

    private ImmutableArray<DateOnly> LateWeeks(DateTimeOffset now) =>
        [.. MissedWeeks.Where(w => !IsTooLateFor(w, now))];

    private bool IsTooLateFor(DateOnly week, DateTimeOffset now) =>
        CheckIns is { } plan
        && week < Turn?.Week
        && plan.BeginOf(week.AddDays(7 * (1 + WeeksLate))) <= now;

    /// <summary>Why answers of a week are not taken; null when they are.</summary>
    private Refusal? WhyNotAnswer(DateOnly week, Ids.UserId by, DateTimeOffset now) =>
        LastCheckIn is { } last && last.Week == week ? new CheckedInAlready(this, last, by)
        : !HasCheckIns ? new NoCheckIns(this)
        : IsTooLateFor(week, now) || (LastCheckIn?.Week > week && !IsMissed(week))
            ? new TooLateToAnswer(this, week)
        : null;

    /// <summary>What was missed, once a week is answered: a week before the last one leaves the later ones missed.</summary>
    private Assignment WithAnswered(DateOnly week)
    {
        var left = IsMissed(week) ? MissedWeeks.Where(w => w > week).Order().ToList() : [];
        var row = Math.Min(MissedInARow, left.Count);
        return this with
        {
            MissedWeeks = MissedWeeks.Remove(week),
            MissedInARow = row,
            MissedSince = row > 0 ? left[^row] : null,
            TellOfMissedAt = row > 1 ? TellOfMissedAt : null,
            HasBackUpHeardOfMissed = row > 0 ? HasBackUpHeardOfMissed : null,
            Turn =
                IsMissed(week) && Turn?.Week == week.AddDays(7)
                    ? Turn with
                    {
                        Before = null,
                    }
                    : Turn,
        };
    }

    private ImmutableArray<DateOnly> MissedWith(DateOnly week) =>
        [.. MissedWeeks.Where(w => w > week.AddDays(-7 * (1 + WeeksLate)) && w != week), week];
}
