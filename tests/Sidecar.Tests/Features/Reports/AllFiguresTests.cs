using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports;
using Sidecar.Features.Reports.Domain;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Reports;

/// <summary>
/// All figures of a report, of histories that chance has made, against a second count that knows the rules and not the
/// product (MET-1 to MET-6).
/// </summary>
public sealed class AllFiguresTests
{
    private const string InWorkingHours = """
        {
          "incidents": { "startByThemselves": false },
          "updates": { "overdueInChannelAfter": "2 working hours", "overdueToLeadAfter": "4 working hours" }
        }
        """;

    // Lengths of time are held by FiguresTests.
    private static readonly string[] Elsewhere = ["times-by-severity"];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    [InlineData(0, true)]
    public async Task MET_6_Every_figure_agrees_with_a_second_count(long seed, bool inWorkingHours)
    {
        seed = seed == 0 ? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) : seed;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        await using var desk = await Staff.Open(
            settings: inWorkingHours ? InWorkingHours : Desk.WithoutIncidents
        );
        var team = new RandomTeam(desk, chance);
        await team.Lives();
        var making = desk.Parts.GetRequiredService<ReportMaking>();
        foreach (
            var days in (int[])[1 + chance.Below(14), 15 + chance.Below(90), 126 + chance.Below(30)]
        )
        {
            foreach (var group in Enum.GetValues<ReportGroup>())
            {
                var last = RandomTeam.First.AddDays(
                    days - 1 + chance.Below(RandomTeam.Days - days)
                );
                var span = new ReportSpan(last.AddDays(1 - days), last, TimeZoneInfo.Utc);
                var figures = await making.Make(
                    span,
                    group,
                    isOurs: true,
                    TestContext.Current.CancellationToken
                );
                var counted = new SecondCount(
                    team,
                    span.First,
                    span.Last,
                    inWorkingHours ? 120 : 15,
                    inWorkingHours
                ).Counted(group.ToString().ToLowerInvariant());
                Agree(figures, counted, $"seed {seed}, {inWorkingHours}, {span}, {group}");
            }
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    private static void Agree(IEnumerable<ReportFigure> figures, SecondCount counted, string why)
    {
        var made = figures.Where(f => !Elsewhere.Contains(f.Name)).ToList();
        made.Select(f => f.Name).ShouldBe(counted.Figures.Keys, ignoreOrder: true, why);
        foreach (var figure in made)
        {
            var second = counted.Figures[figure.Name];
            figure
                .Rows.SelectMany(r => figure.Columns.Select(c => (r, c.Name)))
                .ShouldBe(second.Keys, ignoreOrder: true, $"{why}: {figure.Name}");
            foreach (var column in figure.Columns)
            {
                for (var row = 0; row < figure.Rows.Length; row++)
                {
                    var (here, there) = (
                        column.Values[row],
                        second[(figure.Rows[row], column.Name)]
                    );
                    var what = $"{why}: {figure.Name}, {figure.Rows[row]}, {column.Name}";
                    (here is null).ShouldBe(there is null, what);
                    if (here is { } number)
                    {
                        // Days are shown to a tenth.
                        var off = column.Unit == ReportUnit.Days ? 0.0501m : 0.000_001m;
                        Math.Abs(number - there!.Value).ShouldBeLessThanOrEqualTo(off, what);
                    }
                }
            }
        }
    }
}
