using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.Reports;

using CustomerChange = Sidecar.Features.Customers.Fields.FieldChange;
using EscalationChange = Sidecar.Features.Escalations.Domain.FieldChange;

/// <summary>Something that happened in a random history, in words that know nothing of the product.</summary>
internal sealed record Happened(DateTimeOffset At, string What)
{
    public int Severity { get; init; }

    public string? Who { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateOnly? Day { get; init; }

    public decimal? Number { get; init; }
}

internal sealed record Trouble(string Customer, List<Happened> Course);

internal sealed record Pairing(List<Happened> Turns, List<Happened> CheckIns);

internal sealed record Rollout(List<Happened> Course);

internal sealed record Account(string Name, List<Happened> Course, List<Counting> Counted);

internal sealed record Counting(DateOnly On, long? Purchased, long? Deployed, long? Mau, long? Dau);

/// <summary>
/// Half a year of a team that nobody has made up: what happened, told plainly, and kept in the store as the product would
/// have recorded it.
/// </summary>
internal sealed class RandomTeam(Desk desk, Seeded chance)
{
    public const int Days = 160;

    public static readonly DateOnly First = new(2025, 9, 1);

    private static readonly string[] People = ["engineer", "second", "third", "ce"];
    private static readonly string[] Names = ["Amber", "Birch", "Cedar", "Dune", "Ember", "Fjord"];
    private static readonly DateTimeOffset Begin = new(First, default, TimeSpan.Zero);

    public List<Trouble> Troubles { get; } = [];

    public List<Pairing> Pairings { get; } = [];

    public List<Rollout> Rollouts { get; } = [];

