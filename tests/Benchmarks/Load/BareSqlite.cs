using System.Diagnostics;
using Benchmarks.Stores;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;
using Sidecar.Text;

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
    private readonly SqliteConnection _database;
    private readonly Changes _changes;
    private readonly int _group;

    private BareSqlite(WorkingCopy copy, Queue<StoreCommit> acknowledgements, int group)
    {
        _copy = copy;
        _acknowledgements = acknowledgements;
        _group = group;
        _database = SqliteConnection.ForWriting(Path.Combine(copy.Path, "escalate.db"));
        var options = new SqliteStoreOptions { DataDirectory = copy.Path };
        _database.Execute(SqliteOpening.WriterSettings(options));
        _database.Execute("CREATE TABLE bare(number INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        _changes = new Changes(_database, options.RememberedDeliveries);
    }

    public static async Task<BareSqlite> Open(SeedPlan plan, int group, int commits)
    {
        var copy = await SeededStore.Copy(plan);
        var prepared = new Queue<StoreCommit>();
        await using (var engine = await SeededStore.Open(copy.Path))
        {
            var books = new SeededBooks(engine);
            foreach (var number in plan.Waiting.Take(commits))
            {
                var read = await books.Escalations.Find(
                    new EscalationId(number),
                    CancellationToken.None
                );
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
            read.Value.Acknowledge(new ActingPerson(by, [Role.DeploymentEngineer]), now);
        var change = new Change(now, by.Value).Replace(EscalationIndexes.Kind, read, decided.Next);
        foreach (var card in EscalationCards.Show(decided.Next, by))
        {
            change.Do(card);
        }

        foreach (var fact in decided.Facts)
        {
            change.Record(read.Id, fact, EscalationJson.Default.EscalationFact);
            foreach (var notice in EscalationNotices.Of(decided.Next, fact, by, SeededBooks.Parts))
            {
                change.Do(notice);
            }
        }

        SeededBooks.Reminders.Set(change, decided.Next.Id, decided.Next);
        return change;
    }

    /// <summary>How many acknowledgements are left to be measured.</summary>
    public int Left => _acknowledgements.Count;

    /// <summary>Commits per second with the rows of an acknowledgement; no number when there are none left.</summary>
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
            for (var i = 0; i < _group && more && done < most; i++)
            {
                more = commit();
                done += more ? 1 : 0;
            }

            _database.Prepared("COMMIT").Run();
        }

        return done == 0 ? double.NaN : done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
