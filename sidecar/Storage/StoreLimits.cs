using System.Globalization;
using System.Text;

namespace Sidecar.Storage;

/// <summary>
/// How large what is stored may be, the same for every engine, so that what one has taken another can take over.
/// </summary>
public static class StoreLimits
{
    /// <summary>
    /// What the parts of one key may come to, in bytes: kind and id of a document; kind, index, key and id of an entry;
    /// an effect's id; an audit entry's subject with its place. Each part costs two more, and each zero in it one.
    /// </summary>
    public const int LargestKey = 1021;

    /// <summary>The largest body of a document with its entries, of an effect or of an audit entry, in bytes.</summary>
    public const int LargestBody = 16_000_000;

    private const int OfPlace = 8;
    private const int OfEntry = 8;

    /// <summary>Refuses what no engine could keep, before anything of the commit is written.</summary>
    /// <exception cref="StoreLimitException">Something is too large; the message says what, and how large it may be.</exception>
    /// <exception cref="ArgumentException">A document is written twice.</exception>
    public static void Verify(StoreCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (
            commit.Documents.Count > 1
            && commit.Documents.DistinctBy(static write => write.Key).Count()
                < commit.Documents.Count
        )
        {
            throw new ArgumentException("A commit writes each document once.", nameof(commit));
        }

        foreach (var write in commit.Documents)
        {
            Verify(write);
        }

        foreach (var due in commit.Due)
        {
            Key(OfPlace + Part(due.Kind) + Part(due.Id), "due time", due.Id);
        }

        foreach (var effect in commit.Outbox)
        {
            Key(Encoding.UTF8.GetByteCount(effect.Id.Value), "effect", effect.Id.Value);
            Body(effect.Body.Length, "effect", effect.Id.Value);
        }

        foreach (var entry in commit.Audit)
        {
            // One that is null fails alone, when it is applied.
            if (entry is not null)
            {
                Key(OfPlace + Part(entry.Subject), "audit entry", entry.Subject);
                Body(entry.Body.Length, "audit entry", entry.Subject);
            }
        }
    }

    private static void Verify(DocumentWrite write)
    {
        var document = Part(write.Key.Kind) + Part(write.Key.Id);
        Key(document, write.Key.Kind, write.Key.Id);
        // A document's entries are kept with it.
        var size = write.Body?.Length ?? 0;
        foreach (var entry in write.Indexes)
        {
            size += OfEntry + Encoding.UTF8.GetByteCount(entry.Index) + entry.Key.Bytes.Length;
            var zeros = entry.Key.Bytes.Span.Count((byte)0);
            Key(
                document + Part(entry.Index) + entry.Key.Bytes.Length + zeros + 2,
                $"entry in the index {entry.Index} of the {write.Key.Kind}",
                write.Key.Id
            );
        }

        Body(size, write.Key.Kind, write.Key.Id);
    }

    private static int Part(string text) =>
        Encoding.UTF8.GetByteCount(text) + text.AsSpan().Count('\0') + 2;

    private static void Key(int length, string what, string id)
    {
        if (length > LargestKey)
        {
            throw new StoreLimitException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The key of the {what} {Short(id)} has {length} bytes; the store keeps keys of up to {LargestKey}. Nothing was changed. Use a shorter name."
                )
            );
        }
    }

    private static void Body(int length, string what, string id)
    {
        if (length > LargestBody)
        {
            throw new StoreLimitException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The content of the {what} {Short(id)} has {length} bytes; the store keeps up to {LargestBody}. Nothing was changed. Make it smaller or split it."
                )
            );
        }
    }

    private static string Short(string id) => id.Length <= 60 ? id : $"{id[..60]}…";
}

/// <summary>Something is larger than a store can keep; the message is for whoever wrote it.</summary>
public sealed class StoreLimitException(string message) : Exception(message);
