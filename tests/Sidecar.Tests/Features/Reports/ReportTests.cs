using Shouldly;
using Sidecar.Features.Reports;
using Sidecar.Features.Reports.Pictures;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Reports;

/// <summary>Figures as people ask for them and see them (MET-5, MET-6).</summary>
public sealed class ReportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MET_5_MET_6_The_tables_of_a_year_read_as_in_the_file()
    {
        await using var desk = await SeededYear.Open();
        var answer = await desk.Types("lead", "/escalate report 2025-03-02 2026-03-01 engineer");
        desk.Log.Errors.ShouldBeEmpty();
        Golden.MatchText("Features/Reports/answer.md", answer.Text + "\n");
        Golden.MatchText("Features/Reports/year.md", desk.ToldTo("lead")[^2] + "\n");
        var report = (
            await desk.Store.Engine.ReadIds(KeptReport.Kind.Name, null, 10, Cancel)
        ).ShouldHaveSingleItem();
        var kept = (await desk.Store.Find(KeptReport.Kind, report, Cancel))!.Value;
        if (Environment.GetEnvironmentVariable("PICTURES") is { } folder)
        {
            foreach (var figure in kept.Figures.Where(f => f.IsDrawn))
            {
                await File.WriteAllBytesAsync(
                    Path.Combine(folder, figure.Name + ".png"),
                    ReportPicture.Draw(figure),
                    Cancel
                );
            }
        }

        desk.Log.Errors.ShouldBeEmpty();
    }
}
