using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>One escalation in the panel: its facts, its checklist, its timeline, and what somebody may do now.</summary>
public sealed class PanelDetailTests
{
    [Fact]
    public async Task PB_3_Everything_about_a_Sev_1_with_its_checklist()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 2.1 assign @lead");
        await desk.Types("engineer", "/escalate task ESC-1 2.2 skip Not for this one");
        await desk.Types("engineer", "/escalate follow ESC-1");

        var detail = await desk.Details("engineer", "ESC-1");
        var stored = await desk.Stored();
        detail.Text("summary").ShouldBe("Nobody can log in");
        detail.Text("category").ShouldBe(Vocabulary.Categories.Code(stored.Category));
        detail.Text("impact").ShouldBe(Vocabulary.Impacts.Code(stored.Impact));
        detail.Text("effort").ShouldBe(Vocabulary.Efforts.Code(stored.Effort));
        detail.GetProperty("reporter").Text("name").ShouldBe("tam");
        detail.GetProperty("isFollowed").GetBoolean().ShouldBeTrue();
        detail
            .GetProperty("incidentChannel")
            .Text("name")
            .ShouldBe(stored.Incident!.Channel!.Value.Name);
        detail.Text("playbook").ShouldBe("Sev 1 outage");

        var tasks = detail
            .GetProperty("checklist")
            .EnumerateArray()
            .SelectMany(s => s.GetProperty("tasks").EnumerateArray())
            .ToList();
        tasks.Select(t => t.Text("title")).ShouldBe(stored.Incident.Tasks.Select(t => t.Title));
        var assigned = tasks.Single(t => t.Text("number") == "2.1");
        assigned.Text("state").ShouldBe("open");
        assigned.GetProperty("assignee").Text("name").ShouldBe("lead");
        var skipped = tasks.Single(t => t.Text("number") == "2.2");
        skipped.Text("state").ShouldBe("skipped");
        skipped.Text("reason").ShouldBe("Not for this one");
        skipped.GetProperty("by").Text("name").ShouldBe("engineer");
        tasks.ShouldContain(t => t.GetProperty("repliesToCustomer").GetBoolean());

        (await desk.Details("lead", "ESC-1"))
            .GetProperty("isFollowed")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task ESC_10_ALL_3_The_moves_are_those_that_this_person_may_make_now()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        (await desk.Moves("engineer")).ShouldBe([
            "acknowledge",
            "investigate",
            "identify",
            "monitor",
            "resolve",
        ]);
        (await desk.Moves("tam")).ShouldBe(["cancel"]);
        (await desk.Moves("lead")).ShouldContain("decline");
        (await desk.Moves("guest")).ShouldBeEmpty();

        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        // PB-6: a Sev 1 is closed once the customer has confirmed.
        (await desk.Moves("tam")).ShouldBe(["confirm", "reopen"]);
        await desk.Types("tam", "/escalate confirm ESC-1 Their administrator");
        (await desk.Moves("tam")).ShouldContain("close");
        await desk.Types("tam", "/escalate close ESC-1");
        (await desk.Moves("tam")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_commands_are_those_that_make_sense_now()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        (await desk.Details("engineer", "ESC-1"))
            .Strings("commands")
            .ShouldBe(["update", "edit", "follow"]);
        await desk.Hires("bystander");
        (await desk.Details("bystander", "ESC-1")).Strings("commands").ShouldBe(["follow"]);
        await desk.Types("bystander", "/escalate follow ESC-1");
        (await desk.Details("bystander", "ESC-1")).Strings("commands").ShouldBe(["unfollow"]);
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        (await desk.Details("engineer", "ESC-1")).Strings("commands").ShouldNotContain("update");
        await desk.Types("tam", "/escalate confirm ESC-1 Their administrator");
        await desk.Types("tam", "/escalate close ESC-1");
        (await desk.Details("engineer", "ESC-1")).Strings("commands").ShouldBeEmpty();
    }

    [Fact]
    public async Task PB_3_PB_7_Each_task_may_be_changed_by_those_who_may_change_it()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Hires("bystander");
        await desk.Types("engineer", "/escalate task ESC-1 2.1 assign @bystander");
        (await Changeable("engineer")).ShouldBe((await Tasks("engineer")).Count);
        (await Changeable("bystander")).ShouldBe(1);
        await Agrees("bystander");

        // What has to be done after the incident.
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        await desk.Types("tam", "/escalate confirm ESC-1 Their administrator");
        await desk.Types("tam", "/escalate close ESC-1");
        (await Changeable("engineer")).ShouldBe((await Tasks("engineer")).Count);
        await desk.Asks("engineer", new { v = 1, run = "task ESC-1 2.2 done" });
        (await desk.Stored()).Incident!.Find(new TaskNumber(2, 2))!.State.ShouldBe(TaskState.Done);

        async Task<List<JsonElement>> Tasks(string who) =>
            [
                .. (await desk.Details(who, "ESC-1"))
                    .GetProperty("checklist")
                    .EnumerateArray()
                    .SelectMany(s => s.GetProperty("tasks").EnumerateArray()),
            ];

