using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>
/// Which escalations somebody wants to see, as typed: <c>mine sev1</c>, <c>acme labs sev2</c>, <c>all here</c>. What is
/// none of our words is the name of a customer.
/// </summary>
internal sealed record ListWords
{
    /// <summary>Nothing was said.</summary>
    public static ListWords Nothing { get; } = new();

    /// <summary>All of it, as typed.</summary>
    public string Text { get; private init; } = "";

    /// <summary>A customer, by key or name; empty for none.</summary>
    public string Name { get; init; } = "";

    public bool IsMine { get; private init; }

    /// <summary>Whose, by their at-name as typed; null for nobody's.</summary>
    public (UserId Id, string Name)? Of { get; private init; }
    public bool IsHere { get; private init; }
    public bool IsAll { get; private init; }
    public bool IsOpen { get; private init; }
    public Severity? Severity { get; private init; }
    public EscalationState? State { get; private init; }

    /// <summary>Why it can’t be shown; null when it can.</summary>
    public Markdown? Problem { get; private init; }

    /// <summary>Where the next page begins is said behind it.</summary>
    public static bool IsAfter(CommandWord word) => !word.IsQuoted && word.Says("after");

    /// <summary>All words up to “after”.</summary>
    public static ReadArgument<ListWords> Take(ArgumentSource source)
    {
        var words = source.Line.Words;
        var end = source.At;
        // A customer may be called so.
        while (end < words.Length && !(IsAfter(words[end]) && IsPage(words, end)))
        {
            end++;
        }

        if (end == source.At)
        {
            return ReadArgument.Absent<ListWords>();
        }

        var read = Nothing with { Text = Said(source.Line, source.At, end) };
        var name = (From: -1, Behind: -1);
        for (var at = source.At; at < end; )
        {
            var (next, taken) = read.With(source with { At = at }, end);
            if (taken == 0)
            {
                name = (name.From < 0 ? at : name.From, at + 1);
            }

            read = next;
            at += Math.Max(taken, 1);
        }

        return ReadArgument.Of(
            name.From < 0 ? read : read with { Name = Said(source.Line, name.From, name.Behind) },
            end - source.At
        );
    }

    /// <summary>What the next words add; 0 when they are none of ours.</summary>
    private (ListWords Read, int Taken) With(ArgumentSource source, int end)
    {
        if (source.Next is not { IsQuoted: false } word)
        {
            return (this, 0);
        }

        var behind = source.At + 1 < end ? source.AfterNext?.Value : null;
        switch (TypedSeverity.Read(word.Value, behind))
        {
            case (TypedSeverity.KnownSeverity { Which: var severity }, var taken):
                return (
                    Severity is { } other && other != severity
                        ? this with
                        {
                            Problem = Both(
                                Vocabulary.Severities.Code(other),
                                Vocabulary.Severities.Code(severity),
                                "severity"
                            ),
                        }
                        : this with
                        {
                            Severity = severity,
                        },
                    taken
                );
            case (TypedSeverity.NoSuchSeverity { Problem: var problem }, var taken):
                return (
                    this with
                    {
                        Problem = Markdown.Of($"{Markdown.Sentence(problem)}"),
                    },
                    taken
                );
        }

        if (
            SentenceMarks.Name(word, '@') is { } at
            && SentenceMarks.Fits(at, source.Mentions.Users, out var user, out var name)
        )
        {
            return (
                Of is { } former && former.Id != user
                    ? this with
                    {
                        Problem = Markdown.Of(
                            $"A list is of one person: write {Markdown.Code($"@{former.Name}")} or {Markdown.Code($"@{name}")}."
                        ),
                    }
                    : this with
                    {
                        Of = (user, name),
                    },
                1
            );
        }

        if (
            ChoiceWords.Next(source, Vocabulary.States, s => s.Names) is var (state, count)
            && source.At + count <= end
        )
        {
            return (
                State is { } other && other != state.Value
                    ? this with
                    {
                        Problem = Both(Vocabulary.States.Code(other), state.Code, "state"),
                    }
                    : this with
                    {
                        State = state.Value,
                    },
                count
            );
        }

        return BareWord.Of(word.Value).ToLowerInvariant() switch
        {
            "mine" or "my" or "me" => (this with { IsMine = true }, 1),
            "here" => (this with { IsHere = true }, 1),
            "all" => (this with { IsAll = true }, 1),
            "open" => (this with { IsOpen = true }, 1),
            // Between what is ours, and of no name: “mine and sev1”.
            "and" or "," or "&" when source.At + 1 < end => (this, IsBetween(source) ? 1 : 0),
            _ => (this, 0),
        };
    }

    private static bool IsBetween(ArgumentSource source) =>
        source.At > 0 && Nothing.With(source with { At = source.At - 1 }, source.At).Taken > 0;

    private static Markdown Both(string one, string other, string what) =>
        Markdown.Of(
            $"Each escalation has one {Markdown.Sentence(what)}: write {Markdown.Code(one)} or {Markdown.Code(other)}."
        );

    private static bool IsPage(IReadOnlyList<CommandWord> words, int at) => at + 2 >= words.Count;

    private static string Said(CommandLine line, int from, int behind)
    {
        var (first, last) = (line.Words[from], line.Words[behind - 1]);
        return behind == from + 1
            ? first.Value
            : UnseenMarks.Without(line.Text[first.Start..last.End]);
    }
}
