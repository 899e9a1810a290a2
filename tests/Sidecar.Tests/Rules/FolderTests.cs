using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>
/// Folders are floors: none knows another that knows it. One project, so the compiler does not watch over it. What is
/// counted are names of types in code, so a property that is named like a type of another floor counts as well: a
/// reader takes one for the other, too.
/// </summary>
public sealed partial class FolderTests
{
    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (var file in Repository.Sources("sidecar"))
        {
            var space = Namespace().Match(File.ReadAllText(file));
            if (space.Success)
            {
                space.Groups["name"].Value.ShouldBe(NamespaceOf(file), file);
            }
        }
    }

    [Fact]
    public void No_two_floors_know_each_other_in_a_circle() =>
        Circles(TopFolder).ShouldBeEmpty("Top-level folders that know each other in a circle.");

    [Fact]
    public void No_two_folders_know_each_other_in_a_circle() =>
        Circles(Folder).ShouldBeEmpty("Folders that know each other in a circle.");

    private static string NamespaceOf(string file)
    {
        var folder = Folder(file);
        return folder.Length == 0 ? "Sidecar" : $"Sidecar.{folder.Replace('/', '.')}";
    }

    private static string Folder(string file) =>
        Path.GetRelativePath(Path.Combine(Repository.Root, "sidecar"), Path.GetDirectoryName(file)!)
            .Replace('\\', '/')
            .Replace(".", "", StringComparison.Ordinal);

    private static string TopFolder(string file) => Folder(file).Split('/')[0];

    /// <summary>The groups of places that can be reached from each other; a place is what <paramref name="of"/> makes of a file.</summary>
    private static List<string[]> Circles(Func<string, string> of)
    {
        var code = Repository
            .Sources("sidecar")
            .Where(f => Path.GetFileName(f) is not ("AllFeatures.cs" or "Program.cs"))
            .ToDictionary(f => f, f => Prose().Replace(File.ReadAllText(f), ""));
        var homes = code.SelectMany(f =>
                Declaration()
                    .Matches(f.Value)
                    .Select(m => (Type: m.Groups["name"].Value, Home: of(f.Key)))
            )
            .Distinct()
            .GroupBy(d => d.Type, d => d.Home, StringComparer.Ordinal)
            .Where(g => g.Count() == 1)
            .ToDictionary(g => g.Key, g => g.Single(), StringComparer.Ordinal);
        var known = code.GroupBy(f => of(f.Key), f => f.Value, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g =>
                    g.SelectMany(text => Name().Matches(text).Select(m => m.Value))
                        .Distinct(StringComparer.Ordinal)
                        .Select(name => homes.GetValueOrDefault(name, g.Key))
                        .Where(home => home != g.Key)
                        .ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
        var reached = known.Keys.ToDictionary(
            k => k,
            k => Reachable(known, k),
            StringComparer.Ordinal
        );
        return
        [
            .. known
                .Keys.Where(k => reached[k].Contains(k))
                .GroupBy(
                    k =>
                        string.Join(
                            ", ",
                            reached[k]
                                .Where(o => reached[o].Contains(k))
                                .Order(StringComparer.Ordinal)
                        ),
                    StringComparer.Ordinal
                )
                .Select(g => g.Order(StringComparer.Ordinal).ToArray()),
        ];
    }

    private static HashSet<string> Reachable(Dictionary<string, HashSet<string>> known, string from)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(known[from]);
        while (next.TryPop(out var place))
        {
            if (found.Add(place) && known.TryGetValue(place, out var further))
            {
                foreach (var one in further)
                {
                    next.Push(one);
                }
            }
        }

        return found;
    }

    [GeneratedRegex(
        @"^namespace\s+(?<name>[\w.]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Namespace();

    /// <summary>Comments and texts.</summary>
    [GeneratedRegex("""//.*|"(?:\\.|[^"\\])*["]""", RegexOptions.None, 5000)]
    private static partial Regex Prose();

    [GeneratedRegex(
        @"^\s{0,4}(public|internal|file|sealed|static|abstract|readonly|partial|\s)*\b(class|record struct|record|struct|interface|enum)\s+(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+\b", RegexOptions.None, 5000)]
    private static partial Regex Name();
}
