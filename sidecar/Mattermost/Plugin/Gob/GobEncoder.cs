using System.Buffers;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>
/// Writes values for one direction of one stream, each type told once, before the first value that needs it. What is
/// written is ours, so what does not fit its type is a fault.
/// </summary>
internal sealed class GobEncoder
{
    private readonly Dictionary<GobType, int> _ids = [];
    private int _next = GobTypeId.FirstOfUser + 1;

    /// <summary>A value with the types that it needs, ready to be sent.</summary>
    public ReadOnlyMemory<byte> Encode(GobType type, GobValue value)
    {
        var sent = new ArrayBufferWriter<byte>();
        Tell(type, sent);
        TellHeld(value, sent);
        var message = new ArrayBufferWriter<byte>();
        message.Int(IdOf(type));
        Single(type, value, message);
        sent.Bytes(message.WrittenSpan);
        return sent.WrittenMemory;
    }

    private int IdOf(GobType type) => type is GobType.BasicType basic ? basic.Id : _ids[type];

    private void Tell(GobType type, ArrayBufferWriter<byte> to)
    {
        if (type is GobType.BasicType || !_ids.TryAdd(type, _next))
        {
            return;
        }

        var id = _next++;
        switch (type)
        {
            case GobType.StructureType structure:
                foreach (var (_, part) in structure.Fields)
                {
                    Tell(part, to);
                }

                break;
            case GobType.SliceType slice:
                Tell(slice.Element, to);
                break;
            case GobType.MappingType map:
                Tell(map.Key, to);
                Tell(map.Value, to);
                break;
        }

        var message = new ArrayBufferWriter<byte>();
        message.Int(-id);
        Definition(type, id, message);
        to.Bytes(message.WrittenSpan);
    }

    /// <summary>The types of what variables of any type hold; Go takes them in front of the value, too.</summary>
    private void TellHeld(GobValue? value, ArrayBufferWriter<byte> to)
    {
        switch (value)
        {
            case GobValue.InterfaceValue { Type: { } type } boxed:
                Tell(type, to);
                TellHeld(boxed.Value, to);
                break;
            case GobValue.StructValue structure:
                foreach (var part in structure.Fields.Values)
                {
                    TellHeld(part, to);
                }

                break;
            case GobValue.ListValue list:
                foreach (var item in list.Items)
                {
                    TellHeld(item, to);
                }

                break;
            case GobValue.MapValue map:
                foreach (var (_, item) in map.Pairs)
                {
                    TellHeld(item, to);
                }

                break;
        }
    }

    private void Definition(GobType type, int id, ArrayBufferWriter<byte> to)
    {
        switch (type)
        {
            case GobType.SliceType slice:
                to.UInt(2);
                Common("", id, to);
                to.UInt(1);
                to.Int(IdOf(slice.Element));
                break;
            case GobType.MappingType map:
                to.UInt(4);
                Common("", id, to);
                to.UInt(1);
                to.Int(IdOf(map.Key));
                to.UInt(1);
                to.Int(IdOf(map.Value));
                break;
            case GobType.MarshalledType:
                to.UInt(6);
                Common("", id, to);
                break;
            case GobType.StructureType structure:
                to.UInt(3);
                Common(structure.Name, id, to);
                if (structure.Fields.Length > 0)
                {
                    to.UInt(1);
                    to.UInt((ulong)structure.Fields.Length);
                    foreach (var (name, part) in structure.Fields)
                    {
                        NameAndId(name, IdOf(part), to);
                    }
                }

                break;
        }

        to.UInt(0);
        to.UInt(0);
    }

    private static void Common(string name, int id, ArrayBufferWriter<byte> to)
    {
        to.UInt(1);
        NameAndId(name, id, to);
    }

    private static void NameAndId(string name, int id, ArrayBufferWriter<byte> to)
    {
        var step = 1UL;
        if (name.Length > 0)
        {
            to.UInt(1);
            to.Text(name);
        }
        else
        {
            step = 2;
        }

        to.UInt(step);
        to.Int(id);
        to.UInt(0);
    }

