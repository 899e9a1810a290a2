using System.Globalization;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features;

/// <summary>The numbers of a series for who types one, written as they began to write it: <c>ESC-12</c>, <c>esc12</c>, <c>12</c>.</summary>
internal static class OfferedNumbers
{
    private const int LongestTyped = 20;
    private const int LongestLine = 80;

    // Of so many, those are found that begin with the digits typed; beyond them a number is found when it is whole.
    private const int LookedThrough = 100;

    /// <param name="store">Where they are.</param>
    /// <param name="kind">Which documents.</param>
    /// <param name="series">Before the numbers: <c>ESC</c>.</param>
    /// <param name="typed">What is typed of one.</param>
    /// <param name="lists">Where to look, the likeliest first.</param>
    /// <param name="tell">The number, and what is said of it.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask<IReadOnlyList<OfferedWord>> Of<T>(
        Store store,
        DocumentKind<T> kind,
        string series,
        string typed,
        IEnumerable<(DocumentIndex<T> Index, IndexKey Prefix)> lists,
        Func<T, (long Number, string State, string About)> tell,
        CancellationToken cancel
    )
        where T : class
    {
        if (typed.Length > LongestTyped)
        {
            return [];
        }

        var offered = new Dictionary<long, OfferedWord>();
        var start = Start(series, typed);
        if (
            SeriesNumber.Read(series, typed) is { } whole
            && await store.Find(
                kind,
                string.Create(CultureInfo.InvariantCulture, $"{series}-{whole}"),
                cancel
            )
                is { } exact
        )
        {
            Add(exact.Value);
        }

        var size = typed.Any(char.IsAsciiDigit) ? LookedThrough : ICompletion.Most;
        foreach (var (index, prefix) in lists)
        {
            if (offered.Count < ICompletion.Most)
            {
                foreach (
                    var item in (await store.List(kind, index, prefix, null, size, cancel)).Items
                )
                {
                    Add(item.Value);
                }
            }
        }

        return [.. offered.Values.Take(ICompletion.Most)];

        void Add(T document)
        {
            var (number, state, about) = tell(document);
            var word = start + number.ToString(CultureInfo.InvariantCulture);
            if (word.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            {
                offered.TryAdd(
                    number,
                    new OfferedWord(
                        word,
                        state,
                        MarkdownEscaper.Shorten(about.ReplaceLineEndings(" "), LongestLine)
                    )
                );
            }
        }
    }

    private static string Start(string series, string typed) =>
        typed.Length == 0 ? $"{series}-"
        : char.IsAsciiDigit(typed[0]) ? ""
        : typed[0] == '#' ? "#"
        : typed.Length > series.Length && char.IsAsciiDigit(typed[series.Length]) ? series
        : $"{series}-";
}
