using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sidecar.Mattermost;

/// <summary>Reads texts out of JSON that anybody can have made.</summary>
internal static class SentText
{
    private const char Unreadable = '\uFFFD';

    /// <summary>
    /// The text of a JSON string. JSON can write half of a character, which no text can hold: in its place stands the
    /// sign for what can't be read, and everything else stays.
    /// </summary>
    public static string Of(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException) when (text.ValueKind == JsonValueKind.String)
        {
            return Whole(text.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static string Whole(ReadOnlySpan<char> raw)
    {
        var read = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                read.Append(raw[at]);
                continue;
            }

            at++;
            if (raw[at] != 'u')
            {
                read.Append(Escaped(raw[at]));
                continue;
            }

            read.Append(
                (char)
                    ushort.Parse(
                        raw.Slice(at + 1, 4),
                        NumberStyles.HexNumber,
                        CultureInfo.InvariantCulture
                    )
            );
            at += 4;
        }

        return WithoutHalves(read.ToString());
    }

    private static string WithoutHalves(string text)
    {
        var whole = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                whole.Append(text[at]).Append(text[++at]);
            }
            else
            {
                whole.Append(char.IsSurrogate(text[at]) ? Unreadable : text[at]);
            }
        }

        return whole.ToString();
    }

    private static char Escaped(char letter) =>
        letter switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            _ => letter,
        };
}
