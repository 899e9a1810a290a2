using Sidecar.Ids;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// Commits that go into the database together: applied one after the other to the rows they touch, in memory, while the
/// store's one row is locked, so that nobody else changes them. What has changed at the end is written at once.
/// </summary>
internal sealed class CommitGroup
{
    /// <summary>The documents touched, as they stand after the commits so far.</summary>
    public Dictionary<DocumentKey, GroupDocument> Documents { get; } = [];

    /// <summary>The effects touched, by id.</summary>
    public Dictionary<string, GroupEffect> Effects { get; } = new(StringComparer.Ordinal);

    /// <summary>The number series touched.</summary>
    public Dictionary<string, long> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>The leases that commits depend on, with the token under which each is held now.</summary>
    public Dictionary<string, LeaseToken> Leases { get; } = new(StringComparer.Ordinal);

    /// <summary>Due times set or removed.</summary>
    public Dictionary<DocumentKey, DateTimeOffset?> Due { get; } = [];

    /// <summary>Audit entries appended.</summary>
    public List<StoredRow.AuditRow> Audit { get; } = [];

    public long LastEffect { get; set; }

    public long LastAudit { get; set; }

    public long NextNumber(string series) =>
        Numbers[series] = Numbers.GetValueOrDefault(series) + 1;

    /// <summary>Applies one commit or, on a conflict, nothing of it.</summary>
    /// <exception cref="LeaseLostException">It was to be made under a lease that somebody else has by now.</exception>
    public CommitOutcome Apply(StoreCommit commit)
    {
        if (commit.Under is { } lease && Leases.GetValueOrDefault(lease.Name) != lease)
        {
            throw new LeaseLostException(lease.Name);
        }

        foreach (var write in commit.Documents)
        {
            if (Documents[write.Key].Version != write.ExpectedVersion)
            {
                return new CommitOutcome.Conflict(write.Key);
            }
        }

        // All that can fail comes first: a commit that fails alone leaves nothing behind.
        var entries = commit
            .Documents.Select(write => write.Body is null ? [] : EntryList.Write(write.Indexes))
            .ToList();
        var audit = commit
            .Audit.Select(entry => new StoredRow.AuditRow(
                0,
                entry.At.UtcTicks,
                entry.Actor,
                entry.Subject,
                entry.Body.ToArray()
            ))
            .ToList();
        for (var i = 0; i < commit.Documents.Count; i++)
        {
            Documents[commit.Documents[i].Key].Write(commit.Documents[i], entries[i]);
        }

        foreach (var due in commit.Due)
        {
            Due[new DocumentKey(due.Kind, due.Id)] = due.At;
        }

        foreach (var settlement in commit.Settlements)
        {
            Effects.GetValueOrDefault(settlement.Id.Value)?.Settle(settlement);
        }

        Audit.AddRange(audit.Select(entry => entry with { Sequence = ++LastAudit }));
        return new CommitOutcome.Committed(Queue(commit.Outbox));
    }

    private List<QueuedEffect> Queue(IReadOnlyList<OutboxWrite> effects)
    {
        var waiting = new Dictionary<long, QueuedEffect>();
        foreach (var write in effects)
        {
            if (!Effects.TryGetValue(write.Id.Value, out var effect))
            {
                effect = GroupEffect.New(++LastEffect, write);
                Effects.Add(write.Id.Value, effect);
            }

            if (effect.Row.State == OutboxState.Waiting)
            {
                waiting[effect.Row.Sequence] = effect.Queued();
            }
        }

        return [.. waiting.Values.OrderBy(static effect => effect.Sequence)];
    }
}

/// <summary>A document in a group of commits.</summary>
/// <param name="version">Its version; 0 when there is none.</param>
/// <param name="entries">Its index entries as they are in the database.</param>
internal sealed class GroupDocument(long version, byte[] entries)
{
    /// <summary>The version after the commits so far; 0 when there is none.</summary>
    public long Version { get; private set; } = version;

    public bool WasThere { get; } = version > 0;

    public bool IsChanged { get; private set; }

    public byte[] EntriesBefore { get; } = entries;

    public byte[] Entries { get; private set; } = entries;

    public byte[] Body { get; private set; } = [];

    public void Write(DocumentWrite write, byte[] entriesNow)
    {
        (Entries, IsChanged) = (entriesNow, true);
        Version = write.Body is null ? 0 : write.ExpectedVersion + 1;
        Body = write.Body?.ToArray() ?? [];
    }
}

/// <summary>The states of an effect, as they are stored.</summary>
internal static class OutboxState
{
    public const int Waiting = 0;
    public const int Parked = 1;
    public const int Delivered = 2;
}

/// <summary>An effect in a group of commits.</summary>
internal sealed class GroupEffect(StoredRow.EffectRow row, bool isNew)
{
    public StoredRow.EffectRow Row { get; private set; } = row;

    public bool IsNew { get; } = isNew;

    public bool IsChanged { get; private set; } = isNew;

    /// <summary>It was set aside, and goes back to its old place.</summary>
    public bool IsReleased { get; private set; }

    public static GroupEffect New(long sequence, OutboxWrite write) =>
        new(
            new StoredRow.EffectRow(
                sequence,
                write.Id.Value,
                OutboxState.Waiting,
                write.Lane,
                write.QueuedAt.UtcTicks,
                Attempts: 0,
                NotBefore: null,
                Problem: null,
                write.Body.ToArray()
            ),
            isNew: true
        );

    /// <summary>Notes what became of it; does nothing when it is not in the state that this settles.</summary>
    public void Settle(OutboxSettlement settlement)
    {
        var settled = (settlement, Row.State) switch
        {
            (OutboxSettlement.Delivered, not OutboxState.Delivered) => Row with
            {
                State = OutboxState.Delivered,
                Lane = "",
                Problem = null,
                NotBefore = null,
                Body = [],
            },
            (OutboxSettlement.Postponed postponed, OutboxState.Waiting) => Row with
            {
                Attempts = Row.Attempts + 1,
                NotBefore = postponed.NotBefore.UtcTicks,
                Problem = postponed.Problem,
            },
            (OutboxSettlement.Parked parked, OutboxState.Waiting) => Row with
            {
                State = OutboxState.Parked,
                Attempts = Row.Attempts + 1,
                NotBefore = null,
                Problem = parked.Problem,
            },
            (OutboxSettlement.Released, OutboxState.Parked) => Row with
            {
                State = OutboxState.Waiting,
                Attempts = 0,
                NotBefore = null,
                Problem = null,
            },
            _ => null,
        };
        if (settled is not null)
        {
            IsReleased |= settlement is OutboxSettlement.Released;
            (Row, IsChanged) = (settled, true);
        }
    }

    public QueuedEffect Queued() =>
        new(
            Row.Sequence,
            new OutboxWrite(EffectId.From(Row.Id), Row.Lane, Row.Body, Sql.Time(Row.QueuedAt)),
            Row.Attempts,
            Row.NotBefore is { } ticks ? Sql.Time(ticks) : null,
            Row.Problem
        );
}
