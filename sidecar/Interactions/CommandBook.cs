using System.Collections.Immutable;
using Sidecar.Cards;

namespace Sidecar.Interactions;

/// <summary>All commands: understands what was typed, and helps where it can't.</summary>
public sealed partial class CommandBook
{
    private readonly ImmutableArray<CommandSpec> _specs;
    private readonly int _longestPath;

    /// <summary>The book of some commands.</summary>
    /// <exception cref="InvalidOperationException">Two commands have the same path.</exception>
    public CommandBook(IEnumerable<CommandSpec> specs)
    {
        _specs = [.. specs];
        _longestPath = _specs.Max(s => s.PathWords.Length);
        var twice = _specs
            .GroupBy(s => s.Path, StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException(
                $"Two commands are written /{CommandSpec.Trigger} {twice.Key}."
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
        var spec = Find(line);
        return spec is null
            ? new CommandReading.Misunderstood(Unknown(line))
            : ReadParameters(spec, line, mentions);
    }

    private CommandSpec? Find(CommandLine line)
    {
        for (var length = Math.Min(_longestPath, line.Words.Length); length > 0; length--)
        {
            var spec = _specs.FirstOrDefault(s => s.PathWords.Length == length && Matches(s, line));
            if (spec is not null)
            {
                return spec;
            }
        }

        return line.Words.IsEmpty ? _specs.FirstOrDefault(s => s.PathWords.IsEmpty) : null;
    }

    private static bool Matches(CommandSpec spec, CommandLine line)
    {
        for (var i = 0; i < spec.PathWords.Length; i++)
        {
            var word = line.Words[i];
            if (
                word.IsQuoted
                || !word.Value.Equals(spec.PathWords[i], StringComparison.OrdinalIgnoreCase)
            )
            {
                return false;
            }
        }

        return true;
    }

    private static CommandReading ReadParameters(
        CommandSpec spec,
        CommandLine line,
        Mentions mentions
    )
    {
        var at = spec.PathWords.Length;
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

    /// <summary>It is clear what is wanted.</summary>
    public sealed record Understood(
        CommandSpec Spec,
        CommandLine Line,
        IReadOnlyList<(Parameter Parameter, object? Value)> Values
    ) : CommandReading
    {
        /// <summary>There is something in it that somebody wrote rather than chose.</summary>
        public bool HasText => Values.Any(v => v.Parameter.IsText && v.Value is not null);

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
    public sealed record Misunderstood(Words Why) : CommandReading
    {
        /// <summary>What does not stand where it should, and at which word that is; null when something else is wrong.</summary>
        public (Parameter Parameter, int At)? Lacks { get; init; }
    }
}
