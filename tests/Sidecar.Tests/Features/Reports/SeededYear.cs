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
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Reports;

/// <summary>A year of a team, as the product would have recorded it; the same each time.</summary>
internal sealed class SeededYear(Desk desk)
{
    public static readonly DateTimeOffset Begin = new(2025, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Engineers = ["engineer", "second", "third", "ce"];

    private static readonly (string Key, string Name, decimal Arr, long Seats)[] Customers =
    [
        ("northern", "Northern Bank", 240_000, 2_000),
        ("harbor", "Harbor Logistics", 90_000, 600),
        ("meridian", "Meridian Health", 150_000, 1_200),
        ("quarry", "Quarry Works", 51_000, 300),
        ("lantern", "Lantern Media", 50_000, 250),
        ("orchard", "Orchard Foods", 12_000, 80),
        ("summit", "Summit Rail", 310_000, 4_000),
        ("delta", "Delta Utilities", 75_000, 500),
    ];

    private readonly Seeded _chance = new(20260302);
    private Change _change = new(Begin, "test");
    private readonly List<Change> _pending = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A desk behind which a year has passed.</summary>
    public static async Task<Desk> Open()
    {
        var desk = await Staff.Open();
        await new SeededYear(desk).Happen();
        return desk;
    }

    private async Task Happen()
    {
        await Measure();
        for (var number = 1; number <= 160; number++)
        {
            await Escalate(number);
        }

        await CheckIn();
        await Implement();
        await Commit();
    }

    private async Task Measure()
    {
        foreach (var (key, name, arr, seats) in Customers)
        {
            var added = Begin.AddDays(-30);
            var raised = key == "quarry";
            var customer = new Customer(new CustomerKey(key), name, added, desk.IdOf("tam"))
            {
                Arr = arr,
                Phase = CustomerPhase.PostSales,
                ProductionCompletedOn = new DateOnly(2025, 3, 1).AddDays(_chance.Below(240)),
            };
            // Its contract grew above the line in October.
            Record(
                added,
                Customer.Subject(customer.Key),
                new CustomerFact.Added(
                    desk.IdOf("tam"),
                    name,
                    [
                        new Sidecar.Features.Customers.Fields.FieldChange(
                            "arr",
                            "",
                            raised ? "30000" : $"{arr:0}"
                        ),
                    ]
                ),
                CustomerFactJson.Default.CustomerFact
            );
            if (raised)
            {
                Record(
                    new DateTimeOffset(2025, 10, 1, 9, 0, 0, TimeSpan.Zero),
                    Customer.Subject(customer.Key),
                    new CustomerFact.Edited(
                        desk.IdOf("tam"),
                        [new Sidecar.Features.Customers.Fields.FieldChange("arr", "30000", "51000")]
                    ),
                    CustomerFactJson.Default.CustomerFact
                );
            }

            var latest = Figures.None;
            var deployed = seats * (20 + _chance.Below(20)) / 100;
            for (var month = 0; month < 12; month++)
            {
                var on = new DateOnly(2025, 3, 15).AddMonths(month);
                deployed = Math.Min(seats, deployed + (seats * (2 + _chance.Below(11)) / 100));
                var mau = deployed * (60 + _chance.Below(30)) / 100;
                var day = new Measurement(customer.Key, on)
                {
                    SeatsPurchased = seats,
                    SeatsDeployed = key == "delta" ? null : deployed,
                    Mau = mau,
                    Dau = mau * (20 + _chance.Below(35)) / 100,
                };
                latest = latest.After(day);
                _change.Add(Measurement.Kind, day.Id, day);
            }

            _change.Add(Customer.Kind, key, customer with { Figures = latest });
            await Commit();
        }
    }

    private async Task Escalate(long number)
    {
        var severity = (Severity)(1 + new[] { 0, 1, 1, 2, 2, 2, 3, 3, 3, 3 }[_chance.Below(10)]);
        var (key, name, arr, _) = Customers[_chance.Below(Customers.Length)];
        var owner = desk.IdOf(Engineers[_chance.Below(Engineers.Length)]);
        var raised = Begin.AddMinutes(_chance.Below(364 * 24 * 60));
        var tam = desk.IdOf("tam");
        var scale = severity switch
        {
            Severity.Sev1 => 1,
            Severity.Sev2 => 5,
            Severity.Sev3 => 40,
            _ => 110,
        };
        var acknowledged = raised.AddMinutes(3 + _chance.Below(14 * scale));
        var resolved = acknowledged.AddMinutes(60 + _chance.Below(340 * scale));
        var state = new Escalation
        {
            Id = new EscalationId(number),
            Customer = new CustomerKey(key),
            CustomerName = name,
            Arr = arr,
            Severity = severity,
            Category = Category.DeploymentEscalation,
            Summary = $"Trouble {number}",
            Reporter = tam,
            RaisedAt = raised,
            Channel = new ChannelId("elsewhere"),
            State = EscalationState.Accepted,
            AcceptedAt = raised,
        };
        var subject = state.Id.ToString();
        void Fact(DateTimeOffset at, EscalationFact fact) =>
            Record(at, subject, fact, EscalationJson.Default.EscalationFact);
        Fact(raised, new EscalationFact.Raised(tam, name, severity, state.Summary));
        Fact(raised, new EscalationFact.Accepted(EscalationState.New));
        if (acknowledged < Desk.Morning)
        {
            state = state with
            {
                State = EscalationState.Acknowledged,
                Owner = owner,
                AcknowledgedBy = owner,
                AcknowledgedAt = acknowledged,
            };
            Fact(acknowledged, new EscalationFact.Acknowledged(owner, owner));
            if (_chance.Below(3) > 0)
            {
                var due = acknowledged.AddMinutes(30);
                var at = due.AddMinutes(_chance.Below(30) - 10);
                Fact(
                    at,
                    new EscalationFact.UpdatePosted(
                        owner,
                        new StatusUpdate(
                            1,
                            owner,
                            at,
                            EscalationState.Investigating,
                            at - raised,
                            "We look",
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
                    )
                );
            }

            if (resolved < Desk.Morning)
            {
                state = state with
                {
                    State = EscalationState.Resolved,
                    ResolvedBy = owner,
                    ResolvedAt = resolved,
                    Resolution = "Done",
                };
                Fact(resolved, new EscalationFact.Resolved(owner, "Done"));
                var ended = resolved.AddDays(2);
                if (ended < Desk.Morning)
                {
                    state = state with
                    {
                        State = EscalationState.Closed,
                        EndedBy = owner,
                        EndedAt = ended,
                    };
                    Fact(
                        ended,
                        new EscalationFact.EscalationClosed(owner, EscalationState.Resolved, "")
                    );
                }
            }
        }

        _change.Add(EscalationIndexes.Kind, subject, state);
        await Commit();
    }

    private async Task CheckIn()
    {
        foreach (var (index, who) in ((string[])["engineer", "second"]).Index())
        {
            var assignment = desk.Assignment(
                index + 1,
                Customers[index].Key,
                Customers[index].Name
            ) with
            {
                Engineer = desk.IdOf(who),
                RequestedAt = Begin,
                StartedAt = Begin.AddDays(3),
            };
            await desk.Has(assignment);
            for (
                var week = new DateOnly(2025, 3, 10);
                week < new DateOnly(2026, 3, 2);
                week = week.AddDays(7)
            )
            {
                var at = new DateTimeOffset(week.AddDays(2).ToDateTime(default), TimeSpan.Zero);
                AssignmentFact fact = _chance.Below(10) switch
                {
                    0 => new AssignmentFact.CheckInMissed(week, desk.IdOf(who), 1),
                    1 => new AssignmentFact.CheckInSkipped(
                        desk.IdOf(who),
                        week,
                        Sidecar.Text.Markdown.Of($"holidays")
                    ),
                    _ => new AssignmentFact.CheckInAnswered(
                        desk.IdOf(who),
                        new CheckIn(
                            assignment.Id,
                            week,
                            desk.IdOf(who),
                            at,
                            "Well",
                            "",
                            "",
                            "",
                            false
                        )
                        {
                            Customer = assignment.Customer,
                        },
                        []
                    ),
                };
                Record(at, assignment.Id.ToString(), fact, AssignmentJson.Default.AssignmentFact);
            }
        }
    }

    private async Task Implement()
    {
        for (var number = 1; number <= 9; number++)
        {
            var (key, name, _, _) = Customers[_chance.Below(Customers.Length)];
            var requested = Begin.AddDays(number * 36);
            var started = requested.AddDays(5 + _chance.Below(30));
            var completed = started.AddDays(30 + _chance.Below(60));
            var it = new Implementation
            {
                Id = new ImplementationId(number),
                Customer = new CustomerKey(key),
                CustomerName = name,
                Type = ImplementationType.ProductionDeployment,
                RequestedBy = desk.IdOf("ce"),
                RequestedAt = requested,
                RequestedIn = new ChannelId("elsewhere"),
                State =
                    completed < Desk.Morning ? ImplementationState.Completed
                    : started < Desk.Morning ? ImplementationState.Started
                    : ImplementationState.Qualified,
                Engineer = started < Desk.Morning ? desk.IdOf("third") : null,
                StartedAt = started < Desk.Morning ? started : null,
                CompletedOn =
                    completed < Desk.Morning ? DateOnly.FromDateTime(completed.Date) : null,
                EndedAt = completed < Desk.Morning ? completed : null,
            };
            _change.Add(ImplementationIndexes.Kind, it.Id.ToString(), it);
            await Commit();
        }
    }

    private void Record<T>(DateTimeOffset at, string subject, T fact, JsonTypeInfo<T> json)
    {
        // An entry has the time of its change.
        if (_change.Now != at)
        {
            _pending.Add(_change);
            _change = new Change(at, "test");
        }

        _change.Record(subject, fact, json);
    }

    private async Task Commit()
    {
        foreach (var change in _pending.Append(_change))
        {
            (await desk.Store.Commit(change, Cancel)).ShouldBeTrue();
        }

        _pending.Clear();
        _change = new Change(_change.Now, "test");
    }
}
