using Sidecar.Cards;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments;

/// <summary>An assignment as people of ours see it in a direct message.</summary>
internal static class RequestCard
{
    public static Card Of(Assignment assignment, params IReadOnlyList<CardControl> controls) =>
        new(Words.Of($"{assignment.Id} · {assignment.CustomerName}"), ToneOf(assignment))
        {
            Text = Words.Typed(assignment.Why),
            Fields = [.. Fields(assignment)],
            Controls = controls,
        };

    public static IEnumerable<CardField> Fields(Assignment assignment)
    {
        yield return new("State", Words.Typed(assignment.State.Label()));
        yield return new(
            "Kind",
            Words.Typed(
                assignment.IsInternal
                    ? $"{assignment.Kind.Label()} (internal only)"
                    : assignment.Kind.Label()
            )
        );
        yield return new("How long", Words.Typed(RequestWords.Length(assignment.EndsOn)));
        yield return new("CE", Words.Of($"{assignment.CustomerEngineer}"));
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
            Words.Of($"{assignment.RequestedBy}")
        );
        if (assignment.Communicated is { } told)
        {
            yield return new(
                "Customer told",
                Words.Of($"{CalendarDay.Write(told.On)}: {told.To}"),
                Wide: true
            );
        }

        if (assignment.BeyondCapBecause.Length > 0)
        {
            yield return new(
                "Beyond the cap",
                Words.Typed(assignment.BeyondCapBecause),
                Wide: true
            );
        }
    }

    /// <summary>A direct message with the card.</summary>
    public static Effect.TellPerson Tell(
        Assignment assignment,
        UserId person,
        Words text,
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
