using System.Text.Json;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;
using static Sidecar.Tests.Mattermost.ReactionTests;

namespace Sidecar.Tests.Mattermost;

/// <summary>Answers of another shape (M4): one never holds up the others.</summary>
public sealed class M4_OtherShapesTests
{
    private const string Posts = "/posts";
    private const string Reactions = "/reactions";

    [Fact]
    public void M4_Null_is_an_empty_list_everywhere()
    {
        Read("null", ChatWire.Json.IReadOnlyListWireUser).ShouldBeEmpty();
        Read("null", ChatWire.Json.IReadOnlyListReadStatus).ShouldBeEmpty();
        Read("null", ChatWire.Json.IReadOnlyListReadMember).ShouldBeEmpty();
        Read("null", ChatWire.Json.IReadOnlyListReadTeam).ShouldBeEmpty();
        Read("null", EventListenerJson.Default.IReadOnlyListReadReaction).ShouldBeEmpty();
        var posts = Read("""{"order":null,"posts":null}""", ChatWire.Json.ReadPosts);
        posts.Order.ShouldBeEmpty();
        posts.Posts.ShouldBeEmpty();
        Read("""{"posts":null}""", EventListenerJson.Default.ReactedPosts).Posts.ShouldBeEmpty();
        Read("""{"file_infos":null}""", ChatWire.Json.ReadUpload).FileInfos.ShouldBeEmpty();
        var post = Read(
            """{"id":"a","root_id":null,"user_id":null,"message":null,"file_ids":null,"metadata":null,"props":null}""",
            ChatWire.Json.WirePost
        );
        (post.RootId, post.UserId, post.Message, post.Effect).ShouldBe(("", "", "", null));
    }

    [Fact]
    public void M4_One_that_cannot_be_read_is_left_out()
    {
        Read(
                """[{"id":"a","username":"b"},null,7,{"id":5,"username":"x"},{"username":"no id"},{"id":"","username":"x"},{"id":"c","username":"d","roles":null}]""",
                ChatWire.Json.IReadOnlyListWireUser
            )
            .Select(u => u.Id)
            .ShouldBe(["a", "c"]);
        Read(
            """{"order":["a",null,5,"b"],"posts":{"a":{"id":"a"},"b":null,"c":{"id":"c","create_at":"soon"}}}""",
            ChatWire.Json.ReadPosts
        )
            .Posts.Keys.ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error":"maintenance"}""")]
    [InlineData("[]")]
    public void M4_What_is_no_list_is_no_empty_one(string body)
    {
        Should.Throw<JsonException>(() => Read(body, ChatWire.Json.ReadPosts));
        Should.Throw<JsonException>(() => Read(body, EventListenerJson.Default.ReactedPosts));
    }

    [Fact]
    public async Task M4_A_busy_channel_with_a_post_without_reactions_hides_none()
    {
        await using var desk = await Desk.Open();
        using var gateway = new Gateway(desk.Mattermost.Url);
        var first = await desk.Raised();
        var second = await desk.Raised();
        await Behind(desk, gateway);
        gateway.Next(10, IsList, Changed(1000));
        gateway.Next(
            10,
            (_, path) => path.EndsWith(first.Id + Reactions, StringComparison.Ordinal),
            Between.Of("none", 200, "application/json", "null", ("Age", "1"))
        );
        await desk.LosesLine();
        await desk.Mattermost.As("engineer").React(second.Id, "eyes");

        await desk.TriesAgain();

        Acknowledgements(desk, second).ShouldBe(1);
        desk.Listening.Health.LookUpAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"nothing":"known"}""")]
    [InlineData("<html>")]
    public async Task M4_A_post_that_is_never_read_holds_up_no_other_and_is_told_once(string body)
    {
        await using var desk = await Desk.Open();
        using var gateway = new Gateway(desk.Mattermost.Url);
        var first = await desk.Raised();
        var second = await desk.Raised();
        await Behind(desk, gateway);
        gateway.Next(100, IsList, Changed(1000));
        gateway.Next(
            100,
            (_, path) => path.EndsWith(first.Id + Reactions, StringComparison.Ordinal),
            Between.Of("odd", 200, "application/json", body, ("Age", "1"))
        );
        await desk.LosesLine();
        desk.Mattermost.Lines.ForgetLost();
        await desk.Mattermost.As("engineer").React(second.Id, "eyes");

        await desk.TriesAgain();
        Acknowledgements(desk, second).ShouldBe(1);
        var tries = 1;
        for (; desk.Listening.Health.LookUpAt is not null && tries < 50; tries++)
        {
            await desk.LooksAgain();
        }

        tries.ShouldBeInRange(2, 20);
        desk.Log.Lines.Count(l => l.Contains("They are let go")).ShouldBe(1);
        desk.Listening.Health.Until.ShouldBeGreaterThan(
            desk.Clock.GetUtcNow() - TimeSpan.FromMinutes(30)
        );
        Acknowledgements(desk, second).ShouldBe(1);
    }

    [Fact]
    public async Task M4_While_nothing_is_answered_rightly_nothing_is_let_go()
    {
        await using var desk = await Desk.Open();
        using var gateway = new Gateway(desk.Mattermost.Url);
        var card = await desk.Raised();
        await Behind(desk, gateway);
        await desk.LosesLine();
        desk.Mattermost.Lines.ForgetLost();
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");
        gateway.Next(10_000, (method, _) => method == "GET", Between.All["a log-in page"]);

        await desk.TriesAgain();
        for (var tries = 0; tries < 20; tries++)
        {
            await desk.LooksAgain();
        }

        gateway.Heal();
        await desk.LooksAgain();
        Acknowledgements(desk, card).ShouldBe(1);
    }

    private static bool IsList(string method, string path) =>
        method == "GET"
        && path.Contains("/channels/", StringComparison.Ordinal)
        && path.EndsWith(Posts, StringComparison.Ordinal);

    private static Between Changed(int posts)
    {
        var ids = Enumerable.Range(0, posts).Select(i => $"p{i}").ToList();
        var body = JsonSerializer.Serialize(
            new { order = ids, posts = ids.ToDictionary(id => id, id => new { id, user_id = "x" }) }
        );
        // Not told at its own time: the clock of what stands between is nobody's.
        return Between.Of("changed", 200, "application/json", body, ("Age", "1"));
    }

    private static async Task Behind(Desk desk, Gateway gateway)
    {
        desk.Between = gateway.Url;
        await desk.RestartSidecar();
        await desk.Settled();
    }

    private static T Read<T>(
        string json,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type
    ) => JsonSerializer.Deserialize(json, type)!;
}