    public List<Account> Accounts { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task Lives()
    {
        foreach (var name in Names)
        {
            await Account(name);
        }

        for (var number = 1; number <= 30; number++)
        {
            await Trouble(number);
        }

        for (var number = 1; number <= 5; number++)
        {
            await Pair(number);
        }

        for (var number = 1; number <= 12; number++)
        {
            await RollOut(number);
        }
    }

    private string Somebody() => People[chance.Below(People.Length)];

    private DateTimeOffset Later(DateTimeOffset than, int days) =>
        than.AddMinutes(1 + chance.Below(days * 24 * 60));

    private static bool IsOver(DateTimeOffset at) => at > Begin.AddDays(Days);

    private UserId Id(string who) => desk.IdOf(who);

    private async Task Commit(Change change) =>
        (await desk.Store.Commit(change, Cancel)).ShouldBeTrue();

    private Task Fact<T>(DateTimeOffset at, string subject, T fact, JsonTypeInfo<T> json) =>
        Commit(new Change(at, "test").Record(subject, fact, json));

    // ------------------------------------------------------------------ escalations

    private async Task Trouble(long number)
    {
        var customer = Names[chance.Below(Names.Length)];
        var severity = 1 + chance.Below(4);
        var at = Begin.AddMinutes(chance.Below((Days - 10) * 24 * 60));
        var tam = Id("tam");
        var it = new Escalation
        {
            Id = new EscalationId(number),
            Customer = new CustomerKey(customer.ToLowerInvariant()),
            CustomerName = customer,
            Severity = (Severity)severity,
            Category = Category.DeploymentEscalation,
            Summary = $"Trouble {number}",
            Reporter = tam,
            RaisedAt = at,
            Channel = new ChannelId("elsewhere"),
            State = EscalationState.Accepted,
            AcceptedAt = at,
        };
        var subject = it.Id.ToString();
        var course = new List<Happened>();
        await Take("raised", new EscalationFact.Raised(tam, customer, it.Severity, it.Summary));
        await Fact(
            at,
            subject,
            (EscalationFact)new EscalationFact.Accepted(EscalationState.New),
            EscalationJson.Default.EscalationFact
        );
        string? owner = null;
        for (var step = 0; step < 10; step++)
        {
            at = Later(at, 1 + chance.Below(12));
            if (IsOver(at))
            {
                break;
            }

            var (isOpen, isResolved) = (
                it.State is EscalationState.Accepted or EscalationState.Acknowledged,
                it.State == EscalationState.Resolved
            );
            switch (chance.Below(7))
            {
                case 0 when isOpen && owner is null:
                    owner = Somebody();
                    it = it with
                    {
                        State = EscalationState.Acknowledged,
                        Owner = Id(owner),
                        AcknowledgedBy = Id(owner),
                        AcknowledgedAt = at,
                    };
                    await Take(
                        "acknowledged",
                        new EscalationFact.Acknowledged(it.Owner, it.Owner!.Value),
                        owner
                    );
                    break;
                case 1 when isOpen && owner is not null:
                    var to = Somebody();
                    await Take(
                        "assigned",
                        new EscalationFact.EscalationAssigned(tam, it.Owner, Id(to)),
                        to
                    );
                    it = it with { Owner = Id(to) };
                    owner = to;
                    break;
                case 2:
                    var next = 1 + chance.Below(4);
                    if (next != severity)
                    {
                        var change = new EscalationChange(
                            "Severity",
                            Vocabulary.Severities.Label((Severity)severity),
                            Vocabulary.Severities.Label((Severity)next)
                        );
                        severity = next;
                        it = it with { Severity = (Severity)severity };
                        await Take("edited", new EscalationFact.Edited(tam, [change]));
                    }

                    break;
                case 3 or 4 when isOpen:
                    await Update(owner ?? Somebody());
                    break;
                case 5 when isOpen:
                    it = it with
                    {
                        State = EscalationState.Resolved,
                        ResolvedAt = at,
                        ResolvedBy = tam,
                        Resolution = "Done",
                    };
                    await Take("resolved", new EscalationFact.Resolved(tam, "Done"));
                    break;
                case 5 when isResolved:
                    it = it with { State = EscalationState.Closed, EndedAt = at, EndedBy = tam };
                    await Take(
                        "closed",
                        new EscalationFact.EscalationClosed(tam, EscalationState.Resolved, "")
                    );
                    break;
                case 6 when isResolved:
                    it = it with
                    {
                        State = owner is null
                            ? EscalationState.Accepted
                            : EscalationState.Acknowledged,
                        ResolvedAt = null,
                        ResolvedBy = null,
                    };
                    await Take("reopened", new EscalationFact.Reopened(tam, "Again"));
                    break;
            }
        }

        await Commit(new Change(Desk.Morning, "test").Add(EscalationIndexes.Kind, subject, it));
        Troubles.Add(new Trouble(customer, course));

        Task Take(string what, EscalationFact fact, string? who = null, DateTimeOffset? due = null)
        {
            course.Add(
                new Happened(at, what)
                {
                    Severity = severity,
                    Who = who,
                    Due = due,
                }
            );
            return Fact(at, subject, fact, EscalationJson.Default.EscalationFact);
        }

        Task Update(string by)
        {
            // Never on the stroke of an hour: whether that is still in time is another test's question.
            at = at.AddMinutes(7 - at.Minute);
            at = course[^1].At < at ? at : at.AddHours(1);
            DateTimeOffset? due =
                chance.Below(4) == 0 ? null : at.AddMinutes(-4 + (10 * (10 - chance.Below(90))));
            return Take(
                "update",
                new EscalationFact.UpdatePosted(
                    Id(by),
                    new StatusUpdate(
                        1,
                        Id(by),
                        at,
                        EscalationState.Investigating,
                        TimeSpan.Zero,
                        "It",
                        "",
                        "",
                        null
                    )
                    {
                        DueAt = due,
                    },
                    null,
                    [],
                    "UTC"
                ),
                by,
                due
            );
        }
    }

    // ------------------------------------------------------------------ assigned engineers

    private async Task Pair(long number)
    {
        var began = Begin.AddMinutes(chance.Below(60 * 24 * 60));
        var (engineer, ended) = (Somebody(), (DateTimeOffset?)null);
        var id = new AssignmentId(number).ToString();
        var lead = Id("cslead");
        var (turns, checkIns) = (new List<Happened>(), new List<Happened>());
        await Turn(
            began,
            "assigned",
            engineer,
            new AssignmentFact.EngineerAssigned(lead, Id(engineer), null)
        );
        var week = First.AddDays((8 - (int)First.DayOfWeek) % 7);
        for (; week < First.AddDays(Days - 7); week = week.AddDays(7))
        {
            var monday = new DateTimeOffset(week, default, TimeSpan.Zero);
            if (monday <= began)
            {
                continue;
            }

            var at = Later(monday, 3);
            if (chance.Below(9) == 0)
            {
                var (from, to) = (engineer, Somebody());
                engineer = to;
                await Turn(
                    at,
                    "assigned",
                    to,
                    new AssignmentFact.HandedOver(
                        Id(to),
                        Id(from),
                        Id(to),
                        new PlannedHandOver(Id(from), "other", "", at, Id(to))
                    )
                );
            }

            var how = chance.Below(8);
            foreach (
                var outcome in how switch
                {
                    0 => ["missed"],
                    1 => (string[])["missed", "held"],
                    2 => ["skipped"],
                    3 => ["skipped", "held"],
                    4 => [],
                    _ => ["held"],
                }
            )
            {
                at = Later(at, 3);
                checkIns.Add(new Happened(at, outcome) { Day = week, Who = engineer });
                await Fact(
                    at,
                    id,
                    CheckIn(outcome, number, week, engineer, at),
                    AssignmentJson.Default.AssignmentFact
                );
            }

            if (chance.Below(25) == 0)
            {
                ended = Later(at, 1);
                await Turn(
                    ended.Value,
                    "ended",
                    null,
                    new AssignmentFact.AssignmentEnded(lead, "Done")
                );
                break;
            }
        }

        await desk.Has(
            desk.Assignment(number, Names[0].ToLowerInvariant(), Names[0]) with
            {
                RequestedAt = began,
                StartedAt = began,
                Engineer = Id(engineer),
                EndedAt = ended,
                State = ended is null ? AssignmentState.Active : AssignmentState.Ended,
            }
        );
        Pairings.Add(new Pairing(turns, checkIns));

        Task Turn(DateTimeOffset at, string what, string? who, AssignmentFact fact)
        {
            turns.Add(new Happened(at, what) { Who = who });
            return Fact(at, id, fact, AssignmentJson.Default.AssignmentFact);
        }
    }

    private AssignmentFact CheckIn(
        string outcome,
        long number,
        DateOnly week,
        string who,
        DateTimeOffset at
    ) =>
        outcome switch
        {
            "missed" => new AssignmentFact.CheckInMissed(week, Id(who), 1),
            "skipped" => new AssignmentFact.CheckInSkipped(Id(who), week, Markdown.Of($"holidays")),
            _ => new AssignmentFact.CheckInAnswered(
                Id(who),
                new CheckIn(new AssignmentId(number), week, Id(who), at, "Well", "", "", "", false)
                {
                    Customer = new CustomerKey(Names[0].ToLowerInvariant()),
                },
                []
            ),
        };

    // ------------------------------------------------------------------ implementations

    private async Task RollOut(long number)
    {
        var requested = Begin.AddMinutes(chance.Below((Days - 30) * 24 * 60));
        var (ce, lead) = (Id("ce"), Id("lead"));
        var it = new Implementation
        {
            Id = new ImplementationId(number),
            Customer = new CustomerKey(Names[0].ToLowerInvariant()),
            CustomerName = Names[0],
            Type = ImplementationType.ProductionDeployment,
            RequestedBy = ce,
            RequestedAt = requested,
            RequestedIn = new ChannelId("elsewhere"),
        };
        var course = new List<Happened> { new(requested, "requested") };
        string? engineer = null;
        for (
            var (step, at) = (0, Later(requested, 10));
            step < 9 && !IsOver(at);
            step++, at = Later(at, 14)
        )
        {
            var isStarted = it.State == ImplementationState.Started;
            if (it.State is ImplementationState.Completed or ImplementationState.Withdrawn)
            {
                break;
            }

            switch (chance.Below(7))
            {
                case 0 or 1 when !isStarted:
                    engineer = chance.Below(4) == 0 ? null : Somebody();
                    it = it with
                    {
                        State = ImplementationState.Qualified,
                        EndedAt = null,
                        Engineer = engineer is null ? null : Id(engineer),
                    };
                    await Take(
                        "qualified",
                        new ImplementationFact.RequestQualified(
                            lead,
                            new BacklogPlace(1, 1, 3),
                            it.Engineer,
                            ""
                        ),
                        engineer
                    );
                    break;
                case 2 when !isStarted:
                    it = it with { State = ImplementationState.Disqualified, EndedAt = at };
                    await Take(
                        "disqualified",
                        new ImplementationFact.RequestDisqualified(lead, "No")
                    );
                    break;
                case 3 when !isStarted && it.State != ImplementationState.Qualified:
                    it = it with { State = ImplementationState.WithLeadership, EndedAt = null };
                    await Take(
                        "asked",
                        new ImplementationFact.LeadershipAsked(lead, "Well?", [lead])
                    );
                    break;
                case 4 when it.State == ImplementationState.Qualified && engineer is not null:
                    it = it with { State = ImplementationState.Started, StartedAt = at };
                    await Take(
                        "started",
                        new ImplementationFact.HandOffStarted(lead, Id(engineer)),
                        engineer
                    );
                    break;
                case 5 when isStarted || it.State == ImplementationState.Qualified:
                    var to = Somebody();
                    var change = new PartChange("IE", it.Engineer, Id(to));
                    engineer = to;
                    it = it with { Engineer = Id(to) };
                    await Take("named", new ImplementationFact.PeopleNamed(lead, [change]), to);
                    break;
                case 6 when isStarted:
                    var on = DateOnly.FromDateTime(at.UtcDateTime).AddDays(-chance.Below(3));
                    var began = DateOnly.FromDateTime(it.StartedAt!.Value.UtcDateTime);
                    on = on < began ? began : on;
                    it = it with
                    {
                        State = ImplementationState.Completed,
                        CompletedOn = on,
                        EndedAt = at,
                    };
                    await Take(
                        "completed",
                        new ImplementationFact.DeploymentCompleted(lead, on, "link", on, 0, []),
                        day: on
                    );
                    break;
                case 2 when chance.Below(3) == 0:
                    it = it with { State = ImplementationState.Withdrawn, EndedAt = at };
                    await Take(
                        "withdrawn",
                        new ImplementationFact.RequestWithdrawn(ce, "Not now", [])
                    );
                    break;
            }

            Task Take(
                string what,
                ImplementationFact fact,
                string? who = null,
                DateOnly? day = null
            )
            {
                course.Add(new Happened(at, what) { Who = who, Day = day });
                return Fact(
                    at,
                    it.Id.ToString(),
                    fact,
                    ImplementationJson.Default.ImplementationFact
                );
            }
        }

        await Commit(
            new Change(Desk.Morning, "test").Add(ImplementationIndexes.Kind, it.Id.ToString(), it)
        );
        Rollouts.Add(new Rollout(course));
    }

    // ------------------------------------------------------------------ customers

    private async Task Account(string name)
    {
        var at = Begin.AddMinutes(chance.Below(40 * 24 * 60));
        var key = new CustomerKey(name.ToLowerInvariant());
        var (subject, tam) = (Customer.Subject(key), Id("tam"));
        var it = new Customer(key, name, at, tam)
        {
            Arr = Arr(),
            ProductionCompletedOn = Production(),
        };
        var course = new List<Happened>
        {
            new(at, "arr") { Number = it.Arr },
            new(at, "production") { Day = it.ProductionCompletedOn },
        };
        await Fact(
            at,
            subject,
            (CustomerFact)new CustomerFact.Added(tam, name, []),
            CustomerFactJson.Default.CustomerFact
        );
        for (at = Later(at, 30); !IsOver(at); at = Later(at, 30))
        {
            switch (chance.Below(4))
            {
                case 0:
                    await Edit("arr", it with { Arr = Arr() });
                    break;
                case 1:
                    await Edit("production", it with { ProductionCompletedOn = Production() });
                    break;
                case 2:
                    it = it with { IsArchived = !it.IsArchived };
                    course.Add(new Happened(at, it.IsArchived ? "archived" : "back"));
                    await Fact(
                        at,
                        subject,
                        it.IsArchived
                            ? new CustomerFact.CustomerArchived(tam)
                            : (CustomerFact)new CustomerFact.Unarchived(tam),
                        CustomerFactJson.Default.CustomerFact
                    );
                    break;
            }
        }

        var counted = new List<Counting>();
        var days = new Change(Desk.Morning, "test");
        for (
            var on = First.AddDays(chance.Below(50));
            on < First.AddDays(Days);
            on = on.AddDays(1 + chance.Below(30))
        )
        {
            var purchased = Maybe(chance.Below(6) == 0 ? 0 : 100);
            var mau = Maybe(chance.Below(6) == 0 ? 0 : 10 + chance.Below(90));
            var one = new Counting(
                on,
                purchased,
                Maybe(70 + chance.Below(20)),
                mau,
                Maybe(chance.Below(60))
            );
            counted.Add(one);
            var measured = new Measurement(key, on)
            {
                SeatsPurchased = one.Purchased,
                SeatsDeployed = one.Deployed,
                Mau = one.Mau,
                Dau = one.Dau,
            };
            days.Add(Measurement.Kind, measured.Id, measured);
        }

        await Commit(days.Add(Customer.Kind, key.Value, it));
        Accounts.Add(new Account(name, course, counted));

        async Task Edit(string field, Customer next)
        {
            var (from, to) = (Text(field, it), Text(field, next));
            if (from == to)
            {
                return;
            }

            it = next;
            course.Add(
                new Happened(at, field)
                {
                    Number = field == "arr" ? it.Arr : null,
                    Day = field == "arr" ? null : it.ProductionCompletedOn,
                }
            );
            await Fact(
                at,
                subject,
                (CustomerFact)new CustomerFact.Edited(tam, [new CustomerChange(field, from, to)]),
                CustomerFactJson.Default.CustomerFact
            );
        }
    }

    private static string Text(string field, Customer customer) =>
        field == "arr"
            ? FormattableString.Invariant($"{customer.Arr:0}")
            : customer.ProductionCompletedOn?.ToString(
                "yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture
            ) ?? "";

    private decimal? Arr() =>
        new decimal?[] { null, 30_000, 50_000, 50_001, 120_000, 400_000 }[chance.Below(6)];

    private DateOnly? Production() =>
        chance.Below(4) == 0 ? null : First.AddDays(chance.Below(Days) - 200 + chance.Below(150));

    private long? Maybe(long count) => chance.Below(5) == 0 ? null : count;
}
