using System.Threading.Channels;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Rpc;

namespace Sidecar.Hosting.Plugin;

/// <summary>Our lines in Mattermost's log. Nobody waits for it; when it takes none, the oldest go.</summary>
internal sealed class PluginLogs : ILoggerProvider
{
    private const int Kept = 2000;

    private readonly Channel<(string Method, string Line)> _lines = Channel.CreateBounded<(
        string,
        string
    )>(
        new BoundedChannelOptions(Kept)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        }
    );

    public ILogger CreateLogger(string categoryName) =>
        new Lines(categoryName[(categoryName.LastIndexOf('.') + 1)..], _lines.Writer);

    public void Write(string method, string line) => _lines.Writer.TryWrite((method, line));

    /// <summary>Hands the lines over, in turn.</summary>
    public async Task Run(PluginApi api, CancellationToken cancel)
    {
        try
        {
            await foreach (var (method, line) in _lines.Reader.ReadAllAsync(cancel))
            {
                try
                {
                    await api.Log(method, line, cancel);
                }
                catch (RpcException)
                {
                    // One line that the server does not take is no reason to be silent from then on.
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The host is gone, or does not want it any more.
        }
    }

    public void Dispose() { }

    private sealed class Lines(string category, ChannelWriter<(string, string)> to) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel is >= LogLevel.Debug and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var method = logLevel switch
            {
                LogLevel.Debug => "LogDebug",
                LogLevel.Information => "LogInfo",
                LogLevel.Warning => "LogWarn",
                _ => "LogError",
            };
            var line = $"{category}: {formatter(state, exception)}";
            to.TryWrite((method, exception is null ? line : $"{line}\n{exception}"));
        }
    }
}
