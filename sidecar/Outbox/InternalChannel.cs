using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>
/// A channel that was marked as one in which only people of ours read (ASG-4), filed under its id. The mark alone lets
/// nothing in: who is a member is asked at each delivery.
/// </summary>
/// <param name="Channel">Which.</param>
/// <param name="MarkedBy">By whom.</param>
/// <param name="At">When, UTC.</param>
internal sealed record InternalChannel(NamedChannel Channel, UserId MarkedBy, DateTimeOffset At)
{
    /// <summary>All, by name.</summary>
    public static DocumentIndex<InternalChannel> ByName { get; } =
        new("by-name", c => [IndexKey.Empty.Then(c.Channel.Name)]);

    /// <summary>The kind of due times of looking, again and again, who reads a marked channel; their id is the channel's.</summary>
    public const string Readers = "internal.readers";

    /// <summary>
    /// The kind of due times of looking once who reads a marked channel, because somebody may have come in; their id is
    /// the channel's.
    /// </summary>
    public const string ReadersChanged = "internal.readers-changed";

    /// <summary>The kind of due times of showing what stands in a channel that was marked just now; their id is the channel's.</summary>
    public const string Marked = "internal.marked";

    public static DocumentKind<InternalChannel> Kind { get; } =
        new("internal-channel", InternalChannelJson.Default.InternalChannel) { Indexes = [ByName] };
}

internal static class InternalChannels
{
    /// <summary>
    /// Whether only people of ours read a place at this moment. In a channel that takes two things: somebody marked it,
    /// and nobody from outside is in it. What the server does not say counts as somebody from outside.
    /// </summary>
    /// <exception cref="ChatException">Mattermost does not answer.</exception>
    public static async Task<bool> IsAmongUs(
        this Store store,
        IChat chat,
        ChannelId channel,
        CancellationToken cancel
    ) =>
        await chat.Audience(channel, cancel) is { HasGuests: false, IsShared: false } audience
        && (
            audience.IsDirect
            || await store.Find(InternalChannel.Kind, channel.Value, cancel) is not null
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InternalChannel))]
internal sealed partial class InternalChannelJson : JsonSerializerContext;
