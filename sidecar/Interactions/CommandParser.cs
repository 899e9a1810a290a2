using System.Collections.Immutable;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>All commands: understands what was typed, and helps where it can't.</summary>
public sealed partial class CommandParser
{
    private readonly ImmutableArray<CommandSpec> _specs;
    private readonly ImmutableArray<(string[] Words, CommandSpec Spec)> _paths;

    /// <summary>The book of some commands.</summary>
    /// <exception cref="InvalidOperationException">Two commands have the same path.</exception>
    public CommandParser(IEnumerable<CommandSpec> specs)
    {
        _specs = [.. specs];
        _paths =
        [
            .. _specs
                .SelectMany(spec => spec.Paths.Select(words => (words, spec)))
                .OrderByDescending(path => path.words.Length)
                .ThenBy(path => path.spec.Series is null),
        ];
        var twice = _paths
            .GroupBy(
                path => string.Join(' ', [.. path.Words, path.Spec.Series]),
                StringComparer.Ordinal
            )
            .FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException(
                $"Two commands are written /{SlashCommand.Trigger} {twice.Key}."
            );
        }
    }

    /// <summary>What people can type, in the order of registration.</summary>
    public IEnumerable<CommandSpec> ForPeople => _specs.Where(s => !s.IsInternal);

    /// <summary>The autocomplete hint: <c>[new | list | show]</c>.</summary>
    public string Hint =>
        $"[{string.Join(" | ", ForPeople.Where(s => s.PathWords.Length > 0).Select(s => s.PathWords[0]).Distinct())}]";

    /// <summary>Understands a command, or says why not.</summary>
    public CommandReading Read(CommandLine line, Mentions mentions)
    {
        var (spec, length) = Find(line);
        return spec is null
            ? new CommandReading.Misunderstood(Unknown(line))
            : ReadParameters(spec, length, line, mentions);
    }

    /// <summary>Which command is meant, whatever follows its words; and of how many words that is.</summary>
    public (CommandSpec? Spec, int Words) Find(CommandLine line)
    {
        foreach (var (words, spec) in _paths)
        {
            if (
                words.Length > 0
                    ? Matches(words, line) && IsOf(spec.Series, words.Length, line)
                    : line.Words.IsEmpty
            )
            {
                return (spec, words.Length);
            }
        }

        return (null, 0);
    }

    /// <summary>What stands behind the path is a number of that series: <c>IMP-7</c>, <c>imp 7</c>.</summary>
    private static bool IsOf(string? series, int at, CommandLine line) =>
        series is null
        || (
            at < line.Words.Length
            && line.Words[at].Value.TrimStart('(', '[', '"', '“') is var word
            && word.StartsWith(series, StringComparison.OrdinalIgnoreCase)
            && (word.Length == series.Length || !char.IsLetter(word[series.Length]))
        );

    private static bool Matches(string[] path, CommandLine line)
    {
        if (path.Length > line.Words.Length)
        {
            return false;
        }

        for (var i = 0; i < path.Length; i++)
        {
            var word = line.Words[i];
            if (word.IsQuoted || !word.Value.Equals(path[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static CommandReading ReadParameters(
        CommandSpec spec,
        int at,
        CommandLine line,
        Mentions mentions
    )
    {
        var values = new List<(Parameter, object?)>(spec.Parameters.Length);
        foreach (var parameter in spec.Parameters)
        {
            var argument = parameter.Read(new ArgumentSource(line, at, mentions));
            if (argument.Problem is { } problem)
            {
                return new CommandReading.Misunderstood(Wrong(spec, line, problem))
                {
                    Lacks = (parameter, at),
                };
            }

            if (argument.Taken == 0 && !parameter.IsOptional)
            {
                return new CommandReading.Misunderstood(
                    Wrong(
                        spec,
                        line,
                        at < line.Words.Length
                            ? $"“{line.Words[at].Value}” does not fit there. {parameter.Hint}"
                            : parameter.Hint
                    )
                )
                {
                    Lacks = (parameter, at),
                };
            }

            values.Add((parameter, argument.Boxed));
            at += argument.Taken;
        }

        return at < line.Words.Length
            ? new CommandReading.Misunderstood(
                Wrong(spec, line, $"I don't know what to do with “{line.From(at)}”.")
            )
            : new CommandReading.Understood(spec, line, values);
    }
}

/// <summary>What was made of a command.</summary>
public abstract record CommandReading
{
    private CommandReading() { }

    /// <summary>There is something in it that somebody wrote rather than chose.</summary>
    public virtual bool HasText => false;

    /// <summary>It is clear what is wanted.</summary>
    public sealed record Understood(
        CommandSpec Spec,
        CommandLine Line,
        IReadOnlyList<(Parameter Parameter, object? Value)> Values
    ) : CommandReading
    {
        /// <inheritdoc/>
        public override bool HasText => Values.Any(v => v.Parameter.IsText && v.Value is not null);

        /// <summary>The call, made by somebody.</summary>
        public CommandCall By(Envelope envelope, Mentions mentions)
        {
            var call = new CommandCall(envelope, Line) { Mentions = mentions };
            foreach (var (parameter, value) in Values)
            {
                call.Set(parameter, value);
            }

            return call;
        }
    }

    /// <summary>It is not clear; the words say what is wrong, what to write instead, and what was typed.</summary>
    public sealed record Misunderstood(Markdown Why) : CommandReading
    {
        /// <summary>What does not stand where it should, and at which word that is; null when something else is wrong.</summary>
        public (Parameter Parameter, int At)? Lacks { get; init; }
    }
}
