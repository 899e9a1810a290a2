using System.Globalization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features;

/// <summary>
/// The numbers of a series for who types one, written as they began to write it (<c>ESC-12</c>, <c>esc12</c>, <c>12</c>);
/// in the lists of forms also by words of what is said of them.
/// </summary>
internal abstract class OfferedNumbers<T>(Store store) : ICompletion
    where T : class
{
    private const int LongestTyped = 20;
    private const int LongestLine = 80;
    private const int MostWords = 8;

    // Of so many, those are found that begin with the digits typed; beyond them a number is found when it is whole.
    private const int LookedThrough = 100;

    public abstract string Name { get; }

    /// <summary>Which documents.</summary>
    protected abstract DocumentKind<T> Kind { get; }

    /// <summary>Before the numbers: <c>ESC</c>.</summary>
    protected abstract string Series { get; }

    /// <summary>Where to look, the likeliest first; nowhere for who may not read them.</summary>
    protected abstract ValueTask<IReadOnlyList<(DocumentIndex<T> Index, IndexKey Prefix)>> Lists(
        UserId reader,
        CancellationToken cancel
    );

    /// <summary>The number, and what is said of it.</summary>
    protected abstract (long Number, string State, string About) Tell(T document);

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    )
    {
        var start = Start(typed);
        return
        [
            .. (await Begun(reader, typed, start, cancel)).Select(t => new OfferedWord(
                Word(start, t.Number),
                t.State,
                Line(t.About)
            )),
        ];
    }

    public async ValueTask<IReadOnlyList<ControlOption>> Find(
        OfferQuery query,
        CancellationToken cancel
    )
    {
        var typed = query.Typed;
        var found = IsNumber(typed)
            ? await Begun(query.Reader, typed, Start(typed), cancel)
            : await WithWords(query.Reader, typed, cancel);
        return
        [
            .. found.Select(t => new ControlOption(
                Line($"{Word($"{Series}-", t.Number)} · {t.State} · {t.About}"),
                Word($"{Series}-", t.Number)
            )),
        ];
    }

    private async ValueTask<IReadOnlyList<(long Number, string State, string About)>> Begun(
        UserId reader,
        string typed,
        string start,
        CancellationToken cancel
    )
    {
        var lists = await Lists(reader, cancel);
        if (typed.Length > LongestTyped || lists.Count == 0)
        {
            return [];
        }

        var exact =
            SeriesNumber.Read(Series, typed) is { } whole
            && await store.Find(Kind, Word($"{Series}-", whole), cancel) is { Value: var known }
                ? known
                : null;
        return await Listed(
            lists,
            exact,
            typed.Any(char.IsAsciiDigit) ? LookedThrough : ICompletion.Most,
            t => Word(start, t.Number).StartsWith(typed, StringComparison.OrdinalIgnoreCase),
            cancel
        );
    }

    private async ValueTask<IReadOnlyList<(long Number, string State, string About)>> WithWords(
        UserId reader,
        string typed,
        CancellationToken cancel
    )
    {
        string[] words =
        [
            .. typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords),
        ];
        return await Listed(
            await Lists(reader, cancel),
            null,
            words.Length > 0 ? LookedThrough : ICompletion.Most,
            t =>
                words.All(w =>
                    t.About.Contains(w, StringComparison.OrdinalIgnoreCase)
                    || t.State.Contains(w, StringComparison.OrdinalIgnoreCase)
                ),
            cancel
        );
    }

    private async ValueTask<IReadOnlyList<(long Number, string State, string About)>> Listed(
        IReadOnlyList<(DocumentIndex<T> Index, IndexKey Prefix)> lists,
        T? first,
        int size,
        Func<(long Number, string State, string About), bool> isMeant,
        CancellationToken cancel
    )
    {
        var found = new Dictionary<long, (long Number, string State, string About)>();
        if (first is not null)
        {
            Add(first);
        }

        foreach (var (index, prefix) in lists)
        {
            if (found.Count < ICompletion.Most)
            {
                foreach (
                    var item in (await store.List(Kind, index, prefix, null, size, cancel)).Items
                )
                {
                    Add(item.Value);
                }
            }
        }

        return [.. found.Values.Take(ICompletion.Most)];

        void Add(T document)
        {
            var told = Tell(document);
            if (isMeant(told))
            {
                found.TryAdd(told.Number, told);
            }
        }
    }

    private bool IsNumber(string typed) =>
        typed.Length > 0
        && (
            char.IsAsciiDigit(typed[0])
            || typed[0] == '#'
            || (
                typed.Length <= Series.Length
                    ? Series.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                    : typed.StartsWith(Series, StringComparison.OrdinalIgnoreCase)
                        && (char.IsAsciiDigit(typed[Series.Length]) || typed[Series.Length] == '-')
            )
        );

    private string Start(string typed) =>
        typed.Length == 0 ? $"{Series}-"
        : char.IsAsciiDigit(typed[0]) ? ""
        : typed[0] == '#' ? "#"
        : typed.Length > Series.Length && char.IsAsciiDigit(typed[Series.Length]) ? Series
        : $"{Series}-";

    private static string Word(string start, long number) =>
        start + number.ToString(CultureInfo.InvariantCulture);

    private static string Line(string text) =>
        MarkdownEscaper.Shorten(text.ReplaceLineEndings(" "), LongestLine);
}
