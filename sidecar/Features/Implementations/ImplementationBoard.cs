using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.InternalChannels;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>Where requests and the backlog stand. One for the whole product.</summary>
/// <param name="Channel">In which channel.</param>
/// <param name="Post">The backlog's name; another one for each channel, since a post can't move.</param>
internal sealed record ImplementationBoard(NamedChannel Channel, PostName Post)
{
    public const string Id = "board";

    /// <summary>What it was last to show; null when it has shown nothing yet.</summary>
    public Markdown? Shown { get; init; }

    public static DocumentKind<ImplementationBoard> Kind { get; } =
        new("implementation-board", ImplementationBoardJson.Default.ImplementationBoard);

    public static ImplementationBoard In(NamedChannel channel) =>
        new(channel, new PostName($"implementations/{channel.Id.Value}"));
}

/// <summary>The choice of the channel, for the audit trail.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(ImplementationChannelSet), "channelSet")]
internal abstract record ImplementationBoardFact(UserId By)
{
    public const string Subject = "implementations";

    public sealed record ImplementationChannelSet(UserId By, NamedChannel? From, NamedChannel? To)
        : ImplementationBoardFact(By);
}

/// <summary><c>/escalate implementation channel here</c>: where requests are posted and the backlog is kept current.</summary>
internal sealed class SetImplementationChannel(
    Store store,
    InternalChannelCommands channels,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<string> Off = Arguments
        .Keyword("off", "Write `off` to remove it.")
        .OrNothing();

    private static readonly Parameter<string> Here = Arguments
        .Keyword("here", "Write `here` for this channel.")
        .OrNothing();

    private static readonly Parameter<NamedChannel> Where = ListingArguments.Where.OrNothing() with
    {
        Usage = "[~channel]",
    };

    public static Permission Permission => ImplementationRights.Board;

    public static CommandSpec Spec { get; } =
        new(
            "implementation channel",
            "Say where requests are posted and the backlog is kept current",
            Off,
            Here,
            Where
        )
        {
            Examples =
            [
                "implementation channel ~town-square",
                "implementation channel here",
                "implementation channel off",
            ],
            Details =
                "Requests name prospects, so choosing the channel marks it as internal: one with a guest in it, or shared with another server, can’t be chosen.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        NamedChannel? to = null;
        var marked = Markdown.None;
        if (call.Get(Off) is null)
        {
            // Marking a channel as internal is not done by the way: somebody has to name it.
            var named = call.Get(Where);
            if (call.Get(Here) is null && named.Name is null)
            {
                return Reply.Say(await Now(cancel));
            }

            var (channel, readers) = await channels.Meant(named, call.Envelope.Channel, cancel);
            if (InternalChannelCommands.WhyNot(channel, readers) is { } why)
            {
                return Reply.No(why);
            }

            marked = await channels.Mark(channel, by, cancel)
                ? InternalChannelCommands.MarkedWithIt(channel, readers)
                : Markdown.None;
            to = channel;
        }

        Change change;
        do
        {
            var read = await store.Find(ImplementationBoard.Kind, ImplementationBoard.Id, cancel);
            if (marked.IsEmpty && to is { } same && read?.Value.Channel.Id == same.Id)
            {
                return Reply.Say(
                    Markdown.Of(
                        $"Implementation requests are posted in {same} already; nothing was changed."
                    )
                );
            }

            if (to is null && read is null)
            {
                return Reply.Say(
                    Markdown.Of(
                        $"Implementation requests are posted in no channel; nothing was changed."
                    )
                );
            }

            change = new Change(clock.GetUtcNow(), by.Value).Record(
                ImplementationBoardFact.Subject,
                new ImplementationBoardFact.ImplementationChannelSet(by, read?.Value.Channel, to),
                ImplementationBoardJson.Default.ImplementationBoardFact
            );
            Keep(change, read, to, by);
        } while (!await store.Commit(change, cancel));

        return Reply.Say(
            to is { } there
                ? Markdown.Of(
                    $"Implementation requests are posted in {there} from now on, and the backlog is kept current there.{marked}"
                )
                : Markdown.Of(
                    $"Implementation requests are not posted anywhere any more; the IE lead and the team get them by direct message."
                )
        );
    }

    private async ValueTask<Markdown> Now(CancellationToken cancel)
    {
        var here = Markdown.Code($"/{SlashCommand.Trigger} implementation channel here");
        if (
            await store.Find(ImplementationBoard.Kind, ImplementationBoard.Id, cancel)
            is not { Value.Channel: var channel }
        )
        {
            return Markdown.Of(
                $"Implementation requests are posted nowhere; the IE lead and the team get them by direct message. {here} chooses this channel, which is internal then."
            );
        }

        var notAnyMore = await channels.NotAnyMore(channel, cancel);
        return Markdown.Of(
            $"Implementation requests are posted in {channel}, and the backlog is kept current there.{notAnyMore} {here} moves them into this channel."
        );
    }

    private static void Keep(
        Change change,
        Versioned<ImplementationBoard>? read,
        NamedChannel? to,
        UserId by
    )
    {
        if (read is not null && read.Value.Channel.Id != to?.Id)
        {
            change.Do(
                new Effect.ShowCard(
                    read.Value.Post,
                    read.Value.Channel.Id,
                    Thread: null,
                    to is { } there
                        ? Markdown.Of($"The implementation backlog is in {there} now.")
                        : Markdown.Of($"The implementation backlog is not kept here any more."),
                    new Card(Markdown.Of($"Moved"), Tone.Neutral)
                )
                {
                    About = "the implementation backlog",
                    OnBehalfOf = by,
                }
            );
        }

        _ = (read, to) switch
        {
            (null, null) => change,
            (null, { } channel) => change.Add(
                ImplementationBoard.Kind,
                ImplementationBoard.Id,
                ImplementationBoard.In(channel)
            ),
            (_, null) => change.Delete(ImplementationBoard.Kind, read),
            (_, { } channel) => change.Replace(
                ImplementationBoard.Kind,
                read,
                ImplementationBoard.In(channel)
            ),
        };
        change.Due(ImplementationStore.BacklogChanged, "backlog", change.Now);
    }
}

