using Sidecar.Ids;
using Sidecar.Time;

namespace Sidecar.People;

/// <summary>Somebody's time: their zone, when they work, whether they can be asked now (UPD-4, WEEK-3).</summary>
/// <param name="Person">Who.</param>
/// <param name="Zone">From their Mattermost profile; the team's when they set none.</param>
/// <param name="Hours">When they work, in <paramref name="Zone"/>: what they set themselves, else the team's.</param>
/// <param name="Calendar">The team's working days and holidays with <paramref name="Hours"/>.</param>
/// <param name="Absence">That they are away; null when nothing says so.</param>
internal sealed record PersonTime(
    UserId Person,
    TimeZoneInfo Zone,
    WorkingHours Hours,
    WorkingTime Calendar,
    Absence? Absence
)
{
    /// <summary>
    /// The earliest time, not before <paramref name="from"/>, at which they may be asked something that can wait: in
    /// their working hours, and not while they do not want to be disturbed. UTC.
    /// </summary>
    public DateTimeOffset NextAskable(DateTimeOffset from)
    {
        var begin = Absence is { IsLong: false, Until: { } until } && until > from ? until : from;
        return Calendar.NextWorkingTime(begin, Zone);
    }
}

/// <summary>Somebody said in Mattermost that they are away.</summary>
/// <param name="IsLong">Out of office: somebody else has to do it. Else they only do not want to be disturbed.</param>
/// <param name="Until">Until when, UTC; null when they did not say.</param>
internal sealed record Absence(bool IsLong, DateTimeOffset? Until)
{
    /// <summary>They do not come back: their account is deactivated.</summary>
    public bool IsGone { get; init; }

    /// <summary>See <see cref="IsGone"/>.</summary>
    public static Absence Gone { get; } = new(IsLong: true, Until: null) { IsGone = true };
}
