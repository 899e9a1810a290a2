using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Playbooks.Files;

/// <summary>
/// Reads the file that Mattermost Playbooks exports. What keeps it from becoming a playbook is a problem; what has no place
/// here is noted, so that somebody can say whether they want it all the same.
/// </summary>
internal sealed class MattermostPlaybook(FileProblems problems)
{
    private const string Version = "1";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private static readonly ImmutableArray<(string Name, string What)> WithoutPlace =
    [
        ("metrics", "metrics: what to measure in a retrospective"),
        (
            "run_summary_template",
            "the template for a run’s summary: the draft is made of the timeline"
        ),
        ("message_on_join", "the message to who joins the channel"),
        ("signal_any_keywords", "words that offer to start it"),
        ("category_name", "the category of the sidebar"),
        (
            "retrospective_reminder_interval_seconds",
            "the interval of reminders of the retrospective: tasks have due times"
        ),
        ("properties", "properties of runs"),
        ("conditions", "conditions under which tasks are shown: all of them are"),
    ];

    /// <summary>Said by what is there already, or by members beside it.</summary>
    private static readonly ImmutableArray<string> Silent =
    [
        "version",
        "title",
        "description",
        "checklists",
        "reminder_timer_default_seconds",
        "reminder_message_template",
        "status_update_enabled",
        "retrospective_enabled",
        "retrospective_template",
        "channel_name_template",
        "channel_mode",
        "message_on_join_enabled",
        "run_summary_template_enabled",
        "signal_any_keywords_enabled",
        "categorize_channel_enabled",
        "create_channel_member_on_new_participant",
        "remove_channel_member_on_removed_participant",
    ];

    private readonly List<string> _left = [];
    private int _conditions;

    /// <summary>What has no place here, in words.</summary>
    public IReadOnlyList<string> Left => _left;

    /// <summary>Whether a file looks like one of these.</summary>
    public static bool IsOne(FileNode root) =>
        root.Members.Any(m => m.Name is "checklists" or "version");

    /// <summary>The playbook; null when there are problems.</summary>
    public Playbook? Read(string key, FileNode root)
    {
        var version = Member(root, "version");
        if (version is not { Kind: JsonValueKind.Number, Text: Version })
        {
            problems.Add(
                version?.Line ?? root.Line,
                version is null ? "“version” is missing" : $"“version” is {Shown(version)}",
                "only version 1 of the export of Mattermost Playbooks is understood; export it again there"
            );
            return null;
        }

        var title = Title(Text(root, "title"), "the playbook");
        if (title.Length == 0)
        {
            problems.Add(root.Line, "“title” is missing or empty", "name the playbook");
        }

        var stages = Stages(root);
        Leftovers(root);
        if (problems.Count > 0)
        {
            return null;
        }

        var hasUpdates = !Is(root, "status_update_enabled", false);
        var hasRetrospective = !Is(root, "retrospective_enabled", false);
        return new Playbook(key, title, stages)
        {
            Description = Long(Text(root, "description"), "the description"),
            UpdateEvery = hasUpdates
                ? Length(Member(root, "reminder_timer_default_seconds"), 1000, "the cadence")
                : null,
            UpdateTemplate = hasUpdates
                ? Long(Text(root, "reminder_message_template"), "the template for updates")
                : "",
            RetrospectiveTemplate = hasRetrospective
                ? Long(Text(root, "retrospective_template"), "the template for the retrospective")
                : "",
            ChannelName = Cut(
                Text(root, "channel_name_template"),
                PlaybookReader.LongestChannelName,
                "the channel’s name"
            ),
        };
    }

