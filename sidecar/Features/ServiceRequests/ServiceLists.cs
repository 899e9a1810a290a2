using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary><c>/escalate service list</c>: what is under way, what is due first at the top; a page at a time.</summary>
internal sealed class ListServices(
    Store store,
    ServiceRequestStore requests,
    ServiceCalendar calendar,
    TimeProvider clock
) : ISlashCommand
{
    private const int PageSize = 25;

    private static readonly Parameter<string> All = Arguments.Keyword("all", "") with
    {
        IsOptional = true,
        Usage = "[all | mine]",
    };

    private static readonly Parameter<string> Mine = Arguments.Keyword("mine", "") with
    {
        IsOptional = true,
        Usage = "",
    };

    public static Permission Permission => ServiceRights.Read;

    public static CommandSpec Spec { get; } =
        new("service list", "List the service requests", All, Mine, ServiceArguments.After)
        {
            Synonyms = ["services", "services list"],
            Examples = ["service list", "service list mine", "service list all"],
            Details =
                "What is due first comes first. `mine` are those that you prepared or deliver; `all` also shows what is over.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (all, mine) = (call.Get(All) is not null, call.Get(Mine) is not null);
        var index = mine ? ServiceIndexes.ByPerson : ServiceIndexes.ByDue;
        var prefix =
            mine ? IndexKey.Empty.Then(call.Envelope.User.Value)
            : all ? IndexKey.Empty
            : ServiceIndexes.Open;
        IndexPosition? after = null;
        // Nobody has so many under way that they need a second page of their own.
        if (!mine && call.Get(ServiceArguments.After) is { } id)
        {
            if (await requests.Find(id, cancel) is not { Value: var last })
            {
                return Reply.No(new NoSuchServiceRequest(id));
            }

            after = new IndexPosition(ServiceIndexes.ByDue.Keys(last).Single(), id.ToString());
        }

        var page = await store.List(ServiceIndexes.Kind, index, prefix, after, PageSize, cancel);
        if (page.Items.Count == 0)
        {
            return Reply.Say(
                after is not null ? Markdown.Of($"Service requests: that was all.")
                : mine
                    ? Markdown.Of(
                        $"You have no service request under way. {ServiceWords.Command("list")} shows everybody’s."
                    )
                : Markdown.Of(
                    $"No service request is under way. A CSM or TAM prepares one: {Markdown.Code($"/{SlashCommand.Trigger} {ServiceWords.Group} customer")}"
                )
            );
        }

        return Reply.Say(
            Markdown.Lines([
                Markdown.Of(
                    $"#### Service requests{Markdown.Sentence((mine ? " of yours" : "") + (after is null ? "" : ", continued"))}"
                ),
                .. ServiceTable.Of(page.Items.Select(i => i.Value), calendar, clock.GetUtcNow()),
                page.Next is null || mine
                    ? Markdown.None
                    : Markdown.Of(
                        $"\nMore: {ServiceWords.Command($"list {(all ? "all " : "")}after {page.Items[^1].Id}")}"
                    ),
            ])
        );
    }
}

/// <summary>Service requests as rows.</summary>
internal static class ServiceTable
{
    public static IEnumerable<Markdown> Of(
        IEnumerable<ServiceRequest> requests,
        ServiceCalendar calendar,
        DateTimeOffset now
    ) =>
        [
            Markdown.Of($"| | Customer | What | State | Delivered by | Due |"),
            Markdown.Of($"|:--|:--|:--|:--|:--|:--|"),
            .. requests.Select(r =>
                Markdown.Of(
                    $"| **{r.Id}** | {r.CustomerName} | {MarkdownEscaper.Shorten(r.Sow.Title, 60)} | {r.State.Label()} | {ServiceWords.Person(r.Sow.By)} | {CalendarDay.Write(r.Sow.DueOn)}{(r.Risk(calendar, now) is { } risk ? Markdown.Of($" :warning: {risk}") : Markdown.None)} |"
                )
            ),
        ];
}

/// <summary><c>/escalate service maintained</c>: what was built for customers, and who keeps it working (SRV-3).</summary>
internal sealed class ListMaintained(Store store, PeopleDirectory people) : ISlashCommand
{
    private const int Most = 60;

    public static Permission Permission => ServiceRights.Read;

