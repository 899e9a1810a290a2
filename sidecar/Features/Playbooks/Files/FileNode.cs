using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Sidecar.Features.Playbooks.Files;

/// <summary>A value of a JSON file that knows the line on which it begins.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">From 1.</param>
/// <param name="Text">What stands there, when it is text or a number.</param>
/// <param name="Members">Of an object, in order; a name may be there twice.</param>
/// <param name="Items">Of a list.</param>
internal sealed record FileNode(
    JsonValueKind Kind,
    int Line,
    string Text,
    ImmutableArray<FileMember> Members,
    ImmutableArray<FileNode> Items
)
{
    /// <summary>As a sentence names it.</summary>
    public string Described =>
        Kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };

    /// <summary>Reads JSON in which comments and trailing commas are allowed.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static FileNode Parse(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble)
            ? json[Encoding.UTF8.Preamble.Length..]
            : json;
        var reader = new Utf8JsonReader(
            json,
            new JsonReaderOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            }
        );
        var lines = new LineCount(json);
        reader.Read();
        var root = Value(ref reader, ref lines);
        reader.Read();
        return root;
    }

    private static FileNode Value(ref Utf8JsonReader reader, ref LineCount lines)
    {
        var line = lines.At((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = ImmutableArray.CreateBuilder<FileMember>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, at) = (reader.GetString()!, lines.At((int)reader.TokenStartIndex));
                    reader.Read();
                    members.Add(new FileMember(name, at, Value(ref reader, ref lines)));
                }

                return new FileNode(JsonValueKind.Object, line, "", members.ToImmutable(), []);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<FileNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, ref lines));
                }

                return new FileNode(JsonValueKind.Array, line, "", [], items.ToImmutable());
            case JsonTokenType.String:
                return new FileNode(JsonValueKind.String, line, reader.GetString()!, [], []);
            case JsonTokenType.Number:
                return new FileNode(
                    JsonValueKind.Number,
                    line,
                    Encoding.UTF8.GetString(reader.ValueSpan),
                    [],
                    []
                );
            default:
                return new FileNode(KindOf(reader.TokenType), line, "", [], []);
        }
    }

    private static JsonValueKind KindOf(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.True => JsonValueKind.True,
            JsonTokenType.False => JsonValueKind.False,
            _ => JsonValueKind.Null,
        };

    /// <summary>Counts lines on the way through a file.</summary>
    private ref struct LineCount(ReadOnlySpan<byte> json)
    {
        private readonly ReadOnlySpan<byte> _json = json;
        private int _counted;
        private int _line = 1;

        public int At(int offset)
        {
            _line += _json[_counted..offset].Count((byte)'\n');
            _counted = offset;
            return _line;
        }
    }
}

/// <summary>A name in an object of a JSON file, with its value.</summary>
internal sealed record FileMember(string Name, int Line, FileNode Value);
