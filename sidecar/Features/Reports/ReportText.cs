using System.Collections.Immutable;
using Sidecar.Features.Reports.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Reports;

/// <summary>A report in words and tables.</summary>
internal static class ReportText
{
    /// <summary>Of longer tables the first rows are shown; the file has all.</summary>
    private const int MostRows = 20;

    /// <summary>The whole report.</summary>
    public static Markdown Tables(KeptReport report, IEnumerable<ReportFigure> figures) =>
        Markdown.Lines([Heading(report), .. figures.SelectMany(Of)]);

    private static Markdown Heading(KeptReport report) =>
        Markdown.Of(
            $"#### Report {CalendarDay.Write(report.First)} to {CalendarDay.Write(report.Last)}"
        );

    private static IEnumerable<Markdown> Of(ReportFigure figure)
    {
        yield return Markdown.Of($"\n##### {figure.Title}");
        if (figure.Words.Length > 0)
        {
            yield return Markdown.Of($"{figure.Words}");
        }

        if (figure.Rows.IsEmpty)
        {
            yield break;
        }

        var columns = figure.Columns.Where(c => !figure.OnlyInFile.Contains(c.Name)).ToList();
        yield return Markdown.Of($"\n| {figure.RowHeading} |{Cells(columns.Select(c => c.Name))}");
        yield return Markdown.Of($"|:--|{Cells(columns.Select(_ => "--:"), isRule: true)}");
        for (var row = 0; row < Math.Min(figure.Rows.Length, MostRows); row++)
        {
            var at = row;
            yield return Markdown.Of(
                $"| {figure.Rows[at]} |{Cells(columns.Select(c => ReportWords.Show(c.Values[at], c.Unit, figure.WorkingRows.Contains(at))))}"
            );
        }

        if (figure.Rows.Length > MostRows)
        {
            yield return Markdown.Of($"\n… and {figure.Rows.Length - MostRows} more in the file.");
        }

        if (figure.Note.Length > 0)
        {
            yield return Markdown.Of($"\n{figure.Note}");
        }
    }

    private static Markdown Cells(IEnumerable<string> cells, bool isRule = false) =>
        cells.Aggregate(
            Markdown.None,
            (row, cell) => isRule ? Markdown.Of($"{row}--:|") : Markdown.Of($"{row} {cell} |")
        );
}
