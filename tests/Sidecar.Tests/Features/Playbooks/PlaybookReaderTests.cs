using System.Text;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Playbooks;
using Sidecar.Settings;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Playbooks;

/// <summary>A team's playbooks are files; what is wrong in them is told with file and line, all at once (PB-2).</summary>
public sealed class PlaybookReaderTests
{
    private const string Stages = """ "stages": [{ "title": "One", "tasks": ["Do it"] }] """;

    [Fact]
    public void PB_2_A_file_may_hold_comments_commas_at_the_end_and_tasks_as_plain_text()
    {
        var (shelf, problems) = Read(
            (
                "our-outage.json",
                """
                // ours
                {
                  "name": "Our outage", "severities": ["sev2"], "categories": ["bug",],
                  "stages": [
                    { "title": "One", "tasks": [
                        "Look",
                        { "title": "Answer", "repliesToCustomer": true, /* soon */ "doneWhen": "fix held",
                          "dueAfterResolution": "2 working days" },
                    ] },
                  ],
                }
                """
            )
        );

        problems.ShouldBeEmpty();
        var ours = shelf.Find("Our-Outage").ShouldNotBeNull();
        (ours.Name, ours.IsShipped).ShouldBe(("Our outage", false));
        ours.Severities.ShouldBe(["sev2"]);
        ours.Categories.ShouldBe(["bug"]);
        ours.Stages[0].Tasks[0].ShouldBe(new PlaybookTask("Look"));
        ours.Stages[0]
            .Tasks[1]
            .ShouldBe(
                new PlaybookTask("Answer")
                {
                    RepliesToCustomer = true,
                    DoneWhen = TaskTrigger.FixHeld,
                    DueAfterResolution = WaitLength.OfWorkingDays(2),
                }
            );
    }

