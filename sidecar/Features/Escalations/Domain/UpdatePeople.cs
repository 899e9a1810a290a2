using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Who can be asked for an update at this moment, and when they work (UPD-4).</summary>
/// <param name="Ladder">Who is there.</param>
/// <param name="Times">Their times. Somebody who is not in it can be asked at any time.</param>
internal sealed record UpdatePeople(
    LadderPeople Ladder,
    ImmutableDictionary<UserId, PersonTime> Times
)
{
    /// <summary>
    /// Who is asked: the owner, else who is on duty, else the back-up. Of somebody who is out of office the back-up is
    /// asked instead; of what can't wait, as well.
    /// </summary>
    public ImmutableArray<UserId> Asked(Escalation escalation)
    {
        if (
            (
                Ladder.Present(escalation.Owner)
                ?? Ladder.Present(Ladder.OnDuty)
                ?? Ladder.Present(Ladder.BackUp)
            )
            is not { } engineer
        )
        {
            return [];
        }

        return !IsAway(engineer)
            || Ladder.Present(Ladder.BackUp) is not { } backUp
            || backUp == engineer
                ? [engineer]
            : escalation.IsUrgent ? [engineer, backUp]
            : [backUp];
    }

    /// <summary>When somebody can be asked what can wait, UTC; not before <paramref name="from"/>.</summary>
    public DateTimeOffset NextAskable(UserId person, DateTimeOffset from) =>
        Times.TryGetValue(person, out var time) ? time.NextAskable(from) : from;

    /// <summary>Somebody, with the zone in which they read times.</summary>
    public ToldPerson Told(UserId person) =>
        new(person, Times.TryGetValue(person, out var time) ? time.Zone.Id : TimeZoneInfo.Utc.Id);

    private bool IsAway(UserId person) =>
        Times.TryGetValue(person, out var time) && time.Absence is { IsLong: true };
}
