using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.Text;

namespace Sidecar.Chat;

/// <summary>
/// Something to be done in Mattermost, committed together with the change that caused it and delivered afterwards:
/// at least once, and visible once.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(ShowCard), "showCard")]
[JsonDerivedType(typeof(ReplyInThread), "replyInThread")]
[JsonDerivedType(typeof(TellPerson), "tellPerson")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(SendFile), "sendFile")]
[JsonDerivedType(typeof(SendFiles), "sendFiles")]
[JsonDerivedType(typeof(OpenChannel), "openChannel")]
[JsonDerivedType(typeof(Admit), "admit")]
[JsonDerivedType(typeof(SetHeader), "setHeader")]
[JsonDerivedType(typeof(Revise), "revise")]
[JsonDerivedType(typeof(CallHook), "callHook")]
[JsonDerivedType(typeof(Errand), "errand")]
public abstract record Effect
{
    private Effect() { }

    /// <summary>Who is told by direct message when it can't be delivered; null when nobody asked for it.</summary>
    public UserId? OnBehalfOf { get; init; }

    /// <summary>
    /// Only people of ours may read it (ASG-4): where that is not certain at the moment at which it is delivered, it is
    /// left out, or <see cref="Outside"/> is shown in its place; nobody can tell that something was withheld.
    /// </summary>
    public bool IsInternal { get; init; }

    /// <summary>What is shown instead where others could read it; null: nothing is.</summary>
    public OutsideVersion? Outside { get; init; }

    /// <summary>What its channel was chosen for, within a sentence: <c>updates of Sev 1</c>; empty when nobody chose it.</summary>
    public string ChosenFor { get; init; } = "";

    /// <summary>Who waits for what becomes of it; null when nobody does.</summary>
    public OutcomeAddress? Awaited { get; init; }

    /// <summary>What it is about, for an administrator who finds it parked: <c>ESC-12</c>.</summary>
    public required string About { get; init; }

    /// <summary>Effects of one lane are delivered in the order in which they were committed.</summary>
    [JsonIgnore]
    public abstract string Lane { get; }

    /// <summary>
    /// Posts the card, or brings the one already posted under the same name up to date in place. Of several waiting
    /// ones only the last needs to be sent.
    /// </summary>
    /// <param name="Post">The card's name, for ever.</param>
    /// <param name="Channel">Where it is posted.</param>
    /// <param name="Thread">The thread's first post, when it belongs into a thread.</param>
    /// <param name="Text">The line above the card; people who look at a notification see only this.</param>
    /// <param name="Card">What it shows now.</param>
    public sealed record ShowCard(
        PostName Post,
        ChannelId Channel,
        PostId? Thread,
        Markdown Text,
        Card Card
    ) : Effect
    {
        /// <summary>
        /// It is pinned to its channel when it is posted, and not again by its later changes: somebody may have unpinned
        /// it. Where it can't be pinned it is posted all the same.
        /// </summary>
        public bool IsPinned { get; init; }

        /// <summary>It is posted as an urgent message where the server has such (DLG-3); a reply never is.</summary>
        public bool IsUrgent { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Lanes.Of(Channel);
    }

    /// <summary>Writes into the thread of a card, below it.</summary>
    /// <param name="Under">The card.</param>
    /// <param name="Channel">The channel the card is in.</param>
    /// <param name="Text">What is said.</param>
    public sealed record ReplyInThread(PostName Under, ChannelId Channel, Markdown Text) : Effect
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Lanes.Of(Channel);
    }

    /// <summary>Writes a direct message.</summary>
    /// <param name="To">To whom.</param>
    /// <param name="Text">What is said.</param>
    /// <param name="Card">A card below it.</param>
    public sealed record TellPerson(UserId To, Markdown Text, Card? Card = null) : Effect
    {
        /// <summary>What its buttons ask, so that it can be settled: see <c>OpenMessage.Asks</c>.</summary>
        public string? Asks { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Lanes.Of(To);
    }

