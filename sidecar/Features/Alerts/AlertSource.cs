using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Alerts;

/// <summary>Something outside that raises escalations: <c>/hooks/{name}</c> (HOOK-2).</summary>
/// <param name="Name">In its address.</param>
/// <param name="Digest">SHA-256 of its token, in hexadecimal; the token itself is kept nowhere.</param>
/// <param name="Owner">The bot account of the integration, who raises them.</param>
/// <param name="Channel">Where their cards stand.</param>
/// <param name="Customer">Whose they are when an alert names nobody, by key or name.</param>
/// <param name="Category">Of which kind they are.</param>
/// <param name="MadeBy">Who set it up.</param>
/// <param name="MadeAt">When, UTC.</param>
internal sealed record AlertSource(
    string Name,
    string Digest,
    UserId Owner,
    ChannelId Channel,
    string Customer,
    Category Category,
    UserId MadeBy,
    DateTimeOffset MadeAt
)
{
    private static readonly ImmutableDictionary<string, Severity> Usual = new Dictionary<
        string,
        Severity
    >
    {
        ["critical"] = Domain("sev2"),
        ["page"] = Domain("sev2"),
        ["error"] = Domain("sev3"),
        ["warning"] = Domain("sev3"),
        ["info"] = Domain("sev4"),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the alerts call a severity, where that is not as usual.</summary>
    public ImmutableDictionary<string, Severity> Severities
    {
        get;
        init => field = value ?? ImmutableDictionary<string, Severity>.Empty;
    } = ImmutableDictionary<string, Severity>.Empty;

    public static DocumentIndex<AlertSource> ByName { get; } =
        new("by-name", s => [IndexKey.Empty.Then(s.Name)]);

    public static DocumentKind<AlertSource> Kind { get; } =
        new("alert-source", AlertJson.Default.AlertSource) { Indexes = [ByName] };

    /// <summary>The subject of its entries in the audit trail.</summary>
    public static string Subject(string name) => "hook:" + name;

    /// <summary>How bad something is that calls itself so.</summary>
    public Severity SeverityOf(string? called) =>
        called is null ? Severity.Sev3
        : Severities.TryGetValue(called.ToLowerInvariant(), out var said) ? said
        : Vocabulary.Severities.Read(called)
            ?? (Usual.TryGetValue(called, out var usual) ? usual : Severity.Sev3);

    /// <summary>In fixed time.</summary>
    public bool Accepts(string presented) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(DigestOf(presented)),
            Encoding.ASCII.GetBytes(Digest)
        );

    public static string FreshToken() =>
        "hook_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string DigestOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 40
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static Severity Domain(string code) => Vocabulary.Severities.Read(code)!.Value;
}

/// <summary>An alert that was told, and what it led to.</summary>
/// <param name="Source">By whom.</param>
/// <param name="Key">Names the alert there.</param>
/// <param name="Escalation">What it raised or joined.</param>
/// <param name="Title">What it says.</param>
/// <param name="FiredAt">Since when, UTC.</param>
/// <param name="IsFiring">It has not ended.</param>
internal sealed record ToldAlert(
    string Source,
    string Key,
    EscalationId Escalation,
    string Title,
    DateTimeOffset FiredAt,
    bool IsFiring
)
{
    /// <summary>Those of an escalation that have not ended.</summary>
    public static DocumentIndex<ToldAlert> ByFiring { get; } =
        new("by-firing", a => a.IsFiring ? [Of(a.Escalation)] : []);

    public static DocumentKind<ToldAlert> Kind { get; } =
        new("told-alert", AlertJson.Default.ToldAlert) { Indexes = [ByFiring] };

    [JsonIgnore]
    public string Id => IdOf(Source, Key);

    public static IndexKey Of(EscalationId escalation) => IndexKey.Empty.Then(escalation.Number);

    public static string IdOf(string source, string key) =>
        $"{source}/{AlertSource.DigestOf(key)[..32]}";
}

/// <summary>Something that happened to a source, for the audit trail.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(SourceAdded), "added")]
[JsonDerivedType(typeof(SourceRemoved), "removed")]
[JsonDerivedType(typeof(AlertsTold), "told")]
internal abstract record AlertFact
{
    public sealed record SourceAdded(UserId By, UserId Owner, ChannelId Channel, string Customer)
        : AlertFact;

    public sealed record SourceRemoved(UserId By) : AlertFact;

    /// <summary>Alerts were told: of these escalations they raised, joined or ended something.</summary>
    public sealed record AlertsTold(
        EscalationId Escalation,
        ImmutableArray<string> Fired,
        ImmutableArray<string> Ended
    ) : AlertFact;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(AlertSource))]
[JsonSerializable(typeof(ToldAlert))]
[JsonSerializable(typeof(AlertFact))]
internal sealed partial class AlertJson : JsonSerializerContext;
