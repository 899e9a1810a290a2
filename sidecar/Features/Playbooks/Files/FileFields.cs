using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Sidecar.Features.Playbooks.Files;

/// <summary>The fields of an object in a playbook's file: each is read once, and what is wrong with it is noted.</summary>
internal sealed class FileFields
{
    private readonly FileNode _node;
    private readonly FileProblems _problems;
    private readonly Dictionary<string, FileNode> _fields = new(StringComparer.Ordinal);

    private FileFields(FileNode node, FileProblems problems) =>
        (_node, _problems) = (node, problems);

    /// <summary>The fields of an object, without those that it must not have.</summary>
    public static FileFields Of(
        FileNode node,
        FileProblems problems,
        ImmutableArray<string> known,
        string? ignored = null
    )
    {
        var fields = new FileFields(node, problems);
        foreach (var member in node.Members.Where(m => m.Name != ignored))
        {
            if (!known.Contains(member.Name))
            {
                problems.Unknown(member.Line, $"there is no key “{member.Name}” here", known);
            }
            else if (!fields._fields.TryAdd(member.Name, member.Value))
            {
                problems.Add(member.Line, $"“{member.Name}” is there twice", "leave one");
            }
        }

        return fields;
    }

    /// <summary>Where a field is; where its object begins when it is not there.</summary>
    public int LineOf(string name) => _fields.GetValueOrDefault(name, _node).Line;

    /// <summary>A title that must be there.</summary>
    public string Title(string name, string of)
    {
        if (_fields.TryGetValue(name, out var node))
        {
            return Title(node, $"“{name}”", _problems);
        }

        Missing(name, of, "…");
        return "";
    }

    public static string Title(FileNode node, string what, FileProblems problems)
    {
        if (node.Kind != JsonValueKind.String)
        {
            problems.Add(node.Line, $"{what} is {node.Described}", "write text in quotes");
            return "";
        }

        var title = node.Text.Trim();
        if (title.Length == 0)
        {
            problems.Add(node.Line, $"{what} is empty", "say it in a few words");
        }
        else if (title.Any(char.IsControl))
        {
            problems.Add(node.Line, $"{what} has several lines or a tab in it", "write one line");
        }
        else if (new StringInfo(title).LengthInTextElements > PlaybookReader.LongestTitle)
        {
            problems.Add(
                node.Line,
                $"{what} has {new StringInfo(title).LengthInTextElements} characters",
                $"write at most {PlaybookReader.LongestTitle}"
            );
        }

        return title;
    }

    /// <summary>A list that must be there and must not be empty.</summary>
    public ImmutableArray<FileNode> List(string name, string of, string item, int most)
    {
        if (!_fields.TryGetValue(name, out var node))
        {
            Missing(name, of, "[ … ]");
            return [];
        }

        if (node.Kind != JsonValueKind.Array)
        {
            _problems.Add(node.Line, $"“{name}” is {node.Described}", "write a list: [ … ]");
            return [];
        }

        if (node.Items.IsEmpty)
        {
            _problems.Add(node.Line, $"“{name}” is empty", $"write at least one {item}");
        }
        else if (node.Items.Length > most && name == "stages")
        {
            _problems.Add(
                node.Items[most].Line,
                $"this is {item} {most + 1}",
                $"a playbook has at most {most} {item}s"
            );
        }

        return node.Items;
    }

    /// <summary>Words out of a few that there are; empty when the field is not there.</summary>
    public ImmutableArray<string> Codes(string name, string item, ImmutableArray<string> known)
    {
        if (!_fields.TryGetValue(name, out var node))
        {
            return [];
        }

        if (node.Kind != JsonValueKind.Array)
        {
            _problems.Add(
                node.Line,
                $"“{name}” is {node.Described}",
                $"write a list: [\"{known[0]}\"]"
            );
            return [];
        }

        List<string> codes = [];
        foreach (var code in node.Items)
        {
            if (code.Kind != JsonValueKind.String)
            {
                _problems.Add(code.Line, $"{code.Described} is no {item}", $"write \"{known[0]}\"");
            }
            else if (!known.Contains(code.Text))
            {
                _problems.Unknown(code.Line, $"“{code.Text}” is no {item}", known);
            }
            else if (codes.Contains(code.Text))
            {
                _problems.Add(code.Line, $"“{code.Text}” is there twice", "leave one");
            }
            else
            {
                codes.Add(code.Text);
            }
        }

        return [.. codes];
    }

    public bool YesNo(string name)
    {
        if (!_fields.TryGetValue(name, out var node))
        {
            return false;
        }

        if (node.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            _problems.Add(node.Line, $"“{name}” is {node.Described}", "write true or false");
        }

        return node.Kind == JsonValueKind.True;
    }

    /// <summary>Text; null when the field is not there, or is something else, which is noted.</summary>
    public FileNode? Text(string name, string what)
    {
        var node = _fields.GetValueOrDefault(name);
        if (node is null or { Kind: JsonValueKind.String })
        {
            return node;
        }

        _problems.Add(node.Line, $"“{name}” is {node.Described}", $"write {what}, in quotes");
        return null;
    }

    /// <summary>Text in several lines; empty when the field is not there.</summary>
    public string LongText(string name, int most)
    {
        if (Text(name, "text") is not { } node)
        {
            return "";
        }

        var text = node.Text.Trim();
        if (text.Length > most)
        {
            _problems.Add(
                node.Line,
                $"“{name}” has {text.Length} characters",
                $"write at most {most}"
            );
        }

        return text;
    }

    private void Missing(string name, string of, string value) =>
        _problems.Add(_node.Line, $"{of} has no “{name}”", $"add it: \"{name}\": {value}");
}
