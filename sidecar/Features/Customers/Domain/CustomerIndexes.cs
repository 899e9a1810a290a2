using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Domain;

/// <summary>
/// By what customers are found. Archived ones are filed apart everywhere but under their names. The number in a name is
/// that of the folding: what was filed by another one is filed anew.
/// </summary>
internal static class CustomerIndexes
{
    /// <summary>In the order in which people read names: case and accents do not matter.</summary>
    public static DocumentIndex<Customer> ByName { get; } =
        new("by-name-2", c => [Named(IndexKey.Empty.Then(c.IsArchived), c)]);

    /// <summary>By key; archived ones too: a key is taken for ever.</summary>
    public static DocumentIndex<Customer> ByKey { get; } =
        new("by-key", c => [IndexKey.Empty.Then(c.Key.Value)]);

    /// <summary>By the whole name, for whoever types it; archived ones too.</summary>
    public static DocumentIndex<Customer> ByWholeName { get; } =
        new("by-whole-name-2", c => [IndexKey.Empty.Then(Plain(c.Name))]);

    /// <summary>By the whole names of before, for whoever has not heard of the new one; archived ones too.</summary>
    public static DocumentIndex<Customer> ByFormerName { get; } =
        new("by-former-name", c => c.FormerNames.Select(name => IndexKey.Empty.Then(Plain(name))));

    /// <summary>By every word of name and key, so that the beginning of one finds them.</summary>
    public static DocumentIndex<Customer> ByWord { get; } =
        new("by-word-2", c => WordsOf(c).Select(word => Worded(c, word)));

    /// <summary>By each of the owners.</summary>
    public static DocumentIndex<Customer> ByOwner { get; } =
        new(
            "by-owner",
            c =>
                c.Owners.Select(owner =>
                    Named(IndexKey.Empty.Then(owner.Value).Then(c.IsArchived), c)
                )
        );

    /// <summary>The largest ARR first; who has none is not in it.</summary>
    public static DocumentIndex<Customer> ByArr { get; } =
        new(
            "by-arr",
            c =>
                c.Arr is { } arr
                    ? [IndexKey.Empty.Then(c.IsArchived).ThenDescending((long)(arr * 100))]
                    : []
        );

    public static ImmutableArray<DocumentIndex<Customer>> All { get; } =
    [ByName, ByKey, ByWholeName, ByFormerName, ByWord, ByOwner, ByArr];

    /// <summary>A place in the order of names within a group.</summary>
    public static IndexKey Named(IndexKey group, Customer customer) =>
        group.Then(Fold(customer.Name)).Then(customer.Key.Value);

    /// <summary>What the keys of all words begin with that begin with a text.</summary>
    public static IndexKey Beginning(bool isArchived, string foldedText) =>
        IndexKey.FromBytes([
            .. IndexKey.Empty.Then(isArchived).Bytes.Span,
            .. Encoding.UTF8.GetBytes(foldedText),
        ]);

    /// <summary>The first place at which a customer is filed under words that begin with a text; null when none does.</summary>
    public static IndexKey? FirstBeginning(Customer customer, string foldedText)
    {
        var keys = WordsOf(customer)
            .Where(word => word.StartsWith(foldedText, StringComparison.Ordinal))
            .Select(word => Worded(customer, word))
            .ToList();
        return keys.Count == 0 ? null : keys.Min();
    }

    /// <summary>The words of name and key, folded.</summary>
    public static IEnumerable<string> WordsOf(Customer customer) =>
        Cut(customer.Name).Concat(Cut(customer.Key.Value)).Distinct(StringComparer.Ordinal);

    /// <summary>A text cut into folded words.</summary>
    public static IEnumerable<string> Cut(string text)
    {
        var word = new StringBuilder();
        foreach (var c in Fold(text) + " ")
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c))
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    /// <summary>For comparing whole names, see <see cref="NameFolding"/>.</summary>
    public static string Plain(string name) => NameFolding.Plain(name);

    /// <summary>For order and search: <see cref="Plain"/> without the accents of Latin, Greek and Cyrillic letters.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var isBare = false;
        foreach (var c in Plain(text).Normalize(NormalizationForm.FormD))
        {
            // Marks of other scripts are vowels and the like: without them it would be another word.
            if (
                !(isBare && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            )
            {
                folded.Append(c);
                isBare = c < '\u0530';
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static IndexKey Worded(Customer customer, string word) =>
        Named(IndexKey.Empty.Then(customer.IsArchived).Then(word), customer);

    private static bool IsMark(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark;
}
