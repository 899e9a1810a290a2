using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>Assignments in the words of the field.</summary>
internal static class RequestWords
{
    public static Markdown Command(string rest) =>
        Markdown.Code($"/{SlashCommand.Trigger} engineer {rest}");

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

    public static Markdown Person(UserId? person) =>
        person is { } who ? Markdown.Of($"{who}") : Markdown.Of($"nobody yet");

    /// <summary><c>**CE lead** (@a, @b) and **sales lead** (nobody)</c>.</summary>
    public static Markdown Named(this IReadOnlyList<Vetter> vetters) =>
        Markdown.Listed(
            [
                .. vetters.Select(v =>
                    v.People.IsEmpty
                        ? Markdown.Of($"**{v.As.Label()}** (nobody has this role)")
                        : Markdown.Of($"**{v.As.Label()}** ({v.People.Joined(3)})")
                ),
            ],
            "and"
        );

    /// <summary>What an administrator does when nobody has a role; empty when somebody has each.</summary>
    public static Markdown Missing(IEnumerable<Vetter> vetters) =>
        Markdown.Lines(
            vetters
                .Where(v => v.People.IsEmpty)
                .Select(v =>
                    Markdown.Of(
                        $":warning: Nobody is **{v.As.Label()}**, so nobody can give that approval. An administrator grants the role: {Markdown.Code($"/{SlashCommand.Trigger} role grant @user {v.As.Code()}")}"
                    )
                )
        );

    /// <summary>The assignments that have a place, one below the other.</summary>
    public static Markdown Listed(ImmutableArray<Assignment> taken)
    {
        const int most = 25;
        return Markdown.Lines([
            .. taken
                .Take(most)
                .Select(a =>
                    Markdown.Of(
                        $"- **{a.Id}** {a.CustomerName}: {a.Kind.Label()}, {Person(a.Engineer)}, {Length(a.EndsOn)}"
                    )
                ),
            taken.Length > most ? Markdown.Of($"- and {taken.Length - most} more") : Markdown.None,
        ]);
    }
}
