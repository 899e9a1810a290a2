using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>What set-up uses: commands, hooks, bots, tokens, plugins, configuration; and how errors look.</summary>
public sealed class SetUpTests
{
    [Theory, EveryMattermost]
    public async Task A_command_is_made_listed_changed_and_removed(Under server)
    {
        await using var stage = await Stage.Open(server);
        var trigger = Stage.Unique("t");
        var made = await stage.NewCommand(
            trigger,
            new
            {
                auto_complete = true,
                auto_complete_hint = "[new]",
                auto_complete_desc = "d",
                display_name = "n",
                description = "x",
                username = "u",
            }
        );
        var id = made.Text("id");
        made.Text("token").Length.ShouldBe(26);
        made.Text("creator_id").ShouldBe(stage.Admin.Id);
        made.Text("team_id").ShouldBe(stage.TeamId);
        made.Text("auto_complete_hint").ShouldBe("[new]");
        made.Text("method").ShouldBe("P");
        made.Number("delete_at").ShouldBe(0);

        var list = await stage.Admin.Api.Get($"/commands?team_id={stage.TeamId}&custom_only=true");
        list.Body.EnumerateArray()
            .Single(c => c.Text("id") == id)
            .Text("token")
            .ShouldBe(made.Text("token"));

        var changed = await stage.Admin.Api.Put(
            $"/commands/{id}",
            new
            {
                id,
                team_id = stage.TeamId,
                trigger,
                method = "P",
                url = "http://127.0.0.1:1/new",
                token = "mine",
            }
        );
        changed.Status.ShouldBe(200);
        changed["url"].ShouldBe("http://127.0.0.1:1/new");
        changed["token"].ShouldBe(made.Text("token"));

        var fresh = await stage.Admin.Api.Put($"/commands/{id}/regen_token");
        fresh.Status.ShouldBe(200);
        fresh["token"].Length.ShouldBe(26);
        fresh["token"].ShouldNotBe(made.Text("token"));

        (await stage.Admin.Api.Delete($"/commands/{id}")).Status.ShouldBe(200);
        (await stage.Admin.Api.Get($"/commands?team_id={stage.TeamId}&custom_only=true"))
            .Body.EnumerateArray()
            .ShouldNotContain(c => c.Text("id") == id);
        (await stage.Types(stage.Tam, $"/{trigger}")).Status.ShouldBe(404);
    }

