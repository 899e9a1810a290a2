using Mattermost.Simulator;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Reports;

/// <summary>A report is promised at once and made afterwards (MET-6).</summary>
public sealed class ReportOrderTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task MET_6_Whoever_dies_the_report_that_was_promised_comes_once()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev4 Search is slow");
        for (var round = 1; round <= 5; round++)
        {
            var said = await desk
                .Mattermost.As("lead")
                .Execute(Desk.Square, "/escalate report 2025-03-02 2026-03-01");
            said.Text.ShouldBe(
                "I’m making the report 2025-03-02 to 2026-03-01: you get it by direct message, with tables, pictures and all numbers."
            );
            await desk.KillSidecar();
            await desk.StartSidecar();
            await desk.Settled();
            await desk.Passes(Soon);
            Reports(desk).Count.ShouldBe(round);
        }

        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task MET_6_ASG_4_What_somebody_may_see_is_what_they_may_see_when_it_is_made()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev4 Search is slow");
        await desk.WithoutKnowingWho(async () =>
        {
            await desk.Types("lead", "/escalate report week");
            Reports(desk).ShouldBeEmpty();
            await desk.Revokes("lead", Role.DeploymentEngineeringLead);
        });
        // How often it was tried meanwhile, and with that how long it waits, is the machine's: some minutes at most (F3).
        for (var tries = 0; tries < 5 && Reports(desk).Count == 0; tries++)
        {
            await desk.Passes(Soon);
        }

        var report = Reports(desk).ShouldHaveSingleItem();
        report.ShouldContain("Open escalations by severity");
        report.ShouldNotContain("Seats");
        report.ShouldNotContain("Acme");
    }

    [Fact]
    public async Task MET_6_One_after_the_other_is_made_for_one_person_and_not_ever_more()
    {
        await using var desk = await Desk.Open();
        await desk.WithoutKnowingWho(async () =>
        {
            await desk.Types("lead", "/escalate report 2026-01-01 2026-01-31");
            await desk.Types("lead", "/escalate report 2026-02-01 2026-02-28");
            await desk.Types("lead", "/escalate report week");
            (await desk.Types("lead", "/escalate report month")).Text.ShouldContain(
                "I’m still making 3 reports for you, the first of them 2026-01-01 to 2026-01-31."
            );
            (await desk.Types("tam", "/escalate report week")).Text.ShouldContain("I’m making");
        });
        await desk.Passes(Soon);
        Reports(desk)
            .Select(r => r.Split('\n')[0])
            .ShouldBe([
                "#### Report 2026-01-01 to 2026-01-31",
                "#### Report 2026-02-01 to 2026-02-28",
                "#### Report 2026-02-24 to 2026-03-02",
            ]);
        (await desk.Types("lead", "/escalate report month")).Text.ShouldContain("I’m making");
        Reports(desk).Count.ShouldBe(4);
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Reports(Desk desk) =>
        [.. desk.ToldTo("lead").Where(m => m.StartsWith("#### Report", StringComparison.Ordinal))];
}

internal static class ReportDesk
{
    /// <summary>Mattermost does not say who somebody is: reports that are promised meanwhile wait.</summary>
    public static async Task WithoutKnowingWho(this Desk desk, Func<Task> meanwhile)
    {
        desk.Mattermost.Faults.Next(
            10_000,
            r => r.Method == "GET" && r.Path.StartsWith("/api/v4/users/", StringComparison.Ordinal),
            Fault.Status(503)
        );
        await meanwhile();
        desk.Mattermost.Faults.Clear();
    }
}
