using System.Text;
using LiteDB;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>Applies one commit inside the writer's transaction: all versions are looked at first, so a conflict has nothing to undo.</summary>
internal sealed class LiteChanges(LiteFile file, int remembered)
{
    private static readonly BsonExpression Head = BsonExpression.Create("{v:$.v,e:$.e}");

    private readonly OutboxRows _outbox = new(file, remembered);
    private long _audit = LiteReads.Last(file, LiteCollections.Audit);

    private readonly record struct Present(long Version, byte[] Entries);

    /// <summary>After a rollback the counters stand where the file stands.</summary>
    public void Reset()
    {
        _outbox.Reset();
        _audit = LiteReads.Last(file, LiteCollections.Audit);
    }

    public CommitOutcome Apply(StoreCommit commit)
    {
        var present = new List<Present>(commit.Documents.Count);
        foreach (var write in commit.Documents)
        {
            var found = file.FindBy(
                LiteCollections.Documents,
                "_id",
                LiteDocuments.IdOf(write.Key),
                Head
            );
            var version = found is null ? 0 : found["v"].AsInt64;
            if (version != write.ExpectedVersion)
            {
                return new CommitOutcome.Conflict(write.Key);
            }

            present.Add(new Present(version, found is null ? [] : found["e"].AsBinary));
        }

        for (var i = 0; i < commit.Documents.Count; i++)
        {
            Write(commit.Documents[i], present[i]);
        }

        foreach (var due in commit.Due)
        {
            SetDue(due);
        }

        foreach (var settlement in commit.Settlements)
        {
            _outbox.Settle(settlement);
        }

        file.Insert(
            LiteCollections.Audit,
            [
                .. commit.Audit.Select(entry =>
                    LiteDocuments.Audit(
                        ++_audit,
                        entry.At.UtcTicks,
                        entry.Actor,
                        entry.Subject,
                        entry.Body.ToArray()
                    )
                ),
            ]
        );
        return new CommitOutcome.Committed(_outbox.Queue(commit.Outbox));
    }

    /// <summary>Writes a number series; the reserve counts once it is on disk.</summary>
    public void WriteNumber(string series, long last) =>
        file.Engine.Upsert(
            LiteCollections.Numbers,
            [LiteDocuments.Number(series, last)],
            BsonAutoId.ObjectId
        );

    private void Write(DocumentWrite write, Present present)
    {
        var entries = write.Body is null ? [] : EntryList.Write(write.Indexes);
        var (gone, come) = EntryList.Differ(present.Entries, entries);
        file.Delete(
            LiteCollections.Entries,
            [.. gone.Select(entry => new BsonValue(IdOf(write.Key, entry)))]
        );
        file.Insert(
            LiteCollections.Entries,
            [.. come.Select(entry => new BsonDocument { ["_id"] = IdOf(write.Key, entry) })]
        );
        var id = LiteDocuments.IdOf(write.Key);
        if (write.Body is not { } body)
        {
            if (present.Version > 0)
            {
                file.Delete(LiteCollections.Documents, [id]);
            }

            return;
        }

        var row = LiteDocuments.Document(id, write.ExpectedVersion + 1, entries, body.ToArray());
        if (present.Version == 0)
        {
            file.Insert(LiteCollections.Documents, [row]);
        }
        else
        {
            file.Engine.Update(LiteCollections.Documents, [row]);
        }
    }

    private void SetDue(DueTime due)
    {
        if (due.At is { } at)
        {
            file.Engine.Upsert(
                LiteCollections.Due,
                [LiteDocuments.Due(due.Kind, due.Id, at.UtcTicks)],
                BsonAutoId.ObjectId
            );
        }
        else
        {
            file.Delete(LiteCollections.Due, [LiteKey.Of(due.Kind, due.Id).Bytes()]);
        }
    }

    private static byte[] IdOf(DocumentKey key, IndexEntry entry) =>
        LiteDocuments.Entry(key.Kind, entry.Index, entry.Key, key.Id).Bytes();
}
