using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Tokens;

/// <summary>
/// A token of the REST API (API-2). It acts as its owner: a person, or the bot account of an integration. What it is
/// itself is kept nowhere, only its digest.
/// </summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Owner">As whom it acts.</param>
/// <param name="Scopes">What it may be used for, by code.</param>
/// <param name="Digest">SHA-256 of the token, in hexadecimal.</param>
/// <param name="MadeBy">Who made it.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="EndsAt">When it counts for nothing any more, UTC.</param>
internal sealed record ApiToken(
    ApiTokenId Id,
    string Name,
    UserId Owner,
    ImmutableArray<string> Scopes,
    string Digest,
    UserId MadeBy,
    DateTimeOffset MadeAt,
    DateTimeOffset EndsAt
)
{
    public const int MaxNameLength = 40;

    /// <summary>It belongs to an integration: its owner is a bot account.</summary>
    public bool IsOfIntegration { get; init; }

    /// <summary>Who withdrew it; null when nobody did.</summary>
    public UserId? WithdrawnBy { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Of each owner, the latest first.</summary>
    public static DocumentIndex<ApiToken> ByOwner { get; } =
        new("by-owner", t => [IndexKey.Empty.Then(t.Owner.Value).ThenDescending(t.Id.Number)]);

    /// <summary>All, the latest first.</summary>
    public static DocumentIndex<ApiToken> ByNumber { get; } =
        new("by-number", t => [IndexKey.Empty.ThenDescending(t.Id.Number)]);

    public static DocumentKind<ApiToken> Kind { get; } =
        new("api-token", TokenJson.Default.ApiToken) { Indexes = [ByOwner, ByNumber] };

    /// <summary>The last day on which it counts, in UTC.</summary>
    [JsonIgnore]
    public DateOnly LastDay => DateOnly.FromDateTime(EndsAt.UtcDateTime.AddTicks(-1));

    /// <summary>It can be used now, as far as it decides that itself.</summary>
    public bool IsAlive(DateTimeOffset now) => WithdrawnAt is null && now < EndsAt;

    public bool Allows(TokenScope scope) => Scopes.Contains(scope.Code);

    /// <summary>In fixed time: how long it takes tells nothing about how much of it was right.</summary>
    public bool IsThis(string presented) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(TokenText.DigestOf(presented)),
            Encoding.ASCII.GetBytes(Digest)
        );
}

/// <summary>What a token looks like: <c>escalate_3_…</c>, with 256 bits that nobody can guess.</summary>
internal static partial class TokenText
{
    private const int Secret = 32;

    public static string New(ApiTokenId id) =>
        $"escalate_{id.Number}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Secret))}";

    public static string DigestOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The number in a token; null when it is not of this form.</summary>
    public static ApiTokenId? NumberIn(string token) =>
        Form().Match(token) is { Success: true } read
            ? ApiTokenId.Read(read.Groups["number"].Value)
            : null;

    [GeneratedRegex(
        "^escalate_(?<number>[1-9][0-9]{0,8})_[0-9a-f]{64}$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Form();
}

/// <summary>Something that happened to a token, for the audit trail.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(TokenMade), "made")]
[JsonDerivedType(typeof(TokenWithdrawn), "withdrawn")]
internal abstract record TokenFact(ApiTokenId Token, UserId By)
{
    /// <summary>It was made.</summary>
    public sealed record TokenMade(
        ApiTokenId Token,
        UserId By,
        string Name,
        UserId Owner,
        ImmutableArray<string> Scopes,
        DateTimeOffset EndsAt
    ) : TokenFact(Token, By);

    /// <summary>It was withdrawn.</summary>
    public sealed record TokenWithdrawn(ApiTokenId Token, UserId By, string Name)
        : TokenFact(Token, By);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(TokenFact))]
internal sealed partial class TokenJson : JsonSerializerContext;
