using Microsoft.AspNetCore.Http.Features;
using Sidecar.Mattermost.Plugin;

namespace Sidecar.Hosting.Plugin;

/// <summary>The application's answer on its way to Mattermost.</summary>
internal sealed class PluginResponseFeature : IHttpResponseFeature
{
    private readonly PluginResponse _response;
    private readonly Stack<(Func<object, Task> Call, object State)> _starting = [];
    private readonly Stack<(Func<object, Task> Call, object State)> _completed = [];

    public PluginResponseFeature(PluginResponse response, CancellationToken cancel)
    {
        _response = response;
        Body = new Writing(this, cancel);
    }

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; }

    public bool HasStarted { get; private set; }

    public void OnStarting(Func<object, Task> callback, object state) =>
        _starting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) =>
        _completed.Push((callback, state));

    /// <summary>From here on status and headers stand.</summary>
    public async ValueTask Begin()
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        while (_starting.TryPop(out var one))
        {
            await one.Call(one.State);
        }

        _response.Status = StatusCode;
        foreach (var (name, values) in Headers)
        {
            _response.Headers[name] = [.. values.OfType<string>()];
        }
    }

    public async ValueTask Done()
    {
        while (_completed.TryPop(out var one))
        {
            await one.Call(one.State);
        }
    }

    private sealed class Writing(PluginResponseFeature owner, CancellationToken given) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await owner.Begin();
            await owner._response.Write(buffer, given);
        }

        public override Task WriteAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        /// <summary>Nothing is sent yet: what is small goes as one.</summary>
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() { }

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("Nothing of ours blocks a thread to wait.");

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
