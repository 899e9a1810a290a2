using System.Buffers.Binary;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Yamux;
using Sidecar.Tests.Rules;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>
/// What a real Mattermost 5.37 and a plugin said to each other: activation, commands, a click, requests, the end. Secrets
/// were replaced by as many x.
/// </summary>
internal sealed class RecordedStreams
{
    private readonly SortedDictionary<uint, MemoryStream> _streams = [];

    public RecordedStreams(byte[] said)
    {
        for (var at = 0; at < said.Length; )
        {
            var frame = YamuxFrame.Read(said.AsSpan(at));
            at += YamuxFrame.Size;
            Frames.Add(frame);
            if (frame.Type == YamuxType.Data)
            {
                if (!_streams.TryGetValue(frame.Stream, out var stream))
                {
                    _streams.Add(frame.Stream, stream = new MemoryStream());
                }

                stream.Write(said, at, (int)frame.Length);
                at += (int)frame.Length;
            }
        }
    }

    public List<YamuxFrame> Frames { get; } = [];

    public static byte[] Host { get; } = Read("host-5.37.bin");

    public static byte[] Plugin { get; } = Read("plugin-5.37.bin");

    /// <summary>The bytes of each stream, without the number that it begins with where the broker has opened it.</summary>
    public IEnumerable<(uint Id, byte[] Bytes)> Streams =>
        _streams.Select(s => (s.Key, s.Value.ToArray()[(s.Key is 1 or 3 or 5 ? 0 : 4)..]));

    /// <summary>Those that carry values: the bodies of requests are their bytes.</summary>
    public IEnumerable<(uint Id, byte[] Bytes)> Gobs =>
        Streams.Where(s => s.Bytes is not [(byte)'{', ..]);

    /// <summary>The number that a stream begins with.</summary>
    public uint NumberOf(uint stream) =>
        BinaryPrimitives.ReadUInt32LittleEndian(_streams[stream].ToArray());

    /// <summary>The values on a stream.</summary>
    public static async Task<List<GobValue>> Values(byte[] bytes, CancellationToken cancel)
    {
        List<GobValue> values = [];
        var decoder = new GobDecoder(new MemoryStream(bytes));
        while (await decoder.Next(cancel) is { } value)
        {
            values.Add(value);
        }

        return values;
    }

    private static byte[] Read(string name) =>
        File.ReadAllBytes(
            Path.Combine(Repository.Root, "tests/Sidecar.Tests/Mattermost/Plugin/recorded", name)
        );
}