    [Theory]
    [InlineData("", "line 1: this is not JSON: The input does not contain any JSON tokens")]
    [InlineData("{\n \"name\": \"x\",\n nope }", "line 3: this is not JSON: ")]
    [InlineData("[]", "line 1: the playbook is a list; write { \"name\": …, \"stages\": [ … ] }.")]
    [InlineData("{}", "line 1: the playbook has no “name”; add it: \"name\": ….")]
    [InlineData("{}", "line 1: the playbook has no “stages”; add it: \"stages\": [ … ].")]
    [InlineData(
        "{ \"name\": \"x\",\n\"stagse\": [] }",
        "line 2: there is no key “stagse” here; did you mean stages?"
    )]
    [InlineData(
        "{ \"name\": \"x\",\n\"colour\": 1 }",
        "line 2: there is no key “colour” here; there are name, description, severities, categories, updateEvery, updateTemplate, retrospectiveTemplate, channelName, stages."
    )]
    [InlineData(
        "{ \"name\": \"x\",\n\n\"name\": \"y\" }",
        "line 3: “name” is there twice; leave one."
    )]
    [InlineData("{\n\"name\": 7 }", "line 2: “name” is a number; write text in quotes.")]
    [InlineData("{\n\"name\": \" \" }", "line 2: “name” is empty; say it in a few words.")]
    [InlineData(
        "{\n\"name\": \"a\\nb\" }",
        "line 2: “name” has several lines or a tab in it; write one line."
    )]
    [InlineData(
        "{\n\"severities\": \"sev1\" }",
        "line 2: “severities” is text; write a list: [\"sev1\"]."
    )]
    [InlineData(
        "{\n\"severities\": [\"sev1\",\n\"sev5\"] }",
        "line 3: “sev5” is no severity; did you mean sev1?"
    )]
    [InlineData(
        "{\n\"severities\": [\"sev1\", \"sev1\"] }",
        "line 2: “sev1” is there twice; leave one."
    )]
    [InlineData("{\n\"severities\": [1] }", "line 2: a number is no severity; write \"sev1\".")]
    [InlineData(
        "{\n\"categories\": [\"migratoin\"] }",
        "line 2: “migratoin” is no category; did you mean migration?"
    )]
    [InlineData("{\n\"stages\": {} }", "line 2: “stages” is an object; write a list: [ … ].")]
    [InlineData("{\n\"stages\": [] }", "line 2: “stages” is empty; write at least one stage.")]
    [InlineData(
        "{\n\"stages\": [7] }",
        "line 2: stage 1 is a number; write { \"title\": …, \"tasks\": [ … ] }."
    )]
    [InlineData(
        "{\n\"stages\": [{ \"title\": \"One\" }] }",
        "line 2: stage 1 has no “tasks”; add it: \"tasks\": [ … ]."
    )]
    [InlineData(
        "{\n\"stages\": [{ \"title\": \"One\",\n\"tasks\": [] }] }",
        "line 3: “tasks” is empty; write at least one task."
    )]
    [InlineData(
        "{\n\"stages\": [{ \"title\": \"One\",\n\"tasks\": [true] }] }",
        "line 3: a task is true or false; write its title in quotes, or { \"title\": … }."
    )]
    [InlineData(
        "{\n\"stages\": [{ \"title\": \"One\",\n\"tasks\": [{\n\"titel\": \"x\" }] }] }",
        "line 4: there is no key “titel” here; did you mean title?"
    )]
    [InlineData(
        "{\n\"stages\": [{ \"title\": \"One\",\n\"tasks\": [{\n\"repliesToCustomer\": \"yes\" }] }] }",
        "line 4: “repliesToCustomer” is text; write true or false."
    )]
    [InlineData(
        "{\n\"stages\": [{ \"title\": \"One\",\n\"tasks\": [{\n\"doneWhen\": \"fix holds\" }] }] }",
        "line 4: “fix holds” checks no task by itself; did you mean fix held?"
    )]
    [InlineData(
        "{\n\"stages\": [{ \"title\": \"One\",\n\"tasks\": [{\n\"dueAfterResolution\": \"soon\" }] }] }",
        "line 4: “soon” is not a length of time up to a year; write it as 15m"
    )]
    public void PB_2_What_is_wrong_is_told_with_its_line_and_what_would_be_right(
        string json,
        string problem
    ) =>
        Read(("our.json", json))
            .Problems.ShouldContain(p =>
                p.StartsWith($"playbooks/our.json, {problem}", StringComparison.Ordinal)
            );

    [Fact]
    public void PB_2_The_longest_title_the_last_stage_and_the_last_task_are_taken_and_no_more()
    {
        Read(("our.json", Sized(title: 150, stages: 20, tasks: 5))).Problems.ShouldBeEmpty();

        Read(("our.json", Sized(title: 151, stages: 1, tasks: 1)))
            .Problems.ShouldHaveSingleItem()
            .ShouldBe(
                "playbooks/our.json, line 4: the task’s title has 151 characters; write at most 150."
            );
        Read(("our.json", Sized(title: 1, stages: 21, tasks: 1)))
            .Problems.ShouldHaveSingleItem()
            .ShouldBe(
                "playbooks/our.json, line 63: this is stage 21; a playbook has at most 20 stages."
            );
        Read(("our.json", Sized(title: 1, stages: 1, tasks: 101)))
            .Problems.ShouldHaveSingleItem()
            .ShouldBe(
                "playbooks/our.json, line 104: this is task 101; a playbook has at most 100 tasks in all its stages."
            );
    }

    [Fact]
    public void PB_2_All_problems_of_all_files_are_told_at_once()
    {
        var (_, problems) = Read(
            ("a.json", "{ \"name\": 1, \"severities\": [\"sev9\"] }"),
            ("b.json", "nothing"),
            ("c.yaml", ""),
            ("Our Own.json", $"{{ \"name\": \"x\", {Stages} }}")
        );
        problems.Count(p => p.StartsWith("playbooks/a.json", StringComparison.Ordinal)).ShouldBe(3);
        problems.ShouldContain(p => p.StartsWith("playbooks/b.json, line 1: this is not JSON"));
        problems.ShouldContain(
            "playbooks/c.yaml: a playbook’s file ends with .json; rename it, or move it away."
        );
        problems.ShouldContain(p =>
            p.StartsWith("playbooks/Our Own.json: “Our Own” is not a playbook key")
        );
    }

