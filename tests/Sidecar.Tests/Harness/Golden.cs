using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Sidecar.Tests.Harness;

/// <summary>
/// Compares JSON with a file in the repository that people can read in a review. With <c>GOLDEN=write</c> in the
/// environment the files are written instead.
/// </summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Match(string file, string json) =>
        MatchText(file, JsonNode.Parse(json)!.ToJsonString(Readable) + "\n");

    /// <summary>The same for text that people read as it is.</summary>
    public static void MatchText(string file, string shown)
    {
        var path = Path.Combine(Root(), "tests", "Sidecar.Tests", file);
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, shown);
        }

        File.Exists(path).ShouldBeTrue($"{file} is missing; GOLDEN=write makes it.");
        shown.ShouldBe(File.ReadAllText(path), $"{file} differs.");
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Sidecar.slnx")))
        {
            at = at.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return at.FullName;
    }
}
