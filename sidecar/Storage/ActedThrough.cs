using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Storage;

/// <summary>
/// While somebody acts by a program and not by themselves: what is committed meanwhile is noted in the audit trail under
/// the token's name as well, in the same commit (API-2).
/// </summary>
/// <param name="token">The token's number.</param>
/// <param name="name">What its owner calls it.</param>
internal sealed class ActedThrough(string token, string name)
{
    private static readonly AsyncLocal<ActedThrough?> Now = new();

    /// <summary>The subject of a token's entries.</summary>
    public static string Subject(string token) => "token:" + token;

    /// <summary>What is committed from here on, in this flow of control, is committed through the token.</summary>
    public void Begin() => Now.Value = this;

    /// <summary>The entry that belongs to a commit; null when nobody acts through a token, or it says nothing.</summary>
    /// <param name="written">The entries of the commit.</param>
    public static AuditWrite? Noted(IReadOnlyList<AuditWrite> written) =>
        Now.Value is { } through && written.Count > 0 ? through.Entry(written) : null;

    private AuditWrite Entry(IReadOnlyList<AuditWrite> written) =>
        new(
            written[0].At,
            written[0].Actor,
            Subject(token),
            JsonSerializer.SerializeToUtf8Bytes(
                new ActedEntry(
                    "acted",
                    token,
                    name,
                    [.. written.Select(w => w.Subject).Distinct(StringComparer.Ordinal)]
                ),
                ActedEntryJson.Default.ActedEntry
            )
        );
}

/// <summary>What was done through a token, as the audit trail keeps it.</summary>
/// <param name="Fact">Names it among the facts.</param>
/// <param name="Token">The token's number.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="About">The subjects of the entries that were committed with it.</param>
internal sealed record ActedEntry(
    string Fact,
    string Token,
    string Name,
    ImmutableArray<string> About
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ActedEntry))]
internal sealed partial class ActedEntryJson : JsonSerializerContext;