    [Fact]
    public void PB_2_Notes_and_a_copy_of_the_schema_in_the_folder_are_left_alone() =>
        Read(("README.md", "#"), ("playbook.schema.json", "{}"), (".our.json.swp", "x"))
            .Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("", "", "all categories")]
    [InlineData("\"bug\", \"custom\"", "\"custom\"", "the category custom")]
    [InlineData("\"bug\"", "\"custom\"", null)]
    [InlineData("\"bug\"", "", null)]
    public void PB_2_Two_files_that_would_both_start_are_a_problem(
        string one,
        string other,
        string? contested
    )
    {
        var (_, problems) = Read(
            (
                "a.json",
                $"{{ \"name\": \"a\", \"severities\": [\"sev2\"], \"categories\": [{one}], {Stages} }}"
            ),
            (
                "b.json",
                $"{{ \"name\": \"b\",\n\"severities\": [\"sev3\", \"sev2\"], \"categories\": [{other}], {Stages} }}"
            )
        );
        if (contested is null)
        {
            problems.ShouldBeEmpty();
        }
        else
        {
            problems
                .ShouldHaveSingleItem()
                .ShouldStartWith(
                    $"playbooks/b.json, line 2: playbooks/a.json starts for sev2 and {contested} as well;"
                );
        }
    }

    [Fact]
    public void PB_2_The_teams_own_come_before_the_products_and_the_category_before_all()
    {
        var (shelf, problems) = Read(
            (
                "bugs.json",
                $"{{ \"name\": \"Bugs\", \"severities\": [\"sev1\"], \"categories\": [\"bug\"], {Stages} }}"
            ),
            ("all.json", $"{{ \"name\": \"All\", \"severities\": [\"sev2\"], {Stages} }}"),
            ("hand.json", $"{{ \"name\": \"By hand\", {Stages} }}")
        );
        problems.ShouldBeEmpty();
        shelf.For("sev1", "bug")?.Key.ShouldBe("bugs");
        shelf.For("sev1", "deployment")?.Key.ShouldBe("sev1");
        shelf.For("sev2", "bug")?.Key.ShouldBe("all");
        shelf.For("sev3", "bug").ShouldBeNull();
    }

    [Fact]
    public void PB_2_A_file_with_the_products_key_replaces_the_products()
    {
        var (shelf, _) = Read(("sev1.json", $"{{ \"name\": \"Ours\", {Stages} }}"));
        shelf.All.Values.ShouldHaveSingleItem().Name.ShouldBe("Ours");
        shelf.For("sev1", "deployment").ShouldBeNull();
    }

    private static (PlaybookShelf Shelf, List<string> Problems) Read(
        params (string Name, string Content)[] files
    )
    {
        List<string> problems = [];
        var shelf = PlaybookShelf.Read(
            [
                .. files.Select(f => new DataFile(
                    f.Name,
                    $"playbooks/{f.Name}",
                    Encoding.UTF8.GetBytes(f.Content)
                )),
            ],
            problems
        );
        return (shelf, problems);
    }

    /// <summary>A playbook in which every task is on a line of its own.</summary>
    private static string Sized(int title, int stages, int tasks)
    {
        var task = $"\"{new string('t', title)}\"";
        var stage =
            $"{{ \"title\": \"s\", \"tasks\": [\n{string.Join(",\n", Enumerable.Repeat(task, tasks))}\n] }}";
        return $"{{ \"name\": \"x\",\n\"stages\": [\n{string.Join(",\n", Enumerable.Repeat(stage, stages))} ] }}";
    }
}
