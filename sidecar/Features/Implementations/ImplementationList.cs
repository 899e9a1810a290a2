using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>The backlog as tables: for whoever asks, and for the post that is kept current (IMP-3).</summary>
internal sealed class ImplementationList(
    ImplementationQueries queries,
    ImplementationCalendar calendar
)
{
    private const int Most = 50;

    /// <summary>All that are open; names in it are only shown.</summary>
    public async ValueTask<(Markdown Text, IReadOnlyList<Implementation> Shown)> Open(
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var triage = await queries.First(BacklogGroup.Triage, Most, cancel);
        var qualified = await queries.First(BacklogGroup.Qualified, Most, cancel);
        var underWay = await queries.First(BacklogGroup.UnderWay, Most, cancel);
        return (
            Markdown.Lines([
                Markdown.Of($"#### Implementation requests"),
                .. Waiting("In triage", triage),
                .. Waiting("Qualified, to be started in this order", qualified),
                .. UnderWay(underWay, now),
                triage.Count + qualified.Count + underWay.Count == 0
                    ? Markdown.Of(
                        $"None is open. {Markdown.Code($"/{SlashCommand.Trigger} implementation customer")} requests one."
                    )
                    : Markdown.None,
            ]),
            [.. triage, .. qualified, .. underWay]
        );
    }

    /// <summary>Those that ended, the latest first.</summary>
    public async ValueTask<Markdown> Over(CancellationToken cancel) =>
        await queries.First(BacklogGroup.Over, Most, cancel) is { Count: > 0 } over
            ? Markdown.Lines([
                Markdown.Of($"\n**Over, the latest first**\n"),
                Markdown.Of($"| | Customer | Type | | Why |"),
                Markdown.Of($"|:--|:--|:--|:--|:--|"),
                .. over.Select(it =>
                    Markdown.Of(
                        $"| **{it.Id}** | {it.CustomerName} | {it.Type.Label()} | {it.State.Label()}{(it.CompletedOn is { } on ? Markdown.Of($" {ExpectedDates.Shown(on)}") : Markdown.None)} | {Markdown.Typed(it.State == ImplementationState.Completed ? "" : it.StateReason).OnOneLine()} |"
                    )
                ),
            ])
            : Markdown.Of($"\nNone is over.");

    private static IEnumerable<Markdown> Waiting(
        string title,
        IReadOnlyList<Implementation> requests
    ) =>
        requests.Count == 0
            ? []
            :
            [
                Markdown.Of($"\n**{title}**\n"),
                Markdown.Of($"| | | Customer | Type | Score | Status | IE |"),
                Markdown.Of($"|--:|:--|:--|:--|--:|:--|:--|"),
                .. requests.Select(
                    (it, i) =>
                        Markdown.Of(
                            $"| {i + 1} | **{it.Id}** | {it.CustomerName} | {it.Type.Label()} | {(it.Score is { } score ? Triage.Shown(score) : "–")} | {StandsAt(it)} | {ImplementationCards.Person(it.Engineer)} |"
                        )
                ),
            ];

    private IEnumerable<Markdown> UnderWay(
        IReadOnlyList<Implementation> requests,
        DateTimeOffset now
    ) =>
        requests.Count == 0
            ? []
            :
            [
                Markdown.Of($"\n**Under way**\n"),
                Markdown.Of($"| | Customer | IE | TA | Requirements | Next | Target |"),
                Markdown.Of($"|:--|:--|:--|:--|:--|:--|:--|"),
                .. requests.Select(it =>
                    Markdown.Of(
                        $"| **{it.Id}** | {it.CustomerName} | {ImplementationCards.Person(it.Engineer)} | {ImplementationCards.Person(it.Advisor)} | {Requirements.All.Length - it.OpenRequirements.Length} of {Requirements.All.Length}{(it.IsAtRisk(calendar, now) ? Markdown.Of($" :warning: at risk") : Markdown.None)} | {Next(it, calendar.Today(now))} | {(it.Dates.Target is { } target ? ExpectedDates.Shown(target) : "–")} |"
                    )
                ),
            ];

    private static Markdown StandsAt(Implementation it) =>
        it.State switch
        {
            ImplementationState.Requested when it.Score is null => Markdown.Of($"to be scored"),
            ImplementationState.Requested => Markdown.Of($"to be decided"),
            ImplementationState.WithLeadership => Markdown.Of($"with leadership"),
            _ when it.HasDocuments => Markdown.Of($"ready to start"),
            _ => Markdown.Of($"waits for its documents"),
        };

    private static Markdown Next(Implementation it, DateOnly today)
    {
        var next = PlannedDates
            .All.Select(d => (d.Label, On: d.Of(it.Dates)))
            .Where(d => d.On >= today)
            .OrderBy(d => d.On)
            .FirstOrDefault();
        return next.On is { } on
            ? Markdown.Of($"{next.Label}: {ExpectedDates.Shown(on)}")
            : Markdown.Of($"–");
    }
}

