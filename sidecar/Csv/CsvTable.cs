using CsvHelper;

namespace Sidecar.Csv;

/// <summary>
/// Tables as files: RFC 4180, UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8.
/// </summary>
internal static class CsvTable
{
    /// <summary>Writes a heading and rows as they come; none is kept in memory.</summary>
    /// <returns>How many rows.</returns>
    public static async Task<long> Write<T>(
        Stream to,
        IReadOnlyList<CsvColumn<T>> columns,
        IAsyncEnumerable<T> rows,
        CancellationToken cancel
    )
    {
        await using var writer = CsvWriter.Create(
            to,
            new CsvWriterOptions { WriteByteOrderMark = true },
            leaveOpen: true
        );
        foreach (var column in columns)
        {
            writer.WriteField(column.Name);
        }

        await writer.EndRecordAsync(cancel);
        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancel))
        {
            foreach (var column in columns)
            {
                writer.WriteField(column.Cell(row).Written);
            }

            await writer.EndRecordAsync(cancel);
            count++;
        }

        await writer.FlushAsync(cancel);
        return count;
    }

    /// <summary>
    /// Reads a file that a person made, mostly with a spreadsheet: separated by commas, semicolons or tabs, in UTF-8 or
    /// in UTF-16 with a byte order mark. What is wrong with a row is reported with its line; good rows are kept.
    /// </summary>
    /// <param name="from">The file.</param>
    /// <param name="headings">The columns it may have; others are left out, and named, since one may be a misspelt one.</param>
    /// <param name="read">Makes a value of a row, or says by <see cref="CsvRow.Wrong"/> what is wrong with it.</param>
    /// <param name="limits">How much is read; null for the usual.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<CsvContent<T>> Read<T>(
        Stream from,
        IReadOnlyList<CsvHeading> headings,
        Func<CsvRow, T> read,
        CsvLimits? limits,
        CancellationToken cancel
    ) => new CsvReading<T>(headings, read, limits ?? new CsvLimits()).Run(from, cancel);
}
