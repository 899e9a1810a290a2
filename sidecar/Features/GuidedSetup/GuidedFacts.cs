using Sidecar.Chat;
using Sidecar.Features.Agenda;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Listing;
using Sidecar.Features.Availability;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Features.InternalChannels;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.GuidedSetup;

/// <summary>What is set up at one moment: all that the list of steps is made of (SET-1).</summary>
internal sealed record GuidedFacts(
    IReadOnlyDictionary<Role, IReadOnlyList<UserId>> Holders,
    RoutingSetup Routing,
    TeamsNow Teams,
    IReadOnlyList<InternalChannel> Internal,
    NamedChannel? Help,
    NamedChannel? Board,
    IReadOnlyList<Customer> Customers,
    IReadOnlyList<Assignment> Assignments,
    bool HasEscalations,
    AgendaPlan? Meeting,
    EscalationId? Test,
    WorkingTime Calendar,
    int Holidays,
    DateTimeOffset Now
)
{
    /// <summary>The channel of what has only one; null when none is chosen, and for what may have several.</summary>
    public NamedChannel? Only(GuidedChannel use) =>
        use.Team is { } team ? Routing.ChannelOf(team)
        : use == GuidedChannel.Help ? Help
        : use == GuidedChannel.Board ? Board
        : null;
}

/// <summary>Reads what is set up, from where each feature keeps it.</summary>
internal sealed class GuidedQueries(
    Store store,
    RoleStore roles,
    RoutingStore routing,
    InternalChannelCommands channels,
    Overloads overloads,
    EngineerList engineers,
    WorkingTime calendar,
    TeamTimeSettings team,
    TimeProvider clock
)
{
    /// <summary>Beyond so many nobody needs to know how many more.</summary>
    public const int Counted = 100;

    public async ValueTask<GuidedFacts> Now(CancellationToken cancel)
    {
        Dictionary<Role, IReadOnlyList<UserId>> holders = [];
        foreach (var role in GuidedSteps.NeededRoles)
        {
            holders[role] = await roles.Holders(role, cancel);
        }

        var customers = await store.List(
            Customer.Kind,
            CustomerIndexes.ByName,
            IndexKey.Empty.Then(false),
            null,
            Counted,
            cancel
        );
        var raised = await store.List(
            EscalationIndexes.Kind,
            EscalationIndexes.ByPriority,
            IndexKey.Empty,
            null,
            1,
            cancel
        );
        return new GuidedFacts(
            holders,
            await routing.Setup(cancel),
            await routing.Teams(cancel),
            await channels.All(cancel),
            await overloads.Channel(cancel),
            await Board(cancel),
            [.. customers.Items.Select(c => c.Value)],
            await engineers.WithPlace(cancel),
            raised.Items.Count > 0,
            (await store.Find(AgendaPlan.Kind, AgendaPlan.Id, cancel))?.Value,
            (await GuidedTest.Latest(store, cancel)).Open?.Id,
            calendar,
            team.Holidays.Count + team.FromFiles.Count,
            clock.GetUtcNow()
        );
    }

    /// <summary>Whether a channel is used for that.</summary>
    public async ValueTask<bool> Uses(
        GuidedChannel use,
        ChannelId channel,
        CancellationToken cancel
    ) =>
        use switch
        {
            { Team: { } team } => (await routing.Setup(cancel)).ChannelOf(team)?.Id == channel,
            { Updates: { } severity } => (await routing.Setup(cancel))
                .BroadcastOf(severity)
                .Any(c => c.Id == channel),
            _ when use == GuidedChannel.Internal => (await channels.All(cancel)).Any(c =>
                c.Channel.Id == channel
            ),
            _ when use == GuidedChannel.Help => (await overloads.Channel(cancel))?.Id == channel,
            _ => (await Board(cancel))?.Id == channel,
        };

    private async ValueTask<NamedChannel?> Board(CancellationToken cancel) =>
        (await store.Find(EngineerBoard.Kind, EngineerBoard.Id, cancel))?.Value.Channel;
}
