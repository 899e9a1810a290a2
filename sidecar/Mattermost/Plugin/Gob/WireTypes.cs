using System.Collections.Immutable;

namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>The types that were told on one stream, with those that everybody knows.</summary>
internal sealed class WireTypes(GobLimits limits)
{
    private readonly Dictionary<int, WireType> _types = new()
    {
        [GobTypeId.Bool] = new WireType.BasicWire(GobTypeId.Bool),
        [GobTypeId.Int] = new WireType.BasicWire(GobTypeId.Int),
        [GobTypeId.UInt] = new WireType.BasicWire(GobTypeId.UInt),
        [GobTypeId.Float] = new WireType.BasicWire(GobTypeId.Float),
        [GobTypeId.Bytes] = new WireType.BasicWire(GobTypeId.Bytes),
        [GobTypeId.Text] = new WireType.BasicWire(GobTypeId.Text),
        [GobTypeId.Complex] = new WireType.BasicWire(GobTypeId.Complex),
        [GobTypeId.Interface] = new WireType.BasicWire(GobTypeId.Interface),
    };

    private int _letters;

    /// <summary>Those told with the value that is being read: they count only when all of it has been read.</summary>
    private readonly Dictionary<int, (WireType Type, int Letters)> _new = [];

    public WireType this[int id] =>
        _types.GetValueOrDefault(id)
        ?? (_new.TryGetValue(id, out var found) ? found.Type : null)
        ?? throw new GobException($"Type {id} was not told.");

    /// <summary>Forgets what a value told that turned out not to have arrived whole.</summary>
    public void StartAgain() => _new.Clear();

    /// <summary>The value has been read.</summary>
    public void Keep()
    {
        foreach (var (id, (type, letters)) in _new)
        {
            _types.Add(id, type);
            _letters += letters;
        }

        _new.Clear();
    }

    /// <summary>Reads the definition of a type.</summary>
    public void Read(int id, ref GobReader from)
    {
        if (id < GobTypeId.FirstOfUser || _types.ContainsKey(id) || _new.ContainsKey(id))
        {
            throw new GobException($"Type {id} is told twice.");
        }

        var before = from.Left;
        var type = Definition(ref from);
        _new.Add(id, (type, before - from.Left));
        if (
            _types.Count + _new.Count > limits.Types
            || _letters + _new.Values.Sum(n => (long)n.Letters) > limits.TypeLetters
        )
        {
            throw new GobException("Too many types on one stream.");
        }
    }

    private static WireType Definition(ref GobReader from)
    {
        WireType? found = null;
        for (var field = Next(ref from, 0); field > 0; field = Next(ref from, field))
        {
            if (found is not null)
            {
                throw new GobException("A type is of two kinds.");
            }

            found = field switch
            {
                1 => Array(ref from),
                2 => Slice(ref from),
                3 => Struct(ref from),
                4 => Map(ref from),
                5 or 6 or 7 => Opaque(ref from),
                _ => throw new GobException("A type is of an unknown kind."),
            };
        }

        return found ?? throw new GobException("A type is of no kind.");
    }

    private static WireType.ArrayWire Array(ref GobReader from)
    {
        var numbers = Numbers(ref from, 2);
        return new WireType.ArrayWire(numbers[0], numbers[1]);
    }

    private static WireType.SliceWire Slice(ref GobReader from) => new(Numbers(ref from, 1)[0]);

    private static WireType.MapWire Map(ref GobReader from)
    {
        var numbers = Numbers(ref from, 2);
        return new WireType.MapWire(numbers[0], numbers[1]);
    }

    private static WireType.OpaqueWire Opaque(ref GobReader from)
    {
        Numbers(ref from, 0);
        return new WireType.OpaqueWire();
    }

    private static WireType.StructWire Struct(ref GobReader from)
    {
        ImmutableArray<(string, int)> fields = [];
        for (var field = Next(ref from, 0); field > 0; field = Next(ref from, field))
        {
            switch (field)
            {
                case 1:
                    Common(ref from);
                    break;
                case 2:
                    fields = Fields(ref from);
                    break;
                default:
                    throw new GobException("A struct's definition has an unknown part.");
            }
        }

        return new WireType.StructWire(fields);
    }

    private static ImmutableArray<(string, int)> Fields(ref GobReader from)
    {
        var count = from.Length();
        var fields = ImmutableArray.CreateBuilder<(string, int)>(count);
        for (var i = 0; i < count; i++)
        {
            fields.Add(NameAndId(ref from));
        }

        return fields.MoveToImmutable();
    }

    /// <summary>The common part, and after it as many numbers as there are.</summary>
    private static int[] Numbers(ref GobReader from, int count)
    {
        var numbers = new int[count];
        for (var field = Next(ref from, 0); field > 0; field = Next(ref from, field))
        {
            if (field == 1)
            {
                Common(ref from);
            }
            else if (field - 2 < count)
            {
                numbers[field - 2] = from.TypeId();
            }
            else
            {
                throw new GobException("A type's definition has an unknown part.");
            }
        }

        return numbers;
    }

    private static void Common(ref GobReader from) => NameAndId(ref from);

    private static (string Name, int Id) NameAndId(ref GobReader from)
    {
        var (name, id) = ("", 0);
        for (var field = Next(ref from, 0); field > 0; field = Next(ref from, field))
        {
            switch (field)
            {
                case 1:
                    name = from.Text();
                    break;
                case 2:
                    id = from.TypeId();
                    break;
                default:
                    throw new GobException("A name in a definition has an unknown part.");
            }
        }

        return (name, id);
    }

    /// <summary>The number of the next field, counted from 1; 0 at the end.</summary>
    private static int Next(ref GobReader from, int before)
    {
        var step = from.UInt();
        return step switch
        {
            0 => 0,
            <= 16 => before + (int)step,
            _ => throw new GobException("A definition has an unknown part."),
        };
    }
}