/// <summary>
/// Keeps the backlog in order after each change: CE and AE of whoever has another place in it are told (IMP-3), and its
/// post shows it. It looks again some times a day, since days pass.
/// </summary>
internal sealed class RefreshBacklog(
    Store store,
    ImplementationStore book,
    ImplementationQueries queries,
    ImplementationList list,
    PeopleDirectory people
) : IDueTask
{
    private const int Most = 200;
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(6);

    public static string Kind => ImplementationStore.BacklogChanged;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        // Set before it looks: what changes while it does makes it due again.
        var (_, known) = await list.Open(call.Now, cancel);
        var read = await store.Find(ImplementationBoard.Kind, ImplementationBoard.Id, cancel);
        await store.Commit(
            new Change(call.Now, Kind).Due(
                Kind,
                call.Id,
                known.Count > 0 || read is not null ? call.Now + LookEvery : null
            ),
            cancel
        );
        foreach (var it in await queries.First(BacklogGroup.Qualified, Most, cancel))
        {
            var place = await queries.PlaceOf(it, cancel);
            if (it.Told is null || it.Told.Number != place.Number || it.Told.Score != place.Score)
            {
                await book.DecideByItself(
                    it.Id,
                    Kind,
                    (current, _) => current.TellPlace(place),
                    cancel
                );
            }
        }

        // Requested before there was a channel: their cards come there, too.
        if (read is { Value.Channel: var board })
        {
            var (_, shown) = await list.Open(call.Now, cancel);
            foreach (var it in shown.Where(it => it.Board is null))
            {
                await book.DecideByItself(
                    it.Id,
                    Kind,
                    (current, _) => current.PostedIn(board),
                    cancel
                );
            }
        }

        await Show(call.Now, cancel);
    }

    private async Task Show(DateTimeOffset now, CancellationToken cancel)
    {
        while (
            await store.Find(ImplementationBoard.Kind, ImplementationBoard.Id, cancel)
                is { Value: var board } read
        )
        {
            var (text, requests) = await list.Open(now, cancel);
            await people.Know(requests.SelectMany(it => it.People), cancel);
            // A list that is kept current must not ping whom it names each time.
            var quiet = text.WithoutPings(people.NameOf);
            if (quiet == board.Shown)
            {
                return;
            }

            var change = new Change(now, Kind)
                .Replace(ImplementationBoard.Kind, read, board with { Shown = quiet })
                .Do(
                    new Effect.ShowCard(
                        board.Post,
                        board.Channel.Id,
                        Thread: null,
                        quiet,
                        new Card(Markdown.Of($"Kept current"), Tone.Neutral)
                        {
                            Footer = Markdown.Of($"as of {Times.At(now, TimeZoneInfo.Utc)}"),
                        }
                    )
                    {
                        About = "the implementation backlog",
                        ChosenFor = "the implementation backlog",
                        IsInternal = true,
                    }
                );
            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }
}

/// <summary>Takes what falls due about a request (IMP-4 to IMP-6).</summary>
internal sealed class RemindOfImplementation(
    ImplementationStore book,
    ImplementationQueries queries,
    ImplementationCalendar calendar
) : IDueTask
{
    public static string Kind => ImplementationStore.Reminders;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var team = await queries.Team(cancel);
        await book.DecideByItself(
            ImplementationId.Read(call.Id)!.Value,
            Kind,
            (it, now) => it.Remind(calendar, team, now),
            cancel
        );
    }
}

/// <summary>What became of a request's own channel (IMP-6): opened and marked as internal, or who is not in it.</summary>
internal sealed class HearOfOwnChannel(Store store, ImplementationStore book) : IDueTask
{
    public static string Kind => "implementation.heard-from-chat";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        if (
            ImplementationId.Read(call.Id.Split('/')[0]) is not { } id
            || await book.Find(id, cancel) is not { Value: var it }
            || await store.Find(Outcome.Kind, call.Id, cancel) is not { Value: var outcome }
        )
        {
            await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
            return;
        }

        await book.DecideByItself(
            id,
            Kind,
            (current, _) => Rule(current, outcome),
            cancel,
            async (change, stop) =>
            {
                change.Due(Kind, call.Id, null);
                if (await store.Find(Outcome.Kind, call.Id, stop) is { } read)
                {
                    change.Delete(Outcome.Kind, read);
                }

                // In what is not marked nothing is posted; who reads it is asked at each delivery.
                if (
                    outcome.Opened is { } opened
                    && await store.Find(InternalChannel.Kind, opened.Id.Value, stop) is null
                )
                {
                    change.Add(
                        InternalChannel.Kind,
                        opened.Id.Value,
                        new InternalChannel(opened, it.Engineer ?? it.RequestedBy, change.Now)
                    );
                }
            }
        );
    }

    private static Decision Rule(Implementation it, Outcome outcome) =>
        outcome switch
        {
            { Opened: { } channel } => it.ChannelOpened(channel),
            { Hindered: { } why } => it.ChannelProblem([], why.Said),
            { NotAdmitted: { IsEmpty: false } people } => it.ChannelProblem(
                [.. people.Select(p => p.Person)],
                people[0].Why.Said
            ),
            _ => new NothingToTell(),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ImplementationBoard))]
[JsonSerializable(typeof(ImplementationBoardFact))]
internal sealed partial class ImplementationBoardJson : JsonSerializerContext;