    [Theory, EveryMattermost]
    public async Task A_command_that_can_not_be_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        var trigger = Stage.Unique("t");
        await stage.NewCommand(trigger);
        (await Make(stage, trigger)).Verdict.ShouldBe(
            "400 api.command.duplicate_trigger.app_error"
        );
        (await Make(stage, trigger.ToUpperInvariant())).Verdict.ShouldBe(
            "400 api.command.duplicate_trigger.app_error"
        );
        (await Make(stage, "join")).Verdict.ShouldBe("400 api.command.duplicate_trigger.app_error");
        (await Make(stage, "/slash")).Verdict.ShouldBe(
            "400 model.command.is_valid.trigger.app_error"
        );
        (await Make(stage, "two words")).Verdict.ShouldBe(
            "400 model.command.is_valid.trigger.app_error"
        );
        (await Make(stage, "")).Status.ShouldBe(400);
        (await Make(stage, Stage.Unique("t"), "ftp://x")).Verdict.ShouldBe(
            "400 model.command.is_valid.url_http.app_error"
        );
        (await Make(stage, Stage.Unique("t"), "")).Verdict.ShouldBe(
            "400 model.command.is_valid.url.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task An_ordinary_user_sees_commands_without_their_tokens(Under server)
    {
        await using var stage = await Stage.Open(server);
        var made = await stage.NewCommand(more: new { auto_complete = true });
        var list = await stage.Tam.Api.Get($"/commands?team_id={stage.TeamId}&custom_only=true");
        list.Verdict.ShouldBe("403 api.context.permissions.app_error");
        var all = await stage.Tam.Api.Get($"/commands?team_id={stage.TeamId}");
        all.Status.ShouldBe(200);
        var seen = all.Body.EnumerateArray().Single(c => c.Text("trigger") == made.Text("trigger"));
        seen.Text("token").ShouldBeEmpty();
        seen.Text("url").ShouldBeEmpty();
        (
            await stage.Tam.Api.Post(
                "/commands",
                new
                {
                    team_id = stage.TeamId,
                    trigger = Stage.Unique("t"),
                    method = "P",
                    url = "http://127.0.0.1:1/",
                }
            )
        ).Verdict.ShouldBe("403 api.context.permissions.app_error");
    }

    [Theory, EveryMattermost]
    public async Task An_outgoing_hook_is_made_listed_changed_and_removed(Under server)
    {
        await using var stage = await Stage.Open(server);
        var word = Stage.Unique("w");
        object Body(string id, string url) =>
            new
            {
                id,
                team_id = stage.TeamId,
                channel_id = "",
                display_name = word,
                description = "d",
                trigger_words = new[] { word },
                trigger_when = 0,
                callback_urls = new[] { url },
                content_type = "application/json",
            };
        var made = await stage.Admin.Api.Post("/hooks/outgoing", Body("", "http://127.0.0.1:1/a"));
        made.Status.ShouldBe(201);
        made["token"].Length.ShouldBe(26);
        made["creator_id"].ShouldBe(stage.Admin.Id);
        (
            await stage.Admin.Api.Post("/hooks/outgoing", Body("", "http://127.0.0.1:1/a"))
        ).Verdict.ShouldBe("500 api.webhook.create_outgoing.intersect.app_error");
        (await stage.Admin.Api.Get($"/hooks/outgoing?team_id={stage.TeamId}&per_page=200"))
            .Body.EnumerateArray()
            .ShouldContain(h => h.Text("id") == made.Id);
        var changed = await stage.Admin.Api.Put(
            $"/hooks/outgoing/{made.Id}",
            Body(made.Id, "http://127.0.0.1:1/b")
        );
        changed.Status.ShouldBe(200);
        changed["callback_urls.0"].ShouldBe("http://127.0.0.1:1/b");
        // Whoever leaves the token out takes it from the hook.
        changed["token"].ShouldBeEmpty();
        var fresh = await stage.Admin.Api.Post($"/hooks/outgoing/{made.Id}/regen_token");
        fresh["token"].ShouldNotBe(made["token"]);
        (await stage.Admin.Api.Delete($"/hooks/outgoing/{made.Id}")).Status.ShouldBe(200);
        (await stage.Admin.Api.Get($"/hooks/outgoing/{made.Id}")).Status.ShouldBe(404);
    }

    [Theory, EveryMattermost]
    public async Task An_outgoing_hook_that_can_not_be_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        Task<Answered> Hook(string[] words, string[] urls) =>
            stage.Admin.Api.Post(
                "/hooks/outgoing",
                new
                {
                    team_id = stage.TeamId,
                    display_name = "x",
                    trigger_words = words,
                    callback_urls = urls,
                }
            );
        (await Hook([], ["http://127.0.0.1:1/"])).Verdict.ShouldBe(
            "400 api.webhook.create_outgoing.triggers.app_error"
        );
        (await Hook([Stage.Unique("w")], [])).Verdict.ShouldBe(
            "400 model.outgoing_hook.is_valid.callback.app_error"
        );
        (await Hook([Stage.Unique("w")], ["nonsense"])).Verdict.ShouldBe(
            "400 model.outgoing_hook.is_valid.url.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task A_bot_and_its_tokens(Under server)
    {
        await using var stage = await Stage.Open(server);
        var name = Stage.Unique("bot.");
        var api = stage.Admin.Api;
        var bot = await api.Post(
            "/bots",
            new
            {
                username = name,
                display_name = "D",
                description = "d",
            }
        );
        bot.Status.ShouldBe(201);
        bot.Body.Names()
            .ShouldBe([
                "create_at",
                "delete_at",
                "description",
                "display_name",
                "owner_id",
                "update_at",
                "user_id",
                "username",
            ]);
        var id = bot["user_id"];
        (await api.Post("/bots", new { username = name })).Status.ShouldBe(400);
        (await api.Get($"/bots/{id}")).Body.Text("username").ShouldBe(name);
        var token = await api.Post($"/users/{id}/tokens", new { description = "sidecar" });
        token.Status.ShouldBe(200);
        token.Body.Names().ShouldBe(["description", "id", "is_active", "token", "user_id"]);
        var client = new RestClient(stage.Cast.Server.Url, token["token"]);
        (await client.Get("/users/me")).Id.ShouldBe(id);
        var listed = (await api.Get($"/users/{id}/tokens")).Body[0];
        listed.Text("description").ShouldBe("sidecar");
        listed.Text("token").ShouldBeEmpty();
        (await api.Post("/users/tokens/revoke", new { token_id = token.Id })).Status.ShouldBe(200);
        (await client.Get("/users/me")).Verdict.ShouldBe(
            "401 api.context.session_expired.app_error"
        );
        (await api.Post($"/bots/{id}/disable")).Body.Number("delete_at").ShouldBeGreaterThan(0);
        (await api.Get($"/bots/{id}")).Status.ShouldBe(404);
        (await api.Get($"/bots/{id}?include_deleted=true")).Status.ShouldBe(200);
        (await api.Post($"/bots/{id}/enable")).Body.Number("delete_at").ShouldBe(0);
        await api.Post($"/bots/{id}/disable");
    }

    [Theory, EveryMattermost]
    public async Task A_bot_without_a_team_can_not_post_to_its_channels(Under server)
    {
        await using var stage = await Stage.Open(server);
        var api = stage.Admin.Api;
        var bot = await api.Done(HttpMethod.Post, "/bots", new { username = Stage.Unique("bot.") });
        var token = await api.Done(
            HttpMethod.Post,
            $"/users/{bot.Text("user_id")}/tokens",
            new { description = "x" }
        );
        var client = new RestClient(stage.Cast.Server.Url, token.Text("token"));
        (
            await client.Post("/posts", new { channel_id = stage.ChannelId, message = "x" })
        ).Verdict.ShouldBe("403 api.context.permissions.app_error");
        (
            await client.Post("/channels/direct", new[] { bot.Text("user_id"), stage.Tam.Id })
        ).Status.ShouldBe(201);
        await api.Post($"/bots/{bot.Text("user_id")}/disable");
    }

    [Theory, EveryMattermost]
    public async Task A_plugin_of_only_a_bundle_is_uploaded_enabled_and_removed(Under server)
    {
        await using var stage = await Stage.Open(server);
        var id = "com.example." + Stage.Unique("p");
        var api = stage.Admin.Api;
        try
        {
            var uploaded = await api.Post("/plugins", Bundle(id));
            uploaded.Status.ShouldBe(201, uploaded.Body.GetRawText());
            uploaded.Id.ShouldBe(id);
            uploaded["version"].ShouldBe("1.2.3");
            (await api.Post("/plugins", Bundle(id, force: false))).Verdict.ShouldBe(
                "400 app.plugin.install_id.app_error"
            );
            (await api.Post($"/plugins/{id}/enable")).Status.ShouldBe(200);
            var everyone = await stage.Tam.Api.Get("/plugins/webapp");
            var seen = everyone.Body.EnumerateArray().Single(p => p.Text("id") == id);
            seen.Text("props.commands.0").ShouldBe("escalate");
            seen.Text("webapp.bundle_path").ShouldContain($"{id}_");
            (await stage.Tam.Api.Get("/plugins")).Status.ShouldBe(403);
            (await api.Get("/plugins"))
                .Body.At("active")!
                .Value.EnumerateArray()
                .ShouldContain(p => p.Text("id") == id);
            (await api.Post($"/plugins/{id}/disable")).Status.ShouldBe(200);
        }
        finally
        {
            (await api.Delete($"/plugins/{id}")).Status.ShouldBe(200);
        }

        (await api.Delete($"/plugins/{id}")).Status.ShouldBe(404);
    }

    [Theory, EveryMattermost]
    public async Task The_configuration_can_be_read_by_administrators_alone(Under server)
    {
        await using var stage = await Stage.Open(server);
        var config = (await stage.Admin.Api.Get("/config")).Body;
        foreach (
            var name in (string[])
                [
                    "ServiceSettings.SiteURL",
                    "ServiceSettings.EnableCommands",
                    "ServiceSettings.EnableOutgoingWebhooks",
                    "ServiceSettings.EnableBotAccountCreation",
                    "ServiceSettings.EnableUserAccessTokens",
                    "ServiceSettings.AllowedUntrustedInternalConnections",
                    "PluginSettings.Enable",
                    "PluginSettings.EnableUploads",
                ]
        )
        {
            config.Has(name).ShouldBeTrue(name);
        }

        (await stage.Tam.Api.Get("/config")).Status.ShouldBe(403);
        (await stage.Anyone.Get("/config/client?format=old")).Body.Has("Version").ShouldBeTrue();
    }

    [Theory, EveryMattermost]
    public async Task Ping_needs_no_login_and_every_answer_says_the_version(Under server)
    {
        await using var stage = await Stage.Open(server);
        var ping = await stage.Anyone.Get("/system/ping");
        ping.Status.ShouldBe(200);
        ping["status"].ShouldBe("OK");
        ping.Headers["X-Version-Id"].ShouldStartWith(stage.Cast.Version + ".");
        ping.Headers["X-Request-Id"].Length.ShouldBe(26);
        ping.Headers["Content-Type"].ShouldBe("application/json");
    }

    [Theory, EveryMattermost]
    public async Task An_error_has_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        var error = await new RestClient(stage.Cast.Server.Url, "wrong").Get("/users/me");
        error.Verdict.ShouldBe("401 api.context.session_expired.app_error");
        error
            .Body.Names()
            .ShouldBe(["detailed_error", "id", "message", "request_id", "status_code"]);
        error["status_code"].ShouldBe("401");
        error["request_id"].ShouldBe(error.Headers["X-Request-Id"]);
        error["message"].ShouldBe("Invalid or expired session, please login again.");
        (await stage.Anyone.Get("/users/me")).Status.ShouldBe(401);
        (await stage.Tam.Api.Get("/users/short")).Verdict.ShouldBe(
            "400 api.context.invalid_url_param.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task What_is_no_json_is_a_400(Under server)
    {
        await using var stage = await Stage.Open(server);
        using var broken = new StringContent("{oops", Encoding.UTF8, "application/json");
        var answer = await stage.Tam.Api.Post("/posts", broken);
        answer.Verdict.ShouldBe("400 api.context.invalid_body_param.app_error");
        answer["message"].ShouldBe("Invalid or missing post in request body.");
    }

    [Theory, EveryMattermost]
    public async Task Teams_are_found_by_name(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await stage.Bot.Api.Get($"/teams/name/{stage.Cast.TeamName}")).Id.ShouldBe(stage.TeamId);
        (await stage.Bot.Api.Get("/users/me/teams"))
            .Body.EnumerateArray()
            .ShouldHaveSingleItem()
            .Text("id")
            .ShouldBe(stage.TeamId);
        (await stage.Admin.Api.Get("/teams/name/nowhere-at-all")).Status.ShouldBe(404);
        (await stage.Admin.Api.Get($"/teams/{stage.TeamId}/members/{stage.Bot.Id}"))
            .Body.Text("user_id")
            .ShouldBe(stage.Bot.Id);
        (
            await stage.Admin.Api.Get($"/teams/{stage.TeamId}/members/ybndrfg8ejkmcpqxot1uwisza3")
        ).Status.ShouldBe(404);
    }

    private static Task<Answered> Make(Stage stage, string trigger, string? url = null) =>
        stage.Admin.Api.Post(
            "/commands",
            new
            {
                team_id = stage.TeamId,
                trigger,
                method = "P",
                url = url ?? "http://127.0.0.1:1/",
            }
        );

    private static MultipartFormDataContent Bundle(string id, bool force = true)
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            Add(
                tar,
                $"{id}/plugin.json",
                JsonSerializer.Serialize(
                    new
                    {
                        id,
                        name = "Escalate",
                        version = "1.2.3",
                        min_server_version = "5.37.0",
                        webapp = new { bundle_path = "webapp/dist/main.js" },
                        props = new { commands = new[] { "escalate" } },
                    }
                )
            );
            Add(tar, $"{id}/webapp/dist/main.js", $"window.registerPlugin('{id}', {{}});");
        }

        var form = new MultipartFormDataContent();
        if (force)
        {
            form.Add(new StringContent("true"), "force");
        }

        form.Add(new ByteArrayContent(archive.ToArray()), "plugin", "plugin.tar.gz");
        return form;
    }

    private static void Add(TarWriter tar, string name, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content });
    }
}