    /// <summary>Writes a post that is not kept current, into a channel or below any post in it.</summary>
    /// <param name="Channel">Where.</param>
    /// <param name="Thread">
    /// The thread's first post; null for a post of its own, which it also becomes when the thread is gone.
    /// </param>
    /// <param name="Text">What is said.</param>
    /// <param name="Card">A card below it.</param>
    public sealed record Say(ChannelId Channel, PostId? Thread, Markdown Text, Card? Card = null)
        : Effect
    {
        /// <summary>Below which card it is said when the channel is archived, gone, or closed to us; null: nowhere.</summary>
        public CardPlace? Otherwise { get; init; }

        /// <summary>As in <see cref="TellPerson.Asks"/>.</summary>
        public string? Asks { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Lanes.Of(Channel);
    }

    /// <summary>
    /// Brings a message with buttons up to date: what it asked is settled, or something else can be done now. When it was
    /// never posted, or somebody deleted it, nothing happens.
    /// </summary>
    /// <param name="Message">The effect that posted it.</param>
    /// <param name="To">Whom it was written to; null when it stands in a channel.</param>
    /// <param name="Channel">In which channel it stands; null for a direct message.</param>
    /// <param name="Text">What it says from now on.</param>
    /// <param name="Card">Its card from now on.</param>
    public sealed record Revise(
        EffectId Message,
        UserId? To,
        ChannelId? Channel,
        Markdown Text,
        Card Card
    ) : Effect
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane =>
            To is { } person ? Lanes.Of(person) : Lanes.Of(Channel ?? default);
    }

    /// <summary>
    /// Writes a direct message with a file whose content is made when it is delivered, by an
    /// <see cref="IFileSource"/>. When the server takes no such file, the message says so and what to do instead.
    /// </summary>
    /// <param name="To">To whom; their rights are what the source looks at.</param>
    /// <param name="Text">What is said above the file.</param>
    /// <param name="FileName">The file's name: <c>escalations-2026-02-03.csv</c>.</param>
    /// <param name="Source">The <see cref="IFileSource.Name"/> of what makes the content.</param>
    /// <param name="Argument">What the source is told.</param>
    public sealed record SendFile(
        UserId To,
        Markdown Text,
        string FileName,
        string Source,
        string Argument
    ) : Effect
    {
        /// <summary>What the person can do when the server takes no such file.</summary>
        public Markdown Otherwise { get; init; } = Markdown.None;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Lanes.Of(To);
    }

    /// <summary>
    /// Posts a message with several files, which are made when it is delivered: in a channel, or as a direct message.
    /// Where the server takes no files, or one of them is refused, the message comes without, and says so.
    /// </summary>
    /// <param name="For">Whose rights the sources look at; whom it is written to when there is no channel.</param>
    /// <param name="Channel">Where; null for a direct message.</param>
    /// <param name="Text">What is said above the files: also what they show, for who can't see them.</param>
    /// <param name="Files">In order; servers take ten at the most.</param>
    public sealed record SendFiles(
        UserId For,
        ChannelId? Channel,
        Markdown Text,
        ImmutableArray<NamedFile> Files
    ) : Effect
    {
        /// <summary>The files that go with <see cref="Effect.Outside"/>.</summary>
        public ImmutableArray<NamedFile> FilesOutside
        {
            get;
            init => field = value.IsDefault ? [] : value;
        } = [];

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Channel is { } channel ? Lanes.Of(channel) : Lanes.Of(For);
    }

    /// <summary>Opens a channel of the bot's own; once, however often this is tried.</summary>
    /// <param name="Channel">What it is to be. Its <see cref="NewChannel.Marker"/> is unique to this effect.</param>
    public sealed record OpenChannel(NewChannel Channel) : Effect
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => "open:" + Channel.Marker;
    }

