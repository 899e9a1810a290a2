using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Who is there to be asked about a review, and when they work.</summary>
/// <param name="Leads">The CS leads.</param>
/// <param name="Times">Somebody who is not in it can be asked at any time.</param>
internal sealed record ReviewPeople(
    ImmutableArray<UserId> Leads,
    ImmutableDictionary<UserId, PersonTime> Times
)
{
    /// <summary>When somebody can be asked, UTC: at work, and not before the day of the review where they are.</summary>
    public DateTimeOffset NextAskable(UserId person, DateOnly on, DateTimeOffset now)
    {
        if (!Times.TryGetValue(person, out var time))
        {
            return now;
        }

        var begins = Sidecar.Time.CalendarDay.Begins(on, time.Zone);
        return time.NextAskable(begins > now ? begins : now);
    }
}
