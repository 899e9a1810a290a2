using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>What set-up meets, and what a plain bot may do, is as it was on the recorded server.</summary>
public sealed class RecordedSetupTests
{
    private const string PluginId = "com.example.escalate";

    [Fact]
    [Replays("plugin-and-setup")]
    public async Task Set_up_meets_what_it_met_when_it_was_recorded()
    {
        var steps = RecordedServer
            .Load("plugin-and-setup")
            .GetProperty("steps")
            .EnumerateArray()
            .ToDictionary(
                s => s.GetProperty("step").GetString()!,
                s => s.GetProperty("result"),
                StringComparer.Ordinal
            );
        await using var server = await RecordedServer.StartAsync();
        var admin = server.Mm.AdminToken;
        var manifest = Manifest(steps.First().Value[1]);

        Check(
            await Upload(admin, manifest, force: true),
            "POST /api/v4/plugins (multipart: force=true, plugin=<tar.gz>)"
        );
        Check(await Upload(admin, manifest, force: false), "the same again without force");
        Check(
            await Post(admin, $"/api/v4/plugins/{PluginId}/enable"),
            "POST /api/v4/plugins/{id}/enable"
        );
        Check(
            await Get(server.AliceToken, "/api/v4/plugins/webapp"),
            "GET /api/v4/plugins/webapp as an ordinary user"
        );
        Check(await Get(admin, "/api/v4/plugins/statuses"), "GET /api/v4/plugins/statuses");
        Check(
            await Get(server.AliceToken, "/api/v4/plugins"),
            "GET /api/v4/plugins as an ordinary user"
        );
        Check(await Get(admin, "/api/v4/plugins"), "GET /api/v4/plugins as administrator");
        manifest.Remove("id");
        Check(await Upload(admin, manifest, force: true), "upload of a manifest without id");
        manifest["id"] = "com.example.toonew";
        manifest["min_server_version"] = "99.0.0";
        var tooNew = steps["upload with min_server_version above the server, then enable"];
        Compare(await Upload(admin, manifest, force: true), tooNew[0]);
        Compare(await Post(admin, "/api/v4/plugins/com.example.toonew/enable"), tooNew[1]);
        Check(
            await Post(admin, $"/api/v4/plugins/{PluginId}/disable"),
            "POST /api/v4/plugins/{id}/disable"
        );
        Check(
            await server.SendAsync(admin, HttpMethod.Delete, $"/api/v4/plugins/{PluginId}"),
            "DELETE /api/v4/plugins/{id}"
        );
        Check(
            await Get(admin, $"/api/v4/commands?team_id={server.Team.Id}&custom_only=true"),
            "GET /api/v4/commands?team_id&custom_only=true as administrator"
        );
        Check(
            await Post(
                admin,
                "/api/v4/commands",
                new
                {
                    team_id = server.Team.Id,
                    trigger = "escalate",
                    method = "P",
                    url = "http://sidecar/command",
                }
            ),
            "POST /api/v4/commands with a trigger that exists already"
        );
        Check(
            await Post(admin, "/api/v4/bots", new { username = "escalate" }),
            "POST /api/v4/bots with a username that exists already"
        );
        Check(await Get("", "/api/v4/system/ping"), "GET /api/v4/system/ping");
        Check(await Get("wrong", "/api/v4/users/me"), "GET /api/v4/users/me with a wrong token");
        server.Mm.Violations.ShouldBeEmpty();

        void Check((int, JsonElement) given, string step) => Compare(given, steps[step]);

        Task<(int, JsonElement)> Get(string token, string path) =>
            server.SendAsync(token, HttpMethod.Get, path);

        Task<(int, JsonElement)> Post(string token, string path, object? body = null) =>
            server.SendAsync(token, HttpMethod.Post, path, body);

        Task<(int, JsonElement)> Upload(string token, JsonObject plugin, bool force) =>
            server.SendAsync(token, HttpMethod.Post, "/api/v4/plugins", Form(plugin, force));
    }

    private static void Compare((int Status, JsonElement Body) given, JsonElement recorded)
    {
        given.Status.ShouldBe(recorded[0].GetInt32());
        given.Body.ShouldBeLike(recorded[1]);
    }

    private static JsonObject Manifest(JsonElement recorded) =>
        JsonNode.Parse(recorded.GetRawText())!.AsObject();