        async Task<int> Changeable(string who) =>
            (await Tasks(who)).Count(t => t.GetProperty("mayChange").GetBoolean());

        async Task Agrees(string who)
        {
            foreach (var task in (await Tasks(who)).Take(4))
            {
                var may = task.GetProperty("mayChange").GetBoolean();
                var said = (
                    await desk.Asks(
                        who,
                        new { v = 1, run = $"task ESC-1 {task.Text("number")} done" }
                    )
                ).GetProperty("said");
                said.GetProperty("isRefusal").GetBoolean().ShouldBe(!may, task.Text("number"));
            }
        }
    }

    [Fact]
    public async Task PB_3_Nothing_of_the_checklist_of_a_cancelled_one_may_be_changed()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("tam", "/escalate cancel ESC-1 A false alarm");
        (await desk.Details("lead", "ESC-1"))
            .GetProperty("checklist")
            .EnumerateArray()
            .SelectMany(s => s.GetProperty("tasks").EnumerateArray())
            .ShouldAllBe(t => !t.GetProperty("mayChange").GetBoolean());
    }

    [Fact]
    public async Task What_nobody_has_typed_is_null()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        var detail = await desk.Details("tam", "ESC-1");
        foreach (var name in detail.EnumerateObject())
        {
            if (name.Value.ValueKind == JsonValueKind.String)
            {
                name.Value.GetString().ShouldNotBeEmpty(name.Name);
            }
        }

        detail.GetProperty("resolution").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task ESC_9_A_move_that_somebody_else_made_first_is_refused_in_the_panel()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Hires("second", Role.SupportEngineer);
        await desk.Raised();
        var request = new
        {
            v = 1,
            move = "acknowledge",
            id = "ESC-1",
        };
        (await desk.Asks("engineer", request))
            .GetProperty("said")
            .GetProperty("isRefusal")
            .GetBoolean()
            .ShouldBeFalse();
        var late = (await desk.Asks("second", request)).GetProperty("said");
        late.GetProperty("isRefusal").GetBoolean().ShouldBeTrue();
        late.Text("text")!.ShouldContain("@engineer");
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
    }

    [Fact]
    public async Task ALL_4_The_timeline_is_told_from_the_latest_on_a_page_at_a_time()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        for (var i = 0; i < 45; i++)
        {
            await desk.Types(
                "engineer",
                $"/escalate state ESC-1 {(i % 2 == 0 ? "investigating" : "identified")} Note {i}"
            );
            desk.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        List<string> texts = [];
        long? before = null;
        do
        {
            var page = await desk.Timeline("tam", before);
            page.Entries.Count.ShouldBeInRange(1, 30);
            texts.AddRange(page.Entries);
            before = page.Before;
        } while (before is not null);

        texts[0].ShouldContain("Note 44");
        texts[^1].ShouldContain("raised it");
        var facts = await desk.Facts();
        texts.Count.ShouldBe(facts.Count);
        texts.ShouldBe(
            facts
                .Reverse()
                .Select(f =>
                    f.Sentence.Show(desk.Parts.GetRequiredService<PeopleDirectory>().NameOf)
                )
        );
    }

    [Fact]
    public async Task The_longest_timeline_is_taken_by_Mattermost_and_nothing_of_it_is_left_out()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        var fire = string.Concat(Enumerable.Repeat("\U0001F525", 1400));
        for (var i = 0; i < 40; i++)
        {
            await desk.Types("engineer", $"/escalate edit ESC-1 customer_impact {i} {fire}");
            desk.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        var count = 0;
        long? before = null;
        do
        {
            var page = await desk.Timeline("tam", before);
            page.Bytes.ShouldBeLessThan(1024 * 1024);
            count += page.Entries.Count;
            before = page.Before;
        } while (before is not null);

        count.ShouldBe((await desk.Facts()).Count);
    }
}

internal static class PanelDetailDesk
{
    public sealed record TimelinePage(IReadOnlyList<string> Entries, long? Before, int Bytes);

    public static async Task<IReadOnlyList<string>> Moves(this Desk desk, string who)
    {
        var answer = await desk.Asks(
            who,
            new
            {
                v = 1,
                get = "escalation",
                id = "ESC-1",
            }
        );
        return answer.GetProperty("escalation") is { ValueKind: JsonValueKind.Object } detail
            ? detail.Strings("moves")
            : [];
    }

    public static async Task<TimelinePage> Timeline(this Desk desk, string who, long? before)
    {
        var answer = await desk.Asks(
            who,
            new
            {
                v = 1,
                get = "timeline",
                id = "ESC-1",
                before,
            }
        );
        var timeline = answer.GetProperty("timeline");
        return new TimelinePage(
            [.. timeline.GetProperty("entries").EnumerateArray().Select(e => e.Text("text")!)],
            timeline.GetProperty("before") is { ValueKind: JsonValueKind.Number } at
                ? at.GetInt64()
                : null,
            Encoding.UTF8.GetByteCount(answer.GetRawText())
        );
    }
}
