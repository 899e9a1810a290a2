using System.Globalization;
using System.Text;
using System.Text.Json;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Customers.Domain;
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
    public async Task U18_One_thing_comes_next_and_the_rest_is_behind_it()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        (await desk.Details("engineer", "ESC-1"))
            .Labels()
            .ShouldBe([
                "Acknowledge",
                "Move to Investigating",
                "Move to Identified",
                "Move to Monitoring",
                "Resolve…",
                "Update…",
                "Assign to me",
                "Assign to…",
                "Merge with…",
                "Edit…",
                "Follow",
            ]);
        await desk.Hires("bystander");
        var none = await desk.Details("bystander", "ESC-1");
        none.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        none.Labels().ShouldBe(["Follow"]);
        await desk.PressesInPanel("bystander", none, "Follow");
        (await desk.Details("bystander", "ESC-1")).Labels().ShouldBe(["Unfollow"]);

        foreach (
            var next in (string[])
                ["Acknowledge", "Move to Investigating", "Move to Identified", "Move to Monitoring"]
        )
        {
            var shown = await desk.Details("engineer", "ESC-1");
            shown.GetProperty("next").Text("label").ShouldBe(next);
            await desk.PressesInPanel("engineer", shown, next);
        }

        (await desk.Details("engineer", "ESC-1"))
            .GetProperty("next")
            .Text("label")
            .ShouldBe("Resolve…");
        await desk.Passes(TimeSpan.FromHours(3));
        (await desk.Details("engineer", "ESC-1"))
            .GetProperty("next")
            .Text("label")
            .ShouldBe("Update…", "everybody waits for it");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        (await desk.Details("engineer", "ESC-1")).Labels().ShouldNotContain("Update…");
        (await desk.Details("tam", "ESC-1"))
            .GetProperty("next")
            .Text("label")
            .ShouldBe("Customer confirmed…");
        await desk.Types("tam", "/escalate confirm ESC-1 Their administrator");
        (await desk.Details("tam", "ESC-1")).GetProperty("next").Text("label").ShouldBe("Close…");
        await desk.Types("tam", "/escalate close ESC-1");
        (await desk.Details("engineer", "ESC-1")).Labels().ShouldBeEmpty();
    }

    [Fact]
    public async Task U18_It_is_assigned_in_the_panel_to_oneself_at_once_and_to_others_by_a_form()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.PressesInPanel("lead", await desk.Details("lead", "ESC-1"), "Assign to me");
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("lead"));
        var shown = await desk.Details("lead", "ESC-1");
        shown.Labels().ShouldNotContain("Assign to me");

        await desk.PressesInPanel("lead", shown, "Assign to…");
        (await desk.Submits("lead", ("person", ""))).Closed.ShouldBeFalse("nobody was chosen");
        var (guest, engineer) = (desk.IdOf("guest").Value, desk.IdOf("engineer").Value);
        (await desk.Submits("lead", ("person", guest))).Error.ShouldContain("guest");
        (await desk.Submits("lead", ("person", engineer))).Closed.ShouldBeTrue();
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        // Who may not is refused before anything is asked.
        var outcome = await desk.Runs(
            "tam",
            new
            {
                v = 2,
                act = "assign",
                id = "ESC-1",
            }
        );
        outcome
            .Props!.Value.GetProperty("escalate")
            .GetProperty("said")
            .GetProperty("isRefusal")
            .GetBoolean()
            .ShouldBeTrue();
        desk.Mattermost.OpenDialogOf("tam").ShouldBeNull();
    }

    [Fact]
    public async Task ESC_11_Two_are_merged_by_a_form_and_the_worse_one_goes_on()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("tam", "/escalate new acme sev2 Again");
        (await desk.Details("engineer", "ESC-2")).Text("maybeSameAs").ShouldBe("ESC-1");
        await desk.PressesInPanel(
            "engineer",
            await desk.Details("engineer", "ESC-1"),
            "Merge with…"
        );
        var merged = await desk.Submits("engineer", ("other", "ESC-2"));
        merged.Closed.ShouldBeTrue($"{merged.Error} {string.Join(' ', merged.FieldErrors)}");
        (await desk.StateOf(2)).ShouldBe(EscalationState.Closed);
        (await desk.StateOf()).ShouldBe(EscalationState.Accepted);
        (await desk.Details("engineer", "ESC-2")).Labels().ShouldNotContain("Merge with…");
    }

    [Fact]
    public async Task ESC_2_Where_the_customer_is_not_known_it_is_chosen_or_added()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Knows("northern", "Northern Bank", 90_000);
        await desk.Types("tam", "/escalate new nothern sev1 Login is down");
        var shown = await desk.Details("tam", "ESC-1");
        shown.Text("missing").ShouldBe("customer");
        shown.Labels().ShouldContain("Choose the customer…");
        shown.Labels().ShouldContain("Add the customer…");
        // Who may not read customers finds nothing out by trying names.
        await desk.Hires("bystander");
        (await desk.Details("bystander", "ESC-1"))
            .Labels()
            .ShouldNotContain("Choose the customer…");
        (
            await desk.Asks(
                "bystander",
                new
                {
                    v = 2,
                    act = "chooseCustomer",
                    id = "ESC-1",
                }
            )
        ).GetProperty("said").GetProperty("isRefusal").GetBoolean().ShouldBeTrue();

        await desk.PressesInPanel("tam", shown, "Choose the customer…");
        (await desk.Submits("tam", ("customer", "Nobody"))).Closed.ShouldBeFalse();
        (await desk.Submits("tam", ("customer", "northern bank"))).Closed.ShouldBeTrue();
        (await desk.Stored()).CustomerName.ShouldBe("Northern Bank");
        (await desk.Details("tam", "ESC-1")).Labels().ShouldNotContain("Choose the customer…");
    }

    [Fact]
    public async Task PB_3_U11_A_task_is_done_assigned_given_a_time_and_skipped_in_the_panel()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        IncidentTask Task(Escalation of) => of.Incident!.Find(new TaskNumber(2, 1))!;

        await desk.Does("engineer", "done", "2.1");
        Task(await desk.Stored()).State.ShouldBe(TaskState.Done);
        await desk.Does("engineer", "undo", "2.1");
        Task(await desk.Stored()).State.ShouldBe(TaskState.Open);
        await desk.Does("engineer", "mine", "2.1");
        Task(await desk.Stored()).Assignee.ShouldBe(desk.IdOf("engineer"));

        await desk.Does("engineer", "assign", "2.1");
        desk.Mattermost.OpenDialogOf("engineer")!.Elements[0].Name.ShouldBe("assignee");
        (
            await desk.Submits("engineer", ("assignee", desk.IdOf("lead").Value))
        ).Closed.ShouldBeTrue();
        Task(await desk.Stored()).Assignee.ShouldBe(desk.IdOf("lead"));

        await desk.Does("engineer", "due", "2.1");
        desk.Mattermost.OpenDialogOf("engineer")!.Elements[0].Name.ShouldBe("due");
        var due = desk.Clock.GetUtcNow().AddHours(2);
        (await desk.Submits("engineer", ("due", Written(due.AddDays(-1))))).Closed.ShouldBeFalse();
        (await desk.Submits("engineer", ("due", Written(due)))).Closed.ShouldBeTrue();
        Task(await desk.Stored()).DueAt.ShouldBe(due);

        await desk.Does("engineer", "skip", "2.1");
        desk.Mattermost.OpenDialogOf("engineer")!
            .Elements.ShouldHaveSingleItem()
            .Name.ShouldBe("reason");
        (await desk.Submits("engineer", ("reason", "No need"))).Closed.ShouldBeTrue();
        var skipped = Task(await desk.Stored());
        (skipped.State, skipped.Reason).ShouldBe((TaskState.Skipped, "No need"));
        skipped.Assignee.ShouldBe(desk.IdOf("lead"), "what the form does not ask for stays");
        (await desk.Asks("engineer", desk.Act("skip", "2.1")))
            .GetProperty("said")
            .GetProperty("isRefusal")
            .GetBoolean()
            .ShouldBeTrue("it is skipped already");

        static string Written(DateTimeOffset at) =>
            at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task PB_3_U11_A_whole_stage_is_done_or_skipped_with_its_reason()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Hires("bystander");
        (await MayFinish("engineer", 2)).ShouldBeTrue();

        await desk.Does("engineer", "done", "2");
        (await desk.Stored()).Incident!.Stages[1].Tasks.ShouldAllBe(t => t.State == TaskState.Done);
        (await MayFinish("engineer", 2)).ShouldBeFalse("nothing of it is open");

        await desk.Does("engineer", "skip", "3");
        (await desk.Submits("engineer", ("reason", ""))).Closed.ShouldBeFalse();
        (await desk.Submits("engineer", ("reason", "Not this time"))).Closed.ShouldBeTrue();
        (await desk.Stored())
            .Incident!.Stages[2]
            .Tasks.ShouldAllBe(t => t.State == TaskState.Skipped && t.Reason == "Not this time");
        (await desk.Asks("bystander", desk.Act("skip", "4")))
            .GetProperty("said")
            .GetProperty("isRefusal")
            .GetBoolean()
            .ShouldBeTrue();
        (await desk.Asks("engineer", desk.Act("done", "99")))
            .GetProperty("said")
            .GetProperty("isRefusal")
            .GetBoolean()
            .ShouldBeTrue();

        async Task<bool> MayFinish(string who, int stage) =>
            (await desk.Details(who, "ESC-1"))
                .GetProperty("checklist")
                .EnumerateArray()
                .Single(s => s.Text("number") == $"{stage}")
                .GetProperty("mayFinish")
                .GetBoolean();
    }

    [Fact]
    public async Task U27_The_card_and_the_channel_can_be_gone_to()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        var detail = await desk.Details("engineer", "ESC-1");
        detail.Text("card").ShouldBe(desk.Card().Id);
        var channel = detail.GetProperty("incidentChannel");
        channel.Text("title").ShouldNotBeNullOrEmpty();
        channel.Text("title").ShouldNotBe(channel.Text("name"));
        channel.Text("team").ShouldNotBeNullOrEmpty();
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
        await desk.Asks("engineer", new { v = 2, run = "task ESC-1 2.2 done" });
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
                        new { v = 2, run = $"task ESC-1 {task.Text("number")} done" }
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
            v = 2,
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
    /// <summary>What the panel asks to be done with a task or a stage.</summary>
    public static object Act(this Desk _, string act, string task) =>
        new
        {
            v = 2,
            act,
            task,
            id = "ESC-1",
        };

    public static Task<CommandOutcome> Does(this Desk desk, string who, string act, string task) =>
        desk.Runs(who, desk.Act(act, task));

    public sealed record TimelinePage(IReadOnlyList<string> Entries, long? Before, int Bytes);

    public static async Task<IReadOnlyList<string>> Moves(this Desk desk, string who)
    {
        var answer = await desk.Asks(
            who,
            new
            {
                v = 2,
                get = "escalation",
                id = "ESC-1",
            }
        );
        return answer.GetProperty("escalation") is { ValueKind: JsonValueKind.Object } detail
            ?
            [
                .. detail
                    .Actions()
                    .Select(a => a.GetProperty("ask"))
                    .Where(ask => ask.TryGetProperty("move", out _))
                    .Select(ask => ask.Text("move")!),
            ]
            : [];
    }

    public static async Task<TimelinePage> Timeline(this Desk desk, string who, long? before)
    {
        var answer = await desk.Asks(
            who,
            new
            {
                v = 2,
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
