using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;

namespace Sidecar.Storage.Engines;

/// <summary>The one place that says which engine a data directory has, or gets.</summary>
internal static class StoreFormats
{
    public static IReadOnlyList<IStoreFormat> All { get; } =
    [new LiteDbFormat(), new SqliteFormat()];

    public static IStoreFormat Of(StoreKind kind) => All.First(format => format.Kind == kind);

    /// <summary>The one that <c>--store</c> names.</summary>
    /// <exception cref="StoreUnusableException">It names none; what it says is not repeated, as it may hold a password.</exception>
    public static IStoreFormat? Named(string? word) =>
        word is null
            ? null
            : All.FirstOrDefault(format => format.Word == word)
                ?? throw new StoreUnusableException(
                    "A store in files is meant here: --store takes litedb or sqlite."
                );

    /// <summary>The engine whose file this is; null when it is none.</summary>
    public static IStoreFormat? OfFile(string path)
    {
        Span<byte> beginning = stackalloc byte[FileFormat.Beginning];
        using var file = File.OpenRead(path);
        var read = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        foreach (var format in All)
        {
            if (format.Recognizes(beginning[..read]))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The stores in a data directory: one, none, or both when somebody has put them there.</summary>
    public static IReadOnlyList<IStoreFormat> PresentIn(string directory) =>
        [
            .. All.Where(format =>
                new StoreFiles(directory, format.Kind) is var files
                && (files.DatabaseHasContent || StoreFiles.LengthOf(files.Log) > 0)
            ),
        ];

    /// <summary>
    /// The engine of a data directory: what is there goes on being used, and without anything there it is the one that
    /// was named, or LiteDB. An empty store is never made beside one that is there.
    /// </summary>
    /// <exception cref="StoreUnusableException">The word does not fit what is there; the message says what to do.</exception>
    public static IStoreFormat For(string directory, IStoreFormat? named)
    {
        if (named is null && DatabaseNote.In(directory) is { } database)
        {
            throw new StoreUnusableException(
                $"The store of {directory} is {database}, and nothing says so now: what is, or would be made, in the directory itself is not what people work with. "
                    + "Say --store postgres:… as before, or by the variable ESCALATE_STORE; --store litedb or --store sqlite means the directory all the same."
            );
        }

        var present = PresentIn(directory);
        if (present.Count == 0)
        {
            return named ?? Of(StoreKind.LiteDb);
        }

        if (named is null)
        {
            return present.Count == 1
                ? present[0]
                : throw new StoreUnusableException(
                    $"{directory} holds two stores, {StoreFiles.NameOf(present[0].Kind)} and {StoreFiles.NameOf(present[1].Kind)}. "
                        + $"Say which with --store {present[0].Word} or --store {present[1].Word}, or move the one that is not used elsewhere."
                );
        }

        return present.Contains(named)
            ? named
            : throw new StoreUnusableException(
                $"{directory} holds a store of {present[0].Name}; an empty one of {named.Name} beside it would hide it. "
                    + $"Leave --store out to go on with it, or copy it into a new directory: "
                    + $"{ProgramName.Typed} store copy --from {directory} --to <directory> --store {named.Word}"
            );
    }
}
