using System.Text.Json.Serialization;
using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <content>What happens to tasks of the checklist (PB-3).</content>
[JsonDerivedType(typeof(TaskChanged), "taskChanged")]
internal abstract partial record EscalationFact
{
    /// <summary>A task was done, skipped or opened again.</summary>
    /// <param name="Number">Stage and place: <c>2.3</c>.</param>
    /// <param name="Title">What is to be done.</param>
    public sealed record TaskChanged(
        UserId? By,
        string Number,
        string Title,
        TaskState From,
        TaskState To,
        string Reason
    ) : EscalationFact(By)
    {
        public override Words Sentence => Words.Of($"{Actor}: {Number} {Title}");
    }
}
