using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.InternalChannels;

/// <summary>A change of the channels in which only people of ours read, for the audit trail (ALL-4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Marked), "marked")]
[JsonDerivedType(typeof(Unmarked), "unmarked")]
[JsonDerivedType(typeof(BoardSet), "boardSet")]
internal abstract record ListingFact
{
    public const string Subject = "assigned-engineers";

    public sealed record Marked(UserId By, NamedChannel Channel) : ListingFact;

    /// <param name="By">Who; null when somebody from outside had come in.</param>
    public sealed record Unmarked(UserId? By, NamedChannel Channel) : ListingFact;

    public sealed record BoardSet(UserId By, NamedChannel? From, NamedChannel? To) : ListingFact;
}

/// <summary>Which channels are for people of ours alone (ASG-4), and what becomes of the marks.</summary>
internal sealed class InternalChannelCommands(
    Store store,
    IChat chat,
    RoleStore roles,
    OutboxOptions product,
    TimeProvider clock
)
{
    private const string Readers = InternalChannel.Readers;

    private const int Most = 100;

    /// <summary>Of those who come in Mattermost tells at once (<see cref="ChangedReaders"/>); of a role that changed it does not.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(2);

    public async ValueTask<IReadOnlyList<InternalChannel>> All(CancellationToken cancel) =>
        [
            .. (
                await store.List(
                    InternalChannel.Kind,
                    InternalChannel.ByName,
                    IndexKey.Empty,
                    null,
                    Most,
                    cancel
                )
            ).Items.Select(c => c.Value),
        ];

    /// <summary>
    /// The channel that was typed, or the one in which it was typed, with its name. Who reads it only its members learn:
    /// a public one is joined.
    /// </summary>
    /// <param name="typed">What was typed; nothing for <c>here</c>.</param>
    /// <param name="here">Where it was typed.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatException">Mattermost does not answer.</exception>
    public async Task<(NamedChannel Channel, ChatAudience? Readers)> Meant(
        NamedChannel typed,
        ChannelId here,
        CancellationToken cancel
    )
    {
        var id = typed.Name is null ? here : typed.Id;
        var readers = await chat.Audience(id, cancel) ?? await Entered(id, cancel);
        return (new NamedChannel(id, typed.Name ?? readers?.Name ?? ""), readers);
    }

    private async Task<ChatAudience?> Entered(ChannelId channel, CancellationToken cancel)
    {
        try
        {
            await chat.Admit(channel, product.Bot, cancel);
            return await chat.Audience(channel, cancel);
        }
        catch (ChatException unseen)
            when (unseen.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            return null;
        }
    }

    /// <summary>Why a channel can't be marked; null when it can.</summary>
    public static Refusal? WhyNot(NamedChannel channel, ChatAudience? readers) =>
        readers switch
        {
            null => new ReadersUnknown(),
            { IsDirect: true } => new DirectIsNoChannel(),
            { HasGuests: true } or { IsShared: true } => new OthersRead(channel),
            _ => null,
        };

    /// <summary>Said where something else has marked a channel: whoever is in it reads more from now on.</summary>
    public static Markdown MarkedWithIt(NamedChannel channel, ChatAudience? readers) =>
        Markdown.Of(
            $" {channel} is now marked as internal: what is for our own people only is posted there from now on, whole reports and prospects too.{WhoReads(channel, readers)}"
        );

    /// <summary>How many read a channel that was marked, who else can, and how the mark is taken away.</summary>
    public static Markdown WhoReads(NamedChannel channel, ChatAudience? readers)
    {
        var many = readers?.Members switch
        {
            null => Markdown.None,
            1 => Markdown.Of($" One account is in it."),
            { } count => Markdown.Of($" {count} accounts are in it."),
        };
        return Markdown.Of(
            $"{many}{(readers is { IsPublic: true } ? Markdown.Of($" It is public: everybody in its team can join and read all of that.") : Markdown.None)} {Markdown.Code($"/{SlashCommand.Trigger} internal unmark ~{channel.Name}")} takes the mark away."
        );
    }

    /// <summary>Said of a channel in which something internal is posted, when that is not so any more; nothing when it is.</summary>
    public async ValueTask<Markdown> NotAnyMore(NamedChannel channel, CancellationToken cancel) =>
        await store.Find(InternalChannel.Kind, channel.Id.Value, cancel) is null
            ? Markdown.Of(
                $" It is not internal any more, so nothing is posted there until {Markdown.Code($"/{SlashCommand.Trigger} internal mark ~{channel.Name}")}."
            )
            : Markdown.None;

    /// <returns>False when it was marked already.</returns>
    public async Task<bool> Mark(NamedChannel channel, UserId by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await store.Find(InternalChannel.Kind, channel.Id.Value, cancel) is null
            && await store.Commit(
                new Change(now, by.Value)
                    .Add(
                        InternalChannel.Kind,
                        channel.Id.Value,
                        new InternalChannel(channel, by, now)
                    )
                    .Record(
                        ListingFact.Subject,
                        new ListingFact.Marked(by, channel),
                        ListingJson.Default.ListingFact
                    )
                    .Due(Readers, channel.Id.Value, now + LookEvery)
                    .Due(InternalChannel.Marked, channel.Id.Value, now)
                    .Due(AssignmentStore.ListChanged, "list", now),
                cancel
            );
    }

    /// <returns>False when it was not marked.</returns>
    public async Task<bool> Unmark(ChannelId channel, UserId? by, CancellationToken cancel)
    {
        while (await store.Find(InternalChannel.Kind, channel.Value, cancel) is { } read)
        {
            var now = clock.GetUtcNow();
            var change = new Change(now, by?.Value ?? Readers)
                .Delete(InternalChannel.Kind, read)
                .Record(
                    ListingFact.Subject,
                    new ListingFact.Unmarked(by, read.Value.Channel),
                    ListingJson.Default.ListingFact
                )
                .Due(Readers, channel.Value, null)
                .Due(AssignmentStore.ListChanged, "list", now);
            if (by is null)
            {
                foreach (var person in await Responsible(read.Value, cancel))
                {
                    change.Do(Warning(read.Value.Channel, person));
                }
            }

            if (await store.Commit(change, cancel))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Somebody may have come in since: then it is for people of ours alone no more.</summary>
    /// <param name="channel">Which channel.</param>
    /// <param name="kind">The kind of the due time by which it is looked at.</param>
    /// <param name="again">After how long it is looked at again by that kind; null for never.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task Look(
        ChannelId channel,
        string kind,
        TimeSpan? again,
        CancellationToken cancel
    )
    {
        if (
            await chat.Audience(channel, cancel) is { } audience
            && (audience.HasGuests || audience.IsShared)
        )
        {
            await Unmark(channel, by: null, cancel);
            again = null;
        }

        var now = clock.GetUtcNow();
        var isMarked = await store.Find(InternalChannel.Kind, channel.Value, cancel) is not null;
        await store.Commit(
            new Change(now, kind).Due(kind, channel.Value, isMarked ? now + again : null),
            cancel
        );
    }

    private async Task<IEnumerable<UserId>> Responsible(
        InternalChannel channel,
        CancellationToken cancel
    ) =>
        (await roles.Holders(Role.Administrator, cancel))
            .Concat(await roles.Holders(Role.CustomerSuccessLead, cancel))
            .Append(channel.MarkedBy)
            .Distinct();

    private static Effect.TellPerson Warning(NamedChannel channel, UserId person) =>
        new(
            person,
            Markdown.Of(
                $":warning: A guest, or somebody from another server, is in {channel} now. It was marked as internal and is not any more: what is for our own people only is not posted there from now on. What was posted before is still there: delete it, or remove them and type {Markdown.Code($"/escalate internal mark ~{channel.Name}")} again."
            )
        )
        {
            About = "an internal channel",
        };
}

internal sealed record ReadersUnknown()
    : Refusal(
        Markdown.Of(
            $"I can’t see who reads that channel, since I am not a member: invite me there first. Nothing was changed."
        )
    );

internal sealed record DirectIsNoChannel()
    : Refusal(
        Markdown.Of(
            $"This is a direct message: what is internal may be said here anyway, as long as nobody from outside is in it. Nothing was changed."
        )
    );

internal sealed record OthersRead(NamedChannel Channel)
    : Refusal(
        Markdown.Of(
            $"{Channel} is read by a guest or shared with another server, so it can’t be internal. Nothing was changed."
        )
    );

/// <summary>Looks again and again who reads a channel that was marked (ASG-4).</summary>
internal sealed class LookWhoReads(InternalChannelCommands channels) : IDueTask
{
    public static string Kind => InternalChannel.Readers;

    public Task Run(DueCall call, CancellationToken cancel) =>
        channels.Look(new ChannelId(call.Id), Kind, InternalChannelCommands.LookEvery, cancel);
}

/// <summary>Looks once who reads a marked channel, since Mattermost told of others (<see cref="ChangedReaders"/>).</summary>
internal sealed class LookWhoCame(InternalChannelCommands channels) : IDueTask
{
    public static string Kind => InternalChannel.ReadersChanged;

    public Task Run(DueCall call, CancellationToken cancel) =>
        channels.Look(new ChannelId(call.Id), Kind, again: null, cancel);
}

/// <summary>What stands in a channel that is internal again may have stayed as it was, so it is shown as it is.</summary>
internal sealed class ShowMarked(Store store, ShownAgain shown) : IDueTask
{
    public static string Kind => InternalChannel.Marked;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        await shown.ShowInternal(new ChannelId(call.Id), cancel);
        await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
    }
}

