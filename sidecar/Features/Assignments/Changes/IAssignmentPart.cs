using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Changes;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>
/// A part of the feature that has its say in every change of an assignment, in the same commit. Each says only what is
/// its own.
/// </summary>
internal interface IAssignmentPart
{
    /// <summary>Who is told of a fact, by direct message: each once.</summary>
    IEnumerable<Effect> Notices(Assignment assignment, AssignmentFact fact, UserId? onBehalfOf);

    /// <summary>What else is committed.</summary>
    void AddTo(Change change, Decision.Accepted decided) { }
}
