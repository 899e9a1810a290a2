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

    public static DocumentKind<InternalChannel> Kind { get; } =
        new("internal-channel", InternalChannelJson.Default.InternalChannel) { Indexes = [ByName] };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InternalChannel))]
internal sealed partial class InternalChannelJson : JsonSerializerContext;
