using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Ids;

namespace Sidecar.Text;

/// <summary>
/// Text for people, as Markdown, in which what a user typed can neither format nor ping anybody (ALL-6). Write it as an
/// interpolated string: the literal parts are ours, strings in braces are escaped, a <see cref="UserId"/> becomes a
/// mention of that person by the name they have when the text is shown.
/// </summary>
/// <example><code>Words.Of($"{owner} acknowledged **{escalation.Id}**: {escalation.Summary}")</code></example>
[JsonConverter(typeof(WordsConverter))]
public sealed record Markdown
{
    internal const char MentionStart = '\uE000';
    internal const char MentionEnd = '\uE001';
    internal const string MentionStarts = "\uE000";
    internal const string MentionEnds = "\uE001";

    /// <summary>Before the id of somebody who is named and not called.</summary>
    internal const char Quietly = '~';

    private Markdown(string template) => Template = template;

    /// <summary>Nothing.</summary>
    public static Markdown None { get; } = new("");

    /// <summary>Markdown in which mentions are still ids; <see cref="Show"/> makes the final text.</summary>
    internal string Template { get; }

    /// <summary>Nothing would be shown.</summary>
    [JsonIgnore]
    public bool IsEmpty => Template.Length == 0;

    /// <summary>Our own text with what was typed or who is meant in braces.</summary>
    public static Markdown Of(WordsBuilder text) => new(text.TextAndClear());

    /// <summary>What somebody typed, shown as typed.</summary>
    public static Markdown Typed(string text) => new(MarkdownEscaper.Escape(text));

    /// <summary>A sentence of ours that may quote what was typed; code in back-ticks stays code, the rest is escaped.</summary>
    public static Markdown Sentence(string text)
    {
        var parts = text.Split('`');
        // An odd number of back-ticks is not ours: then nothing is code.
        return parts.Length % 2 == 0
            ? Typed(text)
            : new(
                string.Concat(
                    parts.Select(
                        (part, i) =>
                            i % 2 == 0 ? MarkdownEscaper.Escape(part) : MarkdownEscaper.Code(part)
                    )
                )
            );
    }

    /// <summary>Text shown as code, to be copied as it is; it pings nobody.</summary>
    public static Markdown Code(string text) => new(MarkdownEscaper.Code(text));

    /// <summary>Several lines or paragraphs one below the other; empty ones are left out.</summary>
    public static Markdown Lines(IEnumerable<Markdown> lines) =>
        new(string.Join('\n', lines.Where(l => !l.IsEmpty).Select(l => l.Template)));

    /// <summary>Several in one sentence: <c>a, b and c</c>.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="last">What stands before the last: <c>and</c>, <c>or</c>.</param>
    public static Markdown Listed(IReadOnlyList<Markdown> parts, string last) =>
        parts.Count == 1
            ? parts[0]
            : new(
                string.Join(", ", parts.SkipLast(1).Select(p => p.Template))
                    + $" {last} {parts[^1].Template}"
            );

    /// <summary>The final Markdown.</summary>
    /// <param name="nameOf">The user name of a person, without the at sign; null when nobody knows it.</param>
    public string Show(Func<UserId, string?> nameOf)
    {
        if (!Template.Contains(MentionStart, StringComparison.Ordinal))
        {
            return Template;
        }

        var shown = new DefaultInterpolatedStringHandler(Template.Length + 32, 0);
        var rest = Template.AsSpan();
        for (var at = rest.IndexOf(MentionStart); at >= 0; at = rest.IndexOf(MentionStart))
        {
            shown.AppendFormatted(rest[..at]);
            rest = rest[(at + 1)..];
            var end = rest.IndexOf(MentionEnd);
            var isQuiet = rest[0] == Quietly;
            var name = nameOf(new UserId(rest[(isQuiet ? 1 : 0)..end].ToString()));
            shown.AppendLiteral(
                name is null ? "somebody"
                : isQuiet ? "@\u200B"
                : "@"
            );
            shown.AppendLiteral(name ?? "");
            rest = rest[(end + 1)..];
            // A name may end as a sentence does; the full stop behind it is one too many then.
            if (name is [.., '.'] && WordsBuilder.StopBehind(rest) is { } stop)
            {
                shown.AppendFormatted(rest[..stop]);
                rest = rest[(stop + 1)..];
            }
        }

        shown.AppendFormatted(rest);
        return shown.ToStringAndClear();
    }

    /// <summary>The same with names that ping nobody, for where everybody reads it.</summary>
    /// <param name="nameOf">As in <see cref="Show"/>.</param>
    public Markdown WithoutPings(Func<UserId, string?> nameOf) =>
        new(Show(person => nameOf(person) is { } name ? '\u200B' + name : null));

