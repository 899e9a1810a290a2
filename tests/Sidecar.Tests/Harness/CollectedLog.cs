using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sidecar.Tests.Harness;

/// <summary>Keeps every line that is logged, with its exception, for tests that look for what must or must not be there.</summary>
internal sealed class CollectedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IEnumerable<string> Errors =>
        _lines.Where(l => l.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal));

    /// <summary>What was logged so far is let go: weeks of it would fill the memory.</summary>
    public void Forget() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, _lines);

    public void Dispose() { }

    /// <summary>The same for one process, of which nobody hears any more when it was killed.</summary>
    public OneLife Life() => new(this);

    /// <summary>Writes into the log until its process is killed.</summary>
    internal sealed class OneLife(CollectedLog log) : ILoggerProvider
    {
        private volatile bool _isKilled;

        public ILogger CreateLogger(string categoryName) =>
            new Writer(categoryName, log._lines, () => !_isKilled);

        public void Kill() => _isKilled = true;

        public void Dispose() { }
    }

    private sealed class Writer(
        string category,
        ConcurrentQueue<string> lines,
        Func<bool>? isAlive = null
    ) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isAlive?.Invoke() ?? true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
