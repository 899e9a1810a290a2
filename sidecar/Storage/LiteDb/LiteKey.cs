using System.Buffers.Binary;
using System.Text;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// A key of several parts whose bytes sort as the parts do. A part ends with 00 01, a zero inside it is 00 FF: so
/// "ab" sorts before "ab" + anything, and what begins with a part's beginning begins with its bytes.
/// </summary>
internal sealed class LiteKey
{
    private readonly List<byte> _bytes = new(96);

    public static LiteKey Of(params ReadOnlySpan<string> parts)
    {
        var key = new LiteKey();
        foreach (var part in parts)
        {
            key.Then(part);
        }

        return key;
    }

    public LiteKey Then(string part) => Then(Encoding.UTF8.GetBytes(part));

    public LiteKey Then(ReadOnlySpan<byte> part)
    {
        ThenStart(part);
        _bytes.Add(0);
        _bytes.Add(1);
        return this;
    }

    /// <summary>How a part begins.</summary>
    public LiteKey ThenStart(ReadOnlySpan<byte> part)
    {
        foreach (var one in part)
        {
            _bytes.Add(one);
            if (one == 0)
            {
                _bytes.Add(0xFF);
            }
        }

        return this;
    }

    /// <summary>A number that is not negative.</summary>
    public LiteKey Then(long number)
    {
        Span<byte> part = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(part, number);
        _bytes.AddRange(part);
        return this;
    }

    public byte[] Bytes() => [.. _bytes];

    /// <summary>The first key behind this one.</summary>
    public byte[] Behind() => [.. _bytes, 0];

    /// <summary>The first key behind all that begin with this one. There is one: keys begin with a part that ends with 01.</summary>
    public byte[] BehindAll()
    {
        var bytes = Bytes();
        var last = bytes.Length - 1;
        while (bytes[last] == 0xFF)
        {
            last--;
        }

        bytes[last]++;
        return bytes[..(last + 1)];
    }

    /// <summary>A part as a text.</summary>
    public static string TextAt(byte[] key, int part)
    {
        ReadOnlySpan<byte> rest = key;
        for (var i = 0; i < part; i++)
        {
            Part(ref rest);
        }

        return Encoding.UTF8.GetString(Part(ref rest));
    }

    /// <summary>Takes the next part off.</summary>
    public static byte[] Part(ref ReadOnlySpan<byte> rest)
    {
        var part = new List<byte>(rest.Length);
        for (var i = 0; ; i++)
        {
            if (rest[i] != 0)
            {
                part.Add(rest[i]);
                continue;
            }

            i++;
            if (rest[i] == 1)
            {
                rest = rest[(i + 1)..];
                return [.. part];
            }

            part.Add(0);
        }
    }
}
