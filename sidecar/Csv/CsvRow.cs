using System.Globalization;
using System.Text.RegularExpressions;
using Sidecar.Text;

namespace Sidecar.Csv;

/// <summary>A column that a file which we read may or must have.</summary>
/// <param name="Name">Its heading; case, blanks and marks do not matter.</param>
internal sealed record CsvHeading(string Name)
{
    /// <summary>What else it may be called.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Without it nothing is read.</summary>
    public bool IsRequired { get; init; }

    /// <inheritdoc/>
    public bool Equals(CsvHeading? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// The form in which headings are compared, letters and digits alone: <c>TAM user</c>, <c>tam_user</c> and
    /// <c>tam-user</c> are one, and so are <c>ARR (USD)</c> and <c>arr_usd</c>.
    /// </summary>
    public static string Plain(string name) =>
        string.Concat(
            UnseenMarks
                .Plain(name.Length <= Longest ? name : name[..Longest])
                .Where(char.IsLetterOrDigit)
                .Select(char.ToLowerInvariant)
        );

    // What is longer is no heading; the limit keeps a strange file from costing time.
    private const int Longest = 200;
}

/// <summary>
/// A row being read. Whoever reads it says what is wrong with it by <see cref="Wrong"/>; a row with anything wrong is
/// reported with its line and left out.
/// </summary>
internal sealed partial class CsvRow
{
    private readonly IReadOnlyDictionary<string, int> _places;
    private readonly string[] _cells;
    private readonly string[] _written;
    private readonly List<CsvProblem> _problems = [];

    /// <summary>What is said of a row at which the program failed.</summary>
    public const string Unreadable =
        "I failed at this row, which is a fault of mine: tell an administrator, who finds it in the log, or write the row in another way";

    internal CsvRow(
        int line,
        IReadOnlyDictionary<string, int> places,
        string[] cells,
        string[] written
    ) => (Line, _places, _cells, _written) = (line, places, cells, written);

    /// <summary>The line of the file in which it starts; the first is 1.</summary>
    public int Line { get; }

    /// <summary>What is wrong with it so far.</summary>
    public IReadOnlyList<CsvProblem> Problems => _problems;

    /// <summary>The cell as it is, with the spaces around it; empty when there is none.</summary>
    public string this[CsvHeading heading] =>
        Has(heading) ? _cells[_places[CsvHeading.Plain(heading.Name)]] : "";

    /// <summary>Why no name can be what the cell holds, see <see cref="SpreadsheetMarks"/>; null when it may be.</summary>
    public string? WhyNoName(CsvHeading heading) => Why(heading, SpreadsheetMarks.WhyNoName);

    /// <summary>Why no key can be what the cell holds; null when it may be.</summary>
    public string? WhyNoKey(CsvHeading heading) => Why(heading, SpreadsheetMarks.WhyNoKey);

    private string? Why(CsvHeading heading, Func<string, string, string?> why) =>
        Has(heading)
            ? why(Text(heading), _written[_places[CsvHeading.Plain(heading.Name)]].TrimStart())
            : null;

    /// <summary>
    /// Whether the file says anything about it, be it that it is empty. Lines may end before the last column.
    /// </summary>
    public bool Has(CsvHeading heading) =>
        _places.TryGetValue(CsvHeading.Plain(heading.Name), out var place) && place < _cells.Length;

    /// <summary>The cell without the spaces around it; empty when there is none.</summary>
    public string Text(CsvHeading heading) => UnseenMarks.Without(this[heading]).Trim();

