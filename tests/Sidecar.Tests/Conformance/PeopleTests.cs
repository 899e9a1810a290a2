using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Users, statuses, channels, direct channels and what a plain bot may do.</summary>
public sealed class PeopleTests
{
    [Theory, EveryMattermost]
    public async Task Users_are_found_by_ids_and_names(Under server)
    {
        await using var stage = await Stage.Open(server);
        string[] ids = [stage.Tam.Id, stage.Bot.Id];
        var byId = await stage.Bot.Api.Post("/users/ids", ids);
        byId.Status.ShouldBe(200);
        byId.Body.EnumerateArray().Select(u => u.Text("id")).ShouldBe(ids, ignoreOrder: true);
        var byName = await stage.Bot.Api.Post(
            "/users/usernames",
            new[] { stage.Tam.Name, stage.Engineer.Name, "nobody.there" }
        );
        byName.Status.ShouldBe(200);
        byName
            .Body.EnumerateArray()
            .Select(u => u.Text("id"))
            .ShouldBe([stage.Tam.Id, stage.Engineer.Id], ignoreOrder: true);
        (await stage.Bot.Api.Post("/users/ids", new[] { "ybndrfg8ejkmcpqxot1uwisza3" }))
            .Body.GetArrayLength()
            .ShouldBe(0);
        (await stage.Bot.Api.Post("/users/ids", Array.Empty<string>())).Verdict.ShouldBe(
            "400 api.context.invalid_body_param.app_error"
        );
        (await stage.Bot.Api.Post("/users/usernames", Array.Empty<string>())).Status.ShouldBe(400);
    }

    [Theory, EveryMattermost]
    public async Task A_user_has_these_members_for_a_bot(Under server)
    {
        await using var stage = await Stage.Open(server);
        var user = (await stage.Bot.Api.Get($"/users/{stage.Tam.Id}")).Body;
        foreach (
            var member in (string[])
                [
                    "id",
                    "username",
                    "first_name",
                    "last_name",
                    "nickname",
                    "position",
                    "roles",
                    "locale",
                    "timezone",
                    "delete_at",
                    "create_at",
                    "update_at",
                    "email",
                ]
        )
        {
            user.Has(member).ShouldBeTrue(member);
        }

        user.Names("timezone")
            .ShouldBe(["automaticTimezone", "manualTimezone", "useAutomaticTimezone"]);
        user.Text("roles").ShouldBe("system_user");
        user.Text("locale").ShouldBe("en");
        user.Has("is_bot").ShouldBeFalse();
        user.Has("notify_props").ShouldBeFalse();
        user.Has("password").ShouldBeFalse();
        user.Text("auth_data").ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task A_bot_is_a_user_that_says_so(Under server)
    {
        await using var stage = await Stage.Open(server);
        var user = (await stage.Bot.Api.Get("/users/me")).Body;
        user.Text("id").ShouldBe(stage.Bot.Id);
        user.Text("is_bot").ShouldBe("true");
        user.Text("roles").ShouldBe("system_user");
        user.Text("first_name").ShouldBe("escalate");
    }

    [Theory, EveryMattermost]
    public async Task A_bot_sees_who_is_a_system_administrator(Under server)
    {
        await using var stage = await Stage.Open(server);
        var admin = (await stage.Bot.Api.Get($"/users/{stage.Admin.Id}")).Body;
        admin.Text("roles").Split(' ').ShouldContain("system_admin");

        var made = await stage.Cast.Person(Stage.Unique("a"));
        await stage.Admin.Api.Done(
            HttpMethod.Put,
            $"/users/{made.Id}/roles",
            new { roles = "system_user system_admin" }
        );
        (await stage.Bot.Api.Get($"/users/{made.Id}"))["roles"]
            .Split(' ')
            .ShouldBe(["system_admin", "system_user"], ignoreOrder: true);
    }

    [Theory, EveryMattermost]
    public async Task Names_are_compared_as_they_are_written(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Bot.Api.Get($"/users/username/{stage.Tam.Name}")).Id.ShouldBe(stage.Tam.Id);
        (await stage.Bot.Api.Post("/users/usernames", new[] { stage.Tam.Name.ToUpperInvariant() }))
            .Body.GetArrayLength()
            .ShouldBe(0);
        (await stage.Bot.Api.Get("/users/username/nobody.there")).Status.ShouldBe(404);
    }

