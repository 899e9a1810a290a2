using System.Text.Json.Serialization;

namespace Sidecar.Mattermost;

/// <summary>What is said to Mattermost on the WebSocket.</summary>
/// <param name="Seq">Counts what is said; answers name it.</param>
/// <param name="Action">What is wanted.</param>
/// <param name="Data">What belongs to it.</param>
internal sealed record LineRequest(long Seq, string Action, ChallengeData? Data);

/// <summary>Who wants to be let in. Secret.</summary>
internal sealed record ChallengeData(string Token)
{
    public override string ToString() => nameof(ChallengeData);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(WireList<string>),
        typeof(WireList<ReadReaction>),
        typeof(WireMap<ReactedPost>),
    ]
)]
[JsonSerializable(typeof(LineRequest))]
[JsonSerializable(typeof(ReadReaction))]
[JsonSerializable(typeof(IReadOnlyList<ReadReaction>))]
[JsonSerializable(typeof(ReactedPosts))]
internal sealed partial class EventListenerJson : JsonSerializerContext;
