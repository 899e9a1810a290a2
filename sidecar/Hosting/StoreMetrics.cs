using System.Diagnostics.Metrics;
using Sidecar.Metrics;
using Sidecar.Storage;
using Sidecar.Storage.Files;

namespace Sidecar.Hosting;

/// <summary>What the store tells on meter <c>Escalate</c>.</summary>
internal sealed class StoreMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _size;
    private readonly Store _store;
    private readonly TimeProvider _clock;

    public StoreMetrics(
        Store store,
        IReportsHealth health,
        TimeProvider clock,
        StoreFiles? files = null
    )
    {
        (_store, _clock) = (store, clock);
        _meter = ProductMeter.For(this);
        _duration = _meter.CreateHistogram(
            "escalate.store.commit.duration",
            "s",
            "How long commits take until they are on disk.",
            advice: ProductMeter.Moments
        );
        _size = _meter.CreateHistogram(
            "escalate.store.commit.size",
            "By",
            "How much the documents of a commit hold.",
            advice: ProductMeter.Sizes
        );
        // A database of a server of its own is measured there.
        if (files is not null)
        {
            _meter.CreateObservableUpDownCounter(
                "escalate.store.size",
                () => StoreFiles.LengthOf(files.Database) + StoreFiles.LengthOf(files.Log),
                "By",
                "The store's files: database and log."
            );
        }

        Flag(
            "writable",
            "1 while commits are taken.",
            h => h.WriteProblem is null && h.Damage is null
        );
        Flag("damaged", "1 when the file was found damaged.", h => h.Damage is not null);
        Flag("checked", "1 when every page was checked since the start.", h => h.Checked);
        store.Between = Commit;

        void Flag(string name, string help, Func<StoreHealth, bool> holds) =>
            _meter.CreateObservableUpDownCounter(
                $"escalate.store.{name}",
                () => holds(health.Health) ? 1 : 0,
                "{store}",
                help
            );
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private async ValueTask<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        var result = "failed";
        try
        {
            var outcome = await _store.Engine.Commit(commit, cancel);
            result = outcome is CommitOutcome.Committed ? "committed" : "conflict";
            return outcome;
        }
        catch (StoreUnwritableException)
        {
            result = "unwritable";
            throw;
        }
        finally
        {
            _duration.Record(
                _clock.GetElapsedTime(began).TotalSeconds,
                new KeyValuePair<string, object?>("escalate.store.result", result)
            );
            if (_size.Enabled)
            {
                _size.Record(commit.Documents.Sum(d => (long)(d.Body?.Length ?? 0)));
            }
        }
    }
}
