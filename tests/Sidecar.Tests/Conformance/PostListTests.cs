using System.Globalization;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Lists of posts, which a late retry looks through for what it may have posted already.</summary>
public sealed class PostListTests
{
    private static string Since(JsonElement post, long offset = 0) =>
        (post.Number("create_at") + offset).ToString(CultureInfo.InvariantCulture);

    private static string[] Ids(IEnumerable<JsonElement> posts) =>
        [.. posts.Select(p => p.Text("id"))];

    /// <summary>Five posts, each in a millisecond of its own, with replies and an edit among them.</summary>
    private static async Task<List<JsonElement>> Talk(Stage stage)
    {
        var posts = new List<JsonElement>();
        for (var i = 0; i < 5; i++)
        {
            await Later();
            var root = i == 3 ? posts[0].Text("id") : "";
            posts.Add(
                await stage.Posted(i % 2 == 0 ? stage.Tam : stage.Engineer, $"post {i}", root: root)
            );
        }

        await Later();
        return posts;
    }

    /// <summary>Times are told in milliseconds, and the stand-in posts more than once in one.</summary>
    private static Task Later() => Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System);

    [Theory, EveryMattermost]
    public async Task A_page_is_newest_first_with_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var posts = await Talk(stage);
        var list = (await stage.Tam.Api.Get($"/channels/{stage.ChannelId}/posts?per_page=3")).Body;
        list.Texts("order")
            .ShouldBe([posts[4].Text("id"), posts[3].Text("id"), posts[2].Text("id")]);
        foreach (var member in (string[])["order", "posts", "next_post_id", "prev_post_id"])
        {
            list.Has(member).ShouldBeTrue(member);
        }

        list.Text("prev_post_id").ShouldBe(posts[1].Text("id"));
        list.Text("next_post_id").ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task The_root_of_a_reply_comes_along_without_being_in_the_order(Under server)
    {
        await using var stage = await Stage.Open(server);
        var posts = await Talk(stage);
        var list = (await stage.Tam.Api.Get($"/channels/{stage.ChannelId}/posts?per_page=2")).Body;
        list.Texts("order").ShouldBe([posts[4].Text("id"), posts[3].Text("id")]);
        list.Names("posts").ShouldBe(Ids([posts[0], posts[3], posts[4]]), ignoreOrder: true);
    }

    [Theory, EveryMattermost]
    public async Task Since_gives_what_was_made_or_changed_after_with_replies(Under server)
    {
        await using var stage = await Stage.Open(server);
        var posts = await Talk(stage);
        var list = (
            await stage.Tam.Api.Get($"/channels/{stage.ChannelId}/posts?since={Since(posts[2])}")
        ).Body;
        list.Texts("order").ShouldContain(posts[3].Text("id"));
        list.Texts("order").ShouldContain(posts[4].Text("id"));
        list.Texts("order").ShouldNotContain(posts[1].Text("id"));
    }

    [Theory, EveryMattermost]
    public async Task Since_is_exclusive_and_newest_first(Under server)
    {
        await using var stage = await Stage.Open(server);
        var first = await stage.Posted(stage.Tam, "one");
        await Later();
        var second = await stage.Posted(stage.Tam, "two");
        await Later();
        var third = await stage.Posted(stage.Tam, "three");
        (await stage.Read($"?since={Since(first)}"))
            .Select(p => p.Text("message"))
            .ShouldBe(["three", "two"]);
        (await stage.Read($"?since={Since(second, -1)}"))
            .Select(p => p.Text("message"))
            .ShouldBe(["three", "two"]);
        (await stage.Read($"?since={Since(third)}")).ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task Since_gives_an_edited_post_again_in_its_old_place(Under server)
    {
        await using var stage = await Stage.Open(server);
        var posts = await Talk(stage);
        await stage.Engineer.Api.Done(
            HttpMethod.Put,
            $"/posts/{posts[1].Text("id")}/patch",
            new { message = "edited" }
        );
        var list = await stage.Read($"?since={Since(posts[4])}");
        // Old versions also tell the text before the edit, as a deleted post of another id.
        Live(list).ShouldHaveSingleItem().Text("message").ShouldBe("edited");
        var more = await stage.Read($"?since={Since(posts[3])}");
        Live(more).Select(p => p.Text("message")).ShouldBe(["post 4", "edited"]);
    }

    private static IEnumerable<JsonElement> Live(IEnumerable<JsonElement> posts) =>
        posts.Where(p => p.Number("delete_at") == 0);

    [Theory, EveryMattermost]
    [Trait("why", "What was delivered and then deleted is not delivered again.")]
    public async Task Since_gives_deleted_posts_without_their_text_but_with_their_props(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        var card = await stage.Card();
        await Later();
        var after = await stage.Posted(stage.Tam, "after");
        await Later();
        await stage.Bot.Api.Done(HttpMethod.Delete, $"/posts/{card.Text("id")}");
        var list = await stage.Read($"?since={Since(after)}");
        var gone = list.ShouldHaveSingleItem();
        gone.Text("id").ShouldBe(card.Text("id"));
        gone.Number("delete_at").ShouldBeGreaterThan(0);
        gone.Text("message").ShouldBeEmpty();
        gone.Text("props.mark").ShouldBe("kept");
    }

    [Theory, EveryMattermost]
    public async Task Since_counts_a_reply_as_a_change_of_its_root_or_not(Under server)
    {
        await using var stage = await Stage.Open(server);
        var root = await stage.Posted(stage.Tam, "root");
        await Later();
        var other = await stage.Posted(stage.Tam, "other");
        await Later();
        var reply = await stage.Posted(stage.Tam, "reply", root: root.Text("id"));
        var list = (
            await stage.Tam.Api.Get($"/channels/{stage.ChannelId}/posts?since={Since(other)}")
        ).Body;
        list.Texts("order").ShouldContain(reply.Text("id"));
        list.Texts("order").ShouldNotContain(other.Text("id"));
        list.Names("posts").ShouldContain(root.Text("id"));
    }

    [Theory, EveryMattermost]
    public async Task Before_and_after_go_along_from_a_post(Under server)
    {
        await using var stage = await Stage.Open(server);
        var posts = await Talk(stage);
        Ids(await stage.Read($"?before={posts[2].Text("id")}&per_page=1"))
            .ShouldBe(Ids([posts[1]]));
        Ids(await stage.Read($"?after={posts[2].Text("id")}&per_page=1")).ShouldBe(Ids([posts[3]]));
        Ids(await stage.Read("?page=1&per_page=2")).ShouldBe(Ids([posts[2], posts[1]]));
    }

    [Theory, EveryMattermost]
    public async Task A_page_has_at_most_200(Under server)
    {
        await using var stage = await Stage.Open(server);
        for (var batch = 0; batch < 21; batch++)
        {
            await Task.WhenAll(
                Enumerable.Range(0, 10).Select(i => stage.Posted(stage.Tam, $"{batch}.{i}"))
            );
        }

        (await stage.Read("?per_page=500")).Count.ShouldBe(200);
        (await stage.Read("")).Count.ShouldBe(60);
        (await stage.Read("?since=1")).Count.ShouldBeGreaterThanOrEqualTo(210);
    }

    [Theory, EveryMattermost]
    public async Task A_list_of_nothing_and_bad_parameters(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Read($"?since={long.MaxValue - 1}")).ShouldBeEmpty();
        (await stage.Tam.Api.Get($"/channels/{stage.ChannelId}/posts?since=soon")).Verdict.ShouldBe(
            "400 api.context.invalid_body_param.app_error"
        );
        (await stage.Tam.Api.Get("/channels/short/posts")).Status.ShouldBe(400);
        (
            await stage.Tam.Api.Get("/channels/ybndrfg8ejkmcpqxot1uwisza3/posts")
        ).Status.ShouldBeOneOf(403, 404);
    }
}
