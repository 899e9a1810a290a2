using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Listing;

/// <summary><c>/escalate engineer show ASG-1</c> or <c>show acme</c>: everything about one, for whoever asks.</summary>
internal sealed class ShowAssignment(
    AssignmentStore book,
    CapacityStore places,
    CustomerStore customers,
    Vetters vetters,
    PeopleDirectory people,
    AssignmentSettings settings,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Which = new(
        "assignment or customer",
        "<ASG-1 or customer>",
        CustomerArguments.ReadWhole
    )
    {
        Hint = "Which one? Write the number, as in `ASG-3`, or the customer.",
        Completes = RequestArguments.Completed,
    };

    public static Permission Permission => RequestRights.Read;

    public static CommandSpec Spec { get; } =
        new("engineer show", "Show an assignment", Which)
        {
            Examples = ["engineer show ASG-3", "engineer show acme"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(Which)!;
        if (!typed.IsQuoted && AssignmentId.Read(typed.Value) is { } id)
        {
            return await book.Find(id, cancel) is { Value: var found }
                ? Reply.Say(await Describe(found, call.Envelope.User, cancel))
                : Reply.No(new NoSuchAssignment(id));
        }

        if (await customers.Known(typed.Value, cancel) is not { } customer)
        {
            return await CustomerArguments.Unknown(customers, call, typed, cancel);
        }

        if (await places.LatestOf(customer.Key, cancel) is { } latest)
        {
            return Reply.Say(await Describe(latest, call.Envelope.User, cancel));
        }

        // Who has an engineer is known to everybody of ours; who else is a customer is not.
        return await customers.MayRead(call.Envelope.User, cancel)
            ? Reply.Say(
                Markdown.Of(
                    $"{customer.Name} has no assigned engineer and never had one. {RequestWords.Command($"request {customer.Key}")} requests one."
                )
            )
            : Reply.No(new NoSuchCustomerForAll(typed.Value));
    }

    private async ValueTask<Markdown> Describe(
        Assignment assignment,
        UserId reader,
        CancellationToken cancel
    )
    {
        var zone = await people.ZoneOf(reader, cancel);
        var waits = (await vetters.Now(cancel)).Without(assignment.Approvals);
        return Markdown.Lines([
            Markdown.Of($"#### {assignment.Id} · {assignment.CustomerName}"),
            Markdown.Typed(assignment.Why),
            .. RequestCard
                .Fields(assignment)
                .Select(f => Markdown.Of($"- **{f.Name}:** {f.Value.OnOneLine()}")),
            .. assignment.Approvals.Select(a =>
                Markdown.Of($"- **Approved** by {a.By} as {a.As.Label()}, {Times.At(a.At, zone)}")
            ),
            assignment.State == AssignmentState.Requested && waits.Length > 0
                ? Markdown.Of($"- **Still to approve:** {waits.Named()}")
                : Markdown.None,
            assignment.StartedAt is { } since
                ? Markdown.Of($"- **Since:** {Times.At(since, zone)}")
                : Markdown.None,
            assignment is { State: AssignmentState.Active, ReviewOn: { } review }
                ? Markdown.Of($"- **To be reviewed on:** {CalendarDay.Write(review)}")
                : Markdown.None,
            assignment.HasCheckIns
                ? Markdown.Of($"- **Check-ins:** {CheckInWords.Standing(assignment, zone.Id)}")
                : Markdown.None,
            assignment.State == AssignmentState.Active
                ? ReviewWords.Describe(assignment, settings, clock.GetUtcNow(), zone)
                : Markdown.None,
            assignment is { IsOver: true, EndedAt: { } ended }
                ? Markdown.Of(
                    $"- **Over since** {Times.At(ended, zone)}: {(assignment.EndedBecause.Length > 0 ? assignment.EndedBecause : "taken back")}"
                )
                : Markdown.None,
        ]);
    }
}

/// <summary><c>/escalate engineer timeline ASG-1</c>: what happened, when and by whom (ALL-4).</summary>
internal sealed class ShowAssignmentTimeline(
    AssignmentStore book,
    RoleStore roles,
    PeopleDirectory people
) : ISlashCommand
{
    private const int PageSize = 40;

    public static Permission Permission => RequestRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "engineer timeline",
            "Show what happened to an assignment",
            RequestArguments.Id,
            CustomerArguments.AfterEntry
        )
        {
            Examples = ["engineer timeline ASG-3"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(RequestArguments.Id);
        if (await book.Find(id, cancel) is not { Value: var assignment })
        {
            return Reply.No(new NoSuchAssignment(id));
        }

        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        var after = call.Get(CustomerArguments.AfterEntry) ?? 0;
        var entries = await book.History(id, after, PageSize + 1, cancel);
        if (entries.Count == 0)
        {
            return Reply.Say(Markdown.Of($"Timeline of {id}: that was all."));
        }

        var isOurs = !(await roles.Of(call.Envelope.User, cancel)).Roles.IsEmpty;
        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### Timeline of {id} · {assignment.CustomerName}"),
                .. entries
                    .Take(PageSize)
                    .Select(e =>
                        Markdown.Of(
                            $"- {Times.At(e.At, zone)}: {e.Fact.ToldTo(isOurs).OnOneLine()}"
                        )
                    ),
                entries.Count > PageSize
                    ? Markdown.Of(
                        $"\nMore: {RequestWords.Command($"timeline {id} after {entries[PageSize - 1].Sequence}")}"
                    )
                    : Markdown.None,
            ])
        );
    }
}
