using System.Diagnostics;
using Benchmarks.Stores;
using Sidecar.Features.Customers;
using Sidecar.Features.Escalations;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;

namespace Benchmarks.Load;

/// <summary>
/// What SQLite itself commits on this disk with the same settings and the same number of commits per flush, from one
/// thread with nothing around it: once the very rows of an acknowledgement, into a copy of the same store, and once a
/// single row with as many bytes.
/// </summary>
internal sealed class BareSqlite : IDisposable
{
    private readonly WorkingCopy _copy;
    private readonly Queue<StoreCommit> _acknowledgements;
    private readonly Connection _database;
    private readonly Changes _changes;
    private readonly int _group;

    private BareSqlite(WorkingCopy copy, Queue<StoreCommit> acknowledgements, int group)
    {
        _copy = copy;
        _acknowledgements = acknowledgements;
        _group = group;
        _database = Connection.ForWriting(Path.Combine(copy.Path, "escalate.db"));
        _database.Execute(Opening.WriterSettings);
        _database.Execute("CREATE TABLE bare(number INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        _changes = new Changes(
            _database,
            new SqliteStoreOptions { DataDirectory = copy.Path }.RememberedDeliveries
        );
    }

    public static async Task<BareSqlite> Open(SeedPlan plan, int group, int commits)
    {
        var copy = await SeededStore.Copy(plan);
        var prepared = new Queue<StoreCommit>();
        await using (var engine = await SeededStore.Open(copy.Path))
        {
            var book = new EscalationBook(
                new Store(engine),
                new CustomerBook(new Store(engine)),
                TimeProvider.System
            );
            foreach (var number in plan.New.Take(commits))
            {
                var read = await book.Find(new EscalationId(number), CancellationToken.None);
                prepared.Enqueue(Acknowledgement(read!, number).ToCommit());
            }
        }

        return new BareSqlite(copy, prepared, group);
    }

    /// <summary>What acknowledging an escalation changes.</summary>
    public static Change Acknowledgement(Versioned<Escalation> read, long turn)
    {
        var by = SeedPlan.Person(turn);
        var now = SeedPlan.Start.AddDays(1);
        var decided = (Decision<Escalation, EscalationFact>.Accepted)
            read.Value.Acknowledge(by, now);
        var fact = decided.Facts[0];
        return new Change(now, by.Value)
            .Replace(EscalationBook.Kind, read, decided.Next)
            .Do(EscalationCards.Show(decided.Next, by))
            .Record(decided.Next.Id.ToString(), fact, EscalationJson.Default.EscalationFact)
            .Do(EscalationCards.Tell(decided.Next, fact, by));
    }

    /// <summary>Commits per second with the rows of an acknowledgement.</summary>
    public double SameRows(TimeSpan length, int most) =>
        Measure(
            length,
            most,
            () =>
            {
                if (!_acknowledgements.TryDequeue(out var commit))
                {
                    return false;
                }

                return _changes.Apply(commit) is CommitOutcome.Committed
                    ? true
                    : throw new InvalidOperationException("Nobody else writes here.");
            }
        );

    /// <summary>Commits per second with one row of as many bytes.</summary>
    public double OneRow(TimeSpan length)
    {
        var body = new byte[4096];
        return Measure(
            length,
            int.MaxValue,
            () =>
            {
                _database.Prepared("INSERT INTO bare(body) VALUES(?1)").With(body).Run();
                return true;
            }
        );
    }

    public void Dispose()
    {
        _database.Dispose();
        _copy.Dispose();
    }

    private double Measure(TimeSpan length, int most, Func<bool> commit)
    {
        var done = 0;
        var start = Stopwatch.GetTimestamp();
        for (var more = true; more && done < most && Stopwatch.GetElapsedTime(start) < length; )
        {
            _database.Prepared("BEGIN IMMEDIATE").Run();
            for (var i = 0; i < _group && more; i++)
            {
                more = commit();
                done += more ? 1 : 0;
            }

            _database.Prepared("COMMIT").Run();
        }

        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
