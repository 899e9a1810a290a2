using System.Collections.Immutable;
using Sidecar.Cards;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Assignments;

/// <summary>Assignments in the words of the field.</summary>
internal static class RequestWords
{
    public static Words Command(string rest) =>
        Words.Code($"/{SlashCommand.Trigger} engineer {rest}");

    public static string Label(this AssignmentKind kind) =>
        kind == AssignmentKind.PreSales ? "pre-sales" : "post-sales strategic";

    public static string Label(this AssignmentState state) =>
        state switch
        {
            AssignmentState.Requested => "requested",
            AssignmentState.Approved => "approved, no engineer yet",
            AssignmentState.Active => "assigned",
            AssignmentState.Declined => "not started",
            _ => "ended",
        };

    /// <summary><c>long-term</c>, <c>until 2026-03-31</c>.</summary>
    public static string Length(DateOnly? last) =>
        last is { } day ? $"until {CalendarDay.Write(day)}" : "long-term";

    public static Words Person(UserId? person) =>
        person is { } who ? Words.Of($"{who}") : Words.Of($"nobody yet");

    /// <summary><c>**CE lead** (@a, @b) and **sales lead** (nobody)</c>.</summary>
    public static Words Named(this IReadOnlyList<Vetter> vetters) =>
        Words.Listed(
            [
                .. vetters.Select(v =>
                    v.People.IsEmpty
                        ? Words.Of($"**{v.As.Label()}** (nobody has this role)")
                        : Words.Of($"**{v.As.Label()}** ({v.People.Joined(3)})")
                ),
            ],
            "and"
        );

    /// <summary>What an administrator does when nobody has a role; empty when somebody has each.</summary>
    public static Words Missing(IEnumerable<Vetter> vetters) =>
        Words.Lines(
            vetters
                .Where(v => v.People.IsEmpty)
                .Select(v =>
                    Words.Of(
                        $":warning: Nobody is **{v.As.Label()}**, so nobody can give that approval. An administrator grants the role: {Words.Code($"/{SlashCommand.Trigger} role grant @user {v.As.Code()}")}"
                    )
                )
        );

    /// <summary>The assignments that have a place, one below the other.</summary>
    public static Words Listed(ImmutableArray<Assignment> taken)
    {
        const int most = 25;
        return Words.Lines([
            .. taken
                .Take(most)
                .Select(a =>
                    Words.Of(
                        $"- **{a.Id}** {a.CustomerName}: {a.Kind.Label()}, {Person(a.Engineer)}, {Length(a.EndsOn)}"
                    )
                ),
            taken.Length > most ? Words.Of($"- and {taken.Length - most} more") : Words.None,
        ]);
    }
}
