using System.Collections.Immutable;

namespace Benchmarks.Load;

/// <summary>What the product keeps everything in, and how many sidecars work on it.</summary>
/// <param name="Word">How the command line names it.</param>
/// <param name="Name">How the report calls it.</param>
/// <param name="Engine">The engine, as <c>--store</c> of the product names it; null for PostgreSQL.</param>
/// <param name="Sidecars">How many are asked in turns.</param>
internal sealed record LoadStore(string Word, string Name, string? Engine, int Sidecars)
{
    private const string Every = "all";

    private static readonly ImmutableArray<LoadStore> All =
    [
        new("litedb", "LiteDB", "litedb", 1),
        new("sqlite", "SQLite", "sqlite", 1),
        new("postgres", "PostgreSQL", null, 1),
        new("two", "PostgreSQL, two sidecars", null, 2),
    ];

    /// <summary>What there is to choose from.</summary>
    public static string Words => $"{string.Join(", ", All.Select(s => s.Word))} or {Every}";

    /// <summary>Those that a word means; none when it means nothing.</summary>
    public static ImmutableArray<LoadStore> Named(string word) =>
        word == Every ? All : [.. All.Where(s => s.Word == word)];
}
