using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.InternalChannels;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Listing;

/// <summary>Where the list of customers with assigned engineers stands (ASG-5). One for the whole product.</summary>
/// <param name="Channel">In which channel.</param>
/// <param name="Post">The post's name; another one for each channel, since a post can't move.</param>
internal sealed record EngineerBoard(NamedChannel Channel, PostName Post)
{
    /// <summary>What it was last to show; null when it has shown nothing yet.</summary>
    public Markdown? Shown { get; init; }

    public const string Id = "board";

    public static DocumentKind<EngineerBoard> Kind { get; } =
        new("engineer-board", BoardJson.Default.EngineerBoard);

    public static EngineerBoard In(NamedChannel channel) =>
        new(channel, new PostName($"engineers/{channel.Id.Value}"));
}

/// <summary>The list as whoever reads it may see it (ASG-4, ASG-5).</summary>
internal sealed class EngineerList(Store store, AssignmentSettings settings)
{
    private const int Most = 500;

    /// <summary>All that have a place, by customer.</summary>
    public async ValueTask<IReadOnlyList<Assignment>> WithPlace(CancellationToken cancel) =>
        [
            .. (
                await store.List(
                    AssignmentIndexes.Kind,
                    AssignmentIndexes.ByPlace,
                    IndexKey.Empty.Then(0L),
                    null,
                    Most,
                    cancel
                )
            ).Items.Select(a => a.Value),
        ];

    /// <summary>For people of ours: everything.</summary>
    public Markdown ForUs(IReadOnlyList<Assignment> all) =>
        Markdown.Lines([
            Markdown.Of(
                $"#### Customers with an assigned engineer · {all.Count} of {settings.MostAtATime} places"
            ),
            Table(all, withKind: true),
        ]);

    /// <summary>
    /// For whoever else may read: what customers were told of. Nothing in it tells that there is more: no count of
    /// places, no kind, and no numbers, in which gaps would show.
    /// </summary>
    public static Markdown ForOthers(IReadOnlyList<Assignment> all) =>
        Markdown.Lines([
            Markdown.Of($"#### Customers with an assigned engineer"),
            Table([.. all.Where(a => !a.IsInternal)], withKind: false),
        ]);

    private static Markdown Table(IReadOnlyList<Assignment> shown, bool withKind)
    {
        if (shown.Count == 0)
        {
            return Markdown.Of($"None at the moment.");
        }

        return Markdown.Lines([
            withKind
                ? Markdown.Of($"| | Customer | Kind | Engineer | Back-up | Until |")
                : Markdown.Of($"| Customer | Engineer | Back-up |"),
            withKind
                ? Markdown.Of($"| :-- | :-- | :-- | :-- | :-- | :-- |")
                : Markdown.Of($"| :-- | :-- | :-- |"),
            .. shown.Select(a => Row(a, withKind)),
        ]);
    }

    private static Markdown Row(Assignment a, bool withKind)
    {
        var engineer = a.Engineer is { } who ? Markdown.Of($"{who}") : Markdown.Of($"to be named");
        var backUp = a.BackUp is { } other ? Markdown.Of($"{other}") : Markdown.None;
        return withKind
            ? Markdown.Of(
                $"| {a.Id} | {a.CustomerName} | {(a.IsInternal ? Markdown.Of($"pre-sales, internal only") : Markdown.Of($"post-sales"))} | {engineer} | {backUp} | {(a.EndsOn is { } end ? Markdown.Typed(Sidecar.Time.CalendarDay.Write(end)) : Markdown.Of($"long-term"))} |"
            )
            : Markdown.Of($"| {a.CustomerName} | {engineer} | {backUp} |");
    }
}

