using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Time.Calendars;

/// <summary>
/// Holidays in a file of their own: an iCalendar (<c>.ics</c>) as every calendar exports one, or a list as in
/// settings.json (<c>.json</c>).
/// </summary>
internal static class HolidayFile
{
    private const long Largest = 4 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Which.</param>
    /// <param name="problem">What is wrong with it, with the line and what would be right; null when it was read.</param>
    public static IReadOnlyList<Holiday> Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Largest })
            {
                problem = $"{path} is larger than 4 MB, which no list of holidays is";
                return [];
            }

            var text = File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? JsonSerializer.Deserialize(text, HolidayJson.Default.IReadOnlyListHoliday)!
                : ReadCalendar(text);
        }
        catch (CalendarException wrong)
        {
            problem = $"{path}, line {wrong.Line}: {wrong.Message}";
        }
        catch (JsonException wrong)
        {
            problem =
                $"{path}, line {wrong.LineNumber + 1 ?? 1}: this is not a list of holidays; write it as [{{ \"date\": \"2026-12-25\", \"name\": \"Christmas Day\" }}]";
        }
        catch (DecoderFallbackException)
        {
            problem = $"{path} is not in UTF-8; save it so";
        }
        catch (Exception missing)
            when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            problem =
                $"there is no file {path}; write its path relative to the folder of the settings file, or the whole path";
        }
        catch (Exception denied)
            when (denied is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            problem =
                $"{path} can't be read ({denied.Message.TrimEnd('.')}); let the user who runs the sidecar read it";
        }

        return [];
    }

    /// <summary>The holidays of an iCalendar text.</summary>
    /// <exception cref="CalendarException">Something in it can't be used.</exception>
    public static IReadOnlyList<Holiday> ReadCalendar(string text)
    {
        var open = new Stack<CalendarLine>();
        var holidays = new List<Holiday>();
        CalendarEvent? current = null;
        var last = 1;
        foreach (var line in CalendarLine.Read(text))
        {
            last = line.Number;
            if (open.Count == 0 && !line.Is("BEGIN", "VCALENDAR"))
            {
                throw new CalendarException(
                    line.Number,
                    "an iCalendar file begins with BEGIN:VCALENDAR; export the calendar as iCalendar (.ics)"
                );
            }

            if (line.Name == "BEGIN")
            {
                open.Push(line);
                current = line.Is("BEGIN", "VEVENT") ? new CalendarEvent(line) : current;
            }
            else if (line.Name == "END")
            {
                Close(open, line);
                if (line.Is("END", "VEVENT") && current is not null)
                {
                    holidays.AddRange(current.Holidays());
                    current = null;
                }
            }
            else if (current is not null && open.Peek() == current.Begin)
            {
                // What an event holds, such as its alarms, has lines of the same names.
                current.Take(line);
            }
        }

        return open.Count == 0 && last > 1
            ? holidays
            : throw new CalendarException(
                last,
                "the file ends before END:VCALENDAR; export the calendar again"
            );
    }

    private static void Close(Stack<CalendarLine> open, CalendarLine end)
    {
        if (!open.Pop().Is("BEGIN", end.Value.Trim()))
        {
            throw new CalendarException(
                end.Number,
                $"END:{end.Value.Trim()} does not close what was begun last; export the calendar again"
            );
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(IReadOnlyList<Holiday>))]
internal sealed partial class HolidayJson : JsonSerializerContext;
