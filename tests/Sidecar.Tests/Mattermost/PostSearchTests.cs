using System.Text.Json.Nodes;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Tests.Harness;
using Xunit;
using static Sidecar.Tests.Mattermost.ChatBench;

namespace Sidecar.Tests.Mattermost;

public sealed class PostSearchTests
{
    private static readonly EffectId Sought = new("sought");

    [Fact]
    public async Task A_post_is_found_by_the_effect_that_left_it()
    {
        await using var bench = await Start();
        await bench.Says("before", new EffectId("other"));
        var at = await bench.Says("sought", Sought);
        await bench.Says("after", new EffectId("another"));

        (await Find(bench)).ShouldBe(at);
    }

    [Fact]
    public async Task A_reply_is_found_in_its_thread()
    {
        await using var bench = await Start();
        var root = await bench.Says("root", new EffectId("root"));
        var reply = await bench.Chat.Post(bench.Post("reply", root.Post), Sought, Cancel);

        (await Find(bench)).ShouldBe(reply);
    }

    [Fact]
    public async Task What_was_posted_and_deleted_since_is_found_as_well()
    {
        await using var bench = await Start();
        var at = await bench.Says("sought", Sought);
        await bench.Server.As("admin").Request(HttpMethod.Delete, $"/api/v4/posts/{at.Post.Value}");

        (await Find(bench)).ShouldBe(at);
    }

    [Fact]
    public async Task What_was_never_posted_is_not_found()
    {
        await using var bench = await Start();
        await bench.Says("other", new EffectId("other"));

        (await Find(bench)).ShouldBeNull();
    }

    [Theory]
    [InlineData("\"sought\"")]
    [InlineData("17")]
    [InlineData("{\"a\":[null]}")]
    public async Task A_post_that_somebody_dressed_up_as_ours_is_not_taken_for_it(string prop)
    {
        await using var bench = await Start();
        await bench
            .Server.As("engineer")
            .Request(
                HttpMethod.Post,
                "/api/v4/posts",
                new JsonObject
                {
                    ["channel_id"] = bench.Room.Value,
                    ["message"] = "fake",
                    ["props"] = new JsonObject { ["escalate_effect"] = JsonNode.Parse(prop) },
                }
            );

        bench.Messages.ShouldBe(["fake"]);
        (await Find(bench)).ShouldBeNull();
    }

    [Theory]
    [InlineData(-26)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(26)]
    public async Task Clocks_that_differ_do_not_hide_a_post(int hours)
    {
        var serverTime = new ManualClock(new ManualClock().GetUtcNow().AddHours(hours));
        await using var bench = await Start(serverTime: serverTime);
        var queuedAt = bench.Clock.GetUtcNow();
        var at = await bench.Says("sought", Sought);
        serverTime.Advance(TimeSpan.FromHours(3));
        bench.Clock.Advance(TimeSpan.FromHours(3));

        // A client that has not heard from the server yet has to learn its time first.
        var found = await bench.Client(bench.Token).FindPost(bench.Room, Sought, queuedAt, Cancel);

        found.ShouldBe(at);
        var since = bench.Server.Requests[^1].Query;
        var asked = long.Parse(
            since.Split('=')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
        var early = queuedAt.AddHours(hours) - DateTimeOffset.FromUnixTimeMilliseconds(asked);
        early.ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task More_posts_than_the_server_tells_at_once_do_not_hide_it()
    {
        await using var bench = await Start();
        var root = await bench.Says("root", new EffectId("root"));
        for (var i = 0; i < 1100; i++)
        {
            bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await bench.Says($"{i}", new EffectId($"other{i}"));
        }

        var at = await bench.Chat.Post(bench.Post("sought", root.Post), Sought, Cancel);
        for (var i = 0; i < 300; i++)
        {
            bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await bench.Says($"{i}", new EffectId($"later{i}"));
        }

        (await Find(bench)).ShouldBe(at);
        (
            await bench.Chat.FindPost(
                bench.Room,
                new EffectId("nowhere"),
                bench.Clock.GetUtcNow().AddHours(-1),
                Cancel
            )
        ).ShouldBeNull();
    }

    private static Task<PostedAt?> Find(ChatBench bench) =>
        bench.Chat.FindPost(bench.Room, Sought, bench.Clock.GetUtcNow().AddHours(-1), Cancel);
}