/// <summary>Somebody became a guest: then no channel that they are in is internal any more (ASG-4).</summary>
internal sealed class LookAfterNewGuest(Store store, ChangedReaders readers) : IDueTask
{
    public static string Kind => PeopleDirectory.BecameGuest;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        await readers.HeardNothing(cancel);
        await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
    }
}

/// <summary><c>/escalate internal mark</c>: only people of ours read that channel (ASG-4).</summary>
internal sealed class MarkInternal(InternalChannelCommands channels) : ISlashCommand
{
    public static Permission Permission => ListingRights.Mark;

    public static CommandSpec Spec { get; } =
        new("internal mark", "Mark a channel that only our own people read", ListingArguments.Where)
        {
            Examples = ["internal mark ~town-square", "internal mark here"],
            Details =
                "What is internal, such as assigned engineers of prospects, is posted nowhere else. A channel with a guest in it, or shared with another server, can’t be marked; when one comes in later the mark goes, and administrators are told.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (channel, readers) = await channels.Meant(
            call.Get(ListingArguments.Where),
            call.Envelope.Channel,
            cancel
        );
        if (InternalChannelCommands.WhyNot(channel, readers) is { } why)
        {
            return Reply.No(why);
        }

        await channels.Mark(channel, call.Envelope.User, cancel);
        return Reply.Say(
            Markdown.Of(
                $"{channel} is internal now: what is for our own people only may be posted there.{InternalChannelCommands.WhoReads(channel, readers)}"
            )
        );
    }
}