    /// <summary>
    /// A number: <c>-5</c>, <c>1200000</c>, <c>1200000.50</c>, <c>1,200,000</c>; null when the cell is empty, or is no
    /// number, which is reported.
    /// </summary>
    public decimal? Number(CsvHeading heading)
    {
        if (Text(heading) is not { Length: > 0 } text)
        {
            return null;
        }

        if (
            WrittenNumber().IsMatch(text)
            && decimal.TryParse(
                Grouping().Replace(text, ""),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return number;
        }

        Wrong(
            heading,
            $"“{Short(text)}” is not a number I can read: write it plainly, as in 1200000 or 1200000.50"
        );
        return null;
    }

    /// <summary>A day, <c>2026-02-03</c>; null when the cell is empty, or is none, which is reported.</summary>
    public DateOnly? Date(CsvHeading heading)
    {
        if (Text(heading) is not { Length: > 0 } text)
        {
            return null;
        }

        if (
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return date;
        }

        Wrong(
            heading,
            $"“{Short(text)}” is not a date I can read: write year, month and day, as in 2026-02-03; spreadsheets keep that when the column is formatted as text"
        );
        return null;
    }

    /// <summary><c>yes</c>, <c>no</c>, <c>true</c>, <c>false</c>, <c>1</c>, <c>0</c>; null when the cell is empty, or is none, which is reported.</summary>
    public bool? Flag(CsvHeading heading)
    {
        var text = Text(heading);
        if (text.Length > 0 && TypedYesNo.Read(text) is null)
        {
            Wrong(heading, $"“{Short(text)}” is neither yes nor no");
        }

        return TypedYesNo.Read(text);
    }

    /// <summary>Notes what is wrong; the row will be reported and left out.</summary>
    /// <param name="heading">In which column; null for the whole row.</param>
    /// <param name="why">What is wrong and what would be right; no full stop.</param>
    public void Wrong(CsvHeading? heading, string why) =>
        _problems.Add(new CsvProblem(Line, heading?.Name, why));

    internal static string Short(string text) => MarkdownEscaper.Shorten(text, 41);

    [GeneratedRegex(
        @"^[+-]?(\d+|\d{1,3}([,'’\u0020\u00A0\u202F]\d{3})+)(\.\d+)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex WrittenNumber();

    [GeneratedRegex(@"[,'’\u0020\u00A0\u202F]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Grouping();
}

/// <summary>What is wrong with a file, to be shown to whoever brought it. May quote the file: escape it.</summary>
/// <param name="Line">In which line; null when it is about the whole file.</param>
/// <param name="Column">In which column; null when it is about the whole row or file.</param>
/// <param name="Why">What is wrong and what would be right; no full stop.</param>
internal sealed record CsvProblem(int? Line, string? Column, string Why)
{
    /// <summary><c>Line 3, arr: “x” is not a number …</c></summary>
    public override string ToString() =>
        (Line, Column) switch
        {
            (null, _) => Why,
            ({ } line, null) => string.Create(CultureInfo.InvariantCulture, $"Line {line}: {Why}"),
            ({ } line, { } column) => string.Create(
                CultureInfo.InvariantCulture,
                $"Line {line}, {column}: {Why}"
            ),
        };
}

/// <summary>A row that was read.</summary>
/// <param name="Line">The line of the file in which it starts.</param>
/// <param name="Value">What was made of it.</param>
internal sealed record CsvRecord<T>(int Line, T Value);

/// <summary>What was in a file.</summary>
/// <param name="Records">The good rows, in order.</param>
/// <param name="Problems">What is wrong, in the order of lines.</param>
internal sealed record CsvContent<T>(
    IReadOnlyList<CsvRecord<T>> Records,
    IReadOnlyList<CsvProblem> Problems
)
{
    /// <summary>The columns that the file has, of those that were asked for.</summary>
    public IReadOnlySet<CsvHeading> Columns { get; init; } = new HashSet<CsvHeading>();

    /// <summary>The file as a whole can't be taken; <see cref="Problems"/> say why, and there are no records.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The first row at which reading failed, for the log; such rows are among the problems.</summary>
    public (int Line, Exception Why)? Fault { get; init; }

    /// <summary>The columns that are not known and were left out, each as a sentence without a full stop.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>How much is read.</summary>
internal sealed record CsvLimits
{
    /// <summary>Rows; a file with more is refused.</summary>
    public int Rows { get; init; } = 50_000;

    /// <summary>Bytes of one row as UTF-8.</summary>
    public int RowBytes { get; init; } = 1 << 20;
}
