using System.Buffers.Binary;
using System.Text;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>The basic forms in a value's messages. Never reads beyond them, whatever a length says.</summary>
internal ref struct GobReader(IReadOnlyList<byte[]> messages)
{
    private int _message;
    private int _at;

    /// <summary>What is left of the message that is being read.</summary>
    public readonly int Left => messages[_message].Length - _at;

    /// <summary>Goes on with the next message; false when it has not arrived yet.</summary>
    public bool NextMessage()
    {
        if (_message + 1 >= messages.Count)
        {
            return false;
        }

        _message++;
        _at = 0;
        return true;
    }

    public ulong UInt()
    {
        var first = Byte();
        if (first < 0x80)
        {
            return first;
        }

        var length = 256 - first;
        if (length > sizeof(ulong))
        {
            throw new GobException("A number is longer than eight bytes.");
        }

        var number = 0UL;
        foreach (var part in Take(length))
        {
            number = (number << 8) | part;
        }

        return number;
    }

    public long Int()
    {
        var number = UInt();
        return (number & 1) != 0 ? ~(long)(number >> 1) : (long)(number >> 1);
    }

    public double Float() =>
        BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReverseEndianness(UInt()));

    public byte[] Bytes() => Take(Length()).ToArray();

    public string Text() => Encoding.UTF8.GetString(Take(Length()));

    /// <summary>
    /// How many there are of something: nothing has fewer bytes than one, so what can't be there is not prepared for.
    /// </summary>
    public int Length()
    {
        var length = UInt();
        return length <= (ulong)Left
            ? (int)length
            : throw new GobException("A length goes beyond its message.");
    }

    /// <summary>The id of a type; below zero when its definition follows.</summary>
    public int TypeId() =>
        Int() is > int.MinValue and <= int.MaxValue and var id
            ? (int)id
            : throw new GobException("There is no type of such a number.");

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Left)
        {
            throw new GobException("A message ends in the middle of a value.");
        }

        var taken = messages[_message].AsSpan(_at, length);
        _at += length;
        return taken;
    }
}
