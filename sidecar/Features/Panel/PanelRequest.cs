using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>What the panel asks for, in version 2 of its form: something to read, or what it was given as a <see cref="PanelAsk"/>.</summary>
internal sealed record PanelRequest
{
    /// <summary>The version of the form that this sidecar answers.</summary>
    public const int Version = 2;

    /// <summary>Stands before the JSON. Nobody types it, so what people type is told from what the panel asks.</summary>
    public const char Mark = UnseenMarks.OfThePanel;

    private const int DefaultLimit = 50;
    private const int MostLimit = 200;

    [JsonPropertyName("v")]
    public int AskedVersion { get; init; }
    public string? Get { get; init; }
    public string? Move { get; init; }
    public string? Run { get; init; }
    public string? Act { get; init; }
    public string? Task { get; init; }
    public string? Step { get; init; }
    public string? Of { get; init; }
    public string? Id { get; init; }
    public string? After { get; init; }
    public long? Before { get; init; }
    public int? Limit { get; init; }

    /// <summary>Which escalation is meant; null when none is.</summary>
    [JsonIgnore]
    public EscalationId? Escalation => Id is null ? null : EscalationId.Read(Id);

    /// <summary>Which assignment is meant; null when none is, or only by a bare number.</summary>
    [JsonIgnore]
    public AssignmentId? Assignment =>
        Id?.StartsWith(AssignmentId.Series, StringComparison.OrdinalIgnoreCase) == true
            ? AssignmentId.Read(Id)
            : null;

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

/// <summary>
/// What does something. The panel gets it with a button and sends it back as it is; of tasks it knows the few things that
/// can be done, and makes it of their numbers.
/// </summary>
internal sealed record PanelAsk
{
    /// <summary>A move by its name: see <see cref="PanelActs.NameOf"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Move { get; init; }

    /// <summary>Something else that is done with what <see cref="Id"/> names: see <see cref="PanelAct"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Act { get; init; }

    /// <summary>A command, as it would be typed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    /// <summary>A step of the set-up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Step { get; init; }

    /// <summary>What it is done with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    public static PanelAsk Of(EscalationMove move, EscalationId id) =>
        new() { Move = PanelActs.NameOf(move), Id = $"{id}" };

    public static PanelAsk Of(PanelAct act, string id) =>
        new() { Act = PanelActs.NameOf(act), Id = id };

    public static PanelAsk Command(string line) => new() { Run = line };
}

/// <summary>What is done by the panel alone, since it has no card to choose on. With a task it is of that task.</summary>
internal enum PanelAct
{
    // Of a task, or of a whole stage.
    Done,
    Undo,
    Mine,
    Due,
    Skip,

    // Of a task, an escalation or an assignment.
    Assign,

    // Of an escalation.
    Take,
    ChooseCustomer,
    AddMissing,

    // Of an assignment.
    BackUp,
    HandOver,
}

/// <summary>The part of a request that every version has.</summary>
internal sealed record PanelVersion(int V);
