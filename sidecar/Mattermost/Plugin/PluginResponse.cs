using System.Buffers;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Rpc;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// The answer to a request. Each part is waited for: the other side works on calls in any order. The parts of a small
/// answer go as one, because Mattermost's own clicks and forms keep only the last one.
/// </summary>
internal sealed class PluginResponse(RpcClient calls)
{
    private const int Together = 512 * 1024;
    private readonly ArrayBufferWriter<byte> _kept = new();
    private bool _isBegun;

    /// <summary>The status; 200 unless it is set before anything is written.</summary>
    public int Status { get; set; } = 200;

    public Dictionary<string, IReadOnlyList<string>> Headers { get; } =
        new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask Write(ReadOnlyMemory<byte> part, CancellationToken cancel)
    {
        _kept.Write(part.Span);
        if (_kept.WrittenCount >= Together)
        {
            await Flush(cancel);
        }
    }

    /// <summary>Sends what there is, and headers and status first.</summary>
    public async ValueTask Flush(CancellationToken cancel)
    {
        if (!_isBegun)
        {
            _isBegun = true;
            await Ask("SyncHeader", PluginTypes.Header, Header(), cancel);
            await Ask("WriteHeader", GobType.Int, GobValue.Of((long)Status), cancel);
        }

        if (_kept.WrittenCount > 0)
        {
            var part = _kept.WrittenSpan.ToArray();
            _kept.ResetWrittenCount();
            await Ask("Write", GobType.Bytes, GobValue.Of(part), cancel);
        }
    }

    private GobValue.MapValue Header() =>
        new([
            .. Headers.Select(h =>
                KeyValuePair.Create(
                    GobValue.Of(h.Key),
                    (GobValue)new GobValue.ListValue([.. h.Value.Select(GobValue.Of)])
                )
            ),
        ]);

    private Task<GobValue> Ask(
        string method,
        GobType type,
        GobValue value,
        CancellationToken cancel
    ) => calls.Call($"Plugin.{method}", new RpcValue(type, value), cancel);
}
