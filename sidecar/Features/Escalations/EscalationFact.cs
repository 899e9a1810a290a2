using System.Text.Json.Serialization;
using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>
/// Something that happened to an escalation: kept in the audit trail for ever (ALL-4), told once in its thread, and
/// read back as its timeline (ESC-7).
/// </summary>
/// <param name="By">Who did it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Raised), "raised")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(Assigned), "assigned")]
[JsonDerivedType(typeof(Resolved), "resolved")]
internal abstract record EscalationFact(UserId By)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Words Sentence { get; }

    /// <summary>The card itself says it already, so the thread need not.</summary>
    [JsonIgnore]
    public virtual bool IsToldByCard => false;

    public sealed record Raised(UserId By, string Customer, Severity Severity, string Summary)
        : EscalationFact(By)
    {
        public override Words Sentence =>
            Words.Of(
                $"{By} raised it for {Customer} as {Vocabulary.Severities.Label(Severity)}: {Summary}"
            );

        public override bool IsToldByCard => true;
    }

    public sealed record Acknowledged(UserId By, UserId Owner) : EscalationFact(By)
    {
        public override Words Sentence =>
            By == Owner
                ? Words.Of($"{By} acknowledged it and is the owner.")
                : Words.Of($"{By} acknowledged it for its owner {Owner}.");
    }

    public sealed record Assigned(UserId By, UserId? From, UserId To) : EscalationFact(By)
    {
        public override Words Sentence =>
            From switch
            {
                null when By == To => Words.Of($"{By} took it."),
                null => Words.Of($"{By} assigned it to {To}."),
                { } from when By == To => Words.Of($"{By} took it over from {from}."),
                { } from when By == from => Words.Of($"{By} handed it over to {To}."),
                { } from => Words.Of($"{By} handed it over from {from} to {To}."),
            };
    }

    public sealed record Resolved(UserId By, string Resolution) : EscalationFact(By)
    {
        public override Words Sentence =>
            Resolution.Length == 0
                ? Words.Of($"{By} resolved it.")
                : Words.Of($"{By} resolved it: {Resolution}");
    }
}
