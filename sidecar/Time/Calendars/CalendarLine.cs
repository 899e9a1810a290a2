using System.Text;

namespace Sidecar.Time.Calendars;

/// <summary>A line of an iCalendar text (RFC 5545), with what was folded into several put together.</summary>
/// <param name="Number">Of its first line, from 1.</param>
/// <param name="Name">In capitals.</param>
/// <param name="Parameters">Between name and value, by their names in capitals.</param>
/// <param name="Value">As it stands there.</param>
internal sealed record CalendarLine(
    int Number,
    string Name,
    IReadOnlyDictionary<string, string> Parameters,
    string Value
)
{
    public bool Is(string name, string value) =>
        Name == name && Value.Trim().Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CalendarException">A line is none.</exception>
    public static IEnumerable<CalendarLine> Read(string text)
    {
        var number = 0;
        var begin = 0;
        var whole = new StringBuilder();
        foreach (var part in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = part.TrimEnd('\r');
            if (line is [' ' or '\t', ..] && whole.Length > 0)
            {
                whole.Append(line.AsSpan(1));
                continue;
            }

            if (whole.Length > 0)
            {
                yield return Parse(whole.ToString(), begin);
            }

            whole.Clear().Append(line.TrimEnd());
            begin = number;
        }

        if (whole.Length > 0)
        {
            yield return Parse(whole.ToString(), begin);
        }
    }

    private static CalendarLine Parse(string line, int number)
    {
        var parts = Apart(line);
        return parts is [{ Length: > 0 } name, .., var value] && parts.Count >= 2
            ? new CalendarLine(
                number,
                name.ToUpperInvariant(),
                parts
                    .Take(1..^1)
                    .Select(p => p.Split('=', 2))
                    .GroupBy(p => p[0].ToUpperInvariant(), StringComparer.Ordinal)
                    .ToDictionary(
                        p => p.Key,
                        p => p.First() is [_, var v] ? v.Trim('"') : "",
                        StringComparer.Ordinal
                    ),
                value
            )
            : throw new CalendarException(
                number,
                "this is not a line of an iCalendar file, which has a name, a colon and a value; export the calendar again"
            );
    }

    /// <summary>Name, parameters and value: quotes hold colons and semicolons together.</summary>
    private static List<string> Apart(string line)
    {
        var parts = new List<string>();
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            isQuoted ^= line[i] == '"';
            if (isQuoted || line[i] is not (';' or ':'))
            {
                continue;
            }

            parts.Add(line[start..i]);
            start = i + 1;
            if (line[i] == ':')
            {
                parts.Add(line[start..]);
                return parts;
            }
        }

        return [];
    }
}

/// <summary>Something in a calendar can't be used.</summary>
/// <param name="line">From 1.</param>
/// <param name="message">What is wrong, and what to do; without a dot at its end.</param>
internal sealed class CalendarException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
