using Sidecar.Cards;
using Sidecar.Features.Escalations;
using Sidecar.Interactions;

namespace Sidecar.Features.MySummary;

/// <summary>What escalations have for somebody: those they own, and tasks that are theirs (WEEK-2).</summary>
internal static class EscalationLines
{
    private const int Quotable = 80;

    public static IEnumerable<SummaryLine> Of(
        Escalation escalation,
        UserId person,
        DateTimeOffset now
    )
    {
        if (escalation.Owner == person && (escalation.IsOpen || IsResolved(escalation)))
        {
            yield return Owned(escalation, now);
        }

        foreach (var (number, task) in escalation.Incident?.Numbered ?? [])
        {
            if (task.State == TaskState.Open && task.Assignee == person)
            {
                yield return new SummaryLine(
                    SummaryLine.Of(task.DueAt, now),
                    task.DueAt,
                    Words.Of(
                        $"{Head(escalation)} task {number}: {UserText.Shorten(task.Title, Quotable)}"
                    ),
                    $"task {escalation.Id} {number} done"
                );
            }
        }
    }

    /// <summary>What waits for Product Engineering's approval (ESC-4).</summary>
    public static SummaryLine ToApprove(Escalation escalation) =>
        new(
            Urgency.Waiting,
            At: null,
            Words.Of($"{Head(escalation)} waits for approval: {Summary(escalation)}"),
            Move.Approve.Command(escalation.Id)
        );

    private static SummaryLine Owned(Escalation escalation, DateTimeOffset now)
    {
        var isNew = escalation.State == EscalationState.Accepted;
        var due = isNew || IsResolved(escalation) ? null : escalation.Update?.DueAt;
        var what = due is null ? Words.None : Words.Of($"; status update");
        return new SummaryLine(
            isNew || IsResolved(escalation) ? Urgency.Waiting : SummaryLine.Of(due, now),
            due,
            Words.Of(
                $"{Head(escalation)} is at *{Vocabulary.States.Label(escalation.State)}*: {Summary(escalation)}{what}"
            ),
            isNew ? Move.Acknowledge.Command(escalation.Id)
                : IsResolved(escalation) ? Conclude(escalation)
                : $"update {escalation.Id}"
        );
    }

    private static string Conclude(Escalation escalation) =>
        escalation is { Severity: Severity.Sev1, Confirmed: null }
            ? Move.Confirm.Command(escalation.Id)
            : Move.Close.Command(escalation.Id);

    private static bool IsResolved(Escalation escalation) =>
        escalation is { State: EscalationState.Resolved, IsOver: false };

    private static Words Head(Escalation escalation) =>
        Words.Of(
            $"**{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} {escalation.CustomerName}"
        );

    private static string Summary(Escalation escalation) =>
        UserText.Shorten(escalation.Summary.ReplaceLineEndings(" "), Quotable);
}
