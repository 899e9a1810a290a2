using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Parts of sentences that cards, threads and refusals share.</summary>
internal static class EscalationWords
{
    /// <summary>As many as a sentence can name.</summary>
    private const int Named = 5;

    /// <summary>What a changed field is quoted with at the most.</summary>
    private const int Quotable = 120;

    public static Markdown Command(string text) => Markdown.Code($"/{SlashCommand.Trigger} {text}");

    /// <summary>What is missing, and the command that adds it.</summary>
    public static Markdown Missing(ImmutableArray<MissingFact> missing, string customer) =>
        missing.Contains(MissingFact.Customer)
            ? Markdown.Of(
                $"nobody has added the customer **{customer}** yet, so its ARR is not known; {Command($"customer add {customer}")} adds it."
            )
            : Markdown.Of(
                $"the ARR of **{customer}** is not known; {Command($"customer edit {customer}")} adds it."
            );

    public static Markdown WhoCanAdd(ImmutableArray<UserId> people) =>
        people.IsEmpty
            ? Markdown.Of(
                $"Nobody has a role that can add it (CSM, TAM, AE, CE or lead): an administrator grants one with {Command("role grant @user csm")}."
            )
            : Markdown.Of($"{List(people)} can add it.");

    /// <summary>Who is told by the line itself, when the team has no channel of its own.</summary>
    public static Markdown Cc(OwningTeam team, ImmutableArray<UserId> people) =>
        people.IsEmpty ? Markdown.None : Markdown.Of($" For {team.Label()}: {List(people)}.");

    /// <summary>What was sent to a team reaches nobody: what can be done about that.</summary>
    public static Markdown NobodyOf(OwningTeam team) =>
        Markdown.Of(
            $" Nobody has been told: nobody is of {team.Label()} at the moment, and it has no channel. {Command($"team channel {team.Named().Code} ~channel")} gives it one, and an administrator grants roles."
        );

    public static Markdown Because(string text) =>
        text.Length == 0 ? Markdown.Of($".") : Markdown.Of($": {text}");

    public static Markdown WithoutChange(bool? withoutChange) =>
        withoutChange switch
        {
            true => Markdown.Of($" without a change to the product"),
            false => Markdown.Of($" with a change to the product"),
            null => Markdown.None,
        };

    public static Markdown Quoted(string text) =>
        text.Length == 0 ? Markdown.Of($"nothing")
        // Mattermost would take the mark behind a link for a part of it.
        : Uri.IsWellFormedUriString(text, UriKind.Absolute)
            ? Markdown.Typed(MarkdownEscaper.Shorten(text, Quotable))
        : Markdown.Of(
            $"“{Markdown.Typed(MarkdownEscaper.Shorten(text.ReplaceLineEndings(" "), Quotable))}”"
        );

    /// <summary>Which rungs were told, and who that was.</summary>
    public static Markdown Rungs(IReadOnlyList<ToldRung> rungs) =>
        rungs
            .Select(r => Markdown.Of($"{Markdown.Typed(Label(r.Rung))}{People(r.People)}"))
            .Aggregate((all, next) => Markdown.Of($"{all}, {next}"));

    /// <summary>What a form about an escalation stands upon (M1): what is done with it, and by whom.</summary>
    public static Markdown Standing(Escalation escalation) =>
        Markdown.Of(
            $"{Subject(escalation)} at *{Vocabulary.States.Label(escalation.State)}*, {(escalation.Owner is { } owner ? Markdown.Of($"its owner is {owner}") : Markdown.Of($"it has no owner"))}{(escalation.Resolution.Length > 0 ? Markdown.Of($", it was resolved by “{Shortly(escalation.Resolution)}”") : Markdown.None)}{(escalation.Confirmed is { } confirmed ? Markdown.Of($", {Shortly(confirmed.Who)} confirmed that for the customer") : Markdown.None)}{Reopened(escalation)}."
        );

    /// <summary>What it is, whoever works on it and however far they are: what solved it solved that.</summary>
    public static Markdown About(Escalation escalation) =>
        Markdown.Of($"{Subject(escalation)}{Reopened(escalation)}.");

    private static Markdown Subject(Escalation escalation) =>
        Markdown.Of(
            $"{escalation.Id} (**{escalation.CustomerName}**: {Shortly(escalation.Summary)}) is a {Vocabulary.Severities.Label(escalation.Severity)}"
        );

    private static Markdown Reopened(Escalation escalation) =>
        Markdown.Sentence(
            escalation.Reopenings switch
            {
                0 => "",
                1 => ", it was reopened once",
                var times => $", it was reopened {times} times",
            }
        );

    private static string Shortly(string text) =>
        MarkdownEscaper.Shorten(text.ReplaceLineEndings(" "), 100);

    private static string Label(Rung rung) =>
        rung switch
        {
            Rung.Engineer => "the owner or the engineer on duty",
            Rung.BackUp => "the back-up",
            Rung.Lead => "the DE lead",
            Rung.Executive => "the executive",
            _ => "the administrators, since nobody else is there",
        };

    public static Markdown People(ImmutableArray<UserId> people) =>
        people.IsEmpty
            ? Markdown.Of($" (nobody is named for it)")
            : Markdown.Of($" {List(people)}");

    /// <summary>People in a sentence: <c>@a, @b and 3 others</c>.</summary>
    public static Markdown List(IReadOnlyList<UserId> people)
    {
        var shown = people.Count <= Named + 1 ? people.Count : Named;
        var words = Markdown.None;
        for (var i = 0; i < shown; i++)
        {
            words = i switch
            {
                0 => Markdown.Of($"{people[i]}"),
                _ when i == people.Count - 1 => Markdown.Of($"{words} and {people[i]}"),
                _ => Markdown.Of($"{words}, {people[i]}"),
            };
        }

        return shown < people.Count
            ? Markdown.Of($"{words} and {people.Count - shown} others")
            : words;
    }
}
