using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>What is said when a command is not understood: nothing that was typed is lost (ALL-2).</summary>
public sealed partial class CommandParser
{
    private const int LongestQuote = 60;

    /// <summary>
    /// The commands closest to a word, best first, at the most three; of several that begin with the same word, one.
    /// </summary>
    public IReadOnlyList<CommandSpec> Nearest(string word) =>
        Nearest(
            word,
            ForPeople.Where(s => s.PathWords.Length > 0),
            s => s.Paths.Select(path => path[0]),
            s => s.PathWords[0]
        );

    private static IReadOnlyList<CommandSpec> Nearest(
        string word,
        IEnumerable<CommandSpec> specs,
        Func<CommandSpec, IEnumerable<string>> called,
        Func<CommandSpec, string> shown
    )
    {
        if (word.Length > Spelling.Longest)
        {
            return [];
        }

        var typed = word.ToLowerInvariant();
        return
        [
            .. specs
                .SelectMany(s => called(s).Select(name => (Spec: s, Away: Away(typed, name))))
                .Where(s => s.Away is not null)
                .OrderBy(s => s.Away)
                .Select(s => s.Spec)
                .DistinctBy(shown)
                .Take(3),
        ];
    }

    /// <summary>How far a word is from a name; null when it is too far to have been meant.</summary>
    private static int? Away(string typed, string name) =>
        Spelling.Within(typed, name, Math.Max(1, name.Length / 3))
        ?? (
            typed.Length >= 2 && name.StartsWith(typed, StringComparison.Ordinal)
                ? name.Length - typed.Length
                : null
        );

    private Markdown Unknown(CommandLine line)
    {
        var word = line.Words[0].Value;
        List<CommandSpec> group =
        [
            .. ForPeople.Where(s =>
                s.PathWords.Length > 1
                && word.Equals(s.PathWords[0], StringComparison.OrdinalIgnoreCase)
            ),
        ];
        if (group.Count > 0)
        {
            return UnknownIn(group, line);
        }

        var nearest = Nearest(word);
        if (nearest.Count == 0)
        {
            return Markdown.Of(
                $"I don’t know “{MarkdownEscaper.Shorten(word, LongestQuote)}”. {Markdown.Code($"/{SlashCommand.Trigger} help")} lists what I know.\n{YouTyped(line)}"
            );
        }

        var rest = line.From(1);
        var meant = nearest.Select(s =>
            Markdown.Code($"/{SlashCommand.Trigger} {s.PathWords[0]} {rest}".TrimEnd())
        );
        return Markdown.Of(
            $"I don’t know “{word}”. Did you mean {(nearest.Count == 1 ? "this" : "one of these")}?\n{Markdown.Lines(meant)}"
        );
    }

    /// <summary>The first word is right, but it needs a second one.</summary>
    private static Markdown UnknownIn(List<CommandSpec> group, CommandLine line)
    {
        var first = group[0].PathWords[0];
        var second = line.Words.Length > 1 ? line.Words[1].Value : "";
        var nearest = Nearest(
            second,
            group,
            s => s.Paths.Where(path => path.Length > 1).Select(path => path[1]),
            s => s.PathWords[1]
        );
        if (second.Length == 0 || nearest.Count == 0)
        {
            return Markdown.Of(
                $"After “{first}” I know:\n{Markdown.Lines(group.Select(s => Markdown.Of($"- {Markdown.Code(s.Usage)} {s.Summary}")))}\n{YouTyped(line)}"
            );
        }

        var rest = line.From(2);
        var meant = nearest.Select(s =>
            Markdown.Code($"/{SlashCommand.Trigger} {first} {s.PathWords[1]} {rest}".TrimEnd())
        );
        return Markdown.Of(
            $"I don’t know “{first} {second}”. Did you mean {(nearest.Count == 1 ? "this" : "one of these")}?\n{Markdown.Lines(meant)}"
        );
    }

    private static Markdown Wrong(CommandSpec spec, CommandLine line, string problem) =>
        Markdown.Of(
            $"{Markdown.Sentence(problem)}\nUsage: {Markdown.Code(spec.Usage)}{Example(spec)}\n{YouTyped(line)}"
        );

    private static Markdown Example(CommandSpec spec) =>
        spec.Examples.IsEmpty
            ? Markdown.None
            : Markdown.Of(
                $" Example: {Markdown.Code($"/{SlashCommand.Trigger} {spec.Examples[0]}")}"
            );

    internal static Markdown YouTyped(CommandLine line) =>
        Markdown.Of($"You typed: {Markdown.Code($"/{SlashCommand.Trigger} {line.Text.Trim()}")}");
}
