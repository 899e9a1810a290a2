using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Storage;

/// <summary>
/// A message whose buttons somebody may still press: kept from the commit that causes it until what it asks is settled.
/// Its document's id is the effect that posts it.
/// </summary>
/// <param name="About">What it is about: <c>ESC-12</c>.</param>
/// <param name="Text">What it says above the card.</param>
/// <param name="Card">The card with the buttons.</param>
/// <param name="At">When it was caused, UTC.</param>
public sealed record OpenMessage(string About, Markdown Text, Card Card, DateTimeOffset At)
{
    /// <summary>Whom it was written to; null when it stands in a channel.</summary>
    public UserId? To { get; init; }

    /// <summary>The channel in which it stands; null for a direct message.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>What it asks, in the words of whoever settles it; null when it only offers what can be done.</summary>
    public string? Asks { get; init; }

    /// <summary>As in <see cref="Effect.IsInternal"/>.</summary>
    public bool IsInternal { get; init; }

    /// <summary>
    /// What the post of a message is called where posts have names: <c>ESC-12/message/escalation.acknowledge</c>, with
    /// what it asks last.
    /// </summary>
    public static PostName NameOf(string about, string? asks) => new($"{about}/{NamePart}/{asks}");

    /// <summary>What such a name tells: about what, and what is asked, nothing for nothing. Null for any other post.</summary>
    public static (string About, string Asks)? Read(PostName name) =>
        name.Value.Split('/', 3) is [var about, NamePart, var asks] ? (about, asks) : null;

    private const string NamePart = "message";

    /// <summary>All about one thing, the oldest first.</summary>
    public static DocumentIndex<OpenMessage> ByAbout { get; } =
        new("by-about", m => [IndexKey.Empty.Then(m.About).Then(m.At)]);

    /// <summary>All that ask one thing.</summary>
    public static DocumentIndex<OpenMessage> ByQuestion { get; } =
        new("by-question", m => m.Asks is { } asks ? [IndexKey.Empty.Then(asks)] : []);

    /// <summary>Messages with buttons, in the store.</summary>
    public static DocumentKind<OpenMessage> Kind { get; } =
        new("open-message", OpenMessageJson.Default.OpenMessage)
        {
            Indexes = [ByAbout, ByQuestion],
        };

    /// <summary>What an effect leaves open; null when it has no buttons, or its buttons are kept current by its name.</summary>
    internal static OpenMessage? Of(Effect effect, DateTimeOffset now) =>
        effect switch
        {
            Effect.TellPerson { Card: { Controls.Count: > 0 } card } tell => new OpenMessage(
                tell.About,
                tell.Text,
                card,
                now
            )
            {
                To = tell.To,
                Asks = tell.Asks,
                IsInternal = tell.IsInternal,
            },
            Effect.Say { Card: { Controls.Count: > 0 } card } say => new OpenMessage(
                say.About,
                say.Text,
                card,
                now
            )
            {
                Channel = say.Channel,
                Asks = say.Asks,
                IsInternal = say.IsInternal,
            },
            _ => null,
        };
}

/// <summary>Where a message with buttons stands. Its document's id is the effect that posted it.</summary>
/// <param name="At">Where.</param>
public sealed record MessagePlace(PostedAt At)
{
    /// <summary>Longer than anybody looks at what was asked of them.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3);

    /// <summary>See <see cref="OpenMessage.NameOf"/>; null when an earlier release wrote it.</summary>
    public PostName? Name { get; init; }

    /// <summary>
    /// When its buttons went, UTC; null while it has some. People react to it all the same, so it is kept for a time.
    /// </summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Those whose buttons went, the oldest first.</summary>
    public static DocumentIndex<MessagePlace> BySettled { get; } =
        new("by-settled", m => m.SettledAt is { } at ? [IndexKey.Empty.Then(at)] : []);

    /// <summary>By Mattermost's id of the post.</summary>
    public static DocumentIndex<MessagePlace> ByPost { get; } =
        new("by-post", m => [IndexKey.Empty.Then(m.At.Post.Value)]);

    /// <summary>Places in the store.</summary>
    public static DocumentKind<MessagePlace> Kind { get; } =
        new("message-place", OpenMessageJson.Default.MessagePlace)
        {
            Indexes = [ByPost, BySettled],
        };
}

