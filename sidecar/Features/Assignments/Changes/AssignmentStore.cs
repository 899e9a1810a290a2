using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Changes;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>All assignments: how they are found, and the one way in which they change.</summary>
internal sealed class AssignmentStore(
    Store store,
    RoleStore roles,
    AssignmentReminders reminders,
    IEnumerable<IAssignmentPart> parts,
    TimeProvider clock
)
    : AggregateStore<AssignmentId, Assignment, AssignmentFact>(
        AssignmentIndexes.Kind,
        AssignmentJson.Default.AssignmentFact,
        store,
        roles,
        clock
    )
{
    /// <summary>The kind of due time that every change sets to now for whoever keeps the living list (ASG-5).</summary>
    public const string ListChanged = "assignment.list";

    /// <summary>Commits an assignment that is new.</summary>
    /// <returns>False when this act was committed before, or a document was changed by somebody else.</returns>
    public Task<bool> Add(
        Decision.Accepted made,
        Envelope from,
        DateTimeOffset now,
        CancellationToken cancel,
        Func<Change, CancellationToken, ValueTask>? also = null
    ) => Add(made.Next.Id, made, from, now, cancel, also);

    protected override FactTable<Assignment, AssignmentFact> Told => AssignmentsTold.Table;

    protected override Refusal NoSuch(AssignmentId id) => new NoSuchAssignment(id);

    protected override Refusal Done(AssignmentId id) => new NoSuchAssignment(id);

    protected override void AddTo(Change change, Decision.Accepted decided)
    {
        foreach (var part in parts)
        {
            part.AddTo(change, decided);
        }

        if (decided.Facts.Any(f => f.ChangesList))
        {
            change.Due(ListChanged, "list", change.Now);
        }
    }

    protected override void SetReminders(Change change, AssignmentId id, Assignment? assignment) =>
        reminders.Set(change, id, assignment);

    protected override Settlement? Settles(
        Assignment before,
        Decision.Accepted decided,
        OpenMessage message
    ) => AssignmentQuestions.Settles(before, decided, message);

    protected override IEnumerable<Effect> Tell(
        Assignment? before,
        Decision.Accepted decided,
        UserId? by
    ) =>
        decided
            .Facts.SelectMany(fact =>
                parts.SelectMany(part => part.Notices(decided.Next, fact, by))
            )
            .Select(effect => decided.Next.IsInternal ? effect with { IsInternal = true } : effect);
}

internal sealed record NoSuchAssignment(AssignmentId Id)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"There is no {Id}. {Sidecar.Text.Markdown.Code("/escalate engineer list")} shows all that there are."
        )
    );

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Assignment))]
[JsonSerializable(typeof(AssignmentFact))]
[JsonSerializable(typeof(CheckIn))]
internal sealed partial class AssignmentJson : JsonSerializerContext;
