using System.Collections.Immutable;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>All commands: understands what was typed, and helps where it can't.</summary>
public sealed partial class CommandParser
{
    private readonly ImmutableArray<CommandSpec> _specs;
    private readonly ImmutableArray<(string[] Words, CommandSpec Spec)> _paths;
    private readonly ImmutableArray<CommandSeries> _series;

    /// <summary>The book of some commands.</summary>
    /// <param name="specs">Which.</param>
    /// <param name="series">Whose numbers lead to the commands of which group.</param>
    /// <exception cref="InvalidOperationException">Two commands have the same path.</exception>
    public CommandParser(IEnumerable<CommandSpec> specs, IEnumerable<CommandSeries>? series = null)
    {
        _specs = [.. specs];
        _series = [.. series ?? []];
        _paths =
        [
            .. _specs
                .SelectMany(spec => spec.Paths.Select(words => (words, spec)))
                .OrderByDescending(path => path.words.Length),
        ];
        var twice = _paths
            .GroupBy(path => string.Join(' ', path.Words), StringComparer.Ordinal)
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

    /// <summary>The autocomplete hint, a few words of what people do most (U24): <c>[new | list | show]</c>.</summary>
    public string Hint =>
        $"[{string.Join(" | ", ForPeople.Where(s => s.IsHinted).Select(s => s.Path))}]";

    /// <summary>Understands a command, or says why not.</summary>
    public CommandReading Read(CommandLine line, Mentions mentions)
    {
        var (spec, length) = Find(line);
        return spec is null
            ? new CommandReading.Misunderstood(Unknown(line))
            : ReadParameters(spec, length, line, mentions);
    }

    /// <summary>At which word a name of several words may begin; null when the command takes none.</summary>
    public int? NameAt(CommandLine line, Mentions mentions)
    {
        var (spec, at) = Find(line);
        foreach (var parameter in spec?.Parameters ?? [])
        {
            if (parameter.TakesNames)
            {
                return at + 1 < line.Words.Length ? at : null;
            }

            at += parameter.Read(new ArgumentSource(line, at, mentions)).Taken;
        }

        return null;
    }

    /// <summary>Which command is meant, whatever follows its words; and of how many words that is.</summary>
    public (CommandSpec? Spec, int Words) Find(CommandLine line)
    {
        if (OfSeries(line) is { } meant)
        {
            return (meant, 1);
        }

        foreach (var (words, spec) in _paths)
        {
            if (words.Length > 0 ? Matches(words, line) : line.Words.IsEmpty)
            {
                return (spec, words.Length);
            }
        }

        return (null, 0);
    }

    /// <summary>
    /// People write the word that they know before any number: <c>show SRV-4</c>. Whose number it is says which command
    /// is meant.
    /// </summary>
    private CommandSpec? OfSeries(CommandLine line)
    {
        if (
            line.Words is not [{ IsQuoted: false } verb, var number, ..]
            || _series.FirstOrDefault(s => s.Has(number.Value)) is not { } series
        )
        {
            return null;
        }

        // A synonym of a word means that word before every number: status, as show.
        var meant = _paths.FirstOrDefault(p => p.Words is [var one] && verb.Says(one))
            is { Spec.PathWords: [var own] }
            ? own
            : BareWord.Of(verb.Value);
        foreach (var (words, spec) in _paths)
        {
            if (
                words is [var group, var second]
                && group == series.Group
                && meant.Equals(second, StringComparison.OrdinalIgnoreCase)
            )
            {
                return spec;
            }
        }

        return null;
    }

    private static bool Matches(string[] path, CommandLine line)
    {
        if (path.Length > line.Words.Length)
        {
            return false;
        }

        for (var i = 0; i < path.Length; i++)
        {
            if (!line.Words[i].Says(path[i]))
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
                Wrong(spec, line, $"I don’t know what to do with “{line.From(at)}”.")
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

/// <summary>Numbers that lead to a group of commands.</summary>
/// <param name="Code">Before the numbers: <c>SRV</c>.</param>
/// <param name="Group">The first word of the commands: <c>service</c>.</param>
public sealed record CommandSeries(string Code, string Group)
{
    /// <summary>Whether something typed begins as a number of the series does: a bare number may be any series'.</summary>
    internal bool Has(string typed) =>
        (typed.Length > 40 ? "" : BareWord.Of(typed)) is var text
        && text.StartsWith(Code, StringComparison.OrdinalIgnoreCase)
        && (text.Length == Code.Length || !char.IsAsciiLetter(text[Code.Length]));
}