    private static MultipartFormDataContent Form(JsonObject manifest, bool force)
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            Add(tar, "p/plugin.json", manifest.ToJsonString());
            Add(tar, "p/webapp/dist/main.js", "window.registerPlugin('x', {});");
        }

        var form = new MultipartFormDataContent();
        if (force)
        {
            form.Add(new StringContent("true"), "force");
        }

        form.Add(new ByteArrayContent(archive.ToArray()), "plugin", "plugin.tar.gz");
        return form;
    }

    private static void Add(TarWriter tar, string name, string content) =>
        tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            }
        );

    [Fact]
    [Replays("bot-permissions")]
    public async Task A_plain_bot_may_do_what_it_might_on_the_recorded_server()
    {
        var recorded = RecordedServer.Load("bot-permissions").GetProperty("results");
        await using var server = await RecordedServer.StartAsync();
        var mm = server.Mm;
        // The bot had joined it with the team: elsewhere it is refused, on real servers too (see Conformance/PostTests).
        var elsewhere = mm.GetChannel("town-square").Id;
        var alices = (await mm.As("alice").Post("town-square", "mine")).Id;
        var (_, own) = await Bot(
            HttpMethod.Post,
            "/api/v4/channels",
            new
            {
                team_id = server.Team.Id,
                name = "war-room",
                display_name = "War room",
                type = "P",
            }
        );
        var channel = own.GetProperty("id").GetString();
        var (_, posted) = await Bot(
            HttpMethod.Post,
            "/api/v4/posts",
            new { channel_id = channel, message = "x" }
        );
        var post = posted.GetProperty("id").GetString();
        (string Name, HttpMethod Method, string Path, object? Body)[] attempts =
        [
            ("GET /users/me", HttpMethod.Get, "/users/me", null),
            (
                "POST /posts in a public channel it has not joined",
                HttpMethod.Post,
                "/posts",
                new { channel_id = elsewhere, message = "x" }
            ),
            (
                "POST /channels private",
                HttpMethod.Post,
                "/channels",
                new
                {
                    team_id = server.Team.Id,
                    name = "another",
                    display_name = "Another",
                    type = "P",
                }
            ),
            (
                "POST /channels/{id}/members",
                HttpMethod.Post,
                $"/channels/{channel}/members",
                new { user_id = server.Bob.Id }
            ),
            (
                "PUT /channels/{id}/patch header",
                HttpMethod.Put,
                $"/channels/{channel}/patch",
                new { header = "h" }
            ),
            (
                "POST /channels/direct",
                HttpMethod.Post,
                "/channels/direct",
                new[] { server.Bot.Id, server.Bob.Id }
            ),
            (
                "POST /posts/ephemeral",
                HttpMethod.Post,
                "/posts/ephemeral",
                new { user_id = server.Bob.Id, post = new { channel_id = channel, message = "x" } }
            ),
            (
                "POST /posts in its own private channel",
                HttpMethod.Post,
                "/posts",
                new { channel_id = channel, message = "y" }
            ),
            ("POST /posts/{id}/pin", HttpMethod.Post, $"/posts/{post}/pin", null),
            (
                "POST /reactions",
                HttpMethod.Post,
                "/reactions",
                new
                {
                    user_id = server.Bot.Id,
                    post_id = post,
                    emoji_name = "eyes",
                }
            ),
            ("POST /users/usernames", HttpMethod.Post, "/users/usernames", new[] { "alice" }),
            ("GET /users/{id}/status", HttpMethod.Get, $"/users/{server.Alice.Id}/status", null),
            (
                "POST /commands",
                HttpMethod.Post,
                "/commands",
                new
                {
                    team_id = server.Team.Id,
                    trigger = "x",
                    method = "P",
                    url = "http://sidecar/x",
                }
            ),
            (
                "POST /hooks/outgoing",
                HttpMethod.Post,
                "/hooks/outgoing",
                new
                {
                    team_id = server.Team.Id,
                    display_name = "x",
                    trigger_words = new[] { "x" },
                    callback_urls = new[] { "http://sidecar/x" },
                }
            ),
            ("GET /config", HttpMethod.Get, "/config", null),
            ("GET /plugins", HttpMethod.Get, "/plugins", null),
            (
                "GET /users/{id}/teams of another",
                HttpMethod.Get,
                $"/users/{server.Alice.Id}/teams",
                null
            ),
            (
                "PUT /posts/{id}/patch another user's post",
                HttpMethod.Put,
                $"/posts/{alices}/patch",
                new { message = "z" }
            ),
            (
                "DELETE /channels/{id} its own private channel",
                HttpMethod.Delete,
                $"/channels/{channel}",
                null
            ),
        ];

        foreach (var (name, method, path, body) in attempts)
        {
            var given = await Bot(method, "/api/v4" + path, body);
            var expected = recorded.GetProperty(name);
            given.Status.ShouldBe(expected.GetProperty("status").GetInt32(), name);
            if (expected.GetProperty("error").GetString() is { } error)
            {
                given.Body.GetProperty("id").GetString().ShouldBe(error, name);
            }
        }

        attempts
            .Select(a => a.Name)
            .ShouldBe(recorded.EnumerateObject().Select(r => r.Name), ignoreOrder: true);
        mm.Violations.ShouldBeEmpty();

        Task<(int Status, JsonElement Body)> Bot(
            HttpMethod method,
            string path,
            object? body = null
        ) => server.SendAsync(server.BotToken, method, path, body);
    }
}