    private ImmutableArray<PlaybookStage> Stages(FileNode root)
    {
        var lists = Member(root, "checklists");
        if (lists is not { Kind: JsonValueKind.Array })
        {
            problems.Add(
                lists?.Line ?? root.Line,
                lists is null ? "“checklists” is missing" : $"“checklists” is {lists.Described}",
                "it is a list of checklists, each with its items"
            );
            return [];
        }

        var stages = new List<PlaybookStage>();
        var tasks = 0;
        foreach (var (index, list) in lists.Items.Index())
        {
            if (list.Kind != JsonValueKind.Object)
            {
                problems.Add(
                    list.Line,
                    $"“checklists[{index}]” is {list.Described}",
                    "a checklist has “title” and “items”"
                );
                continue;
            }

            var title = Title(Text(list, "title"), $"checklist {index + 1}");
            if (title.Length == 0)
            {
                title = string.Create(CultureInfo.InvariantCulture, $"Stage {index + 1}");
                _left.Add($"checklist {index + 1} has no title: it is called “{title}”");
            }

            var items = Member(list, "items");
            if (items is not (null or { Kind: JsonValueKind.Array or JsonValueKind.Null }))
            {
                problems.Add(
                    items.Line,
                    $"“checklists[{index}].items” is {items.Described}",
                    "it is a list of items"
                );
                continue;
            }

            var read = (items?.Items ?? [])
                .Index()
                .Select(i => Task(i.Item, $"checklists[{index}].items[{i.Index}]", title))
                .OfType<PlaybookTask>()
                .ToImmutableArray();
            tasks += read.Length;
            if (read.IsEmpty)
            {
                _left.Add($"the checklist “{Short(title)}”: it has no items");
            }
            else
            {
                stages.Add(new PlaybookStage(title, read));
            }
        }

        if (problems.Count == 0)
        {
            Count(lists, stages.Count, tasks);
        }

        return [.. stages];
    }

    private void Count(FileNode lists, int stages, int tasks)
    {
        if (stages == 0)
        {
            problems.Add(lists.Line, "no checklist has an item", "a playbook has something to do");
        }
        else if (stages > PlaybookReader.MostStages)
        {
            problems.Add(
                lists.Line,
                $"there are {stages} checklists",
                $"a playbook has at most {PlaybookReader.MostStages} stages: join some of them, or export it in parts"
            );
        }

        if (tasks > PlaybookReader.MostTasks)
        {
            problems.Add(
                lists.Line,
                $"there are {tasks} items",
                $"a playbook has at most {PlaybookReader.MostTasks} tasks: make several playbooks of it"
            );
        }
    }

    private PlaybookTask? Task(FileNode item, string path, string stage)
    {
        if (item.Kind != JsonValueKind.Object)
        {
            problems.Add(
                item.Line,
                $"“{path}” is {item.Described}",
                "an item has at least a “title”"
            );
            return null;
        }

        var (typed, details) = (Text(item, "title"), Text(item, "description"));
        if (OneLine(typed).Length == 0)
        {
            // The first line of what it is about will do.
            typed = details.Split('\n').FirstOrDefault(l => !string.IsNullOrWhiteSpace(l)) ?? "";
        }

        var title = Title(typed, $"an item of “{Short(stage)}”");
        if (title.Length == 0)
        {
            _left.Add($"an item of “{Short(stage)}”: it says nothing");
            return null;
        }

        if (title.Length < OneLine(typed).Length)
        {
            details = details.Length == 0 ? OneLine(typed) : $"{OneLine(typed)}\n\n{details}";
        }

        _conditions += Text(item, "condition_id").Length > 0 ? 1 : 0;
        return new PlaybookTask(title)
        {
            Details = Long(details, $"the description of “{Short(title)}”"),
            Command = Cut(
                Text(item, "command"),
                PlaybookReader.LongestCommand,
                $"the command of “{Short(title)}”"
            ),
            DueAfterStart = Length(
                Member(item, "due_date"),
                1,
                $"the due time of “{Short(title)}”"
            ),
        };
    }

