using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CsvHelper;
using Sidecar.Text;

namespace Sidecar.Csv;

/// <summary>One reading of one file.</summary>
internal sealed class CsvReading<T>(
    IReadOnlyList<CsvHeading> headings,
    Func<CsvRow, T> read,
    CsvLimits limits
)
{
    private const int MostColumns = 500;
    private const int MostNamed = 10;
    private const string NotUtf8 =
        "This is not a file in UTF-8. Spreadsheets write one when it is saved as “CSV UTF-8”; files in an older encoding, such as windows-1252, are not taken, since accents and other letters would come out wrong";

    private readonly List<CsvRecord<T>> _records = [];
    private readonly List<CsvProblem> _problems = [];
    private readonly Dictionary<long, CsvMalformedReason> _malformed = [];
    private readonly Dictionary<string, CsvHeading> _known = Known(headings);
    private readonly List<string> _leftOut = [];
    private readonly HashSet<int> _ignored = [];

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private int _columns;

    /// <summary>The first row at which the reading itself failed.</summary>
    private (int Line, Exception Why)? Fault { get; set; }

    public async Task<CsvContent<T>> Run(Stream from, CancellationToken cancel)
    {
        try
        {
            using var text = await CsvStart.Open(from, cancel);
            var (start, separator) = await Start(text, cancel);
            using var whole = new CsvStart.Continued(start, text);
            await using var reader = CsvReader.Create(whole, Options(separator), leaveOpen: true);
            await reader.ReadHeaderAsync(cancel);
            if (TakeHeader(reader.Headers, LinesIn(start)) is { Count: > 0 } wrong)
            {
                return Refused(wrong);
            }

            return await ReadRows(reader, cancel) is { } refused ? Refused([refused]) : Content();
        }
        catch (DecoderFallbackException)
        {
            return Refused([new CsvProblem(null, null, NotUtf8)]);
        }
        catch (CsvFormatException tooLong)
        {
            return Refused([TooLong(tooLong)]);
        }
    }

    private CsvReaderOptions Options(char separator) =>
        new()
        {
            Separator = separator,
            TrackLineNumbers = true,
            MaxRecordSize = limits.RowBytes,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = record => _malformed[record.LineNumber] = record.Reason,
        };

    /// <summary>The lines up to the headings, and how cells are separated.</summary>
    private async Task<(string Text, char Separator)> Start(
        TextReader text,
        CancellationToken cancel
    )
    {
        var start = new StringBuilder();
        char? said = null;
        while (await text.ReadLineAsync(cancel) is { } line)
        {
            if (CsvStart.SeparatorSaid(line) is { } separator)
            {
                // An empty line in its place keeps the count of lines.
                (said, line) = (separator, "");
            }

            start.Append(line).Append("\r\n");
            if (!string.IsNullOrWhiteSpace(line))
            {
                var known = _known.Keys.ToHashSet(StringComparer.Ordinal);
                return (start.ToString(), said ?? CsvStart.SeparatorOf(line, known));
            }
        }

        return ("", ',');
    }

    private List<CsvProblem> TakeHeader(IReadOnlyList<string> given, int line)
    {
        var wrong = new List<CsvProblem>();
        if (given.All(string.IsNullOrWhiteSpace))
        {
            return
            [
                new CsvProblem(
                    null,
                    null,
                    $"The file is empty. Its first line names the columns: {AllNames()}"
                ),
            ];
        }

        if (given.Any(name => name.Contains('\0', StringComparison.Ordinal)))
        {
            return [new CsvProblem(null, null, NotUtf8)];
        }

        _columns = given.Count;
        if (_columns > MostColumns)
        {
            return
            [
                new CsvProblem(
                    line,
                    null,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The file has {_columns} columns, more than {MostColumns}. Leave those out that are not needed"
                    )
                ),
            ];
        }

        for (var place = 0; place < given.Count; place++)
        {
            var name = UnseenMarks.Without(CsvText.Plain(given[place])).Trim();
            if (name.Length == 0)
            {
                continue;
            }

            if (!_known.TryGetValue(CsvHeading.Plain(name), out var heading))
            {
                _leftOut.Add(name);
                _ignored.Add(place);
            }
            else if (!_places.TryAdd(CsvHeading.Plain(heading.Name), place))
            {
                wrong.Add(
                    new CsvProblem(line, null, $"The column “{heading.Name}” is there twice")
                );
            }
        }

        if (_places.Count == 0)
        {
            wrong.Add(
                new CsvProblem(
                    line,
                    null,
                    $"None of its columns is known. Columns are: {AllNames()}"
                )
            );
        }

        wrong.AddRange(
            headings
                .Where(h => h.IsRequired && !_places.ContainsKey(CsvHeading.Plain(h.Name)))
                .Select(h => new CsvProblem(line, null, $"The column “{h.Name}” is missing"))
        );
        return wrong;
    }

    /// <summary>By name and by what else they are called; a name counts more than another's alias.</summary>
    private static Dictionary<string, CsvHeading> Known(IReadOnlyList<CsvHeading> headings)
    {
        var known = headings.ToDictionary(h => CsvHeading.Plain(h.Name), StringComparer.Ordinal);
        foreach (var heading in headings)
        {
            foreach (var alias in heading.Aliases)
            {
                known.TryAdd(CsvHeading.Plain(alias), heading);
            }
        }

        return known;
    }

    private List<string> LeftOut()
    {
        List<string> told = [.. _leftOut.Take(MostNamed).Select(Unknown)];
        if (_leftOut.Count > MostNamed)
        {
            told.Add(
                string.Create(CultureInfo.InvariantCulture, $"{_leftOut.Count - MostNamed} more")
            );
        }

        return told;
    }

    private string Unknown(string name)
    {
        var plain = CsvHeading.Plain(name);
        var near = headings
            .Select(h =>
                (
                    h.Name,
                    Away: Spelling.Within(plain, CsvHeading.Plain(h.Name), 1 + (plain.Length / 4))
                )
            )
            .Where(h => h.Away is not null)
            .OrderBy(h => h.Away)
            .Select(h => h.Name)
            .FirstOrDefault();
        return near is null
            ? $"“{CsvRow.Short(name)}”"
            : $"“{CsvRow.Short(name)}” (did you mean “{near}”?)";
    }

    private async Task<CsvProblem?> ReadRows(CsvReader reader, CancellationToken cancel)
    {
        var rows = 0;
        while (await reader.ReadAsync(cancel))
        {
            var (cells, written) = (new string[reader.FieldCount], new string[reader.FieldCount]);
            for (var i = 0; i < cells.Length; i++)
            {
                written[i] = reader.GetString(i);
                cells[i] = CsvText.Plain(written[i]);
            }

            // Spreadsheets leave lines of nothing but separators where something was deleted.
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (++rows > limits.Rows)
            {
                return new CsvProblem(
                    null,
                    null,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The file has more than {limits.Rows} rows. Split it"
                    )
                );
            }

            Take(new CsvRow((int)reader.LineNumber, _places, cells, written), cells);
        }

        return null;
    }

    private void Take(CsvRow row, string[] cells)
    {
        CheckShape(row, cells);
        if (row.Problems.Count == 0)
        {
            if (Reads(row, out var value) && row.Problems.Count == 0)
            {
                _records.Add(new CsvRecord<T>(row.Line, value));
                return;
            }
        }

        _problems.AddRange(row.Problems);
    }

    /// <summary>Whatever a row holds, the fault is that row's alone: the others are read.</summary>
    private bool Reads(CsvRow row, [MaybeNullWhen(false)] out T value)
    {
        try
        {
            value = read(row);
            return true;
        }
        catch (Exception fault)
        {
            Fault ??= (row.Line, fault);
            row.Wrong(null, CsvRow.Unreadable);
            value = default;
            return false;
        }
    }

    private void CheckShape(CsvRow row, string[] cells)
    {
        switch (_malformed.GetValueOrDefault(row.Line))
        {
            case CsvMalformedReason.UnterminatedQuote:
                row.Wrong(
                    null,
                    "A quote is opened here and never closed, so nothing after it could be read"
                );
                return;
            case CsvMalformedReason.TextAfterClosingQuote:
                row.Wrong(
                    null,
                    "Text follows a closing quote. Quotes within quotes are written twice"
                );
                return;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            if (
                !string.IsNullOrWhiteSpace(cells[i])
                && !_places.ContainsValue(i)
                && !_ignored.Contains(i)
            )
            {
                row.Wrong(
                    null,
                    i < _columns
                        ? $"“{CsvRow.Short(cells[i])}” stands in a column without a heading"
                        : "It has more cells than there are columns. Text with a separator in it needs quotes around it"
                );
                return;
            }
        }

        CheckCells(row, cells);
    }

    /// <summary>What a spreadsheet writes instead of a value.</summary>
    private void CheckCells(CsvRow row, string[] cells)
    {
        foreach (var (plain, place) in _places)
        {
            if (place < cells.Length && SpreadsheetMarks.IsError(cells[place].Trim()))
            {
                row.Wrong(
                    _known[plain],
                    $"“{CsvRow.Short(cells[place].Trim())}” is what a spreadsheet writes where it has no value to show: fix the cell and save the file again"
                );
            }
        }
    }

    private CsvProblem TooLong(CsvFormatException problem) =>
        new(
            null,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Row {problem.RecordNumber} is longer than {limits.RowBytes >> 10} KB: is a quote opened there and never closed?"
            )
        );

    private string AllNames() => string.Join(", ", headings.Select(h => h.Name));

    private static int LinesIn(string start) => Math.Max(1, start.Count(c => c == '\n'));

    private CsvContent<T> Content() =>
        new(_records, _problems)
        {
            Columns = headings
                .Where(h => _places.ContainsKey(CsvHeading.Plain(h.Name)))
                .ToHashSet(),
            LeftOut = LeftOut(),
            Fault = Fault,
        };

    private static CsvContent<T> Refused(IReadOnlyList<CsvProblem> why) =>
        new([], why) { IsRefused = true };
}
