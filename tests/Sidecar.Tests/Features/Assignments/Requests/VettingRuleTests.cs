using System.Collections.Immutable;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Requests;

/// <summary>The rules of vetting and cap, without a door (ASG-1, ASG-2).</summary>
public sealed class VettingRuleTests
{
    private static readonly AssignmentCalendar Calendar = new(
        new AssignmentSettings(),
        new WorkingTime(new TeamTimeSettings())
    );

    private static readonly VettersNow Vetters = new(
        [.. RequestRights.VettingRoles.Select(role => new Vetter(role, [new UserId(role.Code())]))],
        []
    );

    private static readonly Assignment Requested = new()
    {
        Id = new AssignmentId(1),
        Customer = new CustomerKey("acme"),
        CustomerName = "Acme",
        Kind = AssignmentKind.PostSales,
        Why = "They grow",
        RequestedBy = new UserId("tam"),
        RequestedAt = Desk.Morning,
        CustomerEngineer = new UserId("ce"),
    };

    [Fact]
    public void ASG_1_Three_approvals_in_any_order_give_it_its_place_and_two_do_not()
    {
        foreach (var order in Orders(RequestRights.VettingRoles))
        {
            var assignment = Requested;
            foreach (var (role, step) in order.Select((role, i) => (role, i)))
            {
                assignment = Approved(assignment, "", Free(1), role).Next;
                assignment.State.ShouldBe(
                    step < 2 ? AssignmentState.Requested : AssignmentState.Approved,
                    string.Join(' ', order)
                );
            }

            assignment.Approvals.Select(a => a.As).ShouldBe(order);
        }
    }

    [Theory]
    [InlineData(Role.CustomerSuccessLead, 15, "", "CapReached")]
    [InlineData(Role.SalesLead, 15, "", "CapReached")]
    [InlineData(Role.SalesLead, 15, "they sign", "OnlyTheLeadExceeds")]
    [InlineData(Role.SalesLead, 14, "they sign", "OnlyTheLeadExceeds")]
    [InlineData(Role.SalesLead, 14, "", "")]
    [InlineData(Role.CustomerSuccessLead, 15, "they sign", "")]
    [InlineData(Role.CustomerSuccessLead, 40, "they sign", "")]
    [InlineData(Role.SupportEngineer, 3, "", "MayNot")]
    [InlineData(Role.Administrator, 3, "", "MayNot")]
    public void ASG_2_Who_passes_the_cap_as_the_last_of_three(
        Role last,
        int taken,
        string because,
        string refusal
    )
    {
        var vetted = Requested with
        {
            Approvals =
            [
                .. RequestRights
                    .VettingRoles.Where(role =>
                        last == Role.CustomerSuccessLead ? role != last : role != Role.SalesLead
                    )
                    .Select(role => new Approval(role, new UserId(role.Code()), Desk.Morning)),
            ],
        };
        var decision = vetted.Approve(
            new ActingPerson(new UserId("x"), [last]),
            because,
            Taken(taken),
            Vetters,
            Calendar,
            Desk.Morning
        );
        if (refusal.Length > 0)
        {
            decision
                .ShouldBeOfType<Decision<Assignment, AssignmentFact>.Refused>()
                .Why.GetType()
                .Name.ShouldBe(refusal);
            return;
        }

        var next = decision.ShouldBeOfType<Decision<Assignment, AssignmentFact>.Accepted>().Next;
        next.State.ShouldBe(AssignmentState.Approved);
        next.BeyondCapBecause.ShouldBe(taken < 15 ? "" : because);
    }

    [Fact]
    public void ASG_1_A_temporary_one_is_not_approved_once_its_last_day_is_over()
    {
        var temporary = Requested with { EndsOn = new DateOnly(2026, 3, 4) };
        var over = Calendar.OverAt(new DateOnly(2026, 3, 4));
        over.ShouldBe(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero));
        foreach (var (at, passes) in new[] { (over.AddTicks(-1), true), (over, false) })
        {
            (
                temporary.Approve(Of(Role.SalesLead), "", Free(1), Vetters, Calendar, at)
                is Decision<Assignment, AssignmentFact>.Accepted
            ).ShouldBe(passes);
        }
    }

    private static Decision<Assignment, AssignmentFact>.Accepted Approved(
        Assignment assignment,
        string because,
        AssignmentCapacity places,
        Role role
    ) =>
        assignment
            .Approve(Of(role), because, places, Vetters, Calendar, Desk.Morning)
            .ShouldBeOfType<Decision<Assignment, AssignmentFact>.Accepted>();

    private static ActingPerson Of(Role role) => new(new UserId(role.Code()), [role]);

    private static AssignmentCapacity Free(int places) => Taken(15 - places);

    private static AssignmentCapacity Taken(int taken) =>
        new(
            [
                .. Enumerable
                    .Range(100, taken)
                    .Select(i => Requested with { Id = new AssignmentId(i) }),
            ],
            15
        );

    private static IEnumerable<ImmutableArray<Role>> Orders(ImmutableArray<Role> roles) =>
        roles.Length == 1
            ? [roles]
            : roles.SelectMany(first =>
                Orders(roles.Remove(first)).Select(rest => rest.Insert(0, first))
            );
}
