using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Storage;

/// <summary>What a use case decided, being put together: committed by <see cref="Store.Commit"/> as one.</summary>
/// <param name="now">The time of the decision, UTC.</param>
/// <param name="actor">Who decided: a user id, or the name of the part of the product that did.</param>
public sealed class Change(DateTimeOffset now, string actor)
{
    private readonly List<DocumentWrite> _documents = [];
    private readonly List<DueTime> _due = [];
    private readonly List<OutboxWrite> _outbox = [];
    private readonly List<AuditWrite> _audit = [];

    /// <summary>The time of the decision, UTC.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Adds a document that must not exist yet.</summary>
    public Change Add<T>(DocumentKind<T> kind, string id, T value)
        where T : class => Write(kind, id, value, expectedVersion: 0);

    /// <summary>Replaces a document that must still be as it was read.</summary>
    public Change Replace<T>(DocumentKind<T> kind, Versioned<T> read, T value)
        where T : class => Write(kind, read.Id, value, read.Version);

    /// <summary>Deletes a document that must still be as it was read.</summary>
    public Change Delete<T>(DocumentKind<T> kind, Versioned<T> read)
        where T : class
    {
        _documents.Add(
            new DocumentWrite(new DocumentKey(kind.Name, read.Id), read.Version, null, [])
        );
        return this;
    }

    /// <summary>Sets when something falls due (UTC), or removes it.</summary>
    public Change Due(string kind, string id, DateTimeOffset? at)
    {
        _due.Add(new DueTime(kind, id, at));
        return this;
    }

    /// <summary>Something to be done in the chat. A message with buttons stays open until it is settled.</summary>
    public Change Do(Effect effect)
    {
        var id = EffectId.New();
        var body = JsonSerializer.SerializeToUtf8Bytes(effect, EffectJson.Default.Effect);
        _outbox.Add(new OutboxWrite(id, effect.Lane, body, now));
        return OpenMessage.Of(effect, now) is { } open
            ? Add(OpenMessage.Kind, id.Value, open)
            : this;
    }

    /// <summary>An entry for the audit trail.</summary>
    public Change Record<T>(string subject, T entry, JsonTypeInfo<T> json)
    {
        _audit.Add(
            new AuditWrite(now, actor, subject, JsonSerializer.SerializeToUtf8Bytes(entry, json))
        );
        return this;
    }

    internal StoreCommit ToCommit() =>
        new()
        {
            Documents = _documents,
            Due = _due,
            Outbox = _outbox,
            Audit = ActedThrough.Noted(_audit) is { } noted ? [.. _audit, noted] : _audit,
            Under = LeasedWork.Current,
        };

    private Change Write<T>(DocumentKind<T> kind, string id, T value, long expectedVersion)
        where T : class
    {
        var indexes =
            from index in kind.Indexes
            from key in index.Keys(value)
            select new IndexEntry(index.Name, key);
        var body = JsonSerializer.SerializeToUtf8Bytes(value, kind.Json);
        _documents.Add(
            new DocumentWrite(new DocumentKey(kind.Name, id), expectedVersion, body, [.. indexes])
        );
        return this;
    }
}
