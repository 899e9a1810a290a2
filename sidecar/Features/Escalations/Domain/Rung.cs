using System.Collections.Immutable;
using Sidecar.Ids;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Who is reminded of what nobody acknowledges, in this order (ESC-8).</summary>
internal enum Rung
{
    /// <summary>The owner, or the engineer on duty when there is none.</summary>
    Engineer = 1,
    BackUp = 2,
    Lead = 3,

    /// <summary>Of a Sev 1 only.</summary>
    Executive = 4,

    /// <summary>No rung of the ladder: of a Sev 1 or 2 for which nobody stands on any, they can name somebody.</summary>
    Administrator = 5,
}

/// <summary>A rung that was told, and who that was; nobody when nobody is named for it.</summary>
internal sealed record ToldRung(Rung Rung, ImmutableArray<UserId> People);

/// <summary>Who stands on the rungs, at the moment at which they are told.</summary>
/// <param name="OnDuty">The engineer on duty.</param>
/// <param name="BackUp">The engineer's back-up.</param>
/// <param name="Leads">Who leads Deployment Engineering.</param>
/// <param name="Executives">The executives.</param>
internal sealed record LadderPeople(
    UserId? OnDuty,
    UserId? BackUp,
    ImmutableArray<UserId> Leads,
    ImmutableArray<UserId> Executives
)
{
    /// <summary>Who is not there any more, of those who could be asked: their accounts are deactivated.</summary>
    public ImmutableHashSet<UserId> Gone { get; init; } = [];

    /// <summary>Somebody, unless they are not there any more.</summary>
    public UserId? Present(UserId? person) =>
        person is { } somebody && !Gone.Contains(somebody) ? person : null;

    /// <summary>Who can name people for the rungs.</summary>
    public ImmutableArray<UserId> Administrators { get; init; } = [];

    /// <summary>Who is called first: the first rung on which somebody stands.</summary>
    public ImmutableArray<UserId> First(UserId? owner) =>
        Enum.GetValues<Rung>().Select(r => On(r, owner)).FirstOrDefault(p => !p.IsEmpty, []);

    public ImmutableArray<UserId> On(Rung rung, UserId? owner) =>
        rung switch
        {
            Rung.Engineer => (Present(owner) ?? Present(OnDuty)) is { } engineer ? [engineer] : [],
            Rung.BackUp => Present(BackUp) is { } backUp && backUp != owner ? [backUp] : [],
            Rung.Lead => Leads,
            Rung.Executive => Executives,
            _ => Administrators,
        };
}
