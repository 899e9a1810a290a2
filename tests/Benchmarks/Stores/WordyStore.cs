using System.Globalization;
using System.Text.Json.Serialization;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;

namespace Benchmarks.Stores;

/// <summary>A document as long as an escalation, made of words that are as common and as rare as words are.</summary>
internal sealed record WordyDocument(long Number, string Summary, string Impact)
{
    public static readonly WordIndex<WordyDocument> Words = new(
        "by-words",
        document => [document.Summary, document.Impact],
        document => IndexKey.Empty.ThenDescending(document.Number)
    );

    public static readonly DocumentKind<WordyDocument> Kind = new(
        "wordy",
        WordyJson.Default.WordyDocument
    )
    {
        Indexes = [Words.Index],
    };

    /// <summary>Of a thousand words the n-th is n times rarer than the first (Zipf).</summary>
    public static string Word(long chance)
    {
        const int vocabulary = 5_000;
        var share = Math.Abs(chance % 1_000_000) / 1_000_000.0;
        var rank = (int)Math.Pow(vocabulary, share);
        return string.Create(CultureInfo.InvariantCulture, $"word{rank}");
    }

    /// <summary>“even” and “odd” are in every second one, never together, but in the first.</summary>
    public static WordyDocument Of(long number)
    {
        var parity =
            number == 1 ? "even odd"
            : number % 2 == 0 ? "even"
            : "odd";
        return new WordyDocument(
            number,
            $"Everywhere {parity} {Text(number, 10)}",
            Text(number + 7_000_000, 24)
        );
    }

    private static string Text(long seed, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(i => Word(Mixed.Of((seed * 64) + i))));
}

[JsonSerializable(typeof(WordyDocument))]
internal sealed partial class WordyJson : JsonSerializerContext;

/// <summary>A store full of them, written once and kept.</summary>
internal static class WordyStore
{
    private const int Edition = 1;
    private const int AtOnce = 1_000;

    public static async Task<SqliteStoreEngine> Open(int documents)
    {
        var directory = Path.Combine(
            SeededStore.Cache,
            string.Create(CultureInfo.InvariantCulture, $"words{Edition}-{documents}")
        );
        var engine = await SeededStore.Open(directory);
        var store = new Store(engine);
        for (var first = await Next(store, documents); first <= documents; first += AtOnce)
        {
            var change = new Change(SeedPlan.Start, "seed");
            for (var n = first; n < Math.Min(first + AtOnce, documents + 1); n++)
            {
                change.Add(
                    WordyDocument.Kind,
                    n.ToString("D9", CultureInfo.InvariantCulture),
                    WordyDocument.Of(n)
                );
            }

            await store.Commit(change, CancellationToken.None);
        }

        return engine;
    }

    /// <summary>Where seeding goes on when it was broken off.</summary>
    private static async Task<int> Next(Store store, int documents)
    {
        for (var n = 1; n <= documents; n += AtOnce)
        {
            var id = n.ToString("D9", CultureInfo.InvariantCulture);
            if (await store.Find(WordyDocument.Kind, id, CancellationToken.None) is null)
            {
                return n;
            }
        }

        return documents + 1;
    }
}
