using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Shouldly;
using Xunit;
using Xunit.v3;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// The test replays these recordings; without names, those that its inline data name. It fails when it did not read
/// one of them, or held nothing against something that the server said in it. <c>name#part</c> is one event of many.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReplaysAttribute(params string[] names) : BeforeAfterTestAttribute
{
    /// <summary>The recordings that a test method declares.</summary>
    public IReadOnlyList<string> Of(MethodInfo method) =>
        names.Length > 0
            ? names
            :
            [
                .. method
                    .GetCustomAttributes<InlineDataAttribute>()
                    .Select(d => (string)d.Data[0]!),
            ];

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (TestContext.Current.TestState?.Result is not TestResult.Failed)
        {
            var missing = Declared(methodUnderTest, test)
                .SelectMany(n => Replayed.Missing(test, n));
            missing.ShouldBeEmpty("This was recorded, and nothing was held against it.");
        }
    }

    private IEnumerable<string> Declared(MethodInfo method, IXunitTest test) =>
        names.Length > 0 ? Of(method) : [(string)test.TestMethodArguments[0]!];
}

/// <summary>What the running test has read of the recordings, and what it compared.</summary>
internal static class Replayed
{
    // What the server said, as the recordings call it; requests are what makes it say so.
    private static readonly string[] Said =
    [
        "response_to_client",
        "response_to_sidecar",
        "request_to_sidecar",
        "websocket_event",
        "post_after",
        "post_as_read",
        "late_answers",
        "hello",
        "events",
        "answer",
    ];

    private static readonly string[] Parts = ["body", "data", "broadcast"];

    private static readonly ConcurrentDictionary<(string Test, string What), bool> Done = new();

    /// <summary>The test reads a recording.</summary>
    public static void Read(string name) => Note(name);

    /// <summary>Something that happened was compared with this part of a recording.</summary>
    public static void Held(JsonElement recorded) => Note(recorded.GetRawText());

    /// <summary>A recording's name, and the part of it that is meant; empty for all of it.</summary>
    public static (string File, string Part) Split(string name) =>
        name.Split('#') is [var file, var part] ? (file, part) : (name, "");

    /// <summary>What can be meant by a part: what was said at the top, and each event that has a name.</summary>
    public static IEnumerable<JsonProperty> PartsOf(JsonElement recorded) =>
        recorded.ValueKind is not JsonValueKind.Object
            ? []
            : recorded
                .EnumerateObject()
                .Where(p => Said.Contains(p.Name))
                .SelectMany(p =>
                    p is { Name: "events", Value.ValueKind: JsonValueKind.Object }
                        ? p.Value.EnumerateObject().ToList()
                        : [p]
                );

    /// <summary>What of a recording the test did not hold anything against.</summary>
    public static IEnumerable<string> Missing(IXunitTest test, string name)
    {
        var (file, part) = Split(name);
        if (!Done.ContainsKey((test.UniqueID, file)))
        {
            return [$"{name}: it was not read"];
        }

        var recorded = RecordedServer.Load(file);
        return part.Length == 0
            ? NotHeld(recorded, name, isSaid: false)
            : NotHeld(PartsOf(recorded).Single(p => p.Name == part).Value, name, isSaid: true);

        IEnumerable<string> NotHeld(JsonElement json, string path, bool isSaid)
        {
            var isHeld = Done.ContainsKey((test.UniqueID, json.GetRawText()));
            return isHeld ? []
                : json.ValueKind is JsonValueKind.Array
                    ? json.EnumerateArray().SelectMany((e, i) => NotHeld(e, $"{path}[{i}]", isSaid))
                : json.ValueKind is not JsonValueKind.Object ? (isSaid ? [path] : [])
                : !isSaid ? json.EnumerateObject().SelectMany(p => Inside(p, path))
                : json.EnumerateObject().Where(p => Parts.Contains(p.Name)).ToList()
                    is { Count: > 0 } parts
                    ? parts.SelectMany(p => NotHeld(p.Value, $"{path}.{p.Name}", isSaid: true))
                // Events by their names, or an answer that was compared in no part.
                : json.EnumerateObject().All(p => p.Value.ValueKind is JsonValueKind.Object)
                    ? json.EnumerateObject()
                        .SelectMany(p => NotHeld(p.Value, $"{path}.{p.Name}", isSaid: true))
                : [path];
        }

        IEnumerable<string> Inside(JsonProperty member, string path) =>
            NotHeld(member.Value, $"{path}.{member.Name}", Said.Contains(member.Name));
    }

    private static void Note(string what)
    {
        if (TestContext.Current.Test is { } test)
        {
            Done[(test.UniqueID, what)] = true;
        }
    }
}
