using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Playbooks;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Playbooks;

/// <summary>Playbooks that come in from files: of Mattermost Playbooks, and of our own.</summary>
public sealed class PlaybookImportTests
{
    /// <summary>As Mattermost Playbooks 2.9.2 writes it, with one of everything.</summary>
    public const string Exported = """
        {
          "version": 1,
          "title": "Database outage",
          "description": "What we do when **the database** is down.",
          "checklists": [
            {
              "title": "Triage",
              "items": [
                { "title": "Say who works on it", "description": "In the customer's channel.", "command": "", "due_date": 900000 },
                { "title": "Collect the logs", "description": "", "command": "/support-packet", "due_date": 0, "condition_id": "c1" }
              ]
            },
            { "title": "Empty", "items": [] },
            {
              "title": "Afterwards",
              "items": [ { "title": "Write it down", "description": "Five whys.", "command": "", "due_date": 172800000 } ]
            }
          ],
          "metrics": [ { "title": "Cost", "description": "", "type": "metric_currency", "target": 100 } ],
          "reminder_timer_default_seconds": 1800,
          "reminder_message_template": "### Now\n### Next",
          "status_update_enabled": true,
          "retrospective_enabled": true,
          "retrospective_template": "### Timeline\n### Root cause",
          "retrospective_reminder_interval_seconds": 86400,
          "message_on_join": "Welcome!",
          "message_on_join_enabled": true,
          "run_summary_template": "",
          "run_summary_template_enabled": false,
          "channel_name_template": "DB outage",
          "channel_mode": 0,
          "categorize_channel_enabled": false,
          "category_name": "",
          "signal_any_keywords": ["database", "down"],
          "signal_any_keywords_enabled": false,
          "create_channel_member_on_new_participant": true,
          "remove_channel_member_on_removed_participant": true,
          "properties": [],
          "conditions": [],
          "brand_new": 1
        }
        """;

    [Fact]
    public async Task What_Mattermost_Playbooks_exports_becomes_a_playbook_that_is_followed()
    {
        await using var desk = await Desk.Open();
        var told = new StringBuilder("# A playbook comes in from Mattermost Playbooks\n");
        await desk.Imports("lead", Exported);
        Tells("@lead posts the exported file and types `/escalate playbook import <link>`");
        var preview = desk.ToldTo("lead")[^1];
        told.AppendLine(Desk.AsRead(preview));
        (await desk.Types("tam", "/escalate playbook list")).Text.ShouldNotContain("Database");

        Tells("@lead presses “Keep it”");
        await desk.Presses("lead", desk.LastTo("lead"), "Keep it");
        told.AppendLine(
            Desk.AsRead(
                desk.Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", "lead").Id)[
                    ^1
                ].Message
            )
        );
        await Types("tam", "playbook list");
        await Types("tam", "playbook show database-outage");
        await desk.Types("tam", "/escalate new acme sev2 The database does not answer");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await Types("engineer", "playbook start ESC-1 database-outage");
        await Types("engineer", "tasks ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        var form = desk.Mattermost.OpenDialogOf("engineer")!;
        Tells("The form of @engineer’s first update");
        told.AppendLine(
            string.Join(
                '\n',
                form.Elements.Where(e => e.Name is "summary" or "next")
                    .Select(e => $"- {e.DisplayName}: {e.Default!.Replace("\n", " ⏎ ")}")
            )
        );
        desk.Mattermost.Channels.ShouldContain(c => c.Name == "db-outage-acme-20260302");
        Golden.MatchText("Features/Playbooks/playbook-import.md", told.ToString());
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();

        // The cadence is the playbook's, not the severity's; so are the due times.
        var escalation = await desk.Stored();
        escalation.Incident!.UpdateEvery!.ToString().ShouldBe("30m");
        escalation.Incident!.Stages[0].Tasks[0].DueAt.ShouldBe(Desk.Morning.AddMinutes(15));

        void Tells(string title) => told.AppendLine("\n## " + title);

        async Task Types(string who, string command)
        {
            Tells($"@{who} types `/escalate {command}`");
            told.AppendLine(Desk.AsRead((await desk.Types(who, "/escalate " + command)).Text));
        }
    }

