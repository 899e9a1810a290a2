using System.Globalization;
using System.Text;

namespace Sidecar.Storage;

/// <summary>
/// Cuts text into what it is found by: words of letters, digits and marks of every script, compatibility forms and
/// case folded. Scripts that write no spaces give overlapping pairs of characters instead of words.
/// </summary>
public static class SearchWords
{
    /// <summary>Of longer words only so many characters count.</summary>
    public const int LongestTerm = 40;

    /// <summary>So many terms of a document are enough for everything that is typed by hand.</summary>
    public const int MostTerms = 96;

    /// <summary>The different terms of some texts, the first ones first.</summary>
    /// <param name="texts">What is searched, the most important first: it stays in when there are too many terms.</param>
    /// <param name="atMost">How many terms.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string?> texts, int atMost = MostTerms) =>
        [.. texts.SelectMany(Runs).SelectMany(run => run.Terms()).Distinct().Take(atMost)];

    /// <summary>The words of a text in their order, those of unspaced scripts as long as they are written.</summary>
    internal static IEnumerable<SearchRun> Runs(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        var runs = new List<SearchRun>();
        var run = new StringBuilder();
        var isUnspaced = false;
        foreach (var rune in Folded(text).EnumerateRunes())
        {
            switch (Kind(rune))
            {
                case Character.Joins:
                    break;
                case Character.Marks:
                    // A mark belongs to what it stands on; on nothing it means nothing.
                    run.Append(run.Length > 0 ? rune.ToString() : "");
                    break;
                case Character.Separates:
                    End();
                    break;
                case var kind:
                    if (isUnspaced != (kind == Character.Unspaced))
                    {
                        End();
                    }

                    isUnspaced = kind == Character.Unspaced;
                    run.Append(rune.ToString());
                    break;
            }
        }

        End();
        return runs;

        void End()
        {
            if (run.Length > 0)
            {
                runs.Add(new SearchRun(run.ToString(), isUnspaced));
                run.Clear();
            }
        }
    }

    private static string Folded(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        return Whole(text)
            .Normalize(NormalizationForm.FormKC)
            .ToLowerInvariant()
            .Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Half a character, and the one code that is none, have no normal form.</summary>
    private static string Whole(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append((rune.Value == 0xFFFE ? Rune.ReplacementChar : rune).ToString());
        }

        return whole.ToString();
    }

    private static Character Kind(Rune rune) =>
        rune.Value switch
        {
            // Apostrophes, soft hyphens, joiners and variation selectors are inside of words.
            '\'' or '\u2019' or '\u00AD' or '\u200C' or '\u200D' => Character.Joins,
            >= 0xFE00 and <= 0xFE0F => Character.Joins,
            >= 0xE0100 and <= 0xE01EF => Character.Joins,
            _ when IsMark(rune) => Character.Marks,
            _ when !Rune.IsLetterOrDigit(rune) => Character.Separates,
            _ when UnspacedScripts.Have(rune) => Character.Unspaced,
            _ => Character.Spaced,
        };

    internal static bool IsMark(Rune rune) =>
        !rune.IsAscii
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    private enum Character
    {
        Separates,
        Joins,
        Marks,
        Spaced,
        Unspaced,
    }
}

/// <summary>A word, or a stretch of text whose script writes no spaces.</summary>
/// <param name="Text">Folded.</param>
/// <param name="IsUnspaced">Words can begin and end anywhere in it.</param>
internal readonly record struct SearchRun(string Text, bool IsUnspaced)
{
    /// <summary>
    /// A word is one term. An unspaced stretch gives each pair of neighbours, and its last character alone: so each
    /// character begins a term, and one alone is found as a beginning.
    /// </summary>
    public IEnumerable<string> Terms()
    {
        if (!IsUnspaced)
        {
            return [Cut(Text)];
        }

        var text = Text;
        var starts = Starts(text);
        return starts.Select(
            (start, i) => text[start..(i + 2 < starts.Count ? starts[i + 2] : text.Length)]
        );
    }

    /// <summary>It is one character, marks aside.</summary>
    public bool IsSingle => Starts(Text).Count == 1;

    /// <summary>Being found by all of its terms does not yet say that it is there as a whole.</summary>
    public bool IsMoreThanItsTerms =>
        IsUnspaced ? Starts(Text).Count > 2 : Cut(Text).Length < Text.Length;

    private static string Cut(string word)
    {
        if (word.Length <= SearchWords.LongestTerm)
        {
            return word;
        }

        var end = SearchWords.LongestTerm;
        return word[..(char.IsHighSurrogate(word[end - 1]) ? end - 1 : end)];
    }

    /// <summary>Where characters begin, marks being a part of the one before.</summary>
    private static List<int> Starts(string text)
    {
        var starts = new List<int>(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (at == 0 || !SearchWords.IsMark(rune))
            {
                starts.Add(at);
            }

            at += rune.Utf16SequenceLength;
        }

        return starts;
    }
}
