using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Tests.Rules;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Playbooks;

/// <summary>The playbook that the product brings (PB-2): all that the Sev 1 playbook asks for is in it.</summary>
public sealed class ShippedPlaybookTests
{
    /// <summary>Stage and task by what it is about, in order.</summary>
    public static TheoryData<int, string[]> Asked { get; } =
        new()
        {
            {
                1,
                [
                    "incident channel CSM TAM CRE",
                    "Add CSM TAM DE leads executives",
                    "audio screen share engineer DBA queries",
                    "(C)",
                ]
            },
            {
                2,
                [
                    "system information configuration database application CPU RAM",
                    "monitoring screenshots database calls API store latency top HTTP CPU memory",
                    "support bundle",
                    "slow query log",
                    "Pin channel",
                    "(C)",
                ]
            },
            {
                3,
                [
                    "settings typing timeout typing messages notifications per channel replica lag",
                    "monitoring screenshots",
                    "support bundle",
                    "slow query log",
                    "summary findings",
                    "(C) expected time of resolution",
                ]
            },
            {
                4,
                [
                    "areas of the code potential root cause",
                    "root cause",
                    "solution",
                    "pull request",
                    "release candidate verified QA test server specification",
                    "(C) expected time of resolution",
                ]
            },
            {
                5,
                [
                    "Merge main branch",
                    "Cherry-pick dot release branch",
                    "Cut dot release candidate",
                    "Verify fix candidate",
                    "Cut dot release",
                    "(C)",
                ]
            },
            {
                6,
                [
                    "binary customer",
                    "Upgrade staging",
                    "Verify staging",
                    "Upgrade production",
                    "Verify production",
                    "(C)",
                ]
            },
            { 7, ["Watch 24 hours", "customer confirmation", "(C)"] },
            {
                8,
                [
                    "retrospective 1 business day",
                    "Draft incident summary analysis 2",
                    "Send summary customer 3",
                    "(C)",
                ]
            },
        };

    private static Playbook Sev1 => PlaybookFiles.Shipped().Single(p => p.Key == "sev1");

    [Theory]
    [MemberData(nameof(Asked))]
    public void PB_2_Every_task_of_the_Sev_1_playbook_is_there(int stage, string[] tasks)
    {
        var shipped = Sev1.Stages[stage - 1].Tasks;
        shipped.Length.ShouldBe(tasks.Length);
        foreach (var (asked, task) in tasks.Zip(shipped))
        {
            task.RepliesToCustomer.ShouldBe(asked.StartsWith("(C)", StringComparison.Ordinal));
            foreach (var word in asked.Replace("(C)", "reply customer").Split(' '))
            {
                task.Title.ShouldContain(word, Case.Insensitive);
            }
        }
    }

    [Fact]
    public void PB_2_It_has_the_eight_stages_and_starts_for_a_Sev_1_of_any_category()
    {
        Sev1.Stages.Select(s => s.Title)
            .ShouldBe([
                "Escalation",
                "Data gathering",
                "Data review",
                "Code investigation",
                "Release preparation",
                "Dot release deployment",
                "Resolution",
                "Retrospective",
            ]);
        Sev1.StartsFor("sev1", "bug").ShouldBeTrue();
        Sev1.StartsFor("sev2", "bug").ShouldBeFalse();
    }

    [Fact]
    public void PB_4_Every_stage_ends_with_a_reply_to_the_customer() =>
        Sev1.Stages.ShouldAllBe(s => s.Tasks[s.Tasks.Length - 1].RepliesToCustomer);

    [Fact]
    public void PB_2_Everything_that_can_check_a_task_checks_one() =>
        Sev1
            .Stages.SelectMany(s => s.Tasks)
            .Select(t => t.DoneWhen)
            .OfType<TaskTrigger>()
            .ShouldBe(Enum.GetValues<TaskTrigger>());

    [Fact]
    public void PB_7_The_retrospective_is_due_after_1_the_analysis_after_2_and_to_the_customer_after_3() =>
        Sev1.Stages[7]
            .Tasks.Select(t => t.DueAfterResolution)
            .ShouldBe([
                WaitLength.OfWorkingDays(1),
                WaitLength.OfWorkingDays(2),
                WaitLength.OfWorkingDays(3),
                null,
            ]);

    [Fact]
    public void PB_2_The_schema_for_editors_takes_the_shipped_file_and_refuses_what_the_reader_refuses()
    {
        var schema = JsonNode.Parse(Source("playbook.schema.json"))!.AsObject();
        var check = new SchemaSubset(schema);
        var shipped = JsonNode.Parse(
            Source("sev1.json"),
            null,
            new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            }
        )!;
        check.Problems(shipped).ShouldBeEmpty();

        foreach (
            var wrong in (string[])
                [
                    """{ "name": "x" }""",
                    """{ "name": "x", "stages": [] }""",
                    """{ "name": "x", "stages": [{ "title": "y", "tasks": [7] }] }""",
                    """{ "name": "x", "stages": [{ "title": "y", "tasks": [{ "titel": "z" }] }] }""",
                    """{ "name": "x", "severities": ["sev5"], "stages": [{ "title": "y", "tasks": ["z"] }] }""",
                ]
        )
        {
            check.Problems(JsonNode.Parse(wrong)!).ShouldNotBeEmpty(wrong);
            List<string> problems = [];
            new PlaybookReader(new FileProblems("x", problems)).Read(
                "x",
                System.Text.Encoding.UTF8.GetBytes(wrong)
            );
            problems.ShouldNotBeEmpty(wrong);
        }
    }

    [Fact]
    public void PB_2_The_schema_knows_the_same_words_as_the_reader()
    {
        var schema = JsonNode.Parse(Source("playbook.schema.json"))!;
        Words(schema["properties"]!["severities"]!["items"]!)
            .ShouldBe(Vocabulary.Severities.Select(s => s.Code));
        Words(schema["properties"]!["categories"]!["items"]!)
            .ShouldBe(Vocabulary.Categories.Select(s => s.Code));
        Words(schema["$defs"]!["task"]!["anyOf"]![1]!["properties"]!["doneWhen"]!)
            .ShouldBe(PlaybookReader.Triggers.Select(t => t.Code));
        PlaybookReader.Triggers.Select(t => t.Trigger).ShouldBe(Enum.GetValues<TaskTrigger>());
        schema["properties"]!["stages"]!["maxItems"]!
            .GetValue<int>()
            .ShouldBe(PlaybookReader.MostStages);
        schema["$defs"]!["title"]!["maxLength"]!
            .GetValue<int>()
            .ShouldBe(PlaybookReader.LongestTitle);
    }

    private static IEnumerable<string> Words(JsonNode choice) =>
        choice["enum"]!.AsArray().Select(w => w!.GetValue<string>());

    private static string Source(string file) =>
        File.ReadAllText(Path.Combine(Repository.Root, "sidecar/Features/Playbooks", file));
}