/// <summary>
/// Keeps the list in its channel up to date (ASG-5). Each change of an assignment makes it due; it looks again now and
/// then in any case, since names change without a word. It says when it looks next before it reads: what changes while
/// it looks makes it due at once, and that must not be written over.
/// </summary>
internal sealed class RefreshBoard(Store store, EngineerList list, PeopleDirectory people)
    : IDueTask
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    public static string Kind => AssignmentStore.ListChanged;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        if (await store.Find(EngineerBoard.Kind, EngineerBoard.Id, cancel) is null)
        {
            await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
            return;
        }

        await store.Commit(
            new Change(call.Now, Kind).Due(Kind, call.Id, call.Now + LookEvery),
            cancel
        );
        if (await store.Find(EngineerBoard.Kind, EngineerBoard.Id, cancel) is { } read)
        {
            await Refresh(read, call.Now, cancel);
        }
    }

    private async Task Refresh(
        Versioned<EngineerBoard> read,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var all = await list.WithPlace(cancel);
        await people.Know(
            all.SelectMany(a => new[] { a.Engineer, a.BackUp }.OfType<UserId>()),
            cancel
        );
        var us = Quiet(list.ForUs(all));
        var others = Quiet(EngineerList.ForOthers(all));
        var board = read.Value;
        var isMarked =
            await store.Find(InternalChannel.Kind, board.Channel.Id.Value, cancel) is not null;
        var shown = isMarked ? us : others;
        if (shown != board.Shown)
        {
            // When somebody moved the list meanwhile, that made it due.
            await store.Commit(
                new Change(now, Kind)
                    .Replace(EngineerBoard.Kind, read, board with { Shown = shown })
                    .Do(Show(board, us, others, now)),
                cancel
            );
        }
    }

    private static Effect.ShowCard Show(
        EngineerBoard board,
        Markdown us,
        Markdown others,
        DateTimeOffset now
    ) =>
        new(board.Post, board.Channel.Id, Thread: null, us, Card(now))
        {
            About = "the list of assigned engineers",
            ChosenFor = "the list of assigned engineers",
            IsInternal = true,
            Outside = new OutsideVersion(others, Card(now)),
        };

    /// <summary>A list that is kept current must not ping whom it names each time.</summary>
    private Markdown Quiet(Markdown text) => text.WithoutPings(people.NameOf);

    private static Card Card(DateTimeOffset now) =>
        new(Markdown.Of($"Kept current"), Tone.Neutral)
        {
            Footer = Markdown.Of($"as of {Times.At(now, TimeZoneInfo.Utc)}"),
        };
}

/// <summary>Once a month somebody looks whether the list is right (ASG-5).</summary>
internal sealed class AuditBoard(
    Store store,
    EngineerList list,
    RoleStore roles,
    AssignmentSettings settings,
    WorkingTime calendar
) : IDueTask
{
    public static string Kind => "assignment.audit";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var change = new Change(call.Now, Kind).Due(
            Kind,
            call.Id,
            settings.Audit.In(calendar.Zone).After(call.Now)
        );
        var all = await list.WithPlace(cancel);
        var leads = await roles.Holders(Role.CustomerSuccessLead, cancel);
        var told = leads.Count > 0 ? leads : await roles.Holders(Role.Administrator, cancel);
        foreach (var person in told)
        {
            change.Do(
                new Effect.TellPerson(
                    person,
                    Markdown.Lines([
                        Markdown.Of(
                            $":clipboard: Once a month: is the list of assigned engineers right? {Markdown.Code("/escalate engineer show <customer>")} shows one, {Markdown.Code("/escalate engineer end <customer> why")} ends one."
                        ),
                        list.ForUs(all),
                    ])
                )
                {
                    About = "the list of assigned engineers",
                    IsInternal = true,
                }
            );
        }

        await store.Commit(change, cancel);
    }
}

