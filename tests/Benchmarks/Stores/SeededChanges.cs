using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Features.Tokens;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Benchmarks.Stores;

/// <summary>What is written into a seeded store, a part at a time.</summary>
internal static class SeededChanges
{
    // What waits is reminded of long after every run: reminders would be measured instead of requests.
    private static readonly DateTimeOffset Reminded = SeedPlan.Start.AddYears(50);

    public static Change People(int first, int count)
    {
        var change = new Change(SeedPlan.Start, "seed");
        for (var n = first; n < Math.Min(first + count, SeedPlan.People); n++)
        {
            var person = new KnownPerson(SeedPlan.Person(n), SeedPlan.Username(n))
            {
                TimeZone = "Europe/Berlin",
                StandingIsKnown = true,
                AskedAt = SeedPlan.Start.AddYears(50),
            };
            var token = SeedPlan.TokenOf(n);
            change.Add(ApiToken.Kind, token.Id.ToString(), token);
            change.Add(KnownPerson.Kind, person.Id.Value, person);
            change.Add(
                GrantedRoles.Kind,
                person.Id.Value,
                new GrantedRoles(person.Id, [.. SeedPlan.RolesOf(n)])
            );
        }

        return change;
    }

    /// <summary>Every team gets its escalations in a channel of its own, and nothing has to be filed anew at the start.</summary>
    public static Change SetUp()
    {
        var change = new Change(SeedPlan.Start, "seed").Add(
            RoutingSetup.Kind,
            RoutingSetup.Subject,
            new RoutingSetup
            {
                Channels = OwningTeams.All.ToImmutableDictionary(
                    t => t.Code,
                    t => new NamedChannel(SeedPlan.ChannelOf(t.Team), t.Code)
                ),
            }
        );
        var services = new ServiceCollection();
        AllFeatures.Register(new FeatureBuilder(services));
        foreach (
            var kind in services
                .Where(service => service.ServiceType == typeof(ReindexedKind))
                .Select(service => (ReindexedKind)service.ImplementationInstance!)
        )
        {
            change.Add(Filing.Kind, kind.Name, new Filing(kind.Indexes));
        }

        return change;
    }

    public static Change Customers()
    {
        var change = new Change(SeedPlan.Start, "seed");
        for (var n = 0; n < SeedPlan.Customers; n++)
        {
            Add(change, SeedPlan.Customer(n), SeedPlan.ArrOf(n));
        }

        return change;
    }

    public static Change Newcomers(int first, int last)
    {
        var change = new Change(SeedPlan.Start, "seed");
        for (var n = first; n <= last; n++)
        {
            Add(change, SeedPlan.Newcomer(n), 60_000);
        }

        return change;
    }

    private static void Add(Change change, string name, decimal? arr) =>
        change.Add(
            Customer.Kind,
            name,
            new Customer(new CustomerKey(name), name, SeedPlan.Start, SeedPlan.Person(0))
            {
                Arr = arr,
            }
        );

    public static Change Escalations(SeedPlan plan, int first, int last)
    {
        var change = new Change(SeedPlan.Start, SeedPlan.Person(0).Value);
        for (var n = first; n <= last; n++)
        {
            var seeded = new SeededEscalation(n, plan.Share);
            var id = seeded.Current.Id.ToString();
            change.Add(EscalationIndexes.Kind, id, seeded.Current);
            foreach (var fact in seeded.Facts)
            {
                change.Record(id, fact, EscalationJson.Default.EscalationFact);
            }

            if (SeededBooks.Reminders.NextRungAt(seeded.Current) is not null)
            {
                change.Due(ReminderPlan.Climb, id, Reminded);
            }
            else if (SeededBooks.Reminders.NextQuestionAt(seeded.Current) is not null)
            {
                change.Due(ReminderPlan.Stale, id, Reminded);
            }
        }

        return change;
    }
}
