using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Listing;

/// <summary><c>/escalate engineer list</c>: which customers have an assigned engineer, a page at a time.</summary>
internal sealed class ListAssignments(
    Store store,
    AssignmentStore book,
    CapacityStore places,
    AssignmentCalendar calendar
) : ISlashCommand
{
    private const int PageSize = 20;

    private static readonly Parameter<string> All = Arguments.Keyword("all", "") with
    {
        IsOptional = true,
        Usage = "[all]",
    };

    private static readonly Parameter<AssignmentId?> After = new(
        "after",
        "[after ASG-1]",
        source =>
            source.Next is { IsQuoted: false } word && word.Says("after")
                ? source.AfterNext is { } id && AssignmentId.Read(id.Value) is { } read
                    ? ReadArgument.Of<AssignmentId?>(read, taken: 2)
                    : ReadArgument.Wrong<AssignmentId?>(
                        "After which assignment? Copy the command from the end of the previous page."
                    )
                : ReadArgument.Absent<AssignmentId?>()
    )
    {
        IsOptional = true,
        Hint = "Copy the command from the end of the previous page.",
    };

    public static Permission Permission => RequestRights.Read;

    public static CommandSpec Spec { get; } =
        new("engineer list", "List the customers with assigned engineers", All, After)
        {
            Examples = ["engineer list", "engineer list all"],
            Details = "With what is requested; `all` also shows what is over.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var all = call.Get(All) is not null;
        IndexPosition? after = null;
        if (call.Get(After) is { } id)
        {
            if (await book.Find(id, cancel) is not { Value: var last })
            {
                return Reply.No(new NoSuchAssignment(id));
            }

            after = new IndexPosition(
                AssignmentIndexes.ByPlace.Keys(last).Single(),
                last.Id.ToString()
            );
        }

        var page = await store.List(
            AssignmentIndexes.Kind,
            AssignmentIndexes.ByPlace,
            IndexKey.Empty,
            after,
            PageSize,
            cancel
        );
        var shown = page.Items.Select(i => i.Value).Where(a => all || !a.IsOver).ToList();
        var isMore = page.Next is not null && shown.Count == page.Items.Count;
        return Reply.Say(await Show(shown, all, isMore, after is not null, cancel));
    }

    private async ValueTask<Markdown> Show(
        List<Assignment> shown,
        bool all,
        bool isMore,
        bool isLater,
        CancellationToken cancel
    )
    {
        var now = await places.Places(cancel);
        if (shown.Count == 0)
        {
            return isLater
                ? Markdown.Of($"Assigned engineers: that was all.")
                : Markdown.Of(
                    $"No customer has an assigned engineer: 0 of {now.Most} places are taken. {RequestWords.Command("request customer")} requests one."
                );
        }

        return Markdown.Lines([
            Markdown.Of(
                $"#### Assigned engineers ({now.Taken.Length} of {now.Most} places){(isLater ? Markdown.Of($", continued") : Markdown.None)}"
            ),
            Markdown.Of($"| | Customer and kind | Engineer | State | Since, until |"),
            Markdown.Of($"|:--|:--|:--|:--|:--|"),
            .. shown.Select(Row),
            isMore
                ? Markdown.Of(
                    $"\nMore: {RequestWords.Command($"list {(all ? "all " : "")}after {shown[^1].Id}")}"
                )
                : Markdown.None,
        ]);
    }

    /// <summary>A phone shows the first columns of a table, so these say whom it is about, who has it and how it stands (U17).</summary>
    private Markdown Row(Assignment assignment)
    {
        var backUp =
            assignment.BackUp is { } who ? Markdown.Of($", back-up {who}")
            : assignment is { IsInternal: false, State: AssignmentState.Active }
                ? Markdown.Of($", back-up: needs one")
            : Markdown.None;
        var engineer = assignment.Engineer is { } engaged
            ? Markdown.Of($"{engaged}")
            : Markdown.Of($"–");
        var since = assignment.StartedAt is { } at ? $"{Times.Day(at, calendar.Zone)}, " : "";
        var until =
            assignment.State == AssignmentState.Ended && assignment.EndedAt is { } ended
                ? Times.Day(ended, calendar.Zone)
            : assignment.EndsOn is { } last ? CalendarDay.Write(last)
            : "long-term";
        return Markdown.Of(
            $"| **{assignment.Id}** | {assignment.CustomerName}, {assignment.Kind.Label()} | {engineer}{backUp} | {assignment.State.Label()}{CheckInWords.Shortly(assignment)} | {since}{until} |"
        );
    }
}
