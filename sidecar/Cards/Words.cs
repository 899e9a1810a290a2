using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Interactions;

namespace Sidecar.Cards;

/// <summary>
/// Text for people, as Markdown, in which what a user typed can neither format nor ping anybody (ALL-6). Write it as an
/// interpolated string: the literal parts are ours, strings in braces are escaped, a <see cref="UserId"/> becomes a
/// mention of that person by the name they have when the text is shown.
/// </summary>
/// <example><code>Words.Of($"{owner} acknowledged **{escalation.Id}**: {escalation.Summary}")</code></example>
[JsonConverter(typeof(WordsConverter))]
public sealed record Words
{
    internal const char MentionStart = '\uE000';
    internal const char MentionEnd = '\uE001';

    private Words(string template) => Template = template;

    /// <summary>Nothing.</summary>
    public static Words None { get; } = new("");

    /// <summary>Markdown in which mentions are still ids; <see cref="Show"/> makes the final text.</summary>
    internal string Template { get; }

    /// <summary>Nothing would be shown.</summary>
    [JsonIgnore]
    public bool IsEmpty => Template.Length == 0;

    /// <summary>Our own text with what was typed or who is meant in braces.</summary>
    public static Words Of(WordsBuilder text) => new(text.Text);

    /// <summary>What somebody typed, shown as typed.</summary>
    public static Words Typed(string text) => new(UserText.Escape(text));

    /// <summary>A sentence of ours that may quote what was typed; code in back-ticks stays code, the rest is escaped.</summary>
    public static Words Sentence(string text)
    {
        var parts = text.Split('`');
        // An odd number of back-ticks is not ours: then nothing is code.
        return parts.Length % 2 == 0
            ? Typed(text)
            : new(
                string.Concat(
                    parts.Select(
                        (part, i) => i % 2 == 0 ? UserText.Escape(part) : UserText.Code(part)
                    )
                )
            );
    }

    /// <summary>Text shown as code, to be copied as it is; it pings nobody.</summary>
    public static Words Code(string text) => new(UserText.Code(text));

    /// <summary>Several lines or paragraphs one below the other; empty ones are left out.</summary>
    public static Words Lines(IEnumerable<Words> lines) =>
        new(string.Join('\n', lines.Where(l => !l.IsEmpty).Select(l => l.Template)));

    /// <summary>The final Markdown.</summary>
    /// <param name="nameOf">The user name of a person, without the at sign; null when nobody knows it.</param>
    public string Show(Func<UserId, string?> nameOf)
    {
        if (!Template.Contains(MentionStart, StringComparison.Ordinal))
        {
            return Template;
        }

        var shown = new StringBuilder(Template.Length + 32);
        var rest = Template.AsSpan();
        for (var at = rest.IndexOf(MentionStart); at >= 0; at = rest.IndexOf(MentionStart))
        {
            shown.Append(rest[..at]);
            rest = rest[(at + 1)..];
            var end = rest.IndexOf(MentionEnd);
            var name = nameOf(new UserId(rest[..end].ToString()));
            shown.Append(name is null ? "somebody" : "@" + name);
            rest = rest[(end + 1)..];
        }

        return shown.Append(rest).ToString();
    }

    /// <summary>The same with line breaks shown as dots, for lists and tables.</summary>
    public Words OnOneLine() =>
        new(string.Join(" · ", Template.Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Everybody whom the text mentions.</summary>
    public IEnumerable<UserId> Mentioned()
    {
        for (var at = Template.IndexOf(MentionStart, StringComparison.Ordinal); at >= 0; )
        {
            var end = Template.IndexOf(MentionEnd, at);
            yield return new UserId(Template[(at + 1)..end]);
            at = Template.IndexOf(MentionStart, end);
        }
    }

    internal static Words FromTemplate(string template) => new(template);
}

/// <summary>Collects the parts of an interpolated <see cref="Words"/>.</summary>
[InterpolatedStringHandler]
public readonly ref struct WordsBuilder(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    internal string Text => _text.ToString();

    /// <summary>Our own Markdown.</summary>
    public void AppendLiteral(string markdown) => _text.Append(markdown);

    /// <summary>What somebody typed.</summary>
    public void AppendFormatted(string? typed) => _text.Append(UserText.Escape(typed ?? ""));

    /// <summary>Words made before.</summary>
    public void AppendFormatted(Words words) => _text.Append(words.Template);

    /// <summary>A person.</summary>
    public void AppendFormatted(UserId person) =>
        _text.Append(Words.MentionStart).Append(person.Value).Append(Words.MentionEnd);

    /// <summary>A number.</summary>
    public void AppendFormatted(long number) =>
        _text.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A value of ours.</summary>
    public void AppendFormatted<T>(T value)
        where T : struct, IWritten => _text.Append(value.ToString());
}

/// <summary>A value of ours whose <c>ToString</c> is how it is written for people, with nothing that a user typed in it.</summary>
public interface IWritten;

/// <summary>Keeps <see cref="Words"/> as one JSON string.</summary>
internal sealed class WordsConverter : JsonConverter<Words>
{
    public override Words Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Words.FromTemplate(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Words value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Template);
}
