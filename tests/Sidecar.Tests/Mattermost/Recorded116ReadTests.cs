using System.Text;
using System.Text.Json;
using Shouldly;
using Sidecar.Mattermost;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>What Mattermost 11.6.0 told over the WebSocket is read.</summary>
public sealed class Recorded116ReadTests
{
    [Fact]
    public void ESC_10_Every_event_of_today_is_read_with_its_number()
    {
        var recorded = Recorded116.Load("websocket-events");
        var read = recorded
            .GetProperty("events")
            .EnumerateObject()
            .Select(e => (e.Name, Json: e.Value, Event: Read(e.Value)))
            .ToList();

        read.ShouldAllBe(r =>
            r.Event.Kind != EventKind.Garbage
            && r.Event.Kind != EventKind.Refusal
            && r.Event.Number == r.Json.GetProperty("seq").GetInt64()
        );
        Read(recorded.GetProperty("hello")).Kind.ShouldBe(EventKind.Hello);
        var reaction = read.Select(r => r.Event.Reaction)
            .OfType<HeardReaction>()
            .ShouldHaveSingleItem();
        reaction.Emoji.ShouldBe("eyes");
        read.Where(r => r.Event.Kind == EventKind.AccountChanged)
            .Select(r => r.Name)
            .ShouldBe(["user_updated"]);
    }

    [Fact]
    public void ESC_10_A_line_whose_token_was_revoked_is_noticed_by_the_answer() =>
        Read(Recorded116.Load("websocket-revoked-token").GetProperty("answer"))
            .Kind.ShouldBe(EventKind.Refusal);

    private static ServerEvent Read(JsonElement message) =>
        ServerEvent.Read(Encoding.UTF8.GetBytes(message.GetRawText()));
}
