using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Who has a part in the check-ins of an assignment, with their times.</summary>
/// <param name="Engineer">Who is asked.</param>
/// <param name="CustomerEngineer">The CE.</param>
/// <param name="BackUp">Who is asked while the engineer is out of office; null when there is nobody.</param>
internal sealed record CheckInPeople(
    PersonTime Engineer,
    PersonTime CustomerEngineer,
    PersonTime? BackUp
)
{
    /// <summary>The CS leads, who are told of weeks that were missed.</summary>
    public ImmutableArray<PersonTime> Leads { get; init; } = [];

    /// <summary>What is on fire at the customer's.</summary>
    public ImmutableArray<EmergencyBeside> Emergencies { get; init; } = [];

    /// <summary>The pair of an assignment, as it is now.</summary>
    public bool AreOf(Assignment assignment) =>
        assignment.Engineer == Engineer.Person
        && assignment.CustomerEngineer == CustomerEngineer.Person
        && assignment.BackUp == BackUp?.Person;

    /// <summary>Somebody of them by id; null when it is nobody of them.</summary>
    public PersonTime? Find(UserId? person) =>
        ((PersonTime?[])[Engineer, CustomerEngineer, BackUp]).FirstOrDefault(p =>
            p?.Person == person
        );

    /// <summary>In which zones times are written for whom.</summary>
    public ImmutableArray<CheckInReader> Readers =>
        [
            .. ((PersonTime?[])[Engineer, CustomerEngineer, BackUp])
                .OfType<PersonTime>()
                .DistinctBy(p => p.Person)
                .Select(p => new CheckInReader(p.Person, p.Zone.Id)),
        ];
}

/// <summary>An open Sev 1 of the customer's when a check-in is asked for.</summary>
/// <param name="Name">Its number: <c>ESC-12</c>.</param>
/// <param name="Link">Where its card is; empty when nobody can say.</param>
internal sealed record EmergencyBeside(string Name, string Link);

/// <summary>Somebody who is told, and the zone in which they read times (UPD-5).</summary>
internal sealed record CheckInReader(UserId Person, string Zone);
