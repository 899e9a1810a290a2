using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Shouldly;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// Replays exchanges recorded from 11.6.0, in which ids stand as <c>&lt;names&gt;</c>: each name is one id here, given
/// beforehand or learned from the first answer that has it.
/// </summary>
internal sealed partial class Recorded116 : IAsyncDisposable
{
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    private Recorded116(RecordedServer server) => Server = server;

    public RecordedServer Server { get; }

    public MattermostSimulator Mm => Server.Mm;

    public static async Task<Recorded116> StartAsync()
    {
        var played = new Recorded116(await RecordedServer.StartAsync(SimulatorOptions.Today));
        // As a server comes: the one that is stood in for elsewhere lets integrations have names and pictures.
        played.Mm.Configure("ServiceSettings.EnablePostUsernameOverride", false);
        played.Mm.Configure("ServiceSettings.EnablePostIconOverride", false);
        foreach (var name in (string[])["tam", "engineer", "lead"])
        {
            played.Is($"<user {name}>", played.Mm.AddUser(name).Id);
        }

        var channel = played.Mm.AddChannel("escalations", members: ["tam", "engineer", "escalate"]);
        played.Is("<channel>", channel.Id);
        played.Is("<team>", played.Server.Team.Id);
        played.Is("<bot>", played.Server.Bot.Id);
        return played;
    }

    public static JsonElement Load(string name) => RecordedServer.Load("11.6/" + name);

    public string this[string name] => ids[name];

    public void Is(string name, string id) => ids[name] = id;

    /// <summary>Sends a recorded request, and holds what comes back against the recorded answer.</summary>
    public async Task<JsonElement> Replay(JsonElement exchange, string token, string? body = null)
    {
        var request = exchange.GetProperty("client_request");
        object? sent =
            body is not null ? new StringContent(body, null, "application/json")
            : request.TryGetProperty("body", out var given)
                ? new StringContent(Ours(given.GetRawText()), null, "application/json")
            : null;
        var (status, answer) = await Server.SendAsync(
            token,
            HttpMethod.Parse(request.GetProperty("method").GetString()!),
            Ours(request.GetProperty("path").GetString()!),
            sent
        );
        var expected = exchange.GetProperty("response_to_client");
        status.ShouldBe(expected.GetProperty("status").GetInt32(), answer.GetRawText());
        ShouldBeLike(answer, expected.GetProperty("body"));
        return answer;
    }

    /// <summary>The same with every id as a name, every time as a time, and members in one order.</summary>
    public void ShouldBeLike(JsonElement actual, JsonElement recorded)
    {
        Replayed.Held(recorded);
        Learn(actual, recorded);
        Abstract(actual.GetRawText()).ShouldBe(Abstract(recorded.GetRawText()));
    }

    public string Ours(string text) =>
        Name().Replace(text, m => ids.GetValueOrDefault(m.Value, m.Value));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    // A name that is not known yet is whatever stands in its place.
    private void Learn(JsonElement actual, JsonElement recorded)
    {
        if (Nested(recorded) is { } inside && Nested(actual) is { } here)
        {
            Learn(here, inside);
            return;
        }

        if (
            recorded.ValueKind is JsonValueKind.String
            && Name().IsMatch(recorded.GetString()!)
            && Name().Match(recorded.GetString()!).Value == recorded.GetString()
            && actual.ValueKind is JsonValueKind.String
        )
        {
            ids.TryAdd(recorded.GetString()!, actual.GetString()!);
        }
        else if (
            recorded.ValueKind is JsonValueKind.Object
            && actual.ValueKind is JsonValueKind.Object
        )
        {
            foreach (var member in recorded.EnumerateObject())
            {
                if (actual.TryGetProperty(Ours(member.Name), out var value))
                {
                    Learn(value, member.Value);
                }
            }
        }
        else if (
            recorded.ValueKind is JsonValueKind.Array
            && actual.ValueKind is JsonValueKind.Array
        )
        {
            foreach (var (one, other) in actual.EnumerateArray().Zip(recorded.EnumerateArray()))
            {
                Learn(one, other);
            }
        }
    }

    private static JsonElement? Nested(JsonElement text)
    {
        if (text.ValueKind is not JsonValueKind.String || text.GetString() is not ['{', _, ..])
        {
            return null;
        }

        using var json = JsonDocument.Parse(text.GetString()!);
        return json.RootElement.Clone();
    }

    private string Abstract(string json)
    {
        var text = Sorted(JsonNode.Parse(Ours(json)))
            ?.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        text = Time().Replace(text ?? "null", "1");
        return Hash().Replace(text, "11.6.0..<hash>.false");
    }

    // JSON inside of strings is opened, so that it is compared as JSON too.
    private JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject json => new JsonObject(
                json.OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Sorted)]),
            JsonValue value
                when value.GetValueKind() is JsonValueKind.String
                    && value.GetValue<string>() is ['{' or '[', _, ..] text => Sorted(
                JsonNode.Parse(Ours(text))
            ),
            _ => node?.DeepClone(),
        };

    [GeneratedRegex("<[a-z][a-z0-9 ]*>")]
    private static partial Regex Name();

    // Whether two times are the same is not what a recording is about.
    [GeneratedRegex("(?<![0-9])1[0-9]{12}(?![0-9])")]
    private static partial Regex Time();

    [GeneratedRegex(@"11\.6\.0\.\.(\\u003Chash\\u003E|0)\.false")]
    private static partial Regex Hash();
}
