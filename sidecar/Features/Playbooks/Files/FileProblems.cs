using Sidecar.Text;

namespace Sidecar.Features.Playbooks.Files;

/// <summary>All that is wrong with a file, each with its line, what is there and what would be right.</summary>
/// <param name="file">As an administrator finds it: <c>playbooks/our.json</c>.</param>
/// <param name="problems">Where it is told.</param>
internal sealed class FileProblems(string file, ICollection<string> problems)
{
    public string File => file;

    public int Count { get; private set; }

    public void Add(int line, string what, string right)
    {
        Count++;
        problems.Add($"{file}, line {line}: {what}; {right}{(right.EndsWith('?') ? "" : ".")}");
    }

    /// <summary>A word that is none of those that there are.</summary>
    public void Unknown(int line, string what, IReadOnlyList<string> known) =>
        Add(line, what, Nearest(what, known));

    private static string Nearest(string what, IReadOnlyList<string> known)
    {
        var word = what.Split('“', '”') is [_, var quoted, ..] ? quoted : what;
        return Spelling.Near(word, known) is { } near
            ? $"did you mean {near}?"
            : $"there {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known)}";
    }
}