/// <summary><c>/escalate engineer board ~channel</c>: where the list stands (ASG-5).</summary>
internal sealed class SetBoard(
    Store store,
    InternalChannelCommands channels,
    AssignmentSettings settings,
    WorkingTime calendar,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<string> Off = Arguments
        .Keyword("off", "Write `off` to take it away.")
        .OrNothing();

    private static readonly Parameter<string> Here = Arguments
        .Keyword("here", "Write `here` for this channel.")
        .OrNothing();

    private static readonly Parameter<NamedChannel> Where = ListingArguments.Where.OrNothing() with
    {
        Usage = "[~channel]",
    };

    public static Permission Permission => ListingRights.Board;

    public static CommandSpec Spec { get; } =
        new(
            "engineer board",
            "Say where the list of assigned engineers is kept current",
            Off,
            Here,
            Where
        )
        {
            Examples =
            [
                "engineer board",
                "engineer board ~town-square",
                "engineer board here",
                "engineer board off",
            ],
            Details =
                "Assigned engineers of prospects are on it in channels that are marked with `internal mark`, and nowhere else.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        NamedChannel? to = null;
        if (call.Get(Off) is null)
        {
            // Moving the list is not done by the way: somebody has to say where to.
            var named = call.Get(Where);
            if (call.Get(Here) is null && named.Name is null)
            {
                return Reply.Say(await Told(cancel));
            }

            var (meant, readers) = await channels.Meant(named, call.Envelope.Channel, cancel);
            if (readers is { IsDirect: true })
            {
                return Reply.No(
                    Markdown.Of(
                        $"A direct message is no channel, so nothing was changed. Type it in the channel itself, or name a public one as in `~name`."
                    )
                );
            }

            to = meant;
        }

        bool committed;
        do
        {
            var read = await store.Find(EngineerBoard.Kind, EngineerBoard.Id, cancel);
            var now = clock.GetUtcNow();
            var change = new Change(now, by.Value).Record(
                ListingFact.Subject,
                new ListingFact.BoardSet(by, read?.Value.Channel, to),
                ListingJson.Default.ListingFact
            );
            Keep(change, read, to, by, now);
            committed = await store.Commit(change, cancel);
        } while (!committed);

        return Reply.Say(
            to is { } channel
                ? Markdown.Of(
                    $"The list of assigned engineers is kept current in {channel} from now on."
                )
                : Markdown.Of(
                    $"The list of assigned engineers is not kept current anywhere any more."
                )
        );
    }

    private async ValueTask<Markdown> Told(CancellationToken cancel)
    {
        var move = Markdown.Code("/escalate engineer board here");
        return
            await store.Find(EngineerBoard.Kind, EngineerBoard.Id, cancel)
                is { Value.Channel: var channel }
            ? Markdown.Of(
                $"The list of assigned engineers is kept current in {channel}. {move} moves it to the channel in which you type that."
            )
            : Markdown.Of(
                $"The list of assigned engineers is not kept current anywhere. {move} puts it into the channel in which you type that."
            );
    }

    private void Keep(
        Change change,
        Versioned<EngineerBoard>? read,
        NamedChannel? to,
        UserId by,
        DateTimeOffset now
    )
    {
        if (read is not null && read.Value.Channel.Id != to?.Id)
        {
            var moved = to is { } there
                ? Markdown.Of($"The list of assigned engineers is in {there} now.")
                : Markdown.Of($"The list of assigned engineers is not kept here any more.");
            change.Do(
                new Effect.ShowCard(
                    read.Value.Post,
                    read.Value.Channel.Id,
                    Thread: null,
                    moved,
                    new Card(Markdown.Of($"Moved"), Tone.Neutral)
                )
                {
                    About = "the list of assigned engineers",
                    OnBehalfOf = by,
                }
            );
        }

        _ = (read, to) switch
        {
            (null, null) => change,
            (null, { } channel) => change.Add(
                EngineerBoard.Kind,
                EngineerBoard.Id,
                EngineerBoard.In(channel)
            ),
            (_, null) => change.Delete(EngineerBoard.Kind, read),
            (_, { } channel) => change.Replace(EngineerBoard.Kind, read, EngineerBoard.In(channel)),
        };
        change
            .Due(AssignmentStore.ListChanged, "list", now)
            .Due(
                AuditBoard.Kind,
                "list",
                to is null ? null : settings.Audit.In(calendar.Zone).After(now)
            );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(EngineerBoard))]
internal sealed partial class BoardJson : JsonSerializerContext;
