namespace Sidecar.Storage.Sqlite;

/// <summary>Applies one commit to the tables, inside the writer's transaction.</summary>
internal sealed class Changes(SqliteConnection database, int rememberedDeliveries)
{
    private readonly DocumentTable _documents = new(database);
    private readonly OutboxTable _outbox = new(database, rememberedDeliveries);
    private readonly List<DocumentTable.Present> _present = [];

    /// <summary>
    /// Looks at every version first and writes only then: a conflict has nothing to undo, so it costs the other
    /// commits of its flush nothing. Settlements come before what is queued, so the answer shows the final state.
    /// </summary>
    public CommitOutcome Apply(StoreCommit commit)
    {
        _present.Clear();
        foreach (var write in commit.Documents)
        {
            if (!_documents.TryExpect(write, out var present))
            {
                return new CommitOutcome.Conflict(write.Key);
            }

            _present.Add(present);
        }

        for (var i = 0; i < commit.Documents.Count; i++)
        {
            _documents.Apply(commit.Documents[i], _present[i]);
        }

        foreach (var due in commit.Due)
        {
            SetDue(due);
        }

        foreach (var settlement in commit.Settlements)
        {
            _outbox.Settle(settlement);
        }

        foreach (var entry in commit.Audit)
        {
            Append(entry);
        }

        return new CommitOutcome.Committed(_outbox.Queue(commit.Outbox));
    }

    private void SetDue(DueTime due)
    {
        if (due.At is not { } at)
        {
            database
                .Prepared("DELETE FROM due WHERE kind = ?1 AND id = ?2")
                .With(due.Kind)
                .With(due.Id)
                .Run();
            return;
        }

        database
            .Prepared(
                "INSERT INTO due(kind, id, at) VALUES(?1, ?2, ?3) ON CONFLICT(kind, id) DO UPDATE SET at = excluded.at"
            )
            .With(due.Kind)
            .With(due.Id)
            .With(at.UtcTicks)
            .Run();
    }

    private void Append(AuditWrite entry) =>
        database
            .Prepared("INSERT INTO audit(at, actor, subject, body) VALUES(?1, ?2, ?3, ?4)")
            .With(entry.At.UtcTicks)
            .With(entry.Actor)
            .With(entry.Subject)
            .With(entry.Body.Span)
            .Run();
}
