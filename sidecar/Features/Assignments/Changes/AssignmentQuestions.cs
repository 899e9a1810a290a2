using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Changes;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>
/// What messages about an assignment ask, and when that is settled: then they say how, and lose their buttons (DLG-4).
/// </summary>
internal static class AssignmentQuestions
{
    /// <summary>A lead is asked to approve the request (ASG-1).</summary>
    public const string Vet = "assignment.vet";

    /// <summary>The engineer is to be named.</summary>
    public const string Engineer = "assignment.engineer";

    /// <summary>Was the customer told (ASG-3)?</summary>
    public const string Told = "assignment.told";

    /// <summary>This week's check-in (ASG-7).</summary>
    public const string CheckIn = "assignment.check-in";

    /// <summary>When the weekly check-in is.</summary>
    public const string Plan = "assignment.check-in.plan";

    /// <summary>Shall it go on (ASG-12)?</summary>
    public const string Review = "assignment.review";

    /// <summary>Who takes it over (ASG-12)?</summary>
    public const string NextEngineer = "assignment.hand-over.successor";

    /// <summary>Will you take it over (ASG-12)?</summary>
    public const string Invited = "assignment.hand-over.invited";

    private const string ServicesPrefix = "assignment.check-in.services/";

    /// <summary>Is what came up in a week professional services work (ASG-8)?</summary>
    public static string Services(DateOnly week) => ServicesPrefix + CalendarDay.Write(week);

    private const string MissedPrefix = "assignment.check-in.missed/";

    /// <summary>Will you answer a week that was missed, late?</summary>
    public static string Missed(DateOnly week) => MissedPrefix + CalendarDay.Write(week);

    /// <summary>How a decision settles what a message asks; null when it is still open.</summary>
    public static Settlement? Settles(
        Assignment before,
        Decision.Accepted decided,
        OpenMessage message
    )
    {
        var (after, facts) = (decided.Next, decided.Facts);
        var isSettled = message.Asks switch
        {
            _ when after.State is AssignmentState.Ended or AssignmentState.Declined => true,
            Vet => after.State != AssignmentState.Requested || HasVetted(message.To, facts),
            Engineer => after.Engineer is not null || after.State != AssignmentState.Approved,
            Told => after.Communicated is not null || !IsOf(after, message.To),
            CheckIn => after.Turn?.Week != before.Turn?.Week
                || facts.Any(f => f is AssignmentFact.CheckInMoved)
                || !IsOf(after, message.To),
            Plan => facts.Any(f => f is AssignmentFact.CheckInPlanned) || !IsOf(after, message.To),
            Review => after.ReviewOn != before.ReviewOn,
            NextEngineer => after.HandOver is not { To: null },
            Invited => after.HandOver is not { To: { } to } || to != message.To,
            _ when message.Asks?.StartsWith(ServicesPrefix, StringComparison.Ordinal) == true =>
                !after.ServicesAsked.Any(w => Services(w) == message.Asks),
            _ when message.Asks?.StartsWith(MissedPrefix, StringComparison.Ordinal) == true =>
                !after.MissedWeeks.Any(w => Missed(w) == message.Asks) || !IsOf(after, message.To),
            _ => false,
        };
        return isSettled ? Said(after, facts) : null;
    }

    /// <summary>They have approved, and in no other role are they waited for.</summary>
    private static bool HasVetted(UserId? person, IReadOnlyList<AssignmentFact> facts) =>
        facts.OfType<AssignmentFact.Approved>().FirstOrDefault() is { } approved
        && !approved.Waits.Any(v => v.People.Any(p => p == person));

    /// <summary>Who is none of its people any more is asked nothing more about it.</summary>
    private static bool IsOf(Assignment assignment, UserId? person) =>
        assignment.Engineer == person
        || assignment.BackUp == person
        || assignment.CustomerEngineer == person;

    /// <summary>What was missed can be answered for some time.</summary>
    private static Markdown StillOpen(Assignment after, AssignmentFact fact) =>
        fact is AssignmentFact.CheckInMissed
            ? Markdown.Of(
                $" {CheckInWords.Command($"checkin {after.Customer.Value}")} still answers it, late."
            )
            : Markdown.None;

    private static Settlement Said(Assignment after, IReadOnlyList<AssignmentFact> facts)
    {
        var isGood =
            after.State is not (AssignmentState.Declined or AssignmentState.Ended)
            && !facts.Any(f =>
                f
                    is AssignmentFact.HandOverDeclined
                        or AssignmentFact.HandOverDropped
                        or AssignmentFact.CheckInMissed
            );
        return new Settlement(
            facts.Count == 0
                ? Markdown.Of($"This is settled.")
                : Markdown.Of(
                    $"{after.Id}: {facts[0].Sentence.OnOneLine()}{StillOpen(after, facts[0])}"
                ),
            isGood
        );
    }
}
