using System.Collections.Immutable;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Scheduling;

namespace Sidecar.Features.Escalations;

/// <summary>Who writes updates, who is asked for them, and where they are told.</summary>
internal sealed class UpdateDesk(
    RoutingDesk routing,
    PeopleDirectory people,
    TeamTimeSettings team,
    WorkingTime calendar
)
{
    /// <summary>The team's zone: what is read by many names its times in it (UPD-5).</summary>
    public string Zone => calendar.Zone.Id;

    /// <summary>Somebody's time.</summary>
    public async ValueTask<PersonTime> TimeOf(UserId person, CancellationToken cancel) =>
        new(
            person,
            await people.ZoneOf(person, cancel),
            team.WorkingHours,
            calendar,
            Absence: null
        );

    /// <summary>Who can be asked for an update of an escalation now.</summary>
    public async Task<UpdatePeople> People(Escalation? escalation, CancellationToken cancel)
    {
        var ladder = await routing.Ladder(cancel);
        var times = ImmutableDictionary.CreateBuilder<UserId, PersonTime>();
        foreach (
            var person in ((UserId?[])[escalation?.Owner, ladder.OnDuty, ladder.BackUp])
                .OfType<UserId>()
                .Concat(ladder.Leads)
                .Distinct()
        )
        {
            times[person] = await TimeOf(person, cancel);
        }

        return new UpdatePeople(ladder, times.ToImmutable());
    }

    /// <summary>Where updates of a severity are told besides, as it is set now.</summary>
    public async ValueTask<Func<Severity, UpdatePlaces>> Places(CancellationToken cancel)
    {
        var setup = await routing.Setup(cancel);
        return severity => new UpdatePlaces(Zone, setup.BroadcastOf(severity));
    }
}
