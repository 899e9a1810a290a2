using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>An assignment as people of ours see it in a direct message.</summary>
internal static class RequestCard
{
    public static Card Of(Assignment assignment, params IReadOnlyList<CardControl> controls) =>
        new(Markdown.Of($"{assignment.Id} · {assignment.CustomerName}"), ToneOf(assignment))
        {
            Text = Markdown.Typed(assignment.Why),
            Fields = [.. Fields(assignment)],
            Controls = controls,
        };

    public static IEnumerable<CardField> Fields(Assignment assignment)
    {
        yield return new("State", Markdown.Typed(assignment.State.Label()));
        yield return new(
            "Kind",
            Markdown.Typed(
                assignment.IsInternal
                    ? $"{assignment.Kind.Label()} (internal only)"
                    : assignment.Kind.Label()
            )
        );
        yield return new("How long", Markdown.Typed(RequestWords.Length(assignment.EndsOn)));
        yield return new("CE", Markdown.Of($"{assignment.CustomerEngineer}"));
        if (assignment.Engineer is not null || assignment.State == AssignmentState.Approved)
        {
            yield return new("Engineer", RequestWords.Person(assignment.Engineer));
        }

        if (assignment.HasPlace && !assignment.IsInternal && assignment.Engineer is not null)
        {
            yield return new("Back-up", RequestWords.Person(assignment.BackUp));
        }

        yield return new(
            assignment.IsUnrequested ? "Started by" : "Requested by",
            Markdown.Of($"{assignment.RequestedBy}")
        );
        if (assignment.Communicated is { } told)
        {
            yield return new(
                "Customer told",
                Markdown.Of($"{CalendarDay.Write(told.On)}: {told.To}"),
                Wide: true
            );
        }

        if (assignment.BeyondCapBecause.Length > 0)
        {
            yield return new(
                "Beyond the cap",
                Markdown.Typed(assignment.BeyondCapBecause),
                Wide: true
            );
        }
    }

    /// <summary>A direct message with the card.</summary>
    public static Effect.TellPerson Tell(
        Assignment assignment,
        UserId person,
        Markdown text,
        UserId? onBehalfOf,
        params IReadOnlyList<CardControl> controls
    ) =>
        new(person, text, Of(assignment, controls))
        {
            About = assignment.Id.ToString(),
            OnBehalfOf = onBehalfOf,
            IsInternal = assignment.IsInternal,
        };

    private static Tone ToneOf(Assignment assignment) =>
        assignment.State switch
        {
            AssignmentState.Requested or AssignmentState.Approved => Tone.Notice,
            AssignmentState.Active => Tone.Success,
            _ => Tone.Neutral,
        };
}
