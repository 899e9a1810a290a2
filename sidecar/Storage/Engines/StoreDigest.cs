using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Engines;

/// <summary>What a store holds, as counts and one digest of every row in order: two stores with the same hold the same.</summary>
internal sealed class StoreDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<Type, long> _counts = [];

    public long Documents => Count<StoredRow.DocumentRow>();

    public long Due => Count<StoredRow.DueRow>();

    public long Effects => Count<StoredRow.EffectRow>();

    public long Audit => Count<StoredRow.AuditRow>();

    public long Series => Count<StoredRow.NumberRow>();

    public long All => _counts.Values.Sum();

    /// <summary>The rows, each taken into account as it goes by.</summary>
    public IEnumerable<StoredRow> Watch(IEnumerable<StoredRow> rows, Action<long>? progress = null)
    {
        foreach (var row in rows)
        {
            Add(row);
            progress?.Invoke(All);
            yield return row;
        }
    }

    /// <summary>The digest of all that went by.</summary>
    public string Of() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private void Add(StoredRow row)
    {
        _counts[row.GetType()] = _counts.GetValueOrDefault(row.GetType()) + 1;
        switch (row)
        {
            case StoredRow.DocumentRow d:
                Text("document").Text(d.Kind).Text(d.Id).Number(d.Version);
                Bytes(d.Entries).Bytes(d.Body);
                break;
            case StoredRow.DueRow d:
                Text("due").Text(d.Kind).Text(d.Id).Number(d.At);
                break;
            case StoredRow.EffectRow e:
                Text("effect").Number(e.Sequence).Text(e.Id).Number(e.State).Text(e.Lane);
                Number(e.QueuedAt).Number(e.Attempts).Number(e.NotBefore ?? -1);
                Text(e.Problem ?? "\0").Bytes(e.Body);
                break;
            case StoredRow.AuditRow a:
                Text("audit").Number(a.Sequence).Number(a.At).Text(a.Actor).Text(a.Subject);
                Bytes(a.Body);
                break;
            case StoredRow.NumberRow n:
                Text("number").Text(n.Series).Number(n.Last);
                break;
        }
    }

    private long Count<T>() => _counts.GetValueOrDefault(typeof(T));

    private StoreDigest Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    private StoreDigest Bytes(byte[] bytes)
    {
        Number(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    private StoreDigest Number(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
        return this;
    }
}
