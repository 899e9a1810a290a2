using System.Collections.Immutable;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Playbooks;

/// <summary>Parts of sentences about playbooks.</summary>
internal static class PlaybookWords
{
    public static Markdown Command(string text) => Markdown.Code($"/{SlashCommand.Trigger} {text}");

    /// <summary>When it starts by itself: <c>Sev 1</c>, <c>Sev 1 and Sev 2 for Product bug</c>.</summary>
    public static Markdown Starts(Playbook playbook)
    {
        if (playbook.Severities.IsEmpty)
        {
            return Markdown.Of($"never");
        }

        var severities = Listed(playbook.Severities, Vocabulary.Severities);
        return playbook.Categories.IsEmpty
            ? severities
            : Markdown.Of($"{severities} for {Listed(playbook.Categories, Vocabulary.Categories)}");
    }

    /// <summary>What it says besides its tasks; nothing when it says nothing.</summary>
    public static Markdown Settled(Playbook playbook)
    {
        Markdown[] said =
        [
            playbook.UpdateEvery is { } every
                ? Markdown.Of($"status updates every {Markdown.Typed(every.ToString())}")
                : Markdown.None,
            playbook.UpdateTemplate.Length > 0
                ? Markdown.Of($"a template for the first one")
                : Markdown.None,
            playbook.RetrospectiveTemplate.Length > 0
                ? Markdown.Of(
                    $"a template for the retrospective (the drafted summary ends with it)"
                )
                : Markdown.None,
            playbook.ChannelName.Length > 0
                ? Markdown.Of($"a channel whose name begins with “{playbook.ChannelName}”")
                : Markdown.None,
        ];
        return said.Where(s => !s.IsEmpty).ToArray() is { Length: > 0 } some
            ? Markdown.Of($"It brings {Markdown.Listed(some, "and")}.")
            : Markdown.None;
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
    public static Markdown Cell(string text) =>
        Markdown.Typed(text.Replace("|", "∣", StringComparison.Ordinal));

    private static Markdown Listed<T>(
        ImmutableArray<string> codes,
        ImmutableArray<Term<T>> terms
    ) =>
        Markdown.Listed(
            [.. codes.Select(c => Markdown.Typed(terms.First(t => t.Code == c).Label))],
            "and"
        );
}
