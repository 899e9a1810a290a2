using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Domain;

/// <summary>The short unique key of a customer, <c>abc</c> (CUS-1).</summary>
[JsonConverter(typeof(TextIdConverter<CustomerKey>))]
public readonly record struct CustomerKey(string Value) : ITextId<CustomerKey>
{
    /// <summary>The longest key; longer names are cut, so that commands stay typable.</summary>
    public const int MaxLength = 40;

    private const int MostRead = 400;

    /// <inheritdoc/>
    public static CustomerKey From(string value) => new(value);

    /// <summary>
    /// The key that a name or key as typed leads to: letters and digits of any script in lower case, everything else a
    /// single hyphen. Null when nothing is left.
    /// </summary>
    public static CustomerKey? Of(string typed)
    {
        // A sign may become many letters: what can't be in the key is not read (X2).
        var read = typed.Length > MostRead ? typed[..MostRead] : typed;
        var key = new StringBuilder(MaxLength);
        foreach (var rune in NameFolding.Lower(UnseenMarks.Composed(read)).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
            {
                key.Append(rune);
            }
            else if (key.Length > 0 && key[^1] != '-')
            {
                key.Append('-');
            }

            if (key.Length >= MaxLength)
            {
                break;
            }
        }

        var text = key.ToString().Trim('-');
        return text.Length == 0 ? null : new CustomerKey(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark;
}
