using System.Collections.Immutable;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>
/// Reads values from one direction of one stream, by the types that the stream itself tells. Total: whatever arrives,
/// it ends with a value, with the end of the stream or with a <see cref="GobException"/>, within the limits.
/// </summary>
internal sealed class GobDecoder(Stream from, GobLimits? limits = null)
{
    private readonly GobLimits _limits = limits ?? new GobLimits();
    private readonly WireTypes _types = new(limits ?? new GobLimits());
    private int _parts;

    /// <summary>The next value; null when the stream ended before one began.</summary>
    public async ValueTask<GobValue?> Next(CancellationToken cancel)
    {
        if (await SkipDefinitions(cancel) is not { } first)
        {
            return null;
        }

        // A value may be cut into several messages and only shows so when it is read: then it is read again with one more.
        List<byte[]> messages = [first];
        var size = first.Length;
        while (true)
        {
            _types.StartAgain();
            _parts = 0;
            if (TryDecode(messages) is { } value)
            {
                _types.Keep();
                return value;
            }

            var next = await ReadMessage(cancel) ?? throw CutOff();
            messages.Add(next);
            size += next.Length;
            if (messages.Count > _limits.Messages || size > _limits.Value)
            {
                throw new GobException("A value is larger than any that has a use here.");
            }
        }
    }

    /// <summary>The first message that holds no definition; null when there is none after none.</summary>
    private async ValueTask<byte[]?> SkipDefinitions(CancellationToken cancel)
    {
        for (var isBegun = false; ; isBegun = true)
        {
            if (await ReadMessage(cancel) is not { } message)
            {
                return isBegun ? throw CutOff() : null;
            }

            if (!TryDefine(message))
            {
                return message;
            }
        }
    }

    private bool TryDefine(byte[] message)
    {
        var reader = new GobReader([message]);
        var id = reader.TypeId();
        if (id >= 0)
        {
            return false;
        }

        _types.Read(-id, ref reader);
        _types.Keep();
        return reader.Left == 0
            ? true
            : throw new GobException("There is more in a definition's message than it.");
    }

    private static GobException CutOff() => new("The stream ends in the middle of a value.");

    private async ValueTask<byte[]?> ReadMessage(CancellationToken cancel)
    {
        var buffer = new byte[9];
        if (await from.ReadAtLeastAsync(buffer.AsMemory(0, 1), 1, false, cancel) == 0)
        {
            return null;
        }

        ulong length = buffer[0];
        if (length >= 0x80)
        {
            var bytes = 256 - (int)length;
            if (bytes > sizeof(ulong))
            {
                throw new GobException("A message's length is none.");
            }

            await Fill(buffer.AsMemory(1, bytes), cancel);
            length = 0;
            foreach (var part in buffer.AsSpan(1, bytes))
            {
                length = (length << 8) | part;
            }
        }

        if (length is 0 || length > (ulong)_limits.Message)
        {
            throw new GobException($"A message of {length} bytes is none.");
        }

        return await Payload((int)length, cancel);
    }

    /// <summary>Grows with what arrives, not with what was announced.</summary>
    private async ValueTask<byte[]> Payload(int length, CancellationToken cancel)
    {
        const int step = 64 * 1024;
        var payload = new byte[Math.Min(length, step)];
        await Fill(payload, cancel);
        while (payload.Length < length)
        {
            var more = Math.Min(length, payload.Length * 2);
            var begun = payload.Length;
            System.Array.Resize(ref payload, more);
            await Fill(payload.AsMemory(begun), cancel);
        }

        return payload;
    }