    [Theory, EveryMattermost]
    public async Task A_deactivated_user_is_still_found_and_says_so(Under server)
    {
        await using var stage = await Stage.Open(server);
        var gone = await stage.Cast.Person(Stage.Unique("g"));
        await stage.Admin.Api.Done(HttpMethod.Delete, $"/users/{gone.Id}");
        var user = (await stage.Bot.Api.Post("/users/ids", new[] { gone.Id })).Body;
        user[0].Number("delete_at").ShouldBeGreaterThan(0);
        (await gone.Api.Get("/users/me")).Status.ShouldBe(401);
    }

    [Theory, EveryMattermost]
    public async Task Statuses_have_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var quiet = await stage.Cast.Person(Stage.Unique("q"));
        var set = await quiet.Api.Put(
            $"/users/{quiet.Id}/status",
            new { user_id = quiet.Id, status = "dnd" }
        );
        set.Status.ShouldBe(200);
        var one = (await stage.Bot.Api.Get($"/users/{quiet.Id}/status")).Body;
        one.Text("status").ShouldBe("dnd");
        one.Text("user_id").ShouldBe(quiet.Id);
        one.Text("manual").ShouldBe("true");
        one.Number("last_activity_at").ShouldBeGreaterThanOrEqualTo(0);
        var many = (await stage.Bot.Api.Post("/users/status/ids", new[] { quiet.Id })).Body;
        many[0].Text("status").ShouldBe("dnd");
    }

    [Theory, EveryMattermost]
    public async Task A_direct_channel_is_the_same_from_both_sides_and_again(Under server)
    {
        await using var stage = await Stage.Open(server);
        var other = await stage.Cast.Person(Stage.Unique("d"));
        var mine = await stage.Bot.Api.Post("/channels/direct", new[] { stage.Bot.Id, other.Id });
        mine.Status.ShouldBe(201);
        mine["type"].ShouldBe("D");
        mine["team_id"].ShouldBeEmpty();
        string[] ids = [stage.Bot.Id, other.Id];
        mine["name"].ShouldBe(string.Join("__", ids.Order(StringComparer.Ordinal)));
        (await stage.Bot.Api.Post("/channels/direct", ids)).Id.ShouldBe(mine.Id);
        (await other.Api.Post("/channels/direct", new[] { other.Id, stage.Bot.Id })).Id.ShouldBe(
            mine.Id
        );
    }

    [Theory, EveryMattermost]
    public async Task A_direct_channel_needs_two_and_oneself(Under server)
    {
        await using var stage = await Stage.Open(server);
        // Since 9.3 to 9.5 one id means oneself.
        (await stage.Bot.Api.Post("/channels/direct", new[] { stage.Bot.Id })).Status.ShouldBe(
            stage.IsOld ? 400 : 201
        );
        (
            await stage.Bot.Api.Post("/channels/direct", new[] { stage.Bot.Id, "short" })
        ).Status.ShouldBe(400);
        (
            await stage.Bot.Api.Post("/channels/direct", new[] { stage.Tam.Id, stage.Engineer.Id })
        ).Status.ShouldBe(403);
        (
            await stage.Bot.Api.Post(
                "/channels/direct",
                new[] { stage.Bot.Id, "ybndrfg8ejkmcpqxot1uwisza3" }
            )
        ).Status.ShouldBeOneOf(400, 404);
        (
            await stage.Bot.Api.Post("/channels/direct", new[] { stage.Bot.Id, stage.Bot.Id })
        ).Status.ShouldBe(201);
    }

    [Theory, EveryMattermost]
    public async Task A_channel_has_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var channel = (await stage.Bot.Api.Get($"/channels/{stage.ChannelId}")).Body;
        foreach (
            var member in (string[])
                [
                    "id",
                    "create_at",
                    "update_at",
                    "delete_at",
                    "team_id",
                    "type",
                    "display_name",
                    "name",
                    "header",
                    "purpose",
                    "last_post_at",
                    "total_msg_count",
                    "creator_id",
                ]
        )
        {
            channel.Has(member).ShouldBeTrue(member);
        }

        channel.Text("type").ShouldBe("O");
        (
            await stage.Bot.Api.Get($"/teams/{stage.TeamId}/channels/name/{stage.ChannelName}")
        ).Id.ShouldBe(stage.ChannelId);
        (await stage.Bot.Api.Get($"/teams/{stage.TeamId}/channels/name/nowhere")).Status.ShouldBe(
            404
        );
        (await stage.Bot.Api.Get("/channels/ybndrfg8ejkmcpqxot1uwisza3")).Status.ShouldBe(404);
    }

    [Theory, EveryMattermost]
    public async Task An_archived_channel_says_so(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Tam.Api.Done(HttpMethod.Delete, $"/channels/{stage.ChannelId}");
        (await stage.Tam.Api.Get($"/channels/{stage.ChannelId}"))
            .Body.Number("delete_at")
            .ShouldBeGreaterThan(0);
    }

    [Theory, EveryMattermost]
    public async Task A_plain_bot_may_do_this_and_not_that(Under server)
    {
        await using var stage = await Stage.Open(server);
        var bot = stage.Bot.Api;
        const string Refused = "403 api.context.permissions.app_error";
        (await bot.Get("/users/me")).Verdict.ShouldBe("200");
        (await stage.Posts(stage.Bot, "not joined")).Verdict.ShouldBe(Refused);
        (
            await bot.Post($"/channels/{stage.ChannelId}/members", new { user_id = stage.Bot.Id })
        ).Verdict.ShouldBe("201");
        (await stage.Posts(stage.Bot, "joined by itself")).Verdict.ShouldBe("201");
        var own = await bot.Post(
            "/channels",
            new
            {
                team_id = stage.TeamId,
                name = Stage.Unique("b"),
                display_name = "b",
                type = "P",
            }
        );
        own.Verdict.ShouldBe("201");
        (
            await bot.Post($"/channels/{own.Id}/members", new { user_id = stage.Tam.Id })
        ).Verdict.ShouldBe("201");
        (await bot.Put($"/channels/{own.Id}/patch", new { header = "h" })).Verdict.ShouldBe("200");
        (await bot.Post("/channels/direct", new[] { stage.Bot.Id, stage.Tam.Id })).Verdict.ShouldBe(
            "201"
        );
        (
            await bot.Post(
                "/posts/ephemeral",
                new { user_id = stage.Tam.Id, post = new { channel_id = own.Id, message = "x" } }
            )
        ).Verdict.ShouldBe(Refused);
        var post = await stage.Posts(stage.Bot, "own", own.Id);
        post.Verdict.ShouldBe("201");
        (await bot.Post($"/posts/{post.Id}/pin")).Verdict.ShouldBe("200");
        (
            await bot.Post(
                "/reactions",
                new
                {
                    user_id = stage.Bot.Id,
                    post_id = post.Id,
                    emoji_name = "eyes",
                }
            )
        ).Status.ShouldBeLessThan(300);
        (await bot.Post("/users/usernames", new[] { stage.Tam.Name })).Verdict.ShouldBe("200");
        (await bot.Get($"/users/{stage.Tam.Id}/status")).Verdict.ShouldBe("200");
        (
            await bot.Post(
                "/commands",
                new
                {
                    team_id = stage.TeamId,
                    trigger = Stage.Unique("t"),
                    method = "P",
                    url = "http://127.0.0.1:1/",
                }
            )
        ).Verdict.ShouldBe(Refused);
        (
            await bot.Post(
                "/hooks/outgoing",
                new
                {
                    team_id = stage.TeamId,
                    display_name = "x",
                    trigger_words = new[] { Stage.Unique("w") },
                    callback_urls = new[] { "http://127.0.0.1:1/" },
                }
            )
        ).Verdict.ShouldBe(Refused);
        (await bot.Get("/config")).Verdict.ShouldBe(Refused);
        (await bot.Get("/plugins")).Verdict.ShouldBe(Refused);
        (await bot.Get($"/users/{stage.Tam.Id}/teams")).Verdict.ShouldBe(Refused);
        (await bot.Get("/users/me/teams")).Verdict.ShouldBe("200");
        (await bot.Delete($"/channels/{own.Id}")).Verdict.ShouldBe("200");
        var others = await stage.Posted(stage.Tam, "tam's");
        (
            await bot.Put($"/posts/{others.Text("id")}/patch", new { message = "x" })
        ).Verdict.ShouldBe(Refused);
    }
}