    /// <summary>The same in which people are named, and nobody is called but those who are to be.</summary>
    /// <param name="called">Who is called by it.</param>
    public Markdown Quiet(params IReadOnlyCollection<UserId> called)
    {
        if (!Template.Contains(MentionStart, StringComparison.Ordinal))
        {
            return this;
        }

        var parts = Template.Split(MentionStart);
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf(MentionEnd, StringComparison.Ordinal);
            var isCalled = parts[i][0] == Quietly || called.Contains(new UserId(parts[i][..end]));
            parts[i] = isCalled ? parts[i] : Quietly + parts[i];
        }

        return new(string.Join(MentionStart, parts));
    }

    /// <summary>The same with line breaks shown as dots, for lists and tables.</summary>
    public Markdown OnOneLine() =>
        new(string.Join(" · ", Template.Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>The same with an end, so that another sentence may follow: what people wrote often has none.</summary>
    public Markdown AsSentence() =>
        Template.Length == 0 || ".!?:…".Contains(Template[^1]) ? this : new(Template + ".");

    /// <summary>Everybody whom the text mentions.</summary>
    public IEnumerable<UserId> Mentioned()
    {
        for (var at = Template.IndexOf(MentionStart, StringComparison.Ordinal); at >= 0; )
        {
            var end = Template.IndexOf(MentionEnd, at);
            yield return new UserId(Template[(at + 1)..end].TrimStart(Quietly));
            at = Template.IndexOf(MentionStart, end);
        }
    }

    internal static Markdown FromTemplate(string template) => new(template);
}

/// <summary>Collects the parts of an interpolated <see cref="Markdown"/>, in memory that is used again.</summary>
[InterpolatedStringHandler]
public ref struct WordsBuilder(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler _text = new(
        literalLength,
        formattedCount,
        CultureInfo.InvariantCulture
    );

    // In German “ ends what „ began, in French » what « did, and in Danish the other way round.
    private const string Closings = "*_”’»“‘«›‹\")]";
    private static readonly SearchValues<char> Closing = SearchValues.Create(Closings);

    // What was put in ends a sentence: then the full stop behind it is one too many.
    private bool _isEnded;

    internal string TextAndClear() => _text.ToStringAndClear();

    /// <summary>Our own Markdown.</summary>
    public void AppendLiteral(string markdown)
    {
        var stop = _isEnded ? StopBehind(markdown) : null;
        _text.AppendLiteral(stop is { } at ? markdown.Remove(at, 1) : markdown);
        _isEnded = false;
    }

    /// <summary>Where a full stop follows, be it behind what closes a quotation, a bracket or bold; null when none does.</summary>
    internal static int? StopBehind(ReadOnlySpan<char> markdown)
    {
        var at = markdown.IndexOfAnyExcept(Closing);
        return at >= 0 && markdown[at..] is ['.', ..] and not ['.', '.', ..] ? at : null;
    }

    /// <summary>What somebody typed.</summary>
    public void AppendFormatted(string? typed)
    {
        MarkdownEscaper.AppendEscaped(ref _text, typed ?? "");
        _isEnded = EndsSentence(typed);
    }

    /// <summary>Words made before.</summary>
    public void AppendFormatted(Markdown words)
    {
        _text.AppendLiteral(words.Template);
        _isEnded = EndsSentence(words.Template);
    }

    private static bool EndsSentence(ReadOnlySpan<char> text) =>
        // What was typed has its marks escaped.
        text.TrimEnd(Closings + "\\")
            is [.., '.' or '!' or '?' or '…' or '。'];

    /// <summary>A person.</summary>
    public void AppendFormatted(UserId person)
    {
        _isEnded = false;
        _text.AppendLiteral(Markdown.MentionStarts);
        _text.AppendLiteral(person.Value);
        _text.AppendLiteral(Markdown.MentionEnds);
    }

    /// <summary>A number.</summary>
    public void AppendFormatted(long number)
    {
        _text.AppendFormatted(number);
        _isEnded = false;
    }

    /// <summary>A value of ours.</summary>
    public void AppendFormatted<T>(T value)
        where T : struct, IWritten
    {
        _text.AppendLiteral(value.ToString() ?? "");
        _isEnded = false;
    }
}

/// <summary>A value of ours whose <c>ToString</c> is how it is written for people, with nothing that a user typed in it.</summary>
public interface IWritten;

/// <summary>Keeps <see cref="Markdown"/> as one JSON string.</summary>
internal sealed class WordsConverter : JsonConverter<Markdown>
{
    public override Markdown Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Markdown.FromTemplate(reader.GetString() ?? "");

    public override void Write(
        Utf8JsonWriter writer,
        Markdown value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.Template);
}
