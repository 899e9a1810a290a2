using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Routing;

/// <summary>Where teams get their escalations, and who is on duty. One for the whole product.</summary>
internal sealed record RoutingSetup
{
    public const string Subject = "routing";

    public static DocumentKind<RoutingSetup> Kind { get; } =
        new("routing", RoutingJson.Default.RoutingSetup);

    /// <summary>By the team's code.</summary>
    public ImmutableDictionary<string, NamedChannel> Channels { get; init; } =
        ImmutableDictionary<string, NamedChannel>.Empty;

    /// <summary>Who is reminded of what nobody owns (ESC-8).</summary>
    public UserId? OnDuty { get; init; }

    public UserId? BackUp { get; init; }

    /// <summary>How many channels a severity's updates are told in at the most.</summary>
    public const int MostBroadcast = 10;

    /// <summary>Where updates of a severity are told besides (UPD-2), by the severity's code.</summary>
    public ImmutableDictionary<string, ImmutableArray<NamedChannel>> Broadcast
    {
        get;
        // What an earlier release stored has none.
        init => field = value ?? ImmutableDictionary<string, ImmutableArray<NamedChannel>>.Empty;
    } = ImmutableDictionary<string, ImmutableArray<NamedChannel>>.Empty;

    public ImmutableArray<NamedChannel> BroadcastOf(Severity severity) =>
        Broadcast.TryGetValue(Vocabulary.Severities.Code(severity), out var channels)
            ? channels
            : [];

    public RoutingSetup WithBroadcast(Severity severity, ImmutableArray<NamedChannel> channels) =>
        this with
        {
            Broadcast = Broadcast.SetItem(Vocabulary.Severities.Code(severity), channels),
        };

    public NamedChannel? ChannelOf(OwningTeam team) =>
        Channels.TryGetValue(team.Named().Code, out var channel) ? channel : null;
}

/// <summary>A change of the set-up, for the audit trail (ALL-4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(ChannelSet), "channelSet")]
[JsonDerivedType(typeof(DutySet), "dutySet")]
[JsonDerivedType(typeof(BroadcastSet), "broadcastSet")]
internal abstract record RoutingFact(UserId By)
{
    public sealed record ChannelSet(
        UserId By,
        OwningTeam Team,
        NamedChannel? From,
        NamedChannel? To
    ) : RoutingFact(By);

    public sealed record BroadcastSet(UserId By, Severity Severity, NamedChannel Channel, bool IsOn)
        : RoutingFact(By);

    public sealed record DutySet(
        UserId By,
        UserId? OnDuty,
        UserId? BackUp,
        UserId? OnDutyBefore,
        UserId? BackUpBefore
    ) : RoutingFact(By);
}