/// <summary>How a question ended, as its message shows it from then on.</summary>
/// <param name="Said">Who or what settled it; a sentence.</param>
/// <param name="IsGood">It was done; false when it came to nothing.</param>
public sealed record Settlement(Markdown Said, bool IsGood = true)
{
    /// <summary>The message without its buttons.</summary>
    public (Markdown Text, Card Card) Of(OpenMessage message) =>
        (
            Markdown.Lines([
                message.Text,
                IsGood
                    ? Markdown.Of($":white_check_mark: {Said}")
                    : Markdown.Of($":no_entry_sign: {Said}"),
            ]),
            message.Card with
            {
                Tone = IsGood ? Tone.Success : Tone.Neutral,
                // They say how it was when it was asked: beside how it ended they would be wrong.
                Fields = [],
                Controls = [],
            }
        );
}

/// <summary>How messages with buttons change after they were written, always in the commit that changes what they ask.</summary>
public static class OpenMessages
{
    /// <summary>More is never open about one thing; what is beyond keeps its buttons, which refuse by themselves.</summary>
    private const int MostOpen = 500;

    /// <summary>All that is open about something.</summary>
    public static async ValueTask<IReadOnlyList<Versioned<OpenMessage>>> OpenAbout(
        this Store store,
        string about,
        CancellationToken cancel
    ) => await Open(store, OpenMessage.ByAbout, about, cancel);

    /// <summary>All in which one thing is asked.</summary>
    public static async ValueTask<IReadOnlyList<Versioned<OpenMessage>>> OpenQuestions(
        this Store store,
        string asks,
        CancellationToken cancel
    ) => await Open(store, OpenMessage.ByQuestion, asks, cancel);

    /// <summary>A message with buttons by the post in which it stands; null when it is none, or settled.</summary>
    public static async ValueTask<Versioned<OpenMessage>?> FindOpenMessage(
        this Store store,
        PostId post,
        CancellationToken cancel
    ) =>
        await store.FindPlace(post, cancel) is { } place
            ? await store.Find(OpenMessage.Kind, place.Id, cancel)
            : null;

    /// <summary>The name of a message and where it stands, also for a time after it was settled; null when it is none.</summary>
    public static async ValueTask<(PostName Name, PostedAt At)?> FindMessage(
        this Store store,
        PostId post,
        CancellationToken cancel
    )
    {
        if (await store.FindPlace(post, cancel) is not { } place)
        {
            return null;
        }

        var name =
            place.Value.Name
            ?? (
                await store.Find(OpenMessage.Kind, place.Id, cancel)
                    is { Value: { About: var about, Asks: var asks } }
                    ? OpenMessage.NameOf(about, asks)
                    : null
            );
        return name is { } known ? (known, place.Value.At) : null;
    }

    private static async ValueTask<Versioned<MessagePlace>?> FindPlace(
        this Store store,
        PostId post,
        CancellationToken cancel
    )
    {
        var prefix = IndexKey.Empty.Then(post.Value);
        var found = await store.List(
            MessagePlace.Kind,
            MessagePlace.ByPost,
            prefix,
            null,
            1,
            cancel
        );
        return found.Items is [var place] ? place : null;
    }

    /// <summary>What a message asked is settled: it says how, and its buttons go.</summary>
    public static Change Settle(
        this Change change,
        Versioned<OpenMessage> open,
        Settlement settlement
    )
    {
        var (text, card) = settlement.Of(open.Value);
        return change.Delete(OpenMessage.Kind, open).Do(Revision(open, text, card));
    }

    /// <summary>A message is shown with another card, or as it is: then menus in it come to rest.</summary>
    public static Change Show(this Change change, Versioned<OpenMessage> open, Card card) =>
        change
            .Replace(OpenMessage.Kind, open, open.Value with { Card = card })
            .Do(Revision(open, open.Value.Text, card));

    private static Effect.Revise Revision(Versioned<OpenMessage> open, Markdown text, Card card) =>
        new(new EffectId(open.Id), open.Value.To, open.Value.Channel, text, card)
        {
            About = open.Value.About,
            IsInternal = open.Value.IsInternal,
        };

    private static async ValueTask<IReadOnlyList<Versioned<OpenMessage>>> Open(
        Store store,
        DocumentIndex<OpenMessage> index,
        string under,
        CancellationToken cancel
    ) =>
        (
            await store.List(
                OpenMessage.Kind,
                index,
                IndexKey.Empty.Then(under),
                null,
                MostOpen,
                cancel
            )
        ).Items;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(OpenMessage))]
[JsonSerializable(typeof(MessagePlace))]
internal sealed partial class OpenMessageJson : JsonSerializerContext;
