using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Panel;

/// <summary>Asks as the panel does.</summary>
internal static class PanelDesk
{
    /// <summary>The line that the panel runs.</summary>
    public static string Line(object request) =>
        $"/escalate panel \u2063{JsonSerializer.Serialize(request)}";

    /// <summary>Runs it, whatever comes of it.</summary>
    public static Task<CommandOutcome> Runs(
        this Desk desk,
        string who,
        object request,
        string channel = Desk.Square
    ) => desk.Types(who, Line(request), channel);

    /// <summary>The answer's data; nothing was posted, and nobody but the caller got it.</summary>
    public static async Task<JsonElement> Asks(
        this Desk desk,
        string who,
        object request,
        string channel = Desk.Square
    )
    {
        var outcome = await desk.Runs(who, request, channel);
        outcome.Text.ShouldBeEmpty();
        if (outcome.Response.TryGetProperty("attachments", out var attachments))
        {
            attachments.ValueKind.ShouldBe(JsonValueKind.Null);
        }

        var data = outcome.Props.ShouldNotBeNull().GetProperty("escalate");
        data.GetProperty("v").GetInt32().ShouldBe(2);
        data.GetProperty("now")
            .GetDateTimeOffset()
            .ShouldBe(desk.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(1));
        return data;
    }

    /// <summary>A page of a list.</summary>
    public static Task<JsonElement> Page(
        this Desk desk,
        string who,
        string of,
        int limit,
        string? after = null
    ) =>
        desk.Asks(
            who,
            new
            {
                v = 2,
                get = "list",
                of,
                limit,
                after,
            }
        );

    public static async Task<JsonElement> Details(this Desk desk, string who, string id) =>
        (
            await desk.Asks(
                who,
                new
                {
                    v = 2,
                    get = "escalation",
                    id,
                }
            )
        ).GetProperty("escalation");

    /// <summary>What somebody may do, the next thing first.</summary>
    public static IReadOnlyList<JsonElement> Actions(this JsonElement detail) =>
        [
            .. detail.GetProperty("next") is { ValueKind: JsonValueKind.Object } next
                ? (JsonElement[])[next]
                : [],
            .. detail.GetProperty("more").EnumerateArray(),
        ];

    /// <summary>What the buttons say.</summary>
    public static IReadOnlyList<string> Labels(this JsonElement detail) =>
        [.. detail.Actions().Select(a => a.Text("label")!)];

    /// <summary>Presses a button: what it was given comes back as it is.</summary>
    public static Task<CommandOutcome> PressesInPanel(
        this Desk desk,
        string who,
        JsonElement action
    )
    {
        var request = new Dictionary<string, object>(StringComparer.Ordinal) { ["v"] = 2 };
        foreach (var part in action.GetProperty("ask").EnumerateObject())
        {
            request[part.Name] = part.Value.GetString()!;
        }

        return desk.Runs(who, request);
    }

    /// <summary>The same by what the button says; it must be there.</summary>
    public static Task<CommandOutcome> PressesInPanel(
        this Desk desk,
        string who,
        JsonElement detail,
        string label
    ) => desk.PressesInPanel(who, detail.Actions().Single(a => a.Text("label") == label));

    public static string? Text(this JsonElement element, string name) =>
        element.GetProperty(name).GetString();

    public static IReadOnlyList<string> Strings(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    public static string? Problem(this JsonElement data) =>
        data.GetProperty("problem").Text("code");

    public static IReadOnlyList<string> Ids(this JsonElement list) =>
        [.. list.GetProperty("items").EnumerateArray().Select(i => i.Text("id")!)];
}