/// <summary><c>/escalate internal unmark</c>.</summary>
internal sealed class UnmarkInternal(InternalChannelCommands channels) : ISlashCommand
{
    public static Permission Permission => ListingRights.Mark;

    public static CommandSpec Spec { get; } =
        new("internal unmark", "Remove that mark", ListingArguments.Where)
        {
            Examples = ["internal unmark ~town-square", "internal unmark here"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (channel, _) = await channels.Meant(
            call.Get(ListingArguments.Where),
            call.Envelope.Channel,
            cancel
        );
        return Reply.Say(
            await channels.Unmark(channel.Id, call.Envelope.User, cancel)
                ? Markdown.Of($"{channel} is not internal any more.")
                : Markdown.Of($"{channel} was not marked as internal; nothing was changed.")
        );
    }
}

/// <summary><c>/escalate internal list</c>.</summary>
internal sealed class ListInternal(InternalChannelCommands channels, ChosenChannels chosen)
    : ISlashCommand
{
    public static Permission Permission => ListingRights.Mark;

    public static CommandSpec Spec { get; } =
        new("internal list", "List the channels that are marked as internal")
        {
            Examples = ["internal list"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var all = await channels.All(cancel);
        var shown = await chosen.Show(all.Select(c => c.Channel), cancel);
        return Reply.Say(
            all.Count == 0
                ? Markdown.Of(
                    $"No channel is marked as internal. {Markdown.Code("/escalate internal mark ~channel")} marks one."
                )
                : Markdown.Lines([
                    Markdown.Of($"Internal channels:"),
                    .. all.Zip(
                        shown,
                        (c, channel) => Markdown.Of($"- {channel}, marked by {c.MarkedBy}")
                    ),
                ])
        );
    }
}

internal static class ListingRights
{
    public static Permission Mark { get; } =
        new("say which channels are internal", [Role.Administrator, .. Roles.Leads])
        {
            IsAskedNow = true,
        };

    public static Permission Board { get; } =
        new("say where the list of assigned engineers stands", [Role.Administrator, .. Roles.Leads])
        {
            IsAskedNow = true,
        };
}

internal static class ListingArguments
{
    private const string Hint =
        "Which channel? Write it as in `~name`, or `here`: private ones are chosen that way.";

    /// <summary>A channel; nothing for <c>here</c>, since Mattermost tells the ids of public channels only.</summary>
    public static Parameter<NamedChannel> Where { get; } =
        Arguments.Channel("channel", Hint) with
        {
            Usage = "<~channel | here>",
            Reader = source =>
                source.Next is { IsQuoted: false } word && word.Says("here")
                    ? ReadArgument.Of(default(NamedChannel))
                    : Arguments.Channel("channel", Hint).Reader(source),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ListingFact))]
internal sealed partial class ListingJson : JsonSerializerContext;
