using System.Globalization;

namespace Sidecar.Csv;

/// <summary>A column of a file that we write.</summary>
/// <param name="Name">Its heading: lower case, underscores between words.</param>
/// <param name="Cell">What a row has there.</param>
internal sealed record CsvColumn<T>(string Name, Func<T, CsvCell> Cell);

/// <summary>
/// A cell to be written. Text and numbers become one by themselves; only text is guarded against being run as a formula.
/// </summary>
internal readonly record struct CsvCell
{
    private CsvCell(string written) => Written = written;

    /// <summary>As it stands in the file, but for quotes; null is empty.</summary>
    public string? Written { get; }

    public static implicit operator CsvCell(string? text) =>
        text is null ? default : new(CsvText.Guarded(text));

    public static implicit operator CsvCell(long? number) =>
        number is { } some ? new(some.ToString(CultureInfo.InvariantCulture)) : default;

    public static implicit operator CsvCell(long number) => (long?)number;

    public static implicit operator CsvCell(decimal? number) =>
        number is { } some ? new(some.ToString(CultureInfo.InvariantCulture)) : default;

    public static implicit operator CsvCell(bool? yes) =>
        yes is { } some ? new(some ? "yes" : "no") : default;

    public static implicit operator CsvCell(bool yes) => (bool?)yes;

    /// <summary>ISO 8601: <c>2026-02-03</c>.</summary>
    public static implicit operator CsvCell(DateOnly? date) =>
        date is { } some ? new(some.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : default;

    /// <summary>ISO 8601 in UTC: <c>2026-02-03T09:00:00Z</c>.</summary>
    public static implicit operator CsvCell(DateTimeOffset? time) =>
        time is { } some
            ? new(
                some.UtcDateTime.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'",
                    CultureInfo.InvariantCulture
                )
            )
            : default;

    public static implicit operator CsvCell(DateTimeOffset time) => (DateTimeOffset?)time;
}
