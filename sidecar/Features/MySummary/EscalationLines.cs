using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

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

        foreach (var (number, task) in escalation.OwedTasks)
        {
            if (escalation.Owing(task) == person)
            {
                yield return new SummaryLine(
                    SummaryLine.Of(task.DueAt, now),
                    task.DueAt,
                    Markdown.Of(
                        $"{Head(escalation)} task {number}: {MarkdownEscaper.Shorten(task.Title, Quotable)}"
                    ),
                    new SummaryStep(
                        "Mark as done",
                        $"task {escalation.Id} {number} done",
                        $"{escalation.Id}"
                    )
                );
            }
        }
    }

    /// <summary>What waits for Product Engineering's approval (ESC-4).</summary>
    public static SummaryLine ToApprove(Escalation escalation) =>
        new(
            Urgency.Waiting,
            At: null,
            Markdown.Of($"{Head(escalation)} waits for approval: {Summary(escalation)}"),
            SummaryStep.Of(EscalationMove.Approve, escalation.Id)
        );

    /// <summary>What somebody raised and is to conclude, or has gone elsewhere: it does not vanish for them.</summary>
    public static SummaryLine? Raised(Escalation escalation, UserId person) =>
        escalation.Reporter != person || escalation.Owner == person ? null
        : IsResolved(escalation)
            ? new SummaryLine(
                Urgency.Waiting,
                At: null,
                Markdown.Of(
                    $"{Head(escalation)} is resolved, as {escalation.ResolvedBy ?? escalation.Owner ?? person} says: {(escalation.Resolution.Length > 0 ? MarkdownEscaper.Shorten(escalation.Resolution.ReplaceLineEndings(" "), Quotable) : Summary(escalation))}"
                ),
                Conclude(escalation)
            )
        : escalation is { State: EscalationState.Redirected, RedirectedTo: { } team, IsOver: false }
            ? new SummaryLine(
                Urgency.Mine,
                At: null,
                Markdown.Of($"{Head(escalation)} is with {team.Label()}: {Summary(escalation)}"),
                Show(escalation)
            )
        : escalation.IsOpen
            ? new SummaryLine(
                Urgency.Mine,
                At: null,
                escalation.State == EscalationState.Accepted
                    ? Markdown.Of(
                        $"{Head(escalation)}, raised by you: nobody has acknowledged it yet: {Summary(escalation)}"
                    )
                    : Markdown.Of(
                        $"{Head(escalation)}, raised by you, is at *{Vocabulary.States.Label(escalation.State)}*{(escalation.Owner is { } owner ? Markdown.Of($" with {owner}") : Markdown.None)}: {Summary(escalation)}"
                    ),
                Show(escalation)
            )
            {
                Rank = (int)escalation.Severity,
            }
        : null;

    /// <summary>
    /// What waits for somebody by their duty or role: what nobody acknowledges and they were told of, what is stale or
    /// missed and reached the lead, what is missing and they can add (ESC-2, ESC-8, ESC-12, UPD-3, PB-7).
    /// </summary>
    public static IEnumerable<SummaryLine> ByDuty(
        Escalation escalation,
        ActingPerson person,
        RoutingSetup duty,
        DateTimeOffset now
    )
    {
        if (IsCalled(escalation, person, duty))
        {
            yield return new SummaryLine(
                Urgency.Overdue,
                At: null,
                Markdown.Of(
                    $"{Head(escalation)}: nobody has acknowledged it for {Times.Length(now - (escalation.AcceptedAt ?? escalation.RaisedAt))}: {Summary(escalation)}"
                ),
                SummaryStep.Of(EscalationMove.Acknowledge, escalation.Id)
            )
            {
                Rank = (int)escalation.Severity,
            };
        }

        if (!escalation.Missing.IsEmpty && CustomerRights.Write.Allows(person))
        {
            var isUnknown = escalation.Missing.Contains(MissingFact.Customer);
            yield return new SummaryLine(
                Urgency.Waiting,
                At: null,
                Markdown.Of(
                    $"{Head(escalation)}: {(isUnknown ? Markdown.Of($"nobody has added the customer") : Markdown.Of($"the customer’s ARR is not known"))}"
                ),
                new SummaryStep(
                    isUnknown ? "Add the customer" : "Add the ARR",
                    $"customer {(isUnknown ? "add" : "edit")} {escalation.Customer.Value}",
                    $"{escalation.Id}"
                )
            );
        }

        if (!person.Is(Role.DeploymentEngineeringLead) || escalation.Owner == person.User)
        {
            yield break;
        }

        foreach (var line in ForTheLead(escalation, now))
        {
            yield return line;
        }
    }

    /// <summary>What reached the DE lead because its owner did not answer.</summary>
    private static IEnumerable<SummaryLine> ForTheLead(Escalation escalation, DateTimeOffset now)
    {
        var owner = escalation.Owner is { } who ? Markdown.Of($"{who}") : Markdown.Of($"nobody");
        if (escalation is { IsOpen: true, StaleAsked: >= 2 })
        {
            yield return new SummaryLine(
                Urgency.Overdue,
                At: null,
                Markdown.Of(
                    $"{Head(escalation)}: nothing has happened for {Times.Length(now - (escalation.LastActedAt ?? now))}, its owner is {owner}"
                ),
                Show(escalation)
            );
        }

        if (escalation is { IsOpen: true, Update: { Reminded: >= (int)UpdateStep.Lead } update })
        {
            yield return new SummaryLine(
                Urgency.Overdue,
                update.DueAt,
                Markdown.Of(
                    $"{Head(escalation)}: its status update was not sent, its owner is {owner}"
                ),
                Update(escalation)
            );
        }

        foreach (
            var (number, task) in (escalation.Incident?.Numbered ?? []).Where(t =>
                t.Task is { State: TaskState.Open, Reminded: >= 2 }
            )
        )
        {
            yield return new SummaryLine(
                Urgency.Overdue,
                task.DueAt,
                Markdown.Of(
                    $"{Head(escalation)} task {number} was missed: {MarkdownEscaper.Shorten(task.Title, Quotable)}"
                ),
                new SummaryStep(
                    "Mark as done",
                    $"task {escalation.Id} {number} done",
                    $"{escalation.Id}"
                )
            );
        }
    }

    /// <summary>Nobody has acknowledged it, and this person is on duty for it or was told of it (ESC-8).</summary>
    private static bool IsCalled(Escalation escalation, ActingPerson person, RoutingSetup duty) =>
        escalation.State == EscalationState.Accepted
        && escalation.Owner != person.User
        && (
            (escalation.Owner is null && duty.OnDuty == person.User)
            || (WasTold(escalation, Rung.BackUp) && duty.BackUp == person.User)
            || (WasTold(escalation, Rung.Lead) && person.Is(Role.DeploymentEngineeringLead))
            || (
                escalation.Severity == Severity.Sev1
                && WasTold(escalation, Rung.Executive)
                && person.Is(Role.Executive)
            )
        );

    private static bool WasTold(Escalation escalation, Rung rung) =>
        escalation.Rounds > 0 || escalation.RungsTold >= (int)rung;

    private static SummaryLine Owned(Escalation escalation, DateTimeOffset now)
    {
        var isNew = escalation.State == EscalationState.Accepted;
        var due = isNew || IsResolved(escalation) ? null : escalation.Update?.DueAt;
        var what = due is null ? Markdown.None : Markdown.Of($"; status update");
        return new SummaryLine(
            escalation.IsStale ? Urgency.Overdue
                : isNew || IsResolved(escalation) ? Urgency.Waiting
                : SummaryLine.Of(due, now),
            due,
            Markdown.Of(
                $"{Head(escalation)} is at *{Vocabulary.States.Label(escalation.State)}*: {Summary(escalation)}{Stale(escalation, now)}{what}"
            ),
            isNew ? SummaryStep.Of(EscalationMove.Acknowledge, escalation.Id)
                : IsResolved(escalation) ? Conclude(escalation)
                : PossibleMoves.IsWork(escalation.State) ? Update(escalation)
                : Show(escalation)
        )
        {
            Rank = (int)escalation.Severity,
        };
    }

    private static Markdown Stale(Escalation escalation, DateTimeOffset now) =>
        escalation.IsStale
            ? Markdown.Of(
                $"; nothing has happened for {Times.Length(now - (escalation.LastActedAt ?? now))}"
            )
            : Markdown.None;

    private static SummaryStep Conclude(Escalation escalation) =>
        SummaryStep.Of(
            escalation is { Severity: Severity.Sev1, Confirmed: null }
                ? EscalationMove.Confirm
                : EscalationMove.Close,
            escalation.Id
        );

    private static SummaryStep Update(Escalation escalation) =>
        new("Update", $"update {escalation.Id}", $"{escalation.Id}");

    private static SummaryStep Show(Escalation escalation) =>
        SummaryStep.Show($"show {escalation.Id}", $"{escalation.Id}");

    private static bool IsResolved(Escalation escalation) =>
        escalation is { State: EscalationState.Resolved, IsOver: false };

    private static Markdown Head(Escalation escalation) =>
        Markdown.Of(
            $"**{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} {escalation.CustomerName}"
        );

    private static string Summary(Escalation escalation) =>
        MarkdownEscaper.Shorten(escalation.Summary.ReplaceLineEndings(" "), Quotable);
}
