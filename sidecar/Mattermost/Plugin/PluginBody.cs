namespace Sidecar.Mattermost.Plugin;

/// <summary>The body of a request: so many bytes are asked for, as many or the end come back.</summary>
internal sealed class PluginBody(Stream stream) : BodyStream
{
    private const int AtOnce = 32 * 1024;
    private int _owed;
    private bool _isOver;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        if (_isOver || buffer.Length == 0)
        {
            return 0;
        }

        if (_owed == 0)
        {
            await stream.WriteAsync(Wish(AtOnce), cancellationToken);
            _owed = AtOnce;
        }

        var read = await stream.ReadAsync(
            buffer[..Math.Min(buffer.Length, _owed)],
            cancellationToken
        );
        _owed -= read;
        _isOver = read == 0;
        return read;
    }

    /// <summary>A number as Go writes it where it has a sign.</summary>
    internal static byte[] Wish(int bytes)
    {
        List<byte> written = [];
        var rest = (uint)bytes << 1;
        for (; rest >= 0x80; rest >>= 7)
        {
            written.Add((byte)(rest | 0x80));
        }

        written.Add((byte)rest);
        return [.. written];
    }

    public override async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }
}
