using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Sidecar.Ids;

/// <summary>
/// The stable name of an effect: sent with it as <c>pending_post_id</c> and as a prop of the post, so that a repeated
/// delivery is recognised.
/// </summary>
[JsonConverter(typeof(TextIdConverter<EffectId>))]
public readonly record struct EffectId(string Value) : ITextId<EffectId>
{
    /// <inheritdoc/>
    public static EffectId From(string value) => new(value);

    /// <summary>A new one, unguessable and unique.</summary>
    public static EffectId New() => new(RandomNumberGenerator.GetHexString(26, lowercase: true));
}
