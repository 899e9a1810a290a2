using System.Globalization;
using System.Text.Json;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports;
using Sidecar.Features.Reports.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Time;

namespace Sidecar.Api.Resources;

/// <summary>Reports over the API: the figures that their reader would get in the chat (MET-5, MET-6).</summary>
internal sealed class ReportResource(MakeReport reports, WorkingTime team, ApiAnswers answers)
{
    private const string Period = "period";
    private const string From = "from";
    private const string To = "to";
    private const string By = "by";

    /// <summary>Each reads all that there is.</summary>
    private const int CostsAs = 10;

    /// <summary>After which it is worth asking again while another one is made.</summary>
    private const int Wait = 5;

    private static readonly Dictionary<string, ReportGroup> Groups = Enum.GetValues<ReportGroup>()
        .ToDictionary(g => $"{g}".ToLowerInvariant(), StringComparer.Ordinal);

    public static ApiOperation Get { get; } =
        new("getReport", "GET", "/reports", "Make a report", TokenScope.ReadReports)
        {
            Tag = "Reports",
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"The figures that the token's owner would get in the chat: those of customers, check-ins, workload and implementation requests are for people with a role. Days are the team's. Of each figure a column holds one value for each of its rows; null where nothing is known. Lengths are minutes, of working time in the rows that workingRows counts from 0. With Accept: text/csv it is a table, one number a row. It reads all that there is, so it counts as {CostsAs} requests, and one is made at a time for each person."
            ),
            Query =
            [
                new(
                    Period,
                    FieldType.Text,
                    "The days: week, month, quarter or year up to today, or one by its name, as in 2026-03 or 2026-q1; a month unless something is sent."
                )
                {
                    MaxLength = 20,
                },
                new(From, FieldType.Day, "The first day, instead of a period."),
                new(To, FieldType.Day, "The last day; today unless it is sent."),
                new(
                    By,
                    FieldType.Choice,
                    "By what escalations are told apart; by severity unless it is sent."
                )
                {
                    Choices = [.. Groups.Keys],
                },
            ],
            Result = ApiJson.Default.ReportView,
            Csv = (report, to, cancel) => ReportFiles.Csv(((ReportView)report).Made, to, cancel),
            Cost = CostsAs,
            Run = (parts, call, cancel) =>
                parts.GetRequiredService<ReportResource>().Make(call, cancel),
        };

    private async Task<ApiAnswer> Make(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(ReportRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (span, problem) = Days(call);
        if (span is null)
        {
            return problem!;
        }

        var group = call[By] is { } by ? Groups[by] : ReportGroup.Severity;
        return
            await reports.Figures(call.User, new ReportWish(span, group, IsPosted: false), cancel)
                is { } figures
            ? new ApiAnswer.OfValue(
                new ReportView(
                    span.First,
                    span.Last,
                    $"{group}".ToLowerInvariant(),
                    [.. figures.Select(View)]
                )
                {
                    Made = figures,
                }
            )
            : ApiProblem.UnderWay(
                "Another report is being made for the token's owner; nothing was done. Ask again when it is there.",
                Wait
            );
    }

    private (ReportSpan? Span, ApiProblem? Problem) Days(ApiCall call)
    {
        var today = CalendarDay.At(call.At, team.Zone);
        if (call[Period] is { } period)
        {
            return call[From] is not null || call[To] is not null
                    ? (null, ApiProblem.Invalid(Period, "This does not go together with days."))
                : ReportReading.Named(period.ToLowerInvariant(), today, team.Zone, out var toCome)
                    is { } named
                    ? (named, null)
                : (
                    null,
                    ApiProblem.Invalid(
                        Period,
                        toCome.Length > 0
                            ? toCome
                            : "This is week, month, quarter or year, a month as in 2026-03, or a quarter as in 2026-q1."
                    )
                );
        }

        if (call[From] is not { } from)
        {
            return call[To] is null
                ? (ReportReading.Named("month", today, team.Zone, out _), null)
                : (null, ApiProblem.Invalid(From, "With a last day the first one is needed, too."));
        }

        var span = ReportReading.Between(
            Day(from),
            call[To] is { } to ? Day(to) : today,
            today,
            team.Zone,
            out var problem
        );
        return span is null ? (null, ApiProblem.Invalid(To, problem)) : (span, null);
    }

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ReportFigureView View(ReportFigure figure) =>
        new(
            figure.Name,
            figure.Title,
            figure.For switch
            {
                ReportAudience.All => "everybody",
                ReportAudience.Members => "members",
                _ => "roles",
            },
            figure.Words,
            figure.Note,
            figure.RowHeading,
            figure.Rows,
            figure.WorkingRows,
            [
                .. figure.Columns.Select(c => new ReportColumnView(
                    c.Name,
                    JsonNamingPolicy.KebabCaseLower.ConvertName($"{c.Unit}"),
                    // As the file of the report has it.
                    [
                        .. c.Values.Select(v =>
                            v is { } value ? decimal.Round(value, 2) : (decimal?)null
                        ),
                    ]
                )),
            ]
        );
}