    /// <summary>
    /// Adds people to a channel. Whom Mattermost does not let in keeps nobody else out: they are in the
    /// <see cref="Outcome.NotAdmitted"/>. It is refused as a whole when nobody can be added for a reason of the channel.
    /// </summary>
    /// <param name="Channel">Which.</param>
    /// <param name="People">Whom.</param>
    public sealed record Admit(ChannelId Channel, ImmutableArray<UserId> People) : Effect
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Lanes.Of(Channel);
    }

    /// <summary>Sets what stands above a channel. Of several waiting ones only the last needs to be sent.</summary>
    /// <param name="Channel">Which.</param>
    /// <param name="Header">What stands there from now on.</param>
    public sealed record SetHeader(ChannelId Channel, Markdown Header) : Effect
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => Lanes.Of(Channel);
    }

    /// <summary>
    /// Does something for somebody that takes longer than they can be kept waiting for an answer, by an
    /// <see cref="IErrand"/>: one after the other for one person, and without holding up what is posted for others.
    /// </summary>
    /// <param name="For">Who asked for it.</param>
    /// <param name="Name">The <see cref="IErrand.Name"/> of what does it.</param>
    /// <param name="Argument">What it is told.</param>
    public sealed record Errand(UserId For, string Name, string Argument) : Effect
    {
        /// <summary>What the lanes of errands begin with.</summary>
        public const string LanePrefix = "errand:";

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => $"{LanePrefix}{Name}:{For.Value}";
    }

    /// <summary>
    /// Tells another system something (HOOK-1). It goes nowhere near Mattermost: other hands deliver it, and what stands
    /// in its way holds up nobody's posts.
    /// </summary>
    /// <param name="Subscription">To whom: <c>HOOK-1</c>.</param>
    /// <param name="Delivery">
    /// What: the id of a document that has all of it. Empty: nothing is told, but what waits in the lane goes on at once,
    /// whichever process serves it.
    /// </param>
    public sealed record CallHook(string Subscription, string Delivery) : Effect
    {
        /// <summary>Somebody tries the receiver out: what waits for it for a time does not stand before that.</summary>
        public bool IsTest { get; init; }

        /// <summary>What the lanes of these begin with, and no other ones.</summary>
        public const string LanePrefix = "hook:";

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Lane => LanePrefix + Subscription + (IsTest ? ":test" : "");

        /// <summary>Whether a lane is one of these.</summary>
        public static bool Is(string lane) => lane.StartsWith(LanePrefix, StringComparison.Ordinal);
    }

    private static class Lanes
    {
        public static string Of(ChannelId channel) => "channel:" + channel.Value;

        public static string Of(UserId person) => "person:" + person.Value;
    }
}

/// <summary>A file to be made when its message is delivered.</summary>
/// <param name="Name">As people see it: <c>report-2026-02-03.csv</c>.</param>
/// <param name="Source">The <see cref="IFileSource.Name"/> of what makes the content.</param>
/// <param name="Argument">What the source is told.</param>
public sealed record NamedFile(string Name, string Source, string Argument);

/// <summary>Our own name of a post that is kept current, <c>ESC-12/card</c>: known before Mattermost gives it an id.</summary>
[JsonConverter(typeof(TextIdConverter<PostName>))]
public readonly record struct PostName(string Value) : ITextId<PostName>
{
    /// <inheritdoc/>
    public static PostName From(string value) => new(value);
}

/// <summary>Where a named post stands in Mattermost. Stored under its name when it was delivered.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Post">Its id.</param>
/// <param name="Thread">The first post of the thread that it is in; its own id when it began one.</param>
public sealed record PostedAt(ChannelId Channel, PostId Post, PostId Thread)
{
    /// <summary>When it was last shown, UTC, to the day; null when that was before this was noted.</summary>
    public DateTimeOffset? ShownAt { get; init; }
}

/// <summary>What stands in the place of something internal where others could read it (ASG-4).</summary>
/// <param name="Text">Its text.</param>
/// <param name="Card">Its card.</param>
public sealed record OutsideVersion(Markdown Text, Card? Card);

/// <summary>A card, and the channel in which it stands.</summary>
public sealed record CardPlace(PostName Under, ChannelId Channel)
{
    /// <summary>What is said there, where more people read; null: the same.</summary>
    public Markdown? Text { get; init; }
}

/// <summary>
/// Who waits for what becomes of an effect: a due task. In the commit that settles the effect, its <see cref="Outcome"/>
/// is stored and the task is due at once; the task's own commit deletes the outcome and the due time.
/// </summary>
/// <param name="Task">The <see cref="IDueTask.Kind"/> of the task.</param>
/// <param name="Id">What the task is called with, unique among all effects that it waits for: <c>ESC-12/channel</c>.</param>
public sealed record OutcomeAddress(string Task, string Id);