    private void Leftovers(FileNode root)
    {
        foreach (var (name, what) in WithoutPlace)
        {
            if (Member(root, name) is { } node && Says(node) && !Is(root, name + "_enabled", false))
            {
                _left.Add(what);
            }
        }

        if (
            _conditions > 0
            && !_left.Any(l => l.StartsWith("conditions", StringComparison.Ordinal))
        )
        {
            _left.Add(
                $"the conditions of {(_conditions == 1 ? "an item: it is" : $"{_conditions} items: they are")} always shown"
            );
        }

        var unknown = root
            .Members.Select(m => m.Name)
            .Where(n => !Silent.Contains(n) && WithoutPlace.All(w => w.Name != n))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (unknown.Count > 0)
        {
            _left.Add(
                $"what I do not know: {string.Join(", ", unknown.Take(10).Select(Short))}{(unknown.Count > 10 ? $" and {unknown.Count - 10} more" : "")}"
            );
        }
    }

    /// <summary>How long something is, of a whole number.</summary>
    /// <param name="node">The number; null when it is not there.</param>
    /// <param name="milliseconds">What one of it is.</param>
    /// <param name="what">What it is.</param>
    private WaitLength? Length(FileNode? node, long milliseconds, string what)
    {
        if (node is null or { Kind: JsonValueKind.Null } or { Text: "0" })
        {
            return null;
        }

        if (
            node.Kind != JsonValueKind.Number
            || !long.TryParse(node.Text, CultureInfo.InvariantCulture, out var number)
        )
        {
            problems.Add(node.Line, $"{what} is {Shown(node)}", "it is a whole number, 0 for none");
            return null;
        }

        if (number < 0 || number > (long)Longest.TotalMilliseconds / milliseconds)
        {
            _left.Add($"{what}: it is not between now and a year after");
            return null;
        }

        // To the minute, which is what anybody reads.
        var length = TimeSpan.FromMinutes(
            Math.Max(1, Math.Round(number * milliseconds / 60_000.0))
        );
        return WaitLength.Of(length);
    }

    private string Title(string typed, string what)
    {
        var title = OneLine(typed);
        if (new StringInfo(title).LengthInTextElements <= PlaybookReader.LongestTitle)
        {
            return title;
        }

        _left.Add(
            $"the end of the title of {what}, which has more than {PlaybookReader.LongestTitle} characters{(what.StartsWith("an item", StringComparison.Ordinal) ? ": all of it stands in its description" : "")}"
        );
        return MarkdownEscaper.Shorten(title, PlaybookReader.LongestTitle);
    }

    private string Long(string text, string what) => Cut(text, PlaybookReader.LongestText, what);

    private string Cut(string text, int most, string what)
    {
        var trimmed = text.Trim();
        if (trimmed.Length <= most)
        {
            return trimmed;
        }

        _left.Add($"the end of {what}, which has more than {most} characters");
        return MarkdownEscaper.Shorten(trimmed, most);
    }

    private string Text(FileNode of, string name)
    {
        var node = Member(of, name);
        if (node is null or { Kind: JsonValueKind.String or JsonValueKind.Null })
        {
            return node?.Text ?? "";
        }

        problems.Add(node.Line, $"“{name}” is {node.Described}", "it is text");
        return "";
    }

    // The last one counts, as for most that read JSON.
    private static FileNode? Member(FileNode of, string name) =>
        of.Members.LastOrDefault(m => m.Name == name)?.Value;

    private static bool Is(FileNode of, string name, bool value) =>
        Member(of, name)?.Kind == (value ? JsonValueKind.True : JsonValueKind.False);

    private static bool Says(FileNode node) =>
        node.Kind switch
        {
            JsonValueKind.Array => !node.Items.IsEmpty,
            JsonValueKind.String => !string.IsNullOrWhiteSpace(node.Text),
            JsonValueKind.Number => node.Text != "0",
            JsonValueKind.Object => !node.Members.IsEmpty,
            _ => false,
        };

    private static string Shown(FileNode node) =>
        node.Kind == JsonValueKind.Number ? Short(node.Text) : node.Described;

    private static string Short(string text) => MarkdownEscaper.Shorten(text, 60);

    private static string OneLine(string text) =>
        string.Join(
            ' ',
            new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split(
                (char[]?)null,
                StringSplitOptions.RemoveEmptyEntries
            )
        );
}
