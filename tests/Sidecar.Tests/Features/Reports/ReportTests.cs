using System.Text;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports;
using Sidecar.Tests.Features.Escalations;
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
        desk.Mattermost.Violations.ShouldBeEmpty();
        Golden.MatchText("Features/Reports/answer.md", answer.Text + "\n");
        Golden.MatchText("Features/Reports/year.md", desk.ToldTo("lead")[^2] + "\n");
        var files = desk.MessagesTo("lead")[^2];
        var (names, contents) = (
            desk.Mattermost.FileNamesOf(files),
            desk.Mattermost.ContentsOf(files)
        );
        names.ShouldBe([
            "1-open-by-severity-2026-03-01.png",
            "2-times-by-severity-2026-03-01.png",
            "3-workload-by-engineer-2026-03-01.png",
            "4-customer-seats-deployed-2026-03-01.png",
            "5-adoption-by-customer-2026-03-01.png",
            "6-implementation-backlog-2026-03-01.png",
            "report-2025-03-02-to-2026-03-01.csv",
        ]);
        foreach (var (name, content) in names.Zip(contents))
        {
            if (Environment.GetEnvironmentVariable("PICTURES") is { } folder)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, name), content, Cancel);
            }

            if (name.EndsWith(".png", StringComparison.Ordinal))
            {
                content[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
                content.Length.ShouldBeGreaterThan(20_000, $"{name} has nothing in it.");
            }
        }

        Golden.MatchText(
            "Features/Reports/year.csv",
            Encoding.UTF8.GetString(contents[^1]).TrimStart('\uFEFF').ReplaceLineEndings("\n")
        );
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task MET_6_ALL_7_Who_has_no_role_sees_escalations_and_nothing_else()
    {
        await using var desk = await Desk.Open();
        await desk.Hires("colleague");
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("colleague", "/escalate report week");
        var told = desk.MessagesTo("colleague")[^2];
        told.Message.ShouldContain("1 open at the end (1 Sev 3)");
        foreach (var word in (string[])["Seats", "doption", "heck-in", "mplementation", "orkload"])
        {
            told.Message.ShouldNotContain(word);
        }

        desk.Mattermost.FileNamesOf(told).Count.ShouldBe(3);
        Encoding
            .UTF8.GetString(desk.Mattermost.ContentsOf(told)[^1])
            .ShouldNotContain("Customer Seats Deployed");
        (await desk.Types("guest", "/escalate report week")).Text.ShouldStartWith("Guests");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task MET_6_ASG_4_In_a_channel_that_is_not_internal_only_what_everybody_may_see()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        var posts = desk.Cards().Count;
        (await desk.Types("lead", "/escalate report week customer here")).Text.ShouldContain(
            "It is posted in ~town-square, too."
        );
        desk.ToldTo("lead")[^1].ShouldContain("without what is for our own people only");
        var posted = desk.Cards().Skip(posts).ShouldHaveSingleItem();
        posted.Message.ShouldContain("Open escalations by severity");
        foreach (
            var word in (string[])["Acme", "Seats", "doption", "heck-in", "mplementation", "@"]
        )
        {
            posted.Message.ShouldNotContain(word);
        }

        desk.Mattermost.FileNamesOf(posted).Count.ShouldBe(3);
        Encoding.UTF8.GetString(desk.Mattermost.ContentsOf(posted)[^1]).ShouldNotContain("Acme");
    }

    [Fact]
    public async Task MET_6_ASG_4_In_an_internal_channel_all_of_it_once()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("inside", members: ["lead", "tam", "escalate"]);
        await desk.Types("lead", "/escalate internal mark here", "inside");
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("lead", "/escalate report week customer", "inside");
        desk.Cards("inside").ShouldBeEmpty();
        var offer = desk.MessagesTo("lead")[^1];
        var pressed = await desk.Presses("lead", offer, "Post to the channel");
        pressed.Saw.Nothing.ShouldBeFalse();
        var posted = desk.Card("inside");
        posted.Message.ShouldContain("| Acme | 1 | 1 |");
        posted.Message.ShouldContain("Customer Seats Deployed");
        await desk.PressesLate("lead", offer, "Post to the channel");
        desk.Cards("inside").ShouldHaveSingleItem();
        desk.MessagesTo("lead")[^1].Buttons().ShouldBeEmpty();
        // A guest comes in: from then on only what everybody may see.
        desk.Mattermost.Join("inside", "guest");
        await desk.Types("lead", "/escalate report week customer here", "inside");
        desk.Cards("inside")[^1].Message.ShouldNotContain("Acme");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task MET_6_The_form_makes_one_too_and_says_what_is_wrong()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("lead", "/escalate report")).Text.ShouldBeEmpty();
        desk.Mattermost.As("lead").OnPhone = true;
        var wrong = await desk.Submits("lead", ("period", "days"), ("from", "sometime"));
        wrong.Closed.ShouldBeFalse();
        wrong.FieldErrors.Keys.ShouldBe(["from"]);
        (
            await desk.Submits(
                "lead",
                ("from", "2026-01-01"),
                ("to", "2026-01-31"),
                ("by", "Engineer")
            )
        ).Closed.ShouldBeTrue();
        desk.ToldTo("lead")[^2].ShouldContain("#### Report 2026-01-01 to 2026-01-31");
        desk.ToldTo("lead")[^2].ShouldContain("Escalations by engineer");
        (await desk.Types("lead", "/escalate report fortnight")).Text.ShouldContain(
            "I don’t know “fortnight”"
        );
    }

    [Theory]
    [InlineData("FileSettings.EnableFileAttachments", false, "takes no files")]
    [InlineData("FileSettings.MaxFileSize", 10, "larger than this Mattermost takes")]
    public async Task MET_6_Where_no_files_are_taken_the_tables_come_all_the_same(
        string setting,
        object value,
        string said
    )
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.Configure(setting, value);
        await desk.Types("lead", "/escalate report week");
        var told = desk.MessagesTo("lead")[^2];
        told.FileIds.ShouldBeEmpty();
        told.Message.ShouldContain("#### Report");
        told.Message.ShouldContain(said);
    }

    [Fact]
    public async Task MET_6_A_report_is_forgotten_after_a_month()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate report week");
        await desk.Passes(TimeSpan.FromDays(31));
        (await desk.Store.Engine.ReadIds(KeptReport.Kind.Name, null, 10, Cancel)).ShouldBeEmpty();
        var pressed = await desk.Presses(
            "lead",
            desk.MessagesTo("lead").Last(m => m.Buttons().Contains("Post to the channel")),
            "Post to the channel"
        );
        pressed.Saw.Said.ShouldContain("not kept any more");
    }
}
