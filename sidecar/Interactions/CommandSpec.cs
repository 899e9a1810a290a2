using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>A subcommand, declared once: parser, help, autocomplete hint, suggestions and README are made of it.</summary>
/// <param name="Path">Its words after <c>/escalate</c>, in lower case: <c>assign</c>; empty for none.</param>
/// <param name="Summary">What it is for, in a few words.</param>
/// <param name="Parameters">What follows the path, in order.</param>
public sealed record CommandSpec(
    string Path,
    string Summary,
    params ImmutableArray<Parameter> Parameters
)
{
    /// <summary>Commands as somebody would type them, without the slash command itself.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>Other words that mean it, as paths: <c>acknowledge</c>.</summary>
    public ImmutableArray<string> Synonyms { get; init; } = [];

    /// <summary>More about it, for its own help page; Markdown.</summary>
    public string? Details { get; init; }

    /// <summary>It is named in the suggestion that clients show below <c>/escalate</c>.</summary>
    public bool IsHinted { get; init; }

    /// <summary>Not for people: left out of help, hint and suggestions.</summary>
    public bool IsInternal { get; init; }

    /// <summary>The words of the path.</summary>
    public ImmutableArray<string> PathWords { get; } =
    [.. Path.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>All that can be typed for it, its own path first, in words.</summary>
    internal IEnumerable<string[]> Paths =>
        Synonyms.Select(s => s.Split(' ')).Prepend([.. PathWords]);

    /// <summary>How it is written: <c>/escalate assign ESC-1 @user [anyway]</c>.</summary>
    public string Usage => Written(Parameters);

    /// <summary>How it is written when all is left out that can be: <c>/escalate assign ESC-1 @user</c>.</summary>
    public string ShortUsage => Written(Parameters.Where(p => !p.IsOptional));

    private string Written(IEnumerable<Parameter> parameters) =>
        string.Join(
            ' ',
            [
                "/" + SlashCommand.Trigger,
                .. PathWords,
                .. parameters.Select(p => p.Usage).Where(u => u.Length > 0),
            ]
        );
}

/// <summary>Something that follows a command's path.</summary>
/// <param name="Name">How messages name it: <c>customer</c>.</param>
/// <param name="Usage">How usage lines show it: <c>&lt;customer&gt;</c>, <c>[sev1–sev4]</c>.</param>
public abstract record Parameter(string Name, string Usage)
{
    /// <summary>It may be left out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>People write sentences into it, which would be lost with a refusal (ALL-2).</summary>
    public bool IsText { get; init; }

    /// <summary>What to write, said to somebody who wrote something else.</summary>
    public required string Hint { get; init; }

    /// <summary>What is offered while it is typed, as <see cref="ICompletion.Name"/>; null for nothing.</summary>
    public string? Completes { get; init; }

    /// <summary>A name of several words may stand there without quotes; <see cref="INameWords"/> finds where it ends.</summary>
    public bool TakesNames { get; init; }

    /// <summary>Fixed words that it may be, offered in front of what else is.</summary>
    public IReadOnlyList<OfferedWord> Words { get; init; } = [];

    /// <summary>Something is offered while it is typed.</summary>
    public bool IsCompleted => Completes is not null || Words.Count > 0;

    /// <summary>The words, with nothing said about them.</summary>
    public static IReadOnlyList<OfferedWord> Of(params IEnumerable<string> words) =>
        [.. words.Select(w => new OfferedWord(w, "", ""))];

    internal abstract ReadArgument Read(ArgumentSource source);
}

/// <summary>A parameter and the type of its value: <c>call.Get(Severity)</c> gives a severity.</summary>
/// <param name="Name">See <see cref="Parameter"/>.</param>
/// <param name="Usage">See <see cref="Parameter"/>.</param>
/// <param name="Reader">Takes the value from the front of what is left.</param>
public sealed record Parameter<T>(
    string Name,
    string Usage,
    Func<ArgumentSource, ReadArgument<T>> Reader
) : Parameter(Name, Usage)
{
    internal override ReadArgument Read(ArgumentSource source) => Reader(source);

    /// <summary>
    /// The same, but it may be left out. Whoever copies a suggestion with the name in it, as in <c>cancel ESC-1 why</c>,
    /// has said nothing yet.
    /// </summary>
    public Parameter<T> OrNothing() =>
        this with
        {
            IsOptional = true,
            Usage = "[" + Usage.Trim('<', '>') + "]",
            Reader = source =>
                IsText && source.Line.From(source.At).Trim() == Placeholder
                    ? ReadArgument.Nothing<T>(source.Line.Words.Length - source.At)
                    : Reader(source),
        };

    /// <summary>The same, but it leaves <c>none</c> and <c>off</c> to the parameter behind it.</summary>
    public Parameter<T> UnlessNone() =>
        this with
        {
            Reader = source =>
                source.Next is { IsQuoted: false } word && NoneWord.Is(word.Value)
                    ? ReadArgument.Absent<T>()
                    : Reader(source),
        };

    private string Placeholder => Name.Split(" [")[0].TrimEnd('…', ' ');
}

/// <summary>What is left of a command while its parameters are read, and whom it mentions.</summary>
/// <param name="Line">The command.</param>
/// <param name="At">The next word.</param>
/// <param name="Mentions">Who is meant by an at-name.</param>
public sealed record ArgumentSource(CommandLine Line, int At, Mentions Mentions)
{
    /// <summary>The next word; null at the end.</summary>
    public CommandWord? Next => At < Line.Words.Length ? Line.Words[At] : null;

    /// <summary>The word behind the next one; null at the end.</summary>
    public CommandWord? AfterNext => At + 1 < Line.Words.Length ? Line.Words[At + 1] : null;
}

/// <summary>The outcome of reading a parameter.</summary>
/// <param name="Taken">How many words it took; 0 when there was no value.</param>
/// <param name="Problem">What is wrong with what is there; null when it is right, or simply something else.</param>
public abstract record ReadArgument(int Taken, string? Problem)
{
    internal abstract object? Boxed { get; }

    /// <summary>A value made of so many words.</summary>
    public static ReadArgument<T> Of<T>(T value, int taken = 1) => new(value, taken, null);

    /// <summary>So many words that say nothing.</summary>
    public static ReadArgument<T> Nothing<T>(int taken) => new(default, taken, null);

    /// <summary>What is there is not meant for this parameter.</summary>
    public static ReadArgument<T> Absent<T>() => new(default, 0, null);

    /// <summary>What is there is meant for this parameter, but is wrong.</summary>
    public static ReadArgument<T> Wrong<T>(string problem) => new(default, 0, problem);
}

/// <summary>The outcome of reading a typed parameter.</summary>
public sealed record ReadArgument<T>(T? Value, int Taken, string? Problem)
    : ReadArgument(Taken, Problem)
{
    internal override object? Boxed => Value;
}

/// <summary>Whom and what a command mentions, as Mattermost resolved it.</summary>
/// <param name="Users">By user name, without the at sign, in lower case.</param>
/// <param name="Channels">By channel name, without the tilde; the one in which it was typed as well.</param>
public sealed record Mentions(
    IReadOnlyDictionary<string, UserId> Users,
    IReadOnlyDictionary<string, ChannelId> Channels
)
{
    /// <summary>The channel in which it was typed: <c>here</c>; null in direct messages.</summary>
    public NamedChannel? Here { get; init; }

    /// <summary>Nobody and nothing.</summary>
    public static Mentions None { get; } =
        new(
            ImmutableDictionary<string, UserId>.Empty,
            ImmutableDictionary<string, ChannelId>.Empty
        );
}

/// <summary>A command that was understood: who typed it, and what for.</summary>
/// <param name="Envelope">Who, where, when.</param>
/// <param name="Line">All that was typed behind <c>/escalate</c>.</param>
public sealed record CommandCall(Envelope Envelope, CommandLine Line)
{
    /// <summary>Whom and what it mentions, as Mattermost resolved it.</summary>
    public Mentions Mentions { get; init; } = Mentions.None;

    private readonly Dictionary<Parameter, object?> _values = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>The value of a parameter; its type's default when it was left out.</summary>
    public T? Get<T>(Parameter<T> parameter) =>
        _values.TryGetValue(parameter, out var value) && value is T typed ? typed : default;

    internal void Set(Parameter parameter, object? value) => _values[parameter] = value;
}
