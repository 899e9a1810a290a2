using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports.Domain;
using Sidecar.Features.Reports.Pictures;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Reports;

/// <summary>The files of a report, made when they are sent, if the person may still have them.</summary>
internal sealed class ReportFiles(Store store, RoleStore roles) : IFileSource
{
    private const string Numbers = "numbers";
    private const string NumbersForAll = "numbers-for-all";

    public static string Name => "report";

    /// <summary>The pictures in their order, and the numbers.</summary>
    /// <param name="report">Of which report.</param>
    /// <param name="atMost">For whom.</param>
    public static ImmutableArray<NamedFile> Of(KeptReport report, ReportAudience atMost) =>
        [
            .. report
                .Figures.Where(f => f.IsDrawn && f.For <= atMost)
                .Select(
                    (f, i) =>
                        new NamedFile(
                            $"{i + 1}-{f.Name}-{CalendarDay.Write(report.Last)}.png",
                            Name,
                            $"{report.Id}/{f.Name}"
                        )
                ),
            new NamedFile(
                CsvName(report),
                Name,
                $"{report.Id}/{(atMost == ReportAudience.All ? NumbersForAll : Numbers)}"
            ),
        ];

    public static string CsvName(KeptReport report) =>
        $"report-{CalendarDay.Write(report.First)}-to-{CalendarDay.Write(report.Last)}.csv";

    public async Task<Refusal?> Write(FileRequest request, Stream to, CancellationToken cancel)
    {
        var (id, what) = request.Argument.Split('/') is [var first, var second]
            ? (first, second)
            : (request.Argument, "");
        if (await store.Find(KeptReport.Kind, id, cancel) is not { Value: var report })
        {
            return new ReportIsGone();
        }

        ImmutableArray<ReportFigure> figures = what switch
        {
            Numbers => report.Figures,
            NumbersForAll => [.. report.Figures.Where(f => f.For == ReportAudience.All)],
            _ => [.. report.Figures.Where(f => f.Name == what)],
        };
        if (
            figures.Any(f => f.For == ReportAudience.Ours)
            && await roles.Check(ReportRights.Ours, request.For, cancel) is { } refusal
        )
        {
            return refusal;
        }

        if (what is Numbers or NumbersForAll)
        {
            await Csv(figures, to, cancel);
        }
        else if (figures is [var drawn])
        {
            await to.WriteAsync(ReportPicture.Draw(drawn), cancel);
        }

        return null;
    }

    /// <summary>One number a row: what every spreadsheet can turn into the table that somebody wants.</summary>
    public static Task<long> Csv(
        IEnumerable<ReportFigure> figures,
        Stream to,
        CancellationToken cancel
    ) => CsvTable.Write(to, Columns, Numbered(figures).ToAsyncEnumerable(), cancel);

    private static IReadOnlyList<CsvColumn<NumberLine>> Columns { get; } =
    [
        new("figure", n => n.Figure),
        new("row", n => n.Row),
        new("column", n => n.Column),
        new("value", n => n.Value),
        new("unit", n => n.Unit),
    ];

    private static IEnumerable<NumberLine> Numbered(IEnumerable<ReportFigure> figures) =>
        from figure in figures
        from row in Enumerable.Range(0, figure.Rows.Length)
        from column in figure.Columns
        select new NumberLine(
            figure.Title,
            figure.Rows[row],
            column.Name,
            column.Values[row] is { } value ? decimal.Round(value, 2) : null,
            column.Unit switch
            {
                ReportUnit.Percent => "%",
                ReportUnit.Minutes => "min",
                ReportUnit.Days => "d",
                _ => "",
            }
        );

    private sealed record NumberLine(
        string Figure,
        string Row,
        string Column,
        decimal? Value,
        string Unit
    );
}

internal sealed record ReportIsGone()
    : Refusal(
        Markdown.Of(
            $"That report is not kept any more: {Markdown.Code($"/{SlashCommand.Trigger} report")} makes a new one."
        )
    );

/// <summary>Who may see which figures.</summary>
internal static class ReportRights
{
    /// <summary>What anybody of the team may see of escalations anyway (ALL-7).</summary>
    public static Permission Read { get; } = Permission.Everybody("see reports");

    /// <summary>Customers, check-ins, assignments and implementation requests: they name prospects (ASG-4).</summary>
    public static Permission Ours { get; } =
        new("see the figures of customers", [.. Roles.All.Select(r => r.Role)])
        {
            IsAskedNow = true,
        };
}
