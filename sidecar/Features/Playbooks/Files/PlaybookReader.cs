using System.Collections.Immutable;
using System.Text.Json;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Time;

namespace Sidecar.Features.Playbooks.Files;

/// <summary>
/// Reads a playbook's file (PB-2). All that is wrong is found at once: who mends a file in an outage wants to start the
/// process once, not ten times.
/// </summary>
internal sealed class PlaybookReader(FileProblems problems)
{
    public const int MostStages = 20;
    public const int MostTasks = 100;
    public const int LongestTitle = 150;
    public const int LongestText = 3000;
    public const int LongestCommand = 500;
    public const int LongestChannelName = 60;

    /// <summary>The words for what checks a task by itself.</summary>
    public static ImmutableArray<(TaskTrigger Trigger, string Code)> Triggers { get; } =
    [
        (TaskTrigger.ChannelOpened, "channel opened"),
        (TaskTrigger.PeopleAdded, "people added"),
        (TaskTrigger.FixHeld, "fix held"),
        (TaskTrigger.CustomerConfirmed, "customer confirmed"),
        (TaskTrigger.RetrospectiveHeld, "retrospective held"),
    ];

    private int _tasks;

    /// <summary>The playbook with the line on which its severities stand; null when there are problems.</summary>
    public (Playbook Playbook, int ClaimLine)? Read(string key, ReadOnlySpan<byte> json)
    {
        var root = Parse(json);
        if (root is null || !IsObject(root, "the playbook", "{ \"name\": …, \"stages\": [ … ] }"))
        {
            return null;
        }

        var fields = FileFields.Of(
            root,
            problems,
            [
                "name",
                "description",
                "severities",
                "categories",
                "updateEvery",
                "updateTemplate",
                "retrospectiveTemplate",
                "channelName",
                "stages",
            ],
            ignored: "$schema"
        );
        var name = fields.Title("name", "the playbook");
        var severities = fields.Codes("severities", "severity", Codes(Vocabulary.Severities));
        var categories = fields.Codes("categories", "category", Codes(Vocabulary.Categories));
        var stages = fields.List("stages", "the playbook", "stage", MostStages).Select(Stage);
        var playbook = new Playbook(key, name, [.. stages])
        {
            Severities = severities,
            Categories = categories,
            Description = fields.LongText("description", LongestText),
            UpdateEvery = Length(fields, "updateEvery"),
            UpdateTemplate = fields.LongText("updateTemplate", LongestText),
            RetrospectiveTemplate = fields.LongText("retrospectiveTemplate", LongestText),
            ChannelName = fields.LongText("channelName", LongestChannelName),
        };
        return problems.Count > 0 ? null : (playbook, fields.LineOf("severities"));
    }

    private FileNode? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return FileNode.Parse(json);
        }
        catch (JsonException broken)
        {
            problems.Add(
                (int)(broken.LineNumber ?? 0) + 1,
                $"this is not JSON: {broken.Message.Split(" LineNumber:")[0].TrimEnd('.')}",
                "fix that, or move the file away"
            );
            return null;
        }
        catch (InvalidOperationException)
        {
            problems.Add(1, "this is not text in UTF-8", "save it as UTF-8");
            return null;
        }
    }

    private PlaybookStage Stage(FileNode node, int index)
    {
        var what = $"stage {index + 1}";
        if (!IsObject(node, what, "{ \"title\": …, \"tasks\": [ … ] }"))
        {
            return new PlaybookStage("", []);
        }

        var fields = FileFields.Of(node, problems, ["title", "tasks"]);
        var title = fields.Title("title", what);
        var tasks = fields.List("tasks", what, "task", MostTasks);
        return new PlaybookStage(title, [.. tasks.Select(Task)]);
    }

    private PlaybookTask Task(FileNode node)
    {
        if (++_tasks == MostTasks + 1)
        {
            problems.Add(
                node.Line,
                $"this is task {_tasks}",
                $"a playbook has at most {MostTasks} tasks in all its stages"
            );
        }

        if (node.Kind == JsonValueKind.String)
        {
            return new PlaybookTask(FileFields.Title(node, "the task’s title", problems));
        }

        if (!IsObject(node, "a task", "its title in quotes, or { \"title\": … }"))
        {
            return new PlaybookTask("");
        }

        var fields = FileFields.Of(
            node,
            problems,
            [
                "title",
                "repliesToCustomer",
                "doneWhen",
                "dueAfterResolution",
                "dueAfterStart",
                "details",
                "command",
            ]
        );
        return new PlaybookTask(fields.Title("title", "the task"))
        {
            RepliesToCustomer = fields.YesNo("repliesToCustomer"),
            DoneWhen = Trigger(fields),
            DueAfterResolution = Length(fields, "dueAfterResolution"),
            DueAfterStart = Length(fields, "dueAfterStart"),
            Details = fields.LongText("details", LongestText),
            Command = fields.LongText("command", LongestCommand),
        };
    }

    private TaskTrigger? Trigger(FileFields fields)
    {
        if (fields.Text("doneWhen", "what checks the task by itself") is not { } node)
        {
            return null;
        }

        var found = Triggers.FirstOrDefault(t => t.Code == node.Text);
        if (found.Code is null)
        {
            problems.Unknown(
                node.Line,
                $"“{node.Text}” checks no task by itself",
                [.. Triggers.Select(t => t.Code)]
            );
        }

        return found.Trigger;
    }

    private WaitLength? Length(FileFields fields, string name)
    {
        if (fields.Text(name, "a length of time") is not { } node)
        {
            return null;
        }

        var length = WaitLength.Read(node.Text);
        if (length is null)
        {
            problems.Add(
                node.Line,
                $"“{node.Text}” is not a length of time up to a year",
                WaitLength.Examples
            );
        }

        return length;
    }

    private bool IsObject(FileNode node, string what, string right)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            problems.Add(node.Line, $"{what} is {node.Described}", $"write {right}");
        }

        return node.Kind == JsonValueKind.Object;
    }

    private static ImmutableArray<string> Codes<T>(ImmutableArray<Term<T>> terms) =>
        [.. terms.Select(t => t.Code)];
}