    public static CommandSpec Spec { get; } =
        new("service maintained", "List what is maintained, and by whom")
        {
            Examples = ["service maintained"],
            Details =
                "What Deployment Engineering, TAMs, R&D and vendors maintain of what was built as a service request.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var page = await store.List(
            ServiceIndexes.Kind,
            ServiceIndexes.ByMaintainer,
            IndexKey.Empty,
            null,
            Most,
            cancel
        );
        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        return Reply.Say(
            page.Items.Count == 0
                ? Markdown.Of(
                    $"Nothing that was built as a service request needs maintenance. Whoever completes one says whether it does: {ServiceWords.Command("complete SRV-1")}"
                )
                : Markdown.Lines([
                    Markdown.Of($"#### Maintained for customers"),
                    Markdown.Of($"| Who | Customer | What | Maintenance | Since | |"),
                    Markdown.Of($"|:--|:--|:--|:--|:--|:--|"),
                    .. page.Items.Select(i => Row(i.Value, zone)),
                    page.Next is null
                        ? Markdown.None
                        : Markdown.Of(
                            $"\nThese are the first {Most}; {Markdown.Code($"/{SlashCommand.Trigger} export services")} has all."
                        ),
                ])
        );
    }

    private static Markdown Row(ServiceRequest request, TimeZoneInfo zone)
    {
        var plan = request.Maintenance!;
        return Markdown.Of(
            $"| {ServiceWords.Owner(plan)} | {request.CustomerName} | {MarkdownEscaper.Shorten(request.Sow.Title, 60)} | {Markdown.Typed(MarkdownEscaper.Shorten(plan.What, 120)).OnOneLine()} | {Times.Day(plan.DecidedAt, zone)} | **{request.Id}** |"
        );
    }
}

/// <summary><c>/escalate service show SRV-1</c>, and <c>show SRV-1</c>: everything about one.</summary>
internal sealed class ShowServiceRequest(ServiceRequestStore requests, PeopleDirectory people)
    : ISlashCommand
{
    public static Permission Permission => ServiceRights.Read;

    public static CommandSpec Spec { get; } =
        new("service show", "Show a service request", ServiceArguments.Id)
        {
            Synonyms = ["service status", "service view"],
            Examples = ["service show SRV-1"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(ServiceArguments.Id);
        if (await requests.Find(id, cancel) is not { Value: var request })
        {
            return Reply.No(new NoSuchServiceRequest(id));
        }

        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### {ServiceCards.Headline(request)}"),
                Markdown.Of($"**{request.Sow.Title}**"),
                Markdown.Typed(request.Sow.Delivers),
                Markdown.Of($" "),
                .. ServiceCards
                    .Fields(request)
                    .Select(f => Markdown.Of($"- {f.Name}: {f.Value.OnOneLine()}")),
                Markdown.Of(
                    $"- Prepared: by {request.PreparedBy}, {Times.At(request.PreparedAt, zone)}"
                ),
            ])
        );
    }
}

/// <summary><c>/escalate service timeline SRV-1</c>, and <c>timeline SRV-1</c>: what happened (ALL-4).</summary>
internal sealed class ShowServiceTimeline(
    ServiceRequestStore requests,
    RoleStore roles,
    PeopleDirectory people
) : ISlashCommand
{
    private const int PageSize = 40;

    public static Permission Permission => ServiceRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "service timeline",
            "Show what happened to a service request",
            ServiceArguments.Id,
            CustomerArguments.AfterEntry
        )
        {
            Examples = ["service timeline SRV-1"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(ServiceArguments.Id);
        if (await requests.Find(id, cancel) is not { Value: var request })
        {
            return Reply.No(new NoSuchServiceRequest(id));
        }

        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        var isOurs = !(await roles.Of(call.Envelope.User, cancel)).Roles.IsEmpty;
        var after = call.Get(CustomerArguments.AfterEntry) ?? 0;
        var entries = await requests.History(id, after, PageSize + 1, cancel);
        return Reply.Say(
            entries.Count == 0
                ? Markdown.Of($"Timeline of {id}: that was all.")
                : Markdown.Lines([
                    Markdown.Of($"#### Timeline of {id} · {request.CustomerName}"),
                    .. entries
                        .Take(PageSize)
                        .Select(e =>
                            Markdown.Of(
                                $"- {Times.At(e.At, zone)}: {e.Fact.ToldTo(isOurs).OnOneLine()}"
                            )
                        ),
                    entries.Count > PageSize
                        ? Markdown.Of(
                            $"\nMore: {ServiceWords.Command($"timeline {id} after {entries[PageSize - 1].Sequence}")}"
                        )
                        : Markdown.None,
                ])
        );
    }
}
