using System.Text;
using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Exports;

/// <summary>Data as files (ALL-4): by command, to whoever may have it, once.</summary>
public sealed class ExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALL_4_Escalations_come_as_a_file_by_direct_message_in_order_with_names_and_ids()
    {
        await using var desk = await Desk.Open();
        for (var i = 1; i <= 11; i++)
        {
            await desk.Knows($"acme{i}", $"Acme {i}", 60_000);
            await desk.Types("tam", $"/escalate new acme{i} sev{1 + (i % 4)} Problem {i}");
        }

        await desk.Types("tam", "/escalate new \"=cmd|' /C calc'!A0\" sev2 -2+3");
        await desk.Types("engineer", "/escalate ack ESC-2");
        await desk.Types("engineer", "/escalate resolve ESC-2 rolled back");
        var answer = await desk.Types("tam", "/escalate export escalations");
        answer.Text.ShouldContain("will send it to you by direct message");

        var rows = await Rows(desk, "tam", "escalations-2026-03-02.csv");
        rows.Select(r => r["id"]).ShouldBe(Enumerable.Range(1, 12).Select(i => $"ESC-{i}"));
        var resolved = rows[1];
        resolved["customer"].ShouldBe("acme2");
        resolved["severity"].ShouldBe("sev3");
        resolved["state"].ShouldBe("resolved");
        resolved["owner"].ShouldBe("engineer");
        resolved["owner_id"].ShouldBe(desk.IdOf("engineer").Value);
        resolved["reporter"].ShouldBe("tam");
        resolved["raised_at"].ShouldBe("2026-03-02T09:00:00Z");
        resolved["resolution"].ShouldBe("rolled back");
        rows[0]["owner"].ShouldBeEmpty();
        rows[11]["customer_name"].ShouldBe("=cmd|' /C calc'!A0");
        rows[11]["summary"].ShouldBe("-2+3");
        Encoding
            .UTF8.GetString(FileOf(desk, "tam"))
            .ShouldContain(",'=cmd|' /C calc'!A0,", Case.Sensitive);
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_4_Customers_come_with_what_they_pay_for_people_with_a_role_only()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate new Acme sev1 Down");
        var acme = (await desk.Store.Find(Customer.Kind, "acme", Cancel)).ShouldNotBeNull();
        var rich = acme.Value with
        {
            Arr = 1_200_000.50m,
            CustomerEngineer = desk.IdOf("engineer"),
        };
        await desk.Store.Commit(
            new Change(Desk.Morning, "test").Replace(Customer.Kind, acme, rich),
            Cancel
        );
        await desk.Types("engineer", "/escalate export customers");
        var rows = await Rows(desk, "engineer", "customers-2026-03-02.csv");
        rows.Count.ShouldBe(2);
        var row = rows[0];
        row["key"].ShouldBe("acme");
        row["name"].ShouldBe("Acme");
        row["arr_usd"].ShouldBe("1200000.5");
        row["ce"].ShouldBe("engineer");
        row["added_by_id"].ShouldBe(desk.IdOf("tam").Value);

        desk.Mattermost.AddUser("stranger");
        var refused = await desk.Types("stranger", "/escalate export customers");
        refused.Text.ShouldContain("export customers");
        desk.ToldTo("stranger").ShouldBeEmpty();
        (await desk.Types("guest", "/escalate export customers")).Text.ShouldNotContain(
            "direct message"
        );
    }

    [Fact]
    public async Task ALL_4_The_audit_trail_comes_whole_for_leads_and_the_administrator_and_says_who_took_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate export escalations");
        (await desk.Types("engineer", "/escalate export audit")).Text.ShouldContain(
            "export the audit trail"
        );
        await desk.Types(Desk.Admin, "/escalate export audit");
        await desk.Types("lead", "/escalate export audit");

        var rows = await Rows(desk, "lead", "audit-2026-03-02.csv");
        rows.Select(r =>
                long.Parse(r["sequence"], System.Globalization.CultureInfo.InvariantCulture)
            )
            .ShouldBeInOrder();
        var about = rows.Where(r => r["subject"] is "ESC-1" or "exports").ToList();
        about
            .Select(r => (r["actor"], r["fact"]))
            .ShouldBe([
                ("tam", "raised"),
                ("tam", "accepted"),
                ("", "climbed"),
                ("engineer", "acknowledged"),
                ("engineer", "exported"),
                ("admin", "exported"),
                ("lead", "exported"),
            ]);
        about[0]["actor_id"].ShouldBe(desk.IdOf("tam").Value);
        about[0]["time"].ShouldBe("2026-03-02T09:00:00Z");
        using var details = JsonDocument.Parse(about[0]["details"]);
        details.RootElement.GetProperty("summary").GetString().ShouldBe("Nobody can log in");
    }

    [Fact]
    public async Task ALL_4_Who_lost_the_role_before_the_file_is_made_is_told_so_and_gets_none()
    {
        await using var desk = await Desk.Open();
        var dms = desk.Mattermost.DirectChannel("escalate", "tam").Id;
        desk.Mattermost.Faults.Next(
            1000,
            r => r.Path.EndsWith("/channels/direct", StringComparison.Ordinal),
            Fault.Status(503)
        );
        await desk.Types("tam", "/escalate export customers");
        await desk.Revokes("tam", Role.TechnicalAccountManager);
        desk.Mattermost.Faults.Clear();
        // From one attempt to the next: a clock that leaps lets an attempt that is under way run out of time.
        for (var tries = 0; desk.Mattermost.Posts(dms).Count == 0; tries++)
        {
            tries.ShouldBeLessThan(20);
            desk.Clock.AdvanceTo(desk.Clock.NextTimer.ShouldNotBeNull());
            await desk.Settled();
        }

        var told = desk.Mattermost.Posts(dms).ShouldHaveSingleItem();
        told.Message.ShouldContain("You asked for a file with all customers, and it was not made.");
        told.FileIds.ShouldBeEmpty();
        desk.Mattermost.Requests.ShouldNotContain(r =>
            r.Path == "/api/v4/files" && r.Method == "POST"
        );
    }

    [Theory]
    [InlineData("FileSettings.EnableFileAttachments", false, "takes no files")]
    [InlineData("FileSettings.MaxFileSize", 10, "larger than this Mattermost takes")]
    public async Task ALL_4_Where_Mattermost_takes_no_such_file_the_person_is_told_what_to_do(
        string setting,
        object value,
        string why
    )
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.Configure(setting, value);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("tam", "/escalate export escalations");
        var told = desk.ToldTo("tam").ShouldHaveSingleItem();
        told.ShouldContain(why);
        told.ShouldContain("export escalations --to escalations-2026-03-02.csv");
    }

    [Fact]
    public async Task ALL_4_A_hundred_thousand_escalations_are_never_in_memory_together()
    {
        // The pages are what is held; this many rows would take a gigabyte if they were kept.
        var names = new Sidecar.Features.Exports.ExportedNames(
            (_, _) => new ValueTask<string?>("x")
        );
        var alive = new List<WeakReference>();
        var export = new Sidecar.Features.Exports.Export<byte[]>(
            "rows",
            "rows",
            Sidecar.Features.Exports.ExportRights.Audit,
            [new("length", r => r.LongLength)],
            (_, _) => Pages(alive)
        );
        var rows = await export.Write(null!, names, Stream.Null, Cancel);
        rows.ShouldBe(100_000);

        static async IAsyncEnumerable<IReadOnlyList<byte[]>> Pages(List<WeakReference> alive)
        {
            for (var page = 0; page < 500; page++)
            {
                await Task.Yield();
                if (page == 400)
                {
                    GC.Collect();
                    alive.Count(a => a.IsAlive).ShouldBeLessThan(20);
                }

                var rows = Enumerable.Range(0, 200).Select(_ => new byte[1000]).ToList();
                alive.Add(new WeakReference(rows[0]));
                yield return rows;
            }
        }
    }

    private static byte[] FileOf(Desk desk, string who) =>
        desk.Mattermost.FileOf(
            desk.Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", who).Id)
                .Last(p => p.FileIds.Length > 0)
        );

    private static async Task<IReadOnlyList<Dictionary<string, string>>> Rows(
        Desk desk,
        string who,
        string name
    )
    {
        var post = desk
            .Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", who).Id)
            .Where(p => p.UserId == desk.Bot.Id && p.FileIds.Length > 0)
            .ShouldHaveSingleItem();
        desk.Mattermost.FileNamesOf(post).ShouldBe([name]);
        return await Parsed(desk.Mattermost.FileOf(post));
    }

    internal static async Task<IReadOnlyList<Dictionary<string, string>>> Parsed(byte[] file)
    {
        file[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var names = Encoding.UTF8.GetString(file[3..]).Split("\r\n")[0].Split(',');
        var headings = names.Select(n => new CsvHeading(n)).ToList();
        using var from = new MemoryStream(file);
        var content = await CsvTable.Read(
            from,
            headings,
            row => headings.ToDictionary(h => h.Name, h => row[h], StringComparer.Ordinal),
            null,
            Cancel
        );
        content.Problems.ShouldBeEmpty();
        return [.. content.Records.Select(r => r.Value)];
    }
}
