using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.MySummary;

/// <summary>What assignments have for somebody: check-ins, reviews, hand-overs, requests to vet (WEEK-2).</summary>
internal static class AssignmentLines
{
    /// <summary>Those in which somebody has a part.</summary>
    public static IEnumerable<SummaryLine> Of(
        Assignment assignment,
        UserId person,
        DateTimeOffset now
    )
    {
        if (assignment.State != AssignmentState.Active)
        {
            yield break;
        }

        if (assignment.Turn is { } turn && IsHeldBy(assignment, turn, person))
        {
            yield return new SummaryLine(
                SummaryLine.Of(turn.DueAt, now),
                turn.DueAt,
                Markdown.Of($"{Head(assignment)} check-in with {Other(assignment, person)}"),
                new SummaryStep(
                    "Answer check-in",
                    $"checkin {assignment.Customer.Value}",
                    $"{assignment.Id}"
                )
            )
            {
                IsInternal = assignment.IsInternal,
            };
        }
        else if (assignment.Engineer == person)
        {
            yield return new SummaryLine(
                Urgency.Mine,
                At: null,
                Markdown.Of($"{Head(assignment)} is assigned to you"),
                SummaryStep.Show($"engineer show {assignment.Id}", $"{assignment.Id}")
            )
            {
                IsInternal = assignment.IsInternal,
            };
        }
    }

    /// <summary>Those whose review or hand-over waits for somebody.</summary>
    public static IEnumerable<SummaryLine> Waiting(Assignment assignment, ActingPerson person)
    {
        var id = assignment.Id;
        var isLead = person.Is(Role.CustomerSuccessLead);
        switch (assignment.HandOver)
        {
            case { To: { } to } handOver when to == person.User:
                yield return Line(
                    assignment,
                    Markdown.Of($"{handOver.From} hands it over to you: accept or decline"),
                    new SummaryStep("Accept", $"engineer handover {id} accept", $"{id}")
                );
                break;
            case { To: null } handOver when isLead:
                yield return Line(
                    assignment,
                    Markdown.Of($"{handOver.From} hands it over: name somebody"),
                    new SummaryStep("Hand over to…", $"engineer handover {id} to @name", $"{id}")
                    {
                        NamesSomebody = true,
                    }
                );
                break;
            case null
                when assignment.WaitsForReview
                    && (
                        isLead
                        || assignment.Engineer == person.User
                        || assignment.CustomerEngineer == person.User
                    ):
                yield return Line(
                    assignment,
                    Markdown.Of(
                        $"review of {(assignment.ReviewOn is { } on ? CalendarDay.Write(on) : "its term")}: should it continue?"
                    ),
                    new SummaryStep("Review", $"engineer review {id}", $"{id}")
                ) with
                {
                    Urgency = Urgency.Overdue,
                };
                break;
        }
    }

    /// <summary>A request that somebody vets as a lead whose approval is not there yet (ASG-1).</summary>
    public static SummaryLine? ToVet(Assignment assignment, ActingPerson person) =>
        assignment.State == AssignmentState.Requested
        && Vetting.Any(role => person.Is(role) && assignment.Approvals.All(a => a.As != role))
            ? Line(
                assignment,
                Markdown.Of($"{assignment.RequestedBy} requests an assigned engineer"),
                new SummaryStep("Approve", $"engineer approve {assignment.Id}", $"{assignment.Id}")
            )
            : null;

    /// <summary>Whose approvals a request needs.</summary>
    public static IReadOnlyList<Role> Vetting { get; } =
    [Role.CustomerSuccessLead, Role.CustomerEngineeringLead, Role.SalesLead];

    // Whoever was asked holds it; the CE is its other half, and reads when it is.
    private static bool IsHeldBy(Assignment assignment, CheckInTurn turn, UserId person) =>
        (turn.Asked ?? assignment.Engineer) == person || assignment.CustomerEngineer == person;

    private static Markdown Other(Assignment assignment, UserId person) =>
        assignment.CustomerEngineer == person
            ? Markdown.Of(
                $"{assignment.Turn?.Asked ?? assignment.Engineer ?? assignment.RequestedBy}"
            )
            : Markdown.Of($"{assignment.CustomerEngineer}");

    private static SummaryLine Line(Assignment assignment, Markdown text, SummaryStep step) =>
        new(Urgency.Waiting, At: null, Markdown.Of($"{Head(assignment)} {text}"), step)
        {
            IsInternal = assignment.IsInternal,
        };

    private static Markdown Head(Assignment assignment) =>
        Markdown.Of($"**{assignment.Id}** {assignment.CustomerName}");
}
