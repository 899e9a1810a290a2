using System.Reflection;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>What was recorded from real servers is there to be replayed, all of it.</summary>
public sealed class EveryRecordingTests
{
    [Fact]
    public void Every_recording_is_replayed_by_a_test()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Mattermost", "recorded");
        var recorded = Directory
            .EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')[..^".json".Length]);
        var replayed = typeof(EveryRecordingTests)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetCustomAttribute<ReplaysAttribute>()?.Of(m) ?? [])
            .ToList();

        recorded
            .SelectMany(r => Needed(r, [.. replayed.Where(p => Replayed.Split(p).File == r)]))
            .ShouldBeEmpty();
    }

    // Many events in one recording may be replayed in several tests.
    private static IEnumerable<string> Needed(string name, IReadOnlyList<string> replayed) =>
        replayed.Count == 0 ? [name]
        : replayed.Contains(name) ? []
        : Replayed
            .PartsOf(RecordedServer.Load(name))
            .Select(p => $"{name}#{p.Name}")
            .Except(replayed);
}
