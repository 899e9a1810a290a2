using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.Panel;

/// <summary>What the panel asks for, in version 1 of its form. One of the first three says what.</summary>
internal sealed record PanelRequest
{
    /// <summary>The version of the form that this sidecar answers.</summary>
    public const int Version = 1;

    /// <summary>Stands before the JSON. Nobody types it, so what people type is told from what the panel asks.</summary>
    public const char Mark = '\u2063';

    private const int DefaultLimit = 50;
    private const int MostLimit = 200;

    [JsonPropertyName("v")]
    public int AskedVersion { get; init; }
    public string? Get { get; init; }
    public string? Move { get; init; }
    public string? Run { get; init; }
    public string? Of { get; init; }
    public string? Id { get; init; }
    public string? After { get; init; }
    public long? Before { get; init; }
    public int? Limit { get; init; }

    /// <summary>Which escalation is meant; null when none is.</summary>
    [JsonIgnore]
    public EscalationId? Escalation => Id is null ? null : EscalationId.Read(Id);

    /// <summary>How many are wanted, within what one answer holds.</summary>
    [JsonIgnore]
    public int PageSize => Math.Clamp(Limit ?? DefaultLimit, 1, MostLimit);

    /// <summary>Reads it. Of another version than ours nothing but the version is read.</summary>
    /// <returns>Null when it is no such request.</returns>
    public static PanelRequest? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, PanelJson.Default.PanelVersion) switch
            {
                null => null,
                { V: not Version and var other } => new PanelRequest { AskedVersion = other },
                _ => JsonSerializer.Deserialize(text, PanelJson.Default.PanelRequest),
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The part of a request that every version has.</summary>
internal sealed record PanelVersion(int V);
