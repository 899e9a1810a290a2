using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.AgendaItems;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Agenda;

/// <summary>When and where the weekly meeting is (WEEK-1). One for the whole product.</summary>
/// <param name="When">As it comes again: <c>Tue 14:00 Europe/Berlin</c>.</param>
/// <param name="Ahead">How long before it begins the agenda is posted.</param>
/// <param name="Channel">Where.</param>
internal sealed record AgendaPlan(Recurrence When, TimeSpan Ahead, NamedChannel Channel)
{
    public const string Id = "weekly";

    public static DocumentKind<AgendaPlan> Kind { get; } =
        new("agenda-plan", AgendaJson.Default.AgendaPlan);

    /// <summary>When it comes again, as people read it: <c>Tue 14:00 Europe/Berlin</c>.</summary>
    [JsonIgnore]
    public string Weekly => char.ToUpperInvariant(When.Text[0]) + When.Text[1..];

    public TimeZoneInfo Zone => When.Zone ?? TimeZoneInfo.Utc;

    /// <summary>When the next meeting begins that begins later than a moment: none is held on a holiday of the team.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment, WorkingTime team)
    {
        // Of a rule that names holidays only there is no end.
        for (var tries = 0; tries < 60 && When.After(moment) is { } next; tries++)
        {
            if (!team.IsHoliday(CalendarDay.At(next, Zone)))
            {
                return next;
            }

            moment = next;
        }

        return null;
    }
}

/// <summary>A weekly meeting whose agenda was posted, and what was said in it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="BeginsAt">When it begins, UTC.</param>
/// <param name="Zone">Whose clock it follows.</param>
/// <param name="Channel">Where its agenda stands.</param>
internal sealed record AgendaMeeting(
    string Id,
    DateTimeOffset BeginsAt,
    string Zone,
    NamedChannel Channel
)
{
    /// <summary>How long notes are taken after it began.</summary>
    public static readonly TimeSpan NotesFor = TimeSpan.FromHours(12);

    /// <summary>The agenda as it was last shown; from when it begins on it stays so.</summary>
    public ImmutableArray<ShownSection> Sections
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>What was on the agenda of the meeting before, and how it stood.</summary>
    public ImmutableArray<ShownSection> Before
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>There was none before: nothing is new.</summary>
    public bool IsFirst { get; init; }

    public ImmutableArray<TakenNote> Notes
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>No note is taken any more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Since when the agenda stays as it is, UTC; null while it is kept current.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>What is instead, as a sentence, when the meeting is not held then; null when it is held.</summary>
    public string? Instead { get; init; }

    /// <summary>The meeting that went on with the notes of one that was not held; null while none did.</summary>
    public string? TakenTo { get; init; }

    [JsonIgnore]
    public bool IsCalledOff => Instead is not null;

    public static DocumentIndex<AgendaMeeting> ByTime { get; } =
        new("by-time", m => [IndexKey.Empty.ThenDescending(m.BeginsAt)]);

    public static DocumentKind<AgendaMeeting> Kind { get; } =
        new("agenda-meeting", AgendaJson.Default.AgendaMeeting) { Indexes = [ByTime] };

    [JsonIgnore]
    public TimeZoneInfo At => Zones.StoredOrUtc(Zone);

    [JsonIgnore]
    public DateOnly On => CalendarDay.At(BeginsAt, At);

    /// <summary>Its post; another one in each channel, since a post can't move.</summary>
    [JsonIgnore]
    public PostName Post => new($"agenda/{Id}/{Channel.Id.Value}");
}

/// <summary>A section as it was shown.</summary>
internal sealed record ShownSection(int Order, string Title, ImmutableArray<ShownItem> Items)
{
    public static ShownSection Of(AgendaSection section) =>
        new(
            section.Order,
            section.Title,
            [.. section.Items.Select(i => new ShownItem(i.About, i.Name, i.Text, i.Standing))]
        );
}

/// <summary>An item as it was shown.</summary>
internal sealed record ShownItem(string About, string Name, Markdown Text, string Standing);

/// <summary>What was said in a meeting.</summary>
/// <param name="About">About which item; empty: about the meeting itself.</param>
/// <param name="Name">How the item is called.</param>
/// <param name="Note">What.</param>
internal sealed record TakenNote(string About, string Name, MeetingNote Note);

/// <summary>The meeting to which a button belongs.</summary>
internal sealed record AgendaRef(string Meeting, bool IsDecision);

/// <summary>What the form for the meeting remembers.</summary>
/// <param name="Channel">Where it was typed; null in a direct message.</param>
/// <param name="Shown">The meeting that it showed; null when none was planned.</param>
internal sealed record AgendaPlanRef(NamedChannel? Channel, AgendaPlan? Shown = null);

/// <summary>What happened to the plan of the meeting and in meetings, for the audit trail (ALL-4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(AgendaPlanned), "planned")]
[JsonDerivedType(typeof(AgendaNoted), "noted")]
internal abstract record AgendaFact(UserId By)
{
    public const string Subject = "agenda";

    public sealed record AgendaPlanned(UserId By, AgendaPlan? From, AgendaPlan? To)
        : AgendaFact(By);

    public sealed record AgendaNoted(UserId By, string Meeting, TakenNote Note) : AgendaFact(By);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AgendaPlan))]
[JsonSerializable(typeof(AgendaMeeting))]
[JsonSerializable(typeof(AgendaRef))]
[JsonSerializable(typeof(AgendaPlanRef))]
[JsonSerializable(typeof(AgendaFact))]
internal sealed partial class AgendaJson : JsonSerializerContext;
