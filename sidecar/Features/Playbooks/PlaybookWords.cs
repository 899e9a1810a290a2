using System.Collections.Immutable;
using Sidecar.Cards;
using Sidecar.Features.Escalations;
using Sidecar.Interactions;

namespace Sidecar.Features.Playbooks;

/// <summary>Parts of sentences about playbooks.</summary>
internal static class PlaybookWords
{
    public static Words Command(string text) => Words.Code($"/{SlashCommand.Trigger} {text}");

    /// <summary>When it starts by itself: <c>Sev 1</c>, <c>Sev 1 and Sev 2 for Product bug</c>.</summary>
    public static Words Starts(Playbook playbook)
    {
        if (playbook.Severities.IsEmpty)
        {
            return Words.Of($"never");
        }

        var severities = Listed(playbook.Severities, Vocabulary.Severities);
        return playbook.Categories.IsEmpty
            ? severities
            : Words.Of($"{severities} for {Listed(playbook.Categories, Vocabulary.Categories)}");
    }

    /// <summary>What checks a task by itself.</summary>
    public static string When(TaskTrigger trigger) =>
        trigger switch
        {
            TaskTrigger.ChannelOpened => "when the incident channel is open",
            TaskTrigger.PeopleAdded => "when the people are in the channel",
            TaskTrigger.FixHeld => "when the fix has held",
            TaskTrigger.CustomerConfirmed => "when the customer’s confirmation is recorded",
            _ => "when the retrospective is recorded",
        };

    /// <summary>Text in a table.</summary>
    public static Words Cell(string text) =>
        Words.Typed(text.Replace("|", "∣", StringComparison.Ordinal));

    private static Words Listed<T>(ImmutableArray<string> codes, ImmutableArray<Term<T>> terms) =>
        Words.Listed(
            [.. codes.Select(c => Words.Typed(terms.First(t => t.Code == c).Label))],
            "and"
        );
}