    [Fact]
    public async Task A_file_of_ours_is_read_back_as_it_was()
    {
        await using var desk = await Desk.Open();
        await desk.Types("tam", "/escalate playbook export sev1");
        var post = desk.LastTo("tam");
        desk.Mattermost.FileNamesOf(post).ShouldBe(["sev1.json"]);
        var file = Encoding.UTF8.GetString(desk.Mattermost.FileOf(post));
        await desk.Imports("lead", file, "as sev1-copy", "sev1.json");
        desk.ToldTo("lead")[^1].ShouldContain("starts by itself for Sev 1");
        await desk.Presses("lead", desk.LastTo("lead"), "Keep it");

        var shelf = desk.Parts.GetRequiredService<PlaybookShelf>();
        PlaybookWriter
            .Write(shelf.All["sev1-copy"])
            .ShouldBe(PlaybookWriter.Write(shelf.All["sev1"]));
        // One that was brought in comes before the product's.
        shelf.For("sev1", "deployment")!.Key.ShouldBe("sev1-copy");

        // It is there after a restart, and gone when somebody takes it away.
        await desk.RestartSidecar();
        (await desk.Types("tam", "/escalate playbook list")).Text.ShouldContain(
            "`sev1-copy` | Sev 1 | 8 | 41 | an import |"
        );
        await desk.Imports("lead", file, "as another", "sev1.json");
        desk.ToldTo("lead")[^1].ShouldContain("`sev1-copy` starts by itself for Sev 1 as well");
        (await desk.Types("lead", "/escalate playbook remove sev1")).Text.ShouldContain(
            "it is the product’s"
        );
        await desk.Types("lead", "/escalate playbook remove sev1-copy");
        desk.Parts.GetRequiredService<PlaybookShelf>().All.Keys.ShouldBe(["sev1"]);
    }

    [Fact]
    public async Task A_second_file_of_the_same_name_takes_the_place_of_the_first_when_somebody_says_so()
    {
        await using var desk = await Desk.Open();
        await desk.Imports("lead", Exported);
        var first = desk.LastTo("lead");
        await desk.Presses("lead", first, "Keep it");
        await desk.Imports(
            "lead",
            Exported.Replace("Say who works on it", "Tell them", StringComparison.Ordinal)
        );
        desk.ToldTo("lead")[^1]
            .ShouldContain("It takes the place of `database-outage` (Database outage)");
        (await desk.Types("tam", "/escalate playbook show database-outage")).Text.ShouldContain(
            "Say who works on it"
        );
        await desk.Presses("lead", desk.LastTo("lead"), "Keep it");
        (await desk.Types("tam", "/escalate playbook show database-outage")).Text.ShouldContain(
            "Tell them"
        );
        // Who has no part in it brings nothing in.
        (
            await desk.Types("tam", "/escalate playbook import https://chat.example.com/ops/pl/x")
        ).Text.ShouldContain("you need one of the roles");
    }

