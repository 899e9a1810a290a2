using System.Collections.Immutable;

namespace Sidecar.Storage;

/// <summary>
/// What somebody typed to find something. All words must be there; the last one may be the beginning of a word, since
/// people type as much as they think is enough.
/// </summary>
public sealed record SearchQuery
{
    /// <summary>Whoever types more words means no more than these.</summary>
    public const int MostWords = 12;

    /// <summary>Shorter last words are whole words: too much begins with two letters.</summary>
    public const int ShortestBeginning = 3;

    private SearchQuery(ImmutableArray<SearchRun> words) => Words = words;

    /// <summary>There is no word in it.</summary>
    public bool IsEmpty => Words.IsEmpty;

    internal ImmutableArray<SearchRun> Words { get; }

    // Twelve words are said in less. What is longer would cost its reader nothing, and everybody else their time (X2).
    private const int MostCharacters = 600;

    /// <summary>Reads what was typed; never fails.</summary>
    public static SearchQuery Read(string typed) =>
        new([
            .. SearchWords
                .Runs(typed.Length > MostCharacters ? typed[..MostCharacters] : typed)
                .Distinct()
                .Take(MostWords),
        ]);

    /// <summary>
    /// Whether a word may stand for all that begin with it: the last one, unless it is a number, and a single character
    /// of an unspaced script, which is filed only with its neighbour.
    /// </summary>
    internal bool IsBeginning(int word)
    {
        var (text, isUnspaced) = Words[word];
        return isUnspaced
            ? Words[word].IsSingle
            : word == Words.Length - 1
                && text.Length >= ShortestBeginning
                && !text.All(char.IsDigit);
    }

    /// <summary>Whether terms alone tell too little, so that found documents have to be looked at.</summary>
    internal bool NeedsLook => Words.Any(word => word.IsMoreThanItsTerms);

    /// <summary>Whether all words are in some texts.</summary>
    /// <param name="texts">What is searched.</param>
    /// <param name="isBeginning">Which of the words may be the beginning of one.</param>
    internal bool IsIn(IEnumerable<string?> texts, Func<int, bool> isBeginning)
    {
        List<SearchRun> runs = [.. texts.SelectMany(SearchWords.Runs)];
        return Enumerable
            .Range(0, Words.Length)
            .All(i => runs.Exists(run => Is(Words[i], run, isBeginning(i))));
    }

    private static bool Is(SearchRun word, SearchRun run, bool isBeginning) =>
        word.IsUnspaced == run.IsUnspaced
        && (
            word.IsUnspaced ? run.Text.Contains(word.Text, StringComparison.Ordinal)
            : isBeginning ? run.Text.StartsWith(word.Text, StringComparison.Ordinal)
            : run.Text == word.Text
        );
}
