using LiteDB;
using LiteDB.Engine;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// The LiteDB engine over our own two streams. LiteDB 5.0.21 must not be used by two threads at once (its page cache
/// may hand a page that one reader has just found to another, litedb-org/LiteDB#2817), so everything happens behind
/// one gate; flushing the log does not.
/// </summary>
internal sealed class LiteFile : IDisposable
{
    private static readonly BsonExpression IdOnly = BsonExpression.Create("$._id");

    private readonly PreparedConditions _conditions = new();
    private readonly Disk _disk;
    private LiteEngine? _engine;

    private LiteFile(string path, DataFile data, PageLog log, Disk disk)
    {
        Path = path;
        Data = data;
        Log = log;
        _disk = disk;
    }

    public string Path { get; }

    public DataFile Data { get; }

    public PageLog Log { get; }

    public LiteEngine Engine =>
        _engine ?? throw new IOException($"{Path} could not be read a moment ago");

    /// <summary>Opens a file. What its log has goes into it first, so that LiteDB never sees a page that is there by halves.</summary>
    /// <exception cref="StoreUnusableException">It is not ours, or newer than this program.</exception>
    /// <exception cref="StoreDamagedException">It can't be read.</exception>
    public static LiteFile Open(string path, Disk disk)
    {
        var data = new DataFile(path, disk);
        PageLog? log = null;
        try
        {
            log = new PageLog(LogOf(path), disk);
            Replay.Run(log, data);
            FileFormat.Verify(data, log, path);
            var file = new LiteFile(path, data, log, disk);
            file.EnsureOpen();
            return file;
        }
        catch
        {
            log?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Makes an empty LiteDB file at a path where nothing is, all of it on disk when this returns.</summary>
    public static LiteFile Create(string path, Disk disk)
    {
        var data = new DataFile(path, disk);
        var log = new PageLog(LogOf(path), disk);
        var file = new LiteFile(path, data, log, disk);
        try
        {
            data.Changing(file.EnsureOpen);
            return file;
        }
        catch
        {
            file.Abandon();
            throw;
        }
    }

    public static string LogOf(string path) => path + "-log";

    /// <summary>The row with this id, or null.</summary>
    public BsonDocument? Find(string collection, BsonValue id) => FindBy(collection, "_id", id);

    public BsonDocument? FindBy(
        string collection,
        string field,
        BsonValue value,
        BsonExpression? select = null
    )
    {
        var query = new Query { Limit = 1 };
        query.Where.Add(_conditions.Equal(field, value));
        if (select is not null)
        {
            query.Select = select;
        }

        using var reader = Engine.Query(collection, query);
        return reader.Read() ? reader.Current.AsDocument : null;
    }

    /// <summary>Rows whose field lies at or behind one value and before another, in that order or in reverse.</summary>
    public IEnumerable<BsonDocument> Range(
        string collection,
        string field,
        BsonValue from,
        BsonValue before,
        bool backwards = false,
        bool idOnly = false
    )
    {
        if (from.CompareTo(before) >= 0)
        {
            yield break;
        }

        var query = new Query
        {
            OrderBy = _conditions.Field(field),
            Order = backwards ? Query.Descending : Query.Ascending,
        };
        // One condition: of two, LiteDB uses one for the index and walks on to the end for the other.
        query.Where.Add(_conditions.Between(field, from, before));
        if (idOnly)
        {
            query.Select = IdOnly;
        }

        using var reader = Engine.Query(collection, query);
        while (reader.Read())
        {
            var found = reader.Current.AsDocument;
            if (found[field].CompareTo(before) < 0)
            {
                yield return found;
            }
        }
    }

    public void Insert(string collection, IReadOnlyCollection<BsonDocument> rows)
    {
        if (rows.Count > 0)
        {
            Engine.Insert(collection, rows, BsonAutoId.ObjectId);
        }
    }

    public void Delete(string collection, IReadOnlyCollection<BsonValue> ids)
    {
        if (ids.Count > 0)
        {
            Engine.Delete(collection, ids);
        }
    }

    /// <summary>Moves the log into the data file; what is in the log must be on disk before the first page is overwritten.</summary>
    public void Checkpoint()
    {
        Log.Flush();
        Data.Changing(() => Engine.Checkpoint());
    }

    /// <summary>LiteDB's memory can't be trusted after a fault: back to what is on disk.</summary>
    public void Reopen()
    {
        CloseEngine();
        Log.Revert();
        EnsureOpen();
    }

    /// <summary>Opens LiteDB when the last attempt has failed.</summary>
    public void EnsureOpen() => _engine ??= LiteDbSettings.Open(Data, Log);

    /// <summary>Ends cleanly: everything in one file, no log beside it.</summary>
    public void Dispose()
    {
        try
        {
            if (_engine is not null && Log.Pages > 0)
            {
                Checkpoint();
            }
        }
        finally
        {
            var isEmpty = Log.Pages == 0;
            Abandon();
            if (isEmpty)
            {
                _disk.Delete(LogOf(Path));
            }
        }
    }

    /// <summary>Lets go of the files as they are.</summary>
    public void Abandon()
    {
        CloseEngine();
        Log.Dispose();
        Data.Dispose();
    }

    private void CloseEngine()
    {
        var engine = _engine;
        _engine = null;
        try
        {
            engine?.Dispose();
        }
        catch (Exception)
        {
            // Whatever it is, it was about memory that is thrown away: the streams stay ours.
            engine = null;
        }
    }
}
