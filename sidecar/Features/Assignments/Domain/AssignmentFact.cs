using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>
/// Something that happened to an assignment: kept in the audit trail for ever (ALL-4) and read back as its timeline.
/// Each part of the feature adds its own.
/// </summary>
/// <param name="By">Who did it; null when the product did, because a time came.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
internal abstract partial record AssignmentFact(UserId? By)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Markdown Sentence { get; }

    /// <summary>The same for a timeline that everybody reads: what is for people of ours is not in it.</summary>
    /// <param name="isOurs">The reader has a role.</param>
    public virtual Markdown ToldTo(bool isOurs) => Sentence;

    /// <summary>The list of assigned engineers shows something else afterwards (ASG-5).</summary>
    [JsonIgnore]
    public virtual bool ChangesList => false;

    /// <summary>Who did it, at the start of a sentence.</summary>
    [JsonIgnore]
    protected Markdown Actor => By is { } by ? Markdown.Of($"{by}") : Markdown.Of($"Escalate");
}
