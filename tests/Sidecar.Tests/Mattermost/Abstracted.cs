using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// Compares two exchanges with ids, tokens, times and addresses replaced by what they are. Ids are numbered as they
/// appear, so the same id in two places must be the same id on both sides.
/// </summary>
internal static partial class Abstracted
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void ShouldBeLike(this JsonElement actual, JsonElement recorded)
    {
        Replayed.Held(recorded);
        Text(Sorted(actual)!.ToJsonString(Readable))
            .ShouldBe(Text(Sorted(recorded)!.ToJsonString(Readable)));
    }

    public static void ShouldBeLike(this string actual, string recorded) =>
        Text(actual).ShouldBe(Text(recorded));

    public static string Text(string text)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        text = Trigger().Replace(text, "<trigger>");
        text = Time().Replace(text, "<time>");
        text = Address().Replace(text, "<host>");
        text = BundleHash().Replace(text, "_<hash>_bundle");
        text = Build().Replace(text, "5.37.0.<build>");
        return Id().Replace(text, id => Numbered(seen, id.Value));
    }

    private static string Numbered(Dictionary<string, string> seen, string id)
    {
        if (!seen.TryGetValue(id, out var name))
        {
            seen.Add(id, name = $"<id {seen.Count + 1}>");
        }

        return name;
    }

    // JSON inside of strings is opened, so that it is compared as JSON too.
    private static JsonNode? Sorted(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(
                value
                    .EnumerateObject()
                    .OrderBy(p => p.Name, StringComparer.Ordinal)
                    .Select(p => KeyValuePair.Create(p.Name, Sorted(p.Value)))
            ),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Sorted)]),
            JsonValueKind.Null => null,
            JsonValueKind.String when value.GetString() is ['{', ..] and [.., '}'] and not "{}" =>
                Sorted(JsonDocument.Parse(value.GetString()!).RootElement),
            _ => JsonNode.Parse(value.GetRawText()),
        };

    [GeneratedRegex("(?<![a-z0-9])[ybndrfg8ejkmcpqxot1uwisza345h769]{26}(?![A-Za-z0-9])")]
    private static partial Regex Id();

    [GeneratedRegex("[A-Za-z0-9]{150,}(=|%3D)*")]
    private static partial Regex Trigger();

    [GeneratedRegex(@"(?<![0-9])1[0-9]{9}([0-9]{3})?(?![0-9])")]
    private static partial Regex Time();

    [GeneratedRegex("127\\.0\\.0\\.1(:|%3A)[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex("_[0-9a-f]{16}_bundle")]
    private static partial Regex BundleHash();

    [GeneratedRegex(@"5\.37\.0\.\.[0-9a-f]+")]
    private static partial Regex Build();
}
