using Mattermost.Simulator;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class SimulatorPostTests
{
    [Fact]
    public async Task A_pending_id_is_forgotten_after_thirty_seconds()
    {
        await using var town = await Town.StartAsync();
        var first = await Send();
        town.Clock.Move(TimeSpan.FromSeconds(29));
        var repeated = await Send();
        town.Clock.Move(TimeSpan.FromSeconds(31));
        var late = await Send();

        Id(repeated).ShouldBe(Id(first));
        Id(late).ShouldNotBe(Id(first));

        Task<Reply> Send() =>
            town.BotAsync(
                HttpMethod.Post,
                "/api/v4/posts",
                new
                {
                    channel_id = town.Square,
                    message = "once",
                    pending_post_id = "bot:1",
                }
            );

        static string Id(Reply reply) => reply.Body.GetProperty("id").GetString()!;
    }

    [Theory]
    [InlineData(16_383, 201)]
    [InlineData(16_384, 400)]
    public async Task A_message_has_16383_runes_at_most(int runes, int status)
    {
        await using var town = await Town.StartAsync();
        var message = string.Concat(Enumerable.Repeat("😀", runes));

        var reply = await town.BotAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new { channel_id = town.Square, message }
        );

        reply.Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_bot_cannot_post_where_it_is_not_and_nobody_into_an_archive()
    {
        await using var town = await Town.StartAsync();
        var room = town.Mm.AddChannel("room", type: "P", members: ["tam"]);
        var direct = town.Mm.DirectChannel("tam", "engineer");
        var old = town.Mm.AddChannel("old", members: ["escalate"]);
        await town.SendAsync(town.Mm.AdminToken, HttpMethod.Delete, $"/api/v4/channels/{old.Id}");

        (await Post(room.Id)).ErrorId.ShouldBe("api.context.permissions.app_error");
        (await Post(direct.Id)).ErrorId.ShouldBe("api.context.permissions.app_error");
        (await Post(old.Id)).ErrorId.ShouldBe("api.post.create_post.can_not_post_to_deleted.error");

        Task<Reply> Post(string channel) =>
            town.BotAsync(
                HttpMethod.Post,
                "/api/v4/posts",
                new { channel_id = channel, message = "x" }
            );
    }

    [Fact]
    public async Task A_channel_is_read_in_pages_newest_first()
    {
        await using var town = await Town.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await town.PostAsync(new { n = i }, $"post {i}");
            town.Clock.Move(TimeSpan.FromSeconds(1));
        }

        var second = await List("page=1&per_page=2");
        var middle = town.Mm.Posts("town-square")[2];
        var before = await List($"before={middle.Id}&per_page=1");
        var after = await List($"after={middle.Id}&per_page=1");
        var since = await List($"since={middle.CreateAt}");

        Messages(second).ShouldBe(["post 2", "post 1"]);
        Messages(before).ShouldBe(["post 1"]);
        Messages(after).ShouldBe(["post 3"]);
        Messages(since).ShouldBe(["post 4", "post 3"]);
        second
            .Body.GetProperty("prev_post_id")
            .GetString()
            .ShouldBe(town.Mm.Posts("town-square")[0].Id);
        town.Mm.Violations.ShouldBeEmpty();

        Task<Reply> List(string query) =>
            town.BotAsync(HttpMethod.Get, $"/api/v4/channels/{town.Square}/posts?{query}");
    }

    [Fact]
    public async Task A_thread_is_its_root_and_its_replies()
    {
        await using var town = await Town.StartAsync();
        var root = await town.Mm.As("tam").Post("town-square", "root");
        var reply = await town.Mm.As("engineer").Post("town-square", "reply", root.Id);

        var thread = await town.BotAsync(HttpMethod.Get, $"/api/v4/posts/{reply.Id}/thread");

        Messages(thread).ShouldBe(["root", "reply"]);
        town.Mm.FindPost(root.Id)!.ReplyCount.ShouldBe(1);
        var nested = await Should.ThrowAsync<ClientRefusedException>(() =>
            town.Mm.As("tam").Post("town-square", "nested", reply.Id)
        );
        nested.Error.Id.ShouldBe("api.post.create_post.root_id.app_error");
    }

    [Fact]
    public async Task Pinned_posts_are_listed_until_they_are_unpinned()
    {
        await using var town = await Town.StartAsync();
        var post = await town.PostAsync(new { }, "card");
        var path = $"/api/v4/channels/{town.Square}/pinned";

        await town.BotAsync(HttpMethod.Post, $"/api/v4/posts/{post.Id}/pin");
        Messages(await town.BotAsync(HttpMethod.Get, path)).ShouldBe(["card"]);
        await town.BotAsync(HttpMethod.Post, $"/api/v4/posts/{post.Id}/unpin");
        Messages(await town.BotAsync(HttpMethod.Get, path)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Posts_of_bots_fire_outgoing_webhooks_too()
    {
        await using var town = await Town.StartAsync();
        town.Mm.AddOutgoingHook(
            new OutgoingHook
            {
                TeamId = town.Command.TeamId,
                TriggerWords = ["sev1"],
                CallbackUrls = [town.Recorder.Url("/hook").AbsoluteUri],
            }
        );

        await town.PostAsync(new { }, "sev1 by the bot");
        await town.Mm.IdleAsync();
        town.Recorder.Received.Count.ShouldBe(1);

        await town.Mm.As("tam").Post("town-square", "sev1 by a person");
        await town.Mm.IdleAsync();
        town.Recorder.Received.Count.ShouldBe(2);
    }

    private static IEnumerable<string?> Messages(Reply list) =>
        list
            .Body.GetProperty("order")
            .EnumerateArray()
            .Select(id =>
                list.Body.GetProperty("posts")
                    .GetProperty(id.GetString()!)
                    .GetProperty("message")
                    .GetString()
            );
}