    private async ValueTask Fill(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            await from.ReadExactlyAsync(buffer, cancel);
        }
        catch (EndOfStreamException)
        {
            throw new GobException("The stream ends in the middle of a message.");
        }
    }

    /// <summary>The value; null when the next message is needed for it.</summary>
    private GobValue? TryDecode(List<byte[]> messages)
    {
        var reader = new GobReader(messages);
        return Single(reader.TypeId(), ref reader, 0);
    }

    /// <summary>A value that stands alone: what is no struct has a zero in front of it.</summary>
    private GobValue? Single(int id, ref GobReader reader, int depth)
    {
        if (_types[id] is not WireType.StructWire && reader.UInt() != 0)
        {
            throw new GobException("A value that stands alone does not begin with zero.");
        }

        return Value(id, ref reader, depth);
    }

    private GobValue? Value(int id, ref GobReader reader, int depth)
    {
        if (depth > _limits.Depth)
        {
            throw new GobException("Values hold each other too deeply.");
        }

        if (++_parts > _limits.Parts)
        {
            throw new GobException("A value has too many parts.");
        }

        return _types[id] switch
        {
            WireType.BasicWire basic => Basic(basic.Id, ref reader, depth),
            WireType.StructWire type => Struct(type, ref reader, depth),
            WireType.SliceWire slice => Items(slice.Element, reader.Length(), ref reader, depth),
            WireType.ArrayWire array => Array(array, ref reader, depth),
            WireType.MapWire map => Map(map, ref reader, depth),
            _ => new GobValue.OpaqueValue(reader.Bytes()),
        };
    }

    private GobValue? Basic(int id, ref GobReader reader, int depth) =>
        id switch
        {
            GobTypeId.Bool => new GobValue.BoolValue(reader.UInt() != 0),
            GobTypeId.Int => new GobValue.IntValue(reader.Int()),
            GobTypeId.UInt => new GobValue.UIntValue(reader.UInt()),
            GobTypeId.Float => new GobValue.FloatValue(reader.Float()),
            GobTypeId.Bytes => new GobValue.BytesValue(reader.Bytes()),
            GobTypeId.Text => new GobValue.TextValue(reader.Text()),
            GobTypeId.Complex => new GobValue.ComplexValue(reader.Float(), reader.Float()),
            _ => Interface(ref reader, depth),
        };

    private GobValue.StructValue? Struct(WireType.StructWire type, ref GobReader reader, int depth)
    {
        Dictionary<string, GobValue>? fields = null;
        var at = -1L;
        while (reader.UInt() is > 0 and var step)
        {
            at += (long)Math.Min(step, int.MaxValue);
            if (at >= type.Fields.Length)
            {
                throw new GobException("A struct has a field that was not told.");
            }

            var (name, id) = type.Fields[(int)at];
            if (Value(id, ref reader, depth + 1) is not { } value)
            {
                return null;
            }

            (fields ??= new Dictionary<string, GobValue>(StringComparer.Ordinal))[name] = value;
        }

        return fields is null
            ? (GobValue.StructValue)GobValue.Empty
            : new GobValue.StructValue(fields);
    }

    private GobValue.ListValue? Array(WireType.ArrayWire type, ref GobReader reader, int depth)
    {
        var count = reader.Length();
        return count == type.Length
            ? Items(type.Element, count, ref reader, depth)
            : throw new GobException("An array has not the length that was told.");
    }

    private GobValue.ListValue? Items(int element, int count, ref GobReader reader, int depth)
    {
        var items = ImmutableArray.CreateBuilder<GobValue>(Math.Min(count, 1024));
        for (var i = 0; i < count; i++)
        {
            if (Value(element, ref reader, depth + 1) is not { } value)
            {
                return null;
            }

            items.Add(value);
        }

        return new GobValue.ListValue(items.DrainToImmutable());
    }

    private GobValue.MapValue? Map(WireType.MapWire type, ref GobReader reader, int depth)
    {
        var count = reader.Length();
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<GobValue, GobValue>>(
            Math.Min(count, 1024)
        );
        for (var i = 0; i < count; i++)
        {
            if (
                Value(type.Key, ref reader, depth + 1) is not { } key
                || Value(type.Element, ref reader, depth + 1) is not { } value
            )
            {
                return null;
            }

            pairs.Add(KeyValuePair.Create(key, value));
        }

        return new GobValue.MapValue(pairs.DrainToImmutable());
    }

    /// <summary>
    /// A value of any type. Go tells a type that is missing in the middle of the value, which cuts the message in two:
    /// the value goes on in the next one, or after a length when it is still the same.
    /// </summary>
    private GobValue.InterfaceValue? Interface(ref GobReader reader, int depth)
    {
        var name = reader.Text();
        if (name.Length == 0)
        {
            return new GobValue.InterfaceValue("", null);
        }

        int id;
        while (true)
        {
            if (reader.Left == 0 && !reader.NextMessage())
            {
                return null;
            }

            id = reader.TypeId();
            if (id >= 0)
            {
                break;
            }

            _types.Read(-id, ref reader);
            if (reader.Left > 0)
            {
                reader.UInt();
            }
        }

        reader.UInt();
        return Single(id, ref reader, depth + 1) is { } value
            ? new GobValue.InterfaceValue(name, value)
            : null;
    }
}