/// <summary><c>/escalate implementation list</c>: the backlog, in its order.</summary>
internal sealed class ListImplementations(ImplementationList list, TimeProvider clock)
    : ISlashCommand
{
    private static readonly Parameter<string> All = Arguments.Keyword("all", "") with
    {
        IsOptional = true,
        Usage = "[all]",
    };

    public static Permission Permission => ImplementationRights.Read;

    public static CommandSpec Spec { get; } =
        new("implementation list", "List implementation requests in the order of the backlog", All)
        {
            Synonyms = ["implementations"],
            Examples = ["implementation list", "implementation list all"],
            Details =
                "Highest score first; of the same score the older one. `all` also shows what is over.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (open, _) = await list.Open(clock.GetUtcNow(), cancel);
        return Reply.Say(
            call.Get(All) is null ? open : Markdown.Lines([open, await list.Over(cancel)])
        );
    }
}

/// <summary><c>/escalate show IMP-7</c>.</summary>
internal sealed class ShowImplementation(
    ImplementationStore book,
    ImplementationCalendar calendar,
    RoleStore roles,
    TimeProvider clock
) : ISlashCommand
{
    public static Permission Permission => ImplementationRights.Read;

    public static CommandSpec Spec { get; } =
        new("implementation show", "Show an implementation request", ImplementationArguments.Id)
        {
            Examples = ["implementation show IMP-7"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(ImplementationArguments.Id);
        return await book.Find(id, cancel) is { Value: var it }
            ? Reply.Say(
                ImplementationCards.Describe(
                    it,
                    it.IsAtRisk(calendar, clock.GetUtcNow()),
                    await roles.Of(call.Envelope.User, cancel)
                )
            )
            : Reply.No(new NoSuchImplementation(id));
    }
}

/// <summary><c>/escalate why IMP-7</c>: how its score comes about, and between which it stands (IMP-3).</summary>
internal sealed class WhyImplementation(
    ImplementationStore book,
    ImplementationQueries queries,
    RoleStore roles,
    ImplementationSettings settings
) : ISlashCommand
{
    public static Permission Permission => ImplementationRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "implementation why",
            "Explain an implementation request’s place in the backlog",
            ImplementationArguments.Id
        )
        {
            Examples = ["implementation why IMP-7"],
            Details =
                "The score is the sum of the five criteria’s means, each times its weight (1, unless the settings say otherwise). The higher score comes first, then the older request. Bandwidth is 5 with nothing open, one less for each request that an implementation engineer has qualified or under way on average.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(ImplementationArguments.Id);
        if (await book.Find(id, cancel) is not { Value: var it })
        {
            return Reply.No(new NoSuchImplementation(id));
        }

        var reader = await roles.Of(call.Envelope.User, cancel);
        var room = await queries.Bandwidth(cancel);
        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### Why {id} ({it.CustomerName}) has its place"),
                ImplementationScores.Sum(it, settings.Weights),
                Markdown.Of($"The team’s bandwidth now: {room.Reason}."),
                await Place(it, cancel),
                // Who gave what is between those who decide.
                it.Scores.Length > 0
                && MaySeeAll(reader)
                    ? Markdown.Of($"\n{ImplementationScores.SideBySide(it)}")
                    : Markdown.None,
            ])
        );
    }

    private static bool MaySeeAll(ActingPerson reader) =>
        ImplementationSteps.Team.Concat(ImplementationSteps.Leadership).Any(reader.Is);

    private async ValueTask<Markdown> Place(Implementation it, CancellationToken cancel)
    {
        if (!it.IsInTriage && it.State != ImplementationState.Qualified)
        {
            return Markdown.Of(
                $"It is {it.State.Label()}, so it has no place among those that wait."
            );
        }

        var place = (await queries.PlaceOf(it, cancel)).Sentence();
        return it.IsInTriage
            ? it.Score is null
                ? Markdown.Of($"It is in triage, and has a place once somebody has scored it.")
                : Markdown.Of($"It is in triage. Qualified now, it would be {place}.")
            : Markdown.Of($"It is {place}.");
    }
}

/// <summary><c>/escalate timeline IMP-7</c>: what happened, when and by whom (ALL-4).</summary>
internal sealed class ShowImplementationTimeline(ImplementationStore book, PeopleDirectory people)
    : ISlashCommand
{
    private const int PageSize = 40;

    public static Permission Permission => ImplementationRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "implementation timeline",
            "Show what happened to an implementation request",
            ImplementationArguments.Id,
            Customers.Finding.CustomerArguments.AfterEntry
        )
        {
            Examples = ["implementation timeline IMP-7"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(ImplementationArguments.Id);
        if (await book.Find(id, cancel) is not { Value: var it })
        {
            return Reply.No(new NoSuchImplementation(id));
        }

        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        var after = call.Get(Customers.Finding.CustomerArguments.AfterEntry) ?? 0;
        var entries = await book.History(id, after, PageSize + 1, cancel);
        return Reply.Say(
            entries.Count == 0
                ? Markdown.Of($"Timeline of {id}: that was all.")
                : Markdown.Lines([
                    Markdown.Of($"#### Timeline of {id} · {it.CustomerName}"),
                    .. entries
                        .Take(PageSize)
                        .Select(e =>
                            Markdown.Of(
                                $"- {Time.Times.At(e.At, zone)}: {e.Fact.Sentence.OnOneLine()}"
                            )
                        ),
                    entries.Count > PageSize
                        ? Markdown.Of(
                            $"\nMore: {Markdown.Code($"/{SlashCommand.Trigger} timeline {id} after {entries[PageSize - 1].Sequence}")}"
                        )
                        : Markdown.None,
                ])
        );
    }
}
