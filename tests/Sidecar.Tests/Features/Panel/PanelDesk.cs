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
        data.GetProperty("v").GetInt32().ShouldBe(1);
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
                v = 1,
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
                    v = 1,
                    get = "escalation",
                    id,
                }
            )
        ).GetProperty("escalation");

    public static string? Text(this JsonElement element, string name) =>
        element.GetProperty(name).GetString();

    public static IReadOnlyList<string> Strings(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    public static string? Problem(this JsonElement data) =>
        data.GetProperty("problem").Text("code");

    public static IReadOnlyList<string> Ids(this JsonElement list) =>
        [.. list.GetProperty("items").EnumerateArray().Select(i => i.Text("id")!)];
}
