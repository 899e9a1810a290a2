using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Editing;

/// <summary>
/// What somebody typed behind <c>customer add</c>, as far as it is understood: <c>acme Acme Labs 250k post-sales</c>. The
/// form shows all of it, and nothing is added by a guess.
/// </summary>
/// <param name="Key">The word in front of the name, in small letters; null when there was none.</param>
/// <param name="Name">The name.</param>
/// <param name="Values">What else was understood.</param>
/// <param name="Unplaced">Words that are none of it; they stand nowhere in the form.</param>
internal sealed record AddReading(
    CustomerKey? Key,
    string Name,
    ImmutableArray<(CustomerField Field, string Value)> Values,
    ImmutableArray<string> Unplaced
)
{
    private static readonly ImmutableArray<CustomerField> Named =
    [
        CustomerFields.Phase,
        CustomerFields.Contract,
    ];

    /// <summary>Said above the form: what was made of the line; nothing when it was a name alone.</summary>
    public Markdown Note
    {
        get
        {
            if (Key is null && Values.IsEmpty && Unplaced.IsEmpty)
            {
                return Markdown.None;
            }

            List<Markdown> parts =
            [
                Markdown.Of($"name **{Name}**"),
                .. Key is { } key
                    ? (Markdown[])[Markdown.Of($"key {Markdown.Code(key.Value)}")]
                    : [],
                .. Values.Select(v => Markdown.Of($"{v.Field.Label} **{v.Field.Show(v.Value)}**")),
            ];
            var left = Unplaced.IsEmpty
                ? Markdown.None
                : Markdown.Of(
                    $" I could not place {Markdown.Listed([.. Unplaced.Select(u => Markdown.Of($"“{u}”"))], "and")}."
                );
            return Markdown.Of($"Understood: {Markdown.Listed(parts, "and")}.{left}");
        }
    }

    /// <summary>Reads the words from a place on.</summary>
    public static AddReading Read(CommandLine line, int at, DateOnly today)
    {
        var words = line.Words[at..];
        // “acme Acme”, “3m 3M”: the key and the name that leads to it, whatever the name looks like.
        var pair = IsPair(words) ? 2 : 1;
        var name = words.Skip(pair).TakeWhile(w => Value(w, today) is null).Count() + pair;
        var values = ImmutableArray.CreateBuilder<(CustomerField, string)>();
        var unplaced = ImmutableArray.CreateBuilder<string>();
        foreach (var word in words.Skip(name))
        {
            if (Value(word, today) is not { } read)
            {
                unplaced.Add(MarkdownEscaper.Shorten(word.Value, 40));
            }
            else if (values.All(v => v.Item1 != read.Field))
            {
                values.Add(read);
            }
        }

        var isKeyed = IsKey(words, name);
        // "Acme Two" acme2: a quoted name says where it ends.
        var isBehind = name == 2 && words[0].IsQuoted && IsSpeltAsKey(words[1]);
        return new AddReading(
            isKeyed ? CustomerKey.Of(words[0].Value)
                : isBehind ? CustomerKey.Of(words[1].Value)
                : null,
            Joined(line, at + (isKeyed ? 1 : 0), at + (isBehind ? 1 : name)),
            values.ToImmutable(),
            [.. unplaced.Take(10)]
        );
    }

    /// <summary>
    /// A first word in small letters before a name that has others is the key: “acme Acme Labs”, but not “Acme Labs” nor
    /// “acme labs”.
    /// </summary>
    private static bool IsKey(ImmutableArray<CommandWord> words, int name) =>
        name > 1
        && IsSpeltAsKey(words[0])
        && (words[1].IsQuoted || words[1].Value.Any(char.IsUpper));

    private static bool IsPair(ImmutableArray<CommandWord> words) =>
        words.Length > 1
        && IsSpeltAsKey(words[0])
        && words[1].Value.Any(char.IsUpper)
        && CustomerKey.Of(words[1].Value)?.Value == words[0].Value;

    private static bool IsSpeltAsKey(CommandWord word) =>
        !word.IsQuoted && CustomerKey.Of(word.Value)?.Value == word.Value;

    private static (CustomerField Field, string Value)? Value(CommandWord word, DateOnly today)
    {
        if (word.IsQuoted)
        {
            return null;
        }

        var text = word.Value.Trim(',', ';');
        if (IsAmount(text) && CustomerFields.Arr.Read(text, today) is { Problem: null } amount)
        {
            return (CustomerFields.Arr, amount.Value);
        }

        foreach (var field in Named)
        {
            if (
                (field != CustomerFields.Contract || HasDigits(text, 6))
                && field.Read(text, today) is { Problem: null, Value.Length: > 0 } read
            )
            {
                return (field, read.Value);
            }
        }

        return null;
    }

    private static bool HasDigits(string text, int atLeast) =>
        text.Where(char.IsDigit).Skip(atLeast - 1).Any();

    // A small number may belong to the name: Studio 54.
    private static bool IsAmount(string text) =>
        text.Any(char.IsDigit)
        && (
            text[^1] is 'k' or 'K' or 'm' or 'M'
            || text[0] == '$'
            || text.StartsWith("usd", StringComparison.OrdinalIgnoreCase)
            || HasDigits(text, 5)
        );

    private static string Joined(CommandLine line, int from, int to) =>
        to == from + 1
            ? line.Words[from].Value
            : UnseenMarks.Without(line.Text[line.Words[from].Start..line.Words[to - 1].End]);
}