/// <summary>Reads and changes the set-up, and says who is there to be told.</summary>
internal sealed class RoutingStore(
    Store store,
    RoleStore roles,
    PeopleDirectory people,
    EscalationSettings settings,
    CustomerSettings customers,
    TimeProvider clock
)
{
    private static readonly ImmutableArray<Role> CanAddCustomers =
    [
        Role.CustomerSuccessManager,
        Role.TechnicalAccountManager,
        Role.AccountExecutive,
        Role.CustomerEngineer,
        .. Roles.Leads,
    ];

    private readonly Eligibility _line = new(
        customers.CountsFromArrAbove,
        settings.ArrLineHoldsFor
    );

    /// <summary>Where an escalation of a category and severity goes, for a customer as known now.</summary>
    public EscalationRoute RouteOf(Category category, Severity severity, KnownCustomer? customer) =>
        EscalationRoute.For(category, customer, _line, severity <= Severity.Sev2);

    /// <summary>What routing needs to know of a customer; null when nobody has added them.</summary>
    public static KnownCustomer? Known(Customer? customer) =>
        customer is null ? null : new KnownCustomer(customer.Name, customer.Arr);

    public async ValueTask<RoutingSetup> Setup(CancellationToken cancel) =>
        (await store.Find(RoutingSetup.Kind, RoutingSetup.Subject, cancel))?.Value
        ?? new RoutingSetup();

    /// <summary>The teams' channels, for moves that name nobody.</summary>
    public async ValueTask<TeamsNow> Channels(CancellationToken cancel)
    {
        var setup = await Setup(cancel);
        return TeamsNow.None with
        {
            Channels = Sidecar
                .Features.Escalations.Domain.OwningTeams.All.Where(t =>
                    setup.ChannelOf(t.Team) is not null
                )
                .ToImmutableDictionary(t => t.Team, t => setup.ChannelOf(t.Team)!.Value.Id),
        };
    }

    /// <summary>Who is there to be told when something goes a way.</summary>
    public async ValueTask<TeamsNow> Teams(EscalationRoute route, CancellationToken cancel) =>
        // Most are accepted as they are, which names nobody.
        route is EscalationRoute.AcceptedRoute { Missing.IsEmpty: true, Elsewhere: null }
            ? await Channels(cancel)
            : await Teams(cancel);

    /// <summary>Who is there to be told, whatever way something goes.</summary>
    public async ValueTask<TeamsNow> Teams(CancellationToken cancel)
    {
        var setup = await Setup(cancel);
        var channels = ImmutableDictionary.CreateBuilder<OwningTeam, ChannelId>();
        var there = ImmutableDictionary.CreateBuilder<OwningTeam, ImmutableArray<UserId>>();
        foreach (var team in Sidecar.Features.Escalations.Domain.OwningTeams.All)
        {
            if (setup.ChannelOf(team.Team) is { } channel)
            {
                channels[team.Team] = channel.Id;
            }
            else
            {
                there[team.Team] = await Having(team.Members, cancel);
            }
        }

        return new TeamsNow(
            channels.ToImmutable(),
            there.ToImmutable(),
            await Having(CanAddCustomers, cancel)
        );
    }

    /// <summary>
    /// Who stands on the rungs of the ladder (ESC-8). Whose account is deactivated stands on none, from the moment on at
    /// which it is.
    /// </summary>
    /// <param name="others">Who could be asked besides: owners, who does a task.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<LadderPeople> Ladder(
        IEnumerable<UserId?> others,
        CancellationToken cancel
    )
    {
        var setup = await Setup(cancel);
        UserId[] named =
        [
            .. others.Append(setup.OnDuty).Append(setup.BackUp).OfType<UserId>().Distinct(),
        ];
        await people.TryToKnow(named, cancel);
        return new LadderPeople(
            setup.OnDuty,
            setup.BackUp,
            [.. await roles.Holders(Role.DeploymentEngineeringLead, cancel)],
            [.. await roles.Holders(Role.Executive, cancel)]
        )
        {
            Gone = [.. named.Where(people.IsGone)],
            Administrators = [.. await roles.Holders(Role.Administrator, cancel)],
        };
    }

    /// <summary>Changes the set-up; without a fact it stays as it is.</summary>
    /// <param name="by">Who.</param>
    /// <param name="how">What it is then, and what was done.</param>
    /// <param name="announce">What is said of what was done.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<RoutingSetup> Change(
        UserId by,
        Func<RoutingSetup, (RoutingSetup Next, RoutingFact? Fact)> how,
        Func<RoutingFact, IEnumerable<Effect>> announce,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var read = await store.Find(RoutingSetup.Kind, RoutingSetup.Subject, cancel);
            var (next, fact) = how(read?.Value ?? new RoutingSetup());
            if (fact is null)
            {
                return next;
            }

            var change = new Change(clock.GetUtcNow(), by.Value);
            _ = read is null
                ? change.Add(RoutingSetup.Kind, RoutingSetup.Subject, next)
                : change.Replace(RoutingSetup.Kind, read, next);
            change.Record(RoutingSetup.Subject, fact, RoutingJson.Default.RoutingFact);
            if (fact is RoutingFact.DutySet)
            {
                change.Due(ReminderPlan.OnDuty, ReminderPlan.Duty, change.Now);
            }

            foreach (var effect in announce(fact))
            {
                change.Do(effect);
            }

            if (await store.Commit(change, cancel))
            {
                return next;
            }
        }
    }

    private async ValueTask<ImmutableArray<UserId>> Having(
        ImmutableArray<Role> some,
        CancellationToken cancel
    )
    {
        var holders = new List<UserId>();
        foreach (var role in some)
        {
            holders.AddRange(await roles.Holders(role, cancel));
        }

        return [.. holders.Distinct()];
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(RoutingSetup))]
[JsonSerializable(typeof(RoutingFact))]
internal sealed partial class RoutingJson : JsonSerializerContext;
