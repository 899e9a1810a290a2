using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Interactions;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Import;

/// <summary>What a row of a file says about a customer, as far as the row alone can tell.</summary>
/// <param name="Line">The line of the file in which it starts.</param>
/// <param name="Key">By which it names the customer; null when it has only the name.</param>
/// <param name="Values">
/// The cells that say something; empty takes a value away. People are still at-names.
/// </param>
internal sealed record CustomerRow(
    int Line,
    CustomerKey? Key,
    ImmutableArray<(CustomerField Field, string Value)> Values
)
{
    /// <summary>The key as it was typed, without regard to case; null when there is none.</summary>
    public string? KeySpelt { get; init; }

    /// <summary>
    /// What was typed is the key and not something that becomes it: <c>1,200</c> and <c>1.200</c> both become
    /// <c>1-200</c>.
    /// </summary>
    public bool IsKeyExact => Key?.Value == KeySpelt;

    /// <summary>The day of the figures.</summary>
    public DateOnly? MeasuredOn { get; init; }

    /// <summary>The figures it has.</summary>
    public ImmutableDictionary<Figure, long?> Counts { get; init; } =
        ImmutableDictionary<Figure, long?>.Empty;

    /// <summary>Into the archive or out of it; null leaves it.</summary>
    public bool? Archived { get; init; }

    /// <summary>The name it gives; null when it gives none.</summary>
    public string? Name =>
        Values
            .Where(value => value.Field == CustomerFields.Name)
            .Select(value => value.Value)
            .FirstOrDefault();

    /// <summary>Rows about the same customer have the same.</summary>
    public string About =>
        Key is { } key ? "key:" + key.Value : "name:" + CustomerIndexes.Plain(Name ?? "");

    /// <summary>Reads a row; what is wrong is noted in it.</summary>
    public static CustomerRow Read(CsvRow row, DateOnly today) =>
        new(row.Line, ReadKey(row), [.. ReadValues(row, today)])
        {
            KeySpelt = KeyTyped(row) is { Length: > 0 } typed ? CustomerIndexes.Plain(typed) : null,
            MeasuredOn = ReadDay(row, today),
            Counts = ReadCounts(row),
            Archived = row.Flag(CustomerColumns.Archived),
        };

    /// <summary>What says that there is none, as <c>n/a</c>, is no key.</summary>
    private static string KeyTyped(CsvRow row) =>
        row.Text(CustomerColumns.Key) is var typed && NoneWord.IsInProse(typed) ? "" : typed;

    private static CustomerKey? ReadKey(CsvRow row)
    {
        var typed = KeyTyped(row);
        var key = CustomerKey.Of(typed);
        if (row.WhyNoKey(CustomerColumns.Key) is { } why)
        {
            row.Wrong(
                CustomerColumns.Key,
                $"“{Short(typed)}” {why}: format the column as text and write the key again"
            );
        }
        else if (typed.Length > 0 && key is null)
        {
            row.Wrong(CustomerColumns.Key, $"“{Short(typed)}” has no letters or digits");
        }
        else if (typed.Length == 0 && row.Text(CustomerColumns.Name).Length == 0)
        {
            row.Wrong(null, "It names no customer: write the key, the name, or both");
        }

        return key;
    }

    private static IEnumerable<(CustomerField Field, string Value)> ReadValues(
        CsvRow row,
        DateOnly today
    )
    {
        foreach (var (field, heading) in CustomerColumns.Fields)
        {
            var typed = row.Text(heading);
            if (typed.Length == 0)
            {
                continue;
            }

            if (
                (
                    field == CustomerFields.Name ? row.WhyNoName(heading)
                    : field == CustomerFields.Arr ? SpreadsheetMarks.WhyNoNumber(typed)
                    : null
                ) is
                { } why
            )
            {
                row.Wrong(
                    heading,
                    $"“{Short(typed)}” {why}: format the column so that it is shown whole, and write it again"
                );
                continue;
            }

            if (
                (field == CustomerFields.Contract || field == CustomerFields.Production)
                && WhyNoDay(typed) is { } whyNoDay
            )
            {
                row.Wrong(heading, whyNoDay);
                continue;
            }

            var reading = field.Read(IsNone(field, typed) ? "" : typed, today);
            if (reading.Problem is { } problem)
            {
                row.Wrong(heading, problem.TrimEnd('.'));
            }

            yield return (field, reading.Value);
        }
    }

    /// <summary>What takes a value away in a form or a command does so in a file.</summary>
    private static bool IsNone(CustomerField field, string typed) =>
        field.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.YesNo
            ? NoneWord.IsInProse(typed)
            : NoneWord.Is(typed);

    private static DateOnly? ReadDay(CsvRow row, DateOnly today)
    {
        var typed = row.Text(CustomerColumns.MeasuredOn);
        if (typed.Length == 0 || NoneWord.Is(typed))
        {
            if (CustomerColumns.Figures.Any(column => row.Text(column.Heading).Length > 0))
            {
                // Without it the same file would be another one tomorrow.
                row.Wrong(
                    CustomerColumns.MeasuredOn,
                    "Figures need the day on which they were counted, as in 2026-01-31"
                );
            }

            return null;
        }

        if (WhyNoDay(typed) is { } why)
        {
            row.Wrong(CustomerColumns.MeasuredOn, why);
            return null;
        }

        if (CalendarDay.ReadPassed(typed, today, out var problem) is not { } day)
        {
            row.Wrong(CustomerColumns.MeasuredOn, problem.TrimEnd('.'));
            return null;
        }

        return day;
    }

    private static ImmutableDictionary<Figure, long?> ReadCounts(CsvRow row)
    {
        var counts = ImmutableDictionary.CreateBuilder<Figure, long?>();
        foreach (var (kind, heading) in CustomerColumns.Figures)
        {
            var typed = row.Text(heading);
            if (NoneWord.Is(typed))
            {
                counts[kind.Figure] = null;
            }
            else if (SpreadsheetMarks.WhyNoNumber(typed) is { } why)
            {
                row.Wrong(
                    heading,
                    $"“{Short(typed)}” {why}: format the column so that it is shown whole, and write it again"
                );
            }
            else if (typed.Length > 0)
            {
                counts[kind.Figure] = MeasurementDraft.ReadCount(typed, out var problem);
                if (problem.Length > 0)
                {
                    row.Wrong(heading, problem.TrimEnd('.'));
                }
            }
        }

        return counts.ToImmutable();
    }

    /// <summary>Why this is the day of a spreadsheet and of nobody else; null when it may be read.</summary>
    private static string? WhyNoDay(string typed) =>
        SpreadsheetMarks.Day(typed) is { } day
            ? $"“{typed}” is how spreadsheets count days: did you mean {CalendarDay.Write(day)}? Format the column as a date and save the file again"
        : SpreadsheetMarks.WhyNoNumber(typed) is { } why
            ? $"“{Short(typed)}” {why}: format the column as a date and save the file again"
        : null;

    private static string Short(string text) => MarkdownEscaper.Shorten(text, 41);
}