    [Fact]
    public async Task M1_What_others_kept_since_a_preview_is_said_before_it_is_replaced()
    {
        await using var desk = await Desk.Open();
        await desk.Imports("lead", Exported);
        var mine = desk.LastTo("lead");
        await desk.Imports(
            Desk.Admin,
            Exported.Replace("Say who works on it", "Tell them", StringComparison.Ordinal)
        );
        await desk.Presses(Desk.Admin, desk.LastTo(Desk.Admin), "Keep it");

        (await desk.Presses("lead", mine, "Keep it")).Saw.Said.ShouldContain(
            "@admin kept another playbook as"
        );
        (await desk.Types("tam", "/escalate playbook show database-outage")).Text.ShouldContain(
            "Tell them"
        );
        await desk.Presses("lead", mine, "Keep it");
        (await desk.Types("tam", "/escalate playbook show database-outage")).Text.ShouldContain(
            "Say who works on it"
        );
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"version":2,"title":"x","checklists":[]}""", "“version” is 2; only version 1")]
    [InlineData("""{"title":"x","checklists":[]}""", "“version” is missing")]
    [InlineData("""{"version":"1","checklists":[]}""", "“version” is text")]
    [InlineData("""{"version":1,"title":"x"}""", "“checklists” is missing")]
    [InlineData("""{"version":1,"title":"x","checklists":[]}""", "no checklist has an item")]
    [InlineData("""{"version":1,"title":"x","checklists":{}}""", "“checklists” is an object")]
    [InlineData(
        """{"version":1,"title":"","checklists":[{"title":"a","items":[{"title":"b"}]}]}""",
        "“title” is missing or empty"
    )]
    [InlineData(
        """{"version":1,"title":"x","checklists":[{"title":"a","items":[1]}]}""",
        "items\\[0\\]” is a number"
    )]
    [InlineData(
        """{"version":1,"title":"x","checklists":[{"title":"a","items":[{"title":"b","due_date":"soon"}]}]}""",
        "the due time of “b” is text; it is a whole number"
    )]
    [InlineData(
        """{"version":1,"title":7,"checklists":[{"title":"a","items":[{"title":"b"}]}]}""",
        "“title” is a number"
    )]
    [InlineData("""{"name":"x"}""", "neither “checklists” nor “stages”")]
    [InlineData("[]", "neither “checklists” nor “stages”")]
    [InlineData("{", "this is not JSON that can be read")]
    [InlineData("", "this is not JSON that can be read")]
    [InlineData("""{"name":"x","stages":[{"title":"a"}]}""", "line 1: stage 1 has no “tasks”")]
    public async Task A_wrong_file_says_what_is_wrong_and_loses_nothing(string file, string why)
    {
        await using var desk = await Desk.Open();
        await desk.Imports("lead", file);
        var told = desk.ToldTo("lead")[^1];
        told.ShouldStartWith("No playbook was brought in.");
        told.ShouldContain(why);
        desk.LastTo("lead").FullAttachments.ShouldBeEmpty();
        desk.Parts.GetRequiredService<PlaybookShelf>().All.Keys.ShouldBe(["sev1"]);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Thousands_of_items_and_large_files_are_refused_with_the_limit()
    {
        await using var desk = await Desk.Open();
        await desk.Imports("lead", Sized(5000, 10));
        desk.ToldTo("lead")[^1].ShouldContain("there are 5000 items; a playbook has at most 100");
        await desk.Imports("lead", Sized(1, 2 << 20));
        desk.ToldTo("lead")[^1].ShouldContain("1 MB");
        await desk.Imports(
            "lead",
            Sized(1, 10),
            "as Not-A-Key!",
            expects: "up to 30 small letters"
        );
        await desk.Types("lead", "/escalate playbook import here");
        await desk.Imports("lead", Exported, name: "playbook.txt");
        desk.ToldTo("lead")[^1].ShouldContain(".json");
    }

    [Fact]
    public async Task Hostile_words_call_nobody_and_lead_nowhere()
    {
        await using var desk = await Desk.Open();
        const string Words = "@all [click](https://evil.test) `x` **b** | # ~town-square\u202E";
        var json = JsonNode.Parse(Exported)!;
        json["title"] = Words;
        json["description"] = Words;
        json["checklists"]![0]!["title"] = Words;
        json["checklists"]![0]!["items"]![0]!["title"] = Words + new string('x', 300);
        json["checklists"]![0]!["items"]![0]!["command"] = "`@all`";
        json["channel_name_template"] = "{OWNER} " + Words;
        await desk.Imports("lead", json.ToJsonString());
        var preview = desk.ToldTo("lead")[^1];
        preview.ShouldNotContain("@all");
        preview.Replace("\\](", "").ShouldNotContain("](https");
        await desk.Presses("lead", desk.LastTo("lead"), "Keep it");
        var key = desk.Parts.GetRequiredService<PlaybookShelf>().All.Keys.Single(k => k != "sev1");
        var shown = (await desk.Types("tam", $"/escalate playbook show {key}")).Text;
        shown.ShouldNotContain("@all ");
        shown.Replace("\\](", "").ShouldNotContain("](https");
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", $"/escalate playbook start ESC-1 {key}");
        (await desk.Types("engineer", "/escalate tasks ESC-1"))
            .Text.Replace("\\](", "")
            .ShouldNotContain("](https");
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static string Sized(int items, int title) =>
        $$"""{"version":1,"title":"x","checklists":[{"title":"a","items":[{{string.Join(',', Enumerable.Repeat($$"""{"title":"{{new string('t', title)}}"}""", items))}}]}]}""";
}

/// <summary>Bringing in a file, as people do.</summary>
internal static class PlaybookDesk
{
    public static async Task Imports(
        this Desk desk,
        string who,
        string file,
        string more = "",
        string name = "export.json",
        string expects = "I am reading that file"
    )
    {
        var post = await desk
            .Mattermost.As(who)
            .PostFile(Desk.Square, name, Encoding.UTF8.GetBytes(file));
        var link = new Uri(desk.Mattermost.Url, $"/{Desk.Team}/pl/{post.Id}");
        var answer = await desk.Types(who, $"/escalate playbook import {link} {more}".TrimEnd());
        answer.Text.ShouldContain(expects);
        await desk.Settled();
    }
}
