using System.Text.Json.Serialization;

namespace Sidecar.Storage;

/// <summary>
/// Files documents anew when a release finds them by other indexes than the one that wrote them: an index holds only what
/// was written since it exists. Done before anything is served, once, in batches; a crash in between does no harm.
/// </summary>
internal sealed class Reindexing(Store store, IEnumerable<ReindexedKind> kinds, TimeProvider clock)
{
    private const int AtOnce = 500;

    public async Task Run(CancellationToken cancel)
    {
        foreach (var kind in kinds)
        {
            var filed = await store.Find(Filing.Kind, kind.Name, cancel);
            if (filed?.Value.Indexes != kind.Indexes)
            {
                await File(kind, filed, cancel);
            }
        }
    }

    private async Task File(ReindexedKind kind, Versioned<Filing>? before, CancellationToken cancel)
    {
        string? last = null;
        while (await store.Engine.ReadIds(kind.Name, last, AtOnce, cancel) is { Count: > 0 } ids)
        {
            await File(kind, ids, cancel);
            last = ids[^1];
        }

        var done = new Filing(kind.Indexes);
        var note = new Change(clock.GetUtcNow(), nameof(Reindexing));
        await store.Commit(
            before is null
                ? note.Add(Filing.Kind, kind.Name, done)
                : note.Replace(Filing.Kind, before, done),
            cancel
        );
    }

    private async Task File(ReindexedKind kind, IReadOnlyList<string> ids, CancellationToken cancel)
    {
        const int tries = 20;
        for (var attempt = 1; ; attempt++)
        {
            var change = new Change(clock.GetUtcNow(), nameof(Reindexing));
            foreach (var id in ids)
            {
                if (await store.Engine.Get(new DocumentKey(kind.Name, id), cancel) is { } stored)
                {
                    kind.Refile(change, stored);
                }
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }

            // An older release that is about to be replaced may still write.
            if (attempt == tries)
            {
                throw new InvalidOperationException(
                    "Documents go on changing while they are filed anew: two processes share a store."
                );
            }
        }
    }
}

/// <summary>A kind of document that is filed anew when its indexes change.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Indexes">By what its documents are found, as a text that differs when that differs.</param>
/// <param name="Refile">Writes a document again as it is.</param>
internal sealed record ReindexedKind(
    string Name,
    string Indexes,
    Action<Change, StoredDocument> Refile
)
{
    public static ReindexedKind Of<T>(DocumentKind<T> kind)
        where T : class =>
        new(
            kind.Name,
            string.Join(
                ' ',
                kind.Indexes.Select(index =>
                        index.Version == 1 ? index.Name : $"{index.Name}/{index.Version}"
                    )
                    .Order(StringComparer.Ordinal)
            ),
            (change, stored) =>
            {
                var read = Store.Read(kind, stored);
                change.Replace(kind, read, read.Value);
            }
        );
}

/// <summary>By which indexes the documents of a kind are filed; under the kind's name.</summary>
internal sealed record Filing(string Indexes)
{
    public static DocumentKind<Filing> Kind { get; } = new("filing", FilingJson.Default.Filing);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Filing))]
internal sealed partial class FilingJson : JsonSerializerContext;
