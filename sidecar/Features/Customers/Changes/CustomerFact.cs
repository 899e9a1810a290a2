using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.AgendaItems;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Changes;

/// <summary>
/// Something that happened to a customer: kept in the audit trail for ever (ALL-4) and read back as its timeline.
/// </summary>
/// <param name="By">Who did it; null when it was done on the command line, or by the passing of days.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Added), "added")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(Recorded), "recorded")]
[JsonDerivedType(typeof(CustomerArchived), "archived")]
[JsonDerivedType(typeof(Unarchived), "unarchived")]
[JsonDerivedType(typeof(Noticed), "noticed")]
[JsonDerivedType(typeof(CustomerInMeeting), "inMeeting")]
internal abstract record CustomerFact(UserId? By)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Markdown Sentence { get; }

    /// <summary>Who, at the start of a sentence.</summary>
    [JsonIgnore]
    protected Markdown Who =>
        By is { } person ? Markdown.Of($"{person}") : Markdown.Of($"The command line");

    /// <summary>Of a customer added with values beside its name, these too.</summary>
    public sealed record Added(UserId? By, string Name, ImmutableArray<FieldChange> With)
        : CustomerFact(By)
    {
        public override Markdown Sentence =>
            With.IsDefaultOrEmpty
                ? Markdown.Of($"{Who} added {Name}.")
                : Markdown.Of($"{Who} added {Name} with {Of(With)}.");
    }

    public sealed record Edited(UserId? By, ImmutableArray<FieldChange> Changes) : CustomerFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Who} changed {Of(Changes)}.");
    }

    public sealed record Recorded(UserId? By, DateOnly On, ImmutableArray<FigureChange> Figures)
        : CustomerFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Who} recorded for {CalendarDay.Write(On)}: {MeasureWords.Of(Figures)}.");
    }

    public sealed record CustomerArchived(UserId? By) : CustomerFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Who} archived it.");
    }

    public sealed record Unarchived(UserId? By) : CustomerFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Who} took it out of the archive.");
    }

    /// <summary>What was said about it in the weekly meeting (WEEK-1).</summary>
    public sealed record CustomerInMeeting(MeetingNote Note) : CustomerFact(Note.By)
    {
        public override Markdown Sentence => Note.Said;
    }

    /// <summary>CE and TAM were told something about its measures (MET-4).</summary>
    /// <param name="News">What began or ended.</param>
    /// <param name="Text">What they were told.</param>
    public sealed record Noticed(StandingNews News, Markdown Text) : CustomerFact((UserId?)null)
    {
        public override Markdown Sentence => Text;
    }

    /// <summary>Changes in words: <c>ARR in USD from USD 90,000 to USD 120,000, TAM from – to @tam</c>.</summary>
    public static Markdown Of(ImmutableArray<FieldChange> changes) =>
        MeasureWords.Join(changes.Select(Change));

    private static Markdown Change(FieldChange change)
    {
        // A newer release may have known fields that this one does not.
        var (label, show) = CustomerFields.Coded(change.Field) is { } field
            ? (field.Label, (Func<string, Markdown>)field.Show)
            : (change.Field, Markdown.Typed);
        return change.From.Length == 0
            ? Markdown.Of($"{label}: {show(change.To)}")
            : Markdown.Of($"{label} from {show(change.From)} to {show(change.To)}");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(CustomerFact))]
internal sealed partial class CustomerFactJson : JsonSerializerContext;
