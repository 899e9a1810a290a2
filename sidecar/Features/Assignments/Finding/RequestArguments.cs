using Sidecar.Features.Assignments.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Finding;

/// <summary>Parameters of the assignments' commands, and what is answered to all of them.</summary>
internal static class RequestArguments
{
    /// <summary>What is offered while a number is typed.</summary>
    public const string Completed = "assignments";

    /// <summary>An assignment: <c>ASG-3</c>.</summary>
    public static Parameter<AssignmentId> Id { get; } =
        new("assignment", "ASG-1", source => Arguments.Numbered<AssignmentId>(source, "ASG-3"))
        {
            Hint = "Which assignment? Write its number, as in `ASG-3`.",
            Completes = Completed,
        };

    /// <summary>A reason, to the end of the line; a form asks when it is left out.</summary>
    public static Parameter<string> Why { get; } =
        Arguments.Rest("why", "Say in a few words why.").OrNothing();

    /// <summary>Says what was done, or why it was not.</summary>
    public static Reply Said(
        this Decision<Assignment, AssignmentFact> decision,
        Func<Assignment, Markdown> done
    ) =>
        decision switch
        {
            Decision<Assignment, AssignmentFact>.Accepted { Next: var next } => Reply.Say(
                done(next)
            ),
            Decision<Assignment, AssignmentFact>.Refused { Why: var why } => Reply.No(why),
            _ => Reply.Nothing,
        };

    /// <summary>Closes the form when it was done and says so, and else says in it why not.</summary>
    public static SubmissionReply Settled(
        this Decision<Assignment, AssignmentFact> decision,
        Func<Assignment, Markdown> done
    ) =>
        decision switch
        {
            Decision<Assignment, AssignmentFact>.Refused { Why: var why } => SubmissionReply.No(
                why
            ),
            Decision<Assignment, AssignmentFact>.Accepted { Next: var next } =>
                SubmissionReply.DoneInSight(done(next)),
            _ => SubmissionReply.Close,
        };
}
