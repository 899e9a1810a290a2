using System.Text;
using LiteDB;
using Sidecar.Ids;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>How what the port knows is written as rows, and read from them. Each row has a checksum.</summary>
internal static class LiteDocuments
{
    /// <summary>States of an effect; a delivered one is kept a while to recognise its id.</summary>
    public const int Waiting = 0;
    public const int Parked = 1;
    public const int Delivered = 2;

    public static byte[] IdOf(DocumentKey key) => LiteKey.Of(key.Kind, key.Id).Bytes();

    public static BsonDocument Document(byte[] id, long version, byte[] entries, byte[] body) =>
        Checksum.Sealed(
            new BsonDocument
            {
                ["_id"] = id,
                ["v"] = version,
                ["e"] = entries,
                ["b"] = body,
            }
        );

    public static BsonDocument Due(string kind, string id, long ticks) =>
        Checksum.Sealed(
            new BsonDocument
            {
                ["_id"] = LiteKey.Of(kind, id).Bytes(),
                ["t"] = ticks,
                ["k"] = new LiteKey().Then(ticks).Then(kind).Then(id).Bytes(),
            }
        );

    public static BsonDocument Audit(
        long sequence,
        long ticks,
        string actor,
        string subject,
        byte[] body
    ) =>
        Checksum.Sealed(
            new BsonDocument
            {
                ["_id"] = sequence,
                ["k"] = LiteKey.Of(subject).Then(sequence).Bytes(),
                ["t"] = ticks,
                ["a"] = actor,
                ["s"] = subject,
                ["b"] = body,
            }
        );

    public static BsonDocument Number(string series, long last) =>
        Checksum.Sealed(
            new BsonDocument { ["_id"] = Encoding.UTF8.GetBytes(series), ["n"] = last }
        );

    public static BsonDocument Effect(StoredRow.EffectRow effect) =>
        Checksum.Sealed(
            new BsonDocument
            {
                ["_id"] = effect.Sequence,
                ["i"] = Encoding.UTF8.GetBytes(effect.Id),
                ["s"] = (long)effect.State,
                ["k"] = StateKey(effect.State, effect.Sequence),
                ["l"] = effect.Lane,
                ["q"] = effect.QueuedAt,
                ["a"] = (long)effect.Attempts,
                ["n"] = effect.NotBefore is { } at ? at : BsonValue.Null,
                ["p"] = effect.Problem is { } problem ? problem : BsonValue.Null,
                ["b"] = effect.Body,
            }
        );

    public static StoredRow.EffectRow Effect(BsonDocument row)
    {
        Checksum.Verified(row, LiteCollections.Outbox);
        return new StoredRow.EffectRow(
            row["_id"].AsInt64,
            Encoding.UTF8.GetString(row["i"].AsBinary),
            (int)row["s"].AsInt64,
            row["l"].AsString,
            row["q"].AsInt64,
            (int)row["a"].AsInt64,
            row["n"].IsNull ? null : row["n"].AsInt64,
            row["p"].IsNull ? null : row["p"].AsString,
            row["b"].AsBinary
        );
    }

    public static QueuedEffect Queued(StoredRow.EffectRow effect) =>
        new(
            effect.Sequence,
            new OutboxWrite(
                EffectId.From(effect.Id),
                effect.Lane,
                effect.Body,
                Time(effect.QueuedAt)
            ),
            effect.Attempts,
            effect.NotBefore is { } at ? Time(at) : null,
            effect.Problem
        );

    public static RecordedAudit Audit(BsonDocument row)
    {
        Checksum.Verified(row, LiteCollections.Audit);
        return new RecordedAudit(
            row["_id"].AsInt64,
            new AuditWrite(
                Time(row["t"].AsInt64),
                row["a"].AsString,
                row["s"].AsString,
                row["b"].AsBinary
            )
        );
    }

    public static DueTime Due(BsonDocument row)
    {
        Checksum.Verified(row, LiteCollections.Due);
        var id = row["_id"].AsBinary;
        return new DueTime(LiteKey.TextAt(id, 0), LiteKey.TextAt(id, 1), Time(row["t"].AsInt64));
    }

    public static byte[] StateKey(int state, long sequence) =>
        [(byte)state, .. new LiteKey().Then(sequence).Bytes()];

    public static LiteKey Entry(string kind, string index, IndexKey key, string id) =>
        LiteKey.Of(kind, index).Then(key.Bytes.Span).Then(id);

    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
