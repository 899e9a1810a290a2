namespace Sidecar.Storage.LiteDb;

/// <summary>One transaction of LiteDB at a time, with its flush: all of it is on disk afterwards, or nothing is there.</summary>
/// <param name="gate">To the file.</param>
/// <param name="recent">Forgets what the transaction has changed, before anybody is told of it.</param>
/// <param name="afterUndo">What was counted in memory goes back, too.</param>
internal sealed class DurableTransactions(
    Gate gate,
    Sidecar.Storage.Files.RecentReads recent,
    Action afterUndo
)
{
    private readonly List<DocumentWrite> _written = [];

    /// <summary>The transaction under way writes these.</summary>
    public void Writes(IReadOnlyList<DocumentWrite> documents) => _written.AddRange(documents);

    public void Run(Action work)
    {
        try
        {
            var flushed = gate.Write(file => Apply(file, work));
            Flush(flushed);
        }
        finally
        {
            _written.Clear();
        }
    }

    private void Apply(LiteFile file, Action work)
    {
        file.Engine.BeginTrans();
        try
        {
            work();
            // Nothing throws in here: the log only remembers what it is given.
            file.Engine.Commit();
        }
        catch
        {
            Undo(file);
            throw;
        }
    }

    /// <summary>Outside of the gate: reads go on, and get their answers when it is done.</summary>
    private void Flush(TaskCompletionSource<bool> flushed)
    {
        try
        {
            gate.File.Log.Flush();
        }
        catch
        {
            recent.Changed(_written);
            gate.TakeBack(flushed, _ => afterUndo());
            throw;
        }

        recent.Changed(_written);
        flushed.SetResult(true);
    }

    private void Undo(LiteFile file)
    {
        try
        {
            // Some faults have rolled back already, others have closed LiteDB.
            if (!file.Engine.Rollback())
            {
                file.Reopen();
            }
        }
        catch (Exception)
        {
            file.Reopen();
        }

        afterUndo();
    }
}
