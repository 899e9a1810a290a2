namespace Campaigns.Model;

/// <summary>An engineer and a CE who check in with each other each week (ASG-7, ASG-9), by the rules alone.</summary>
internal sealed class Pair(
    Rota rota,
    long number,
    string customer,
    string engineer,
    string ce,
    DayOfWeek day,
    TimeSpan time,
    string zone,
    DateTimeOffset since
) : Subject
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(2);

    private readonly List<DateTimeOffset> _answered = [];

    /// <summary>A week by the clock of the plan's zone.</summary>
    public sealed record Week(
        DateTime Monday,
        DateTimeOffset Begin,
        DateTimeOffset PlannedAt,
        DateTimeOffset End
    );

    public long Number { get; } = number;
    public override string Id => $"ASG-{Number}";
    public string Customer { get; } = customer;
    public string Engineer { get; } = engineer;

    public override void Extend(DateTimeOffset now) { }

    public void Answered(DateTimeOffset at) => _answered.Add(at);

    /// <summary>They were asked at the planned time of this week, and have not answered.</summary>
    public bool IsToBeAnswered(DateTimeOffset now) =>
        WeekOf(Calendar.MondayOf(zone, now)) is var week
        && week.PlannedAt < now
        && IsWhole(week.PlannedAt)
        && AnswerIn(week) is null;

    public IEnumerable<Week> WeeksUntil(DateTimeOffset now)
    {
        for (
            var monday = Calendar.MondayOf(zone, since);
            WeekOf(monday) is var week && week.PlannedAt + InTime < now;
            monday = monday.AddDays(7)
        )
        {
            if (week.PlannedAt > since)
            {
                yield return week;
            }
        }
    }

    /// <summary>What is not as it must be in a week; null when all is.</summary>
    /// <param name="week">Which.</param>
    /// <param name="asked">When they were asked in it.</param>
    /// <param name="reminded">When they were reminded in it.</param>
    /// <param name="now">When that is looked at.</param>
    public string? WhatIsWrong(
        Week week,
        IReadOnlyList<DateTimeOffset> asked,
        IReadOnlyList<DateTimeOffset> reminded,
        DateTimeOffset now
    )
    {
        if (asked.Count > 1 || reminded.Count > 1)
        {
            return $"asked {asked.Count} times, reminded {reminded.Count} times";
        }

        if (asked is not [var at])
        {
            return
                rota.Both.After(week.PlannedAt) is { } up
                && Common(up) is var slot
                && slot < week.End
                && slot + TimeSpan.FromDays(1) < now
                ? $"not asked; planned {week.PlannedAt:O}"
                : null;
        }

        if (at < week.PlannedAt || (IsWhole(week.PlannedAt) && at > week.PlannedAt + InTime))
        {
            return $"asked at {at:O}, planned {week.PlannedAt:O}";
        }

        var due = Calendar.AddWorkingDays(at, 1, rota.ZoneOf(Engineer));
        var answered = AnswerIn(week);
        var isInTime = answered is null || answered > due;
        // A day is counted from when it was decided, which trouble hides.
        var isOpen =
            !IsWhole(week.PlannedAt)
            || !IsWhole(due)
            || due >= week.End
            || due + InTime > now
            || (answered is { } when && rota.Both.AreTogether(when, due));
        return isOpen ? null
            : !isInTime && reminded.Count > 0
                ? $"reminded at {reminded[0]:O}, answered {answered:O}"
            : isInTime && (reminded is not [var told] || told < due || told > due + InTime)
                ? $"reminder due {due:O}, came {string.Join(", ", reminded)}"
            : null;
    }

    private DateTimeOffset? AnswerIn(Week week) =>
        _answered
            .Where(a => week.Begin <= a && a < week.End)
            .Cast<DateTimeOffset?>()
            .FirstOrDefault();

    private bool IsWhole(DateTimeOffset at) =>
        rota.Both.After(at) == at && rota.Sidecar.After(at) == at;

    private Week WeekOf(DateTime monday) =>
        new(
            monday,
            Calendar.At(zone, monday),
            Calendar.At(zone, monday.AddDays(((int)day + 6) % 7) + time),
            Calendar.At(zone, monday.AddDays(7))
        );

    /// <summary>The next moment at which both work.</summary>
    private DateTimeOffset Common(DateTimeOffset from)
    {
        var at = from;
        for (var i = 0; i < 64; i++)
        {
            var one = Calendar.Free(rota.ZoneOf(Engineer), at);
            var both = Calendar.Free(rota.ZoneOf(ce), one);
            if (both == one)
            {
                return both;
            }

            at = both;
        }

        return DateTimeOffset.MaxValue;
    }
}