    private void Single(GobType type, GobValue value, ArrayBufferWriter<byte> to)
    {
        if (type is not GobType.StructureType)
        {
            to.UInt(0);
        }

        Write(type, value, to);
    }

    private void Write(GobType type, GobValue value, ArrayBufferWriter<byte> to)
    {
        switch (type, value)
        {
            case (GobType.BasicType { Id: GobTypeId.Bool }, GobValue.BoolValue flag):
                to.UInt(flag.Value ? 1UL : 0);
                break;
            case (GobType.BasicType { Id: GobTypeId.Int }, GobValue.IntValue number):
                to.Int(number.Value);
                break;
            case (GobType.BasicType { Id: GobTypeId.UInt }, GobValue.UIntValue number):
                to.UInt(number.Value);
                break;
            case (GobType.BasicType { Id: GobTypeId.Float }, GobValue.FloatValue number):
                to.Float(number.Value);
                break;
            case (GobType.BasicType { Id: GobTypeId.Bytes }, GobValue.BytesValue bytes):
                to.Bytes(bytes.Value);
                break;
            case (GobType.BasicType { Id: GobTypeId.Text }, GobValue.TextValue text):
                to.Text(text.Value);
                break;
            case (GobType.BasicType { Id: GobTypeId.Interface }, GobValue.InterfaceValue boxed):
                Boxed(boxed, to);
                break;
            case (GobType.MarshalledType, GobValue.OpaqueValue bytes):
                to.Bytes(bytes.Value);
                break;
            case (GobType.StructureType structure, GobValue.StructValue fields):
                Fields(structure, fields, to);
                break;
            case (GobType.SliceType slice, GobValue.ListValue list):
                to.UInt((ulong)list.Items.Length);
                foreach (var item in list.Items)
                {
                    Write(slice.Element, item, to);
                }

                break;
            case (GobType.MappingType mapping, GobValue.MapValue map):
                to.UInt((ulong)map.Pairs.Length);
                foreach (var (key, item) in map.Pairs)
                {
                    Write(mapping.Key, key, to);
                    Write(mapping.Value, item, to);
                }

                break;
            default:
                throw new ArgumentException(
                    $"{value.GetType().Name} does not fit {type.GetType().Name}.",
                    nameof(value)
                );
        }
    }

    private void Fields(
        GobType.StructureType type,
        GobValue.StructValue value,
        ArrayBufferWriter<byte> to
    )
    {
        var before = -1;
        for (var i = 0; i < type.Fields.Length; i++)
        {
            var (name, part) = type.Fields[i];
            if (value[name] is { } field && !IsZero(field))
            {
                to.UInt((ulong)(i - before));
                Write(part, field, to);
                before = i;
            }
        }

        to.UInt(0);
    }

    private void Boxed(GobValue.InterfaceValue boxed, ArrayBufferWriter<byte> to)
    {
        if (boxed is not { Type: { } type, Value: { } value })
        {
            to.UInt(0);
            return;
        }

        to.Text(boxed.Name);
        to.Int(IdOf(type));
        var held = new ArrayBufferWriter<byte>();
        Single(type, value, held);
        to.Bytes(held.WrittenSpan);
    }

    private static bool IsZero(GobValue value) =>
        value switch
        {
            GobValue.BoolValue { Value: false } => true,
            GobValue.IntValue { Value: 0 } => true,
            GobValue.UIntValue { Value: 0 } => true,
            GobValue.FloatValue number => BitConverter.DoubleToInt64Bits(number.Value) == 0,
            GobValue.BytesValue { Value.Length: 0 } => true,
            GobValue.TextValue { Value.Length: 0 } => true,
            GobValue.ListValue { Items.Length: 0 } => true,
            GobValue.InterfaceValue { Value: null } => true,
            _ => false,
        };
}
