using System.Collections.Immutable;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>Who writes updates, who is asked for them, and where they are told.</summary>
internal sealed class UpdateQueries(
    RoutingStore routing,
    PeopleDirectory people,
    PeopleTimes times,
    WorkingTime team
)
{
    /// <summary>The team's zone: what is read by many names its times in it (UPD-5).</summary>
    public string Zone => team.Zone.Id;

    /// <summary>
    /// The zone and hours of somebody who is here now. Whether they are away is not asked: they wait for the answer.
    /// </summary>
    public async ValueTask<PersonTime> Present(UserId person, CancellationToken cancel)
    {
        var calendar = (await times.Hours(person, cancel)).Of(team);
        return new PersonTime(
            person,
            await people.ZoneOf(person, cancel),
            calendar.Hours,
            calendar,
            Absence: null
        );
    }

    /// <summary>Who can be asked for an update of an escalation now.</summary>
    public async Task<UpdatePeople> People(Escalation? escalation, CancellationToken cancel)
    {
        var ladder = await routing.Ladder([escalation?.Owner], cancel);
        UserId[] named =
        [
            .. ((UserId?[])[escalation?.Owner, ladder.OnDuty, ladder.BackUp])
                .OfType<UserId>()
                .Concat(ladder.Leads)
                .Distinct(),
        ];
        return new UpdatePeople(
            ladder,
            (await times.Of(named, cancel)).ToImmutableDictionary(t => t.Person)
        );
    }

    /// <summary>Where updates of a severity are told besides, as it is set now.</summary>
    public async ValueTask<Func<Severity, UpdatePlaces>> Places(CancellationToken cancel)
    {
        var setup = await routing.Setup(cancel);
        return severity => new UpdatePlaces(Zone, setup.BroadcastOf(severity));
    }
}
