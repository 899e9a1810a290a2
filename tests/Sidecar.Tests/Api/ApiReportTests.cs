using System.Text;
using System.Text.Json;
using Shouldly;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Reports;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>Reports for programs: the figures of the chat, by its rights, and not all at once (API-1, MET-6).</summary>
public sealed class ApiReportTests
{
    private const string OfOurs = "customer-seats-deployed";

    private static readonly (string, string) AsTable = ("Accept", "text/csv");

    [Fact]
    public async Task API_1_A_report_has_the_figures_that_the_chat_sends()
    {
        await using var desk = await SeededYear.Open();
        await desk.Types("lead", "/escalate report 2025-03-02 2026-03-01 engineer");
        var sent = Encoding
            .UTF8.GetString(desk.Mattermost.ContentsOf(desk.MessagesTo("lead")[^2])[^1])
            .TrimStart('\uFEFF');
        using var api = await ApiDesk.Of(desk, "lead", "figures reports:read");
        const string Path = "/reports?from=2025-03-02&to=2026-03-01&by=engineer";
        var table = await api.Get(Path, AsTable);
        table.Status.ShouldBe(200, table.Body);
        table.Type.ShouldBe("text/csv");
        table.Headers["Vary"].ShouldBe("Accept");
        table.Body.TrimStart('\uFEFF').ShouldBe(sent);

        // The same as JSON: each number stands in the table as well.
        var json = await api.Get(Path);
        json.Type.ShouldBe("application/json");
        json["from"].ShouldBe("2025-03-02");
        json["by"].ShouldBe("engineer");
        json.Tag.ShouldNotBe(table.Tag);
        (await api.Get(Path, ("If-None-Match", json.Tag))).Status.ShouldBe(304);
        var rows = sent.ReplaceLineEndings("\n").Split('\n').ToHashSet(StringComparer.Ordinal);
        var numbers = 0;
        foreach (var figure in json.Json.GetProperty("figures").EnumerateArray())
        {
            var names = figure.GetProperty("rows").EnumerateArray().ToList();
            foreach (var column in figure.GetProperty("columns").EnumerateArray())
            {
                var values = column.GetProperty("values").EnumerateArray().ToList();
                values.Count.ShouldBe(names.Count);
                numbers += values.Count;
            }
        }

        (rows.Count - 2).ShouldBeLessThanOrEqualTo(numbers);
        json.Body.ShouldContain(OfOurs);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_ALL_7_ASG_4_A_report_shows_what_its_reader_may_see_now()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Hires("colleague");
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        using var colleague = await ApiDesk.Of(desk, "colleague");
        using var tam = await ApiDesk.Of(desk, "tam");
        var names = Names(await colleague.Get("/reports?period=week&by=customer"));
        names.ShouldBe([
            "open-by-severity",
            "escalations-by-customer",
            "times-by-severity",
            "updates-on-time",
        ]);
        Names(await tam.Get("/reports?period=week")).ShouldContain(OfOurs);
        var text = (await colleague.Get("/reports?period=week&by=customer", AsTable)).Body;
        foreach (var word in (string[])["Seats", "doption", "heck-in", "mplementation", "orkload"])
        {
            text.ShouldNotContain(word);
        }

        // Whoever has no role any more sees no more than that, with the same token.
        await desk.Revokes("tam", Sidecar.People.Role.TechnicalAccountManager);
        Names(await tam.Get("/reports?period=week")).ShouldNotContain(OfOurs);
        // Nor does a token that was made for something else.
        using var other = await ApiDesk.Of(desk, "lead", "sync customers:read");
        (await other.Get("/reports")).Status.ShouldBe(403);

        // Who looked is in the trail, under the token's name as well (ALL-4).
        using var lead = await ApiDesk.Of(desk, "lead", "audit audit:read");
        var trail = await lead.Get("/audit?subject=reports");
        trail.Items.Select(i => i.GetProperty("fact").GetString()).ShouldAllBe(f => f == "made");
        trail.Items.Count.ShouldBe(4);
        (await lead.Get("/audit?subject=token:TOK-1")).Body.ShouldContain("\"reports\"");
        desk.Log.Errors.ShouldBeEmpty();

        static IReadOnlyList<string?> Names(ApiReply reply)
        {
            reply.Status.ShouldBe(200, reply.Body);
            return
            [
                .. reply
                    .Json.GetProperty("figures")
                    .EnumerateArray()
                    .Select(f => f.GetProperty("name").GetString()),
            ];
        }
    }

    [Theory]
    [InlineData("period=fortnight", "period")]
    [InlineData("period=2026-13", "period")]
    [InlineData("period=week&from=2026-01-01", "period")]
    [InlineData("to=2026-01-01", "from")]
    [InlineData("from=2026-02-01&to=2026-01-01", "to")]
    [InlineData("from=2020-01-01&to=2026-01-01", "to")]
    [InlineData("from=yesterday", "from")]
    [InlineData("by=weather", "by")]
    public async Task API_1_Days_that_can_t_be_read_are_said_with_their_parameter(
        string query,
        string where
    )
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "lead");
        var answer = await api.Get("/reports?" + query);
        answer.Status.ShouldBe(400, answer.Body);
        answer.Json.GetProperty("errors")[0].GetProperty("where").GetString().ShouldBe(where);
    }

    [Fact]
    public async Task API_1_A_report_counts_as_ten_requests_and_a_full_bucket_is_always_enough()
    {
        await using var desk = await Desk.Open(
            settings: """{ "api": { "requestsPerSecond": 1, "burst": 25 } }"""
        );
        using var api = await ApiDesk.Of(desk, "lead");
        (await api.Get("/reports")).Headers["RateLimit"].ShouldBe("\"token\";r=15;t=1");
        (await api.Get("/reports")).Status.ShouldBe(200);
        var refused = await api.Get("/reports");
        refused.Status.ShouldBe(429);
        refused.Headers["Retry-After"].ShouldBe("5");
        (await api.Get("/me")).Status.ShouldBe(200);
        desk.Clock.Advance(TimeSpan.FromSeconds(6));
        (await api.Get("/reports")).Status.ShouldBe(200);

        await using var small = await Desk.Open(
            settings: """{ "api": { "requestsPerSecond": 1, "burst": 4 } }"""
        );
        using var patient = await ApiDesk.Of(small, "lead");
        (await patient.Get("/reports")).Status.ShouldBe(200);
        (await patient.Get("/me")).Status.ShouldBe(429);
    }

    [Fact]
    public async Task API_1_One_report_at_a_time_for_each_person()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "lead");
        using var again = await ApiDesk.Of(desk, "lead", "second read");
        var (inner, begun, goOn) = (
            desk.Store.Between!,
            new TaskCompletionSource(),
            new TaskCompletionSource()
        );
        desk.Store.Between = async (commit, cancel) =>
        {
            if (commit.Audit.Any(a => a.Subject == "reports"))
            {
                begun.TrySetResult();
                await goOn.Task;
            }

            return await inner(commit, cancel);
        };
        var first = api.Get("/reports");
        await begun.Task;
        var second = await again.Get("/reports");
        second.Status.ShouldBe(429, second.Body);
        second.Headers["Retry-After"].ShouldBe("5");
        second["detail"].ShouldStartWith("Another report is being made");
        goOn.SetResult();
        (await first).Status.ShouldBe(200);
        (await again.Get("/reports")).Status.ShouldBe(200);
    }
}
