using System.Collections.Immutable;
using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>Parts of sentences that cards, threads and refusals share.</summary>
internal static class EscalationWords
{
    /// <summary>As many as a sentence can name.</summary>
    private const int Named = 5;

    /// <summary>What a changed field is quoted with at the most.</summary>
    private const int Quotable = 120;

    public static Words Command(string text) => Words.Code($"/{SlashCommand.Trigger} {text}");

    /// <summary>What is missing, and the command that adds it.</summary>
    public static Words Missing(ImmutableArray<MissingFact> missing, string customer) =>
        missing.Contains(MissingFact.Customer)
            ? Words.Of(
                $"nobody has added the customer **{customer}** yet, so its ARR is not known; {Command($"customer add {customer}")} adds it."
            )
            : Words.Of(
                $"the ARR of **{customer}** is not known; {Command($"customer edit {customer}")} adds it."
            );

    public static Words WhoCanAdd(ImmutableArray<UserId> people) =>
        people.IsEmpty
            ? Words.Of(
                $"Nobody has a role that can add it (CSM, TAM, AE, CE or lead): an administrator grants one with {Command("role grant @user csm")}."
            )
            : Words.Of($"{List(people)} can add it.");

    /// <summary>Who is told by the line itself, when the team has no channel of its own.</summary>
    public static Words Cc(Team team, ImmutableArray<UserId> people) =>
        people.IsEmpty ? Words.None : Words.Of($" For {team.Label()}: {List(people)}.");

    public static Words Because(string text) =>
        text.Length == 0 ? Words.Of($".") : Words.Of($": {text}");

    public static Words WithoutChange(bool? withoutChange) =>
        withoutChange switch
        {
            true => Words.Of($" without a change of the product"),
            false => Words.Of($" with a change of the product"),
            null => Words.None,
        };

    public static Words Quoted(string text) =>
        text.Length == 0
            ? Words.Of($"nothing")
            : Words.Of(
                $"“{Words.Typed(UserText.Shorten(text.ReplaceLineEndings(" "), Quotable))}”"
            );

    /// <summary>Which rungs were told, and who that was.</summary>
    public static Words Rungs(IReadOnlyList<ToldRung> rungs) =>
        rungs
            .Select(r => Words.Of($"{Words.Typed(Label(r.Rung))}{People(r.People)}"))
            .Aggregate((all, next) => Words.Of($"{all}, {next}"));

    private static string Label(Rung rung) =>
        rung switch
        {
            Rung.Engineer => "the owner or the engineer on duty",
            Rung.BackUp => "the back-up",
            Rung.Lead => "the DE lead",
            Rung.Executive => "the executive",
            _ => "the administrators, since nobody else is there",
        };

    public static Words People(ImmutableArray<UserId> people) =>
        people.IsEmpty ? Words.Of($" (nobody is named for it)") : Words.Of($" {List(people)}");

    /// <summary>People in a sentence: <c>@a, @b and 3 others</c>.</summary>
    public static Words List(IReadOnlyList<UserId> people)
    {
        var shown = people.Count <= Named + 1 ? people.Count : Named;
        var words = Words.None;
        for (var i = 0; i < shown; i++)
        {
            words = i switch
            {
                0 => Words.Of($"{people[i]}"),
                _ when i == people.Count - 1 => Words.Of($"{words} and {people[i]}"),
                _ => Words.Of($"{words}, {people[i]}"),
            };
        }

        return shown < people.Count
            ? Words.Of($"{words} and {people.Count - shown} others")
            : words;
    }
}
