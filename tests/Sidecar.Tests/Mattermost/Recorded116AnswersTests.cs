using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Files, people, commands and forms are told as Mattermost 11.6.0 told them when it was recorded.</summary>
public sealed partial class Recorded116AnswersTests
{
    private const string NoFile = "nosuchfilenosuchfilenosuch";

    [Fact]
    [Replays("11.6/files")]
    public async Task A_file_outlives_its_post()
    {
        await using var played = await Recorded116.StartAsync();
        var (_, stranger) = played.Mm.AddBot("stranger");
        var tam = played.Mm.As("tam").Token;
        var bot = played.Server.BotToken;
        played.Is("<no such file>", NoFile);
        var exchanges = Exchanges("files");
        var upload = await played.Server.SendAsync(
            tam,
            HttpMethod.Post,
            "/api/v4/files",
            Form(played["<channel>"])
        );
        var uploaded = exchanges[0].GetProperty("response_to_client");
        upload.Status.ShouldBe(uploaded.GetProperty("status").GetInt32());
        played.ShouldBeLike(upload.Body, uploaded.GetProperty("body"));

        await played.Replay(exchanges[1], tam);
        await played.Replay(exchanges[2], bot);
        await played.Replay(exchanges[3], stranger);
        await played.Replay(exchanges[4], bot);
        await played.Server.SendAsync(
            tam,
            HttpMethod.Delete,
            $"/api/v4/posts/{played["<post with file>"]}"
        );
        await played.Replay(exchanges[5], bot);
        await played.Replay(exchanges[6], bot);
    }

    [Fact]
    [Replays("11.6/people")]
    public async Task People_are_told_with_what_they_say_of_themselves()
    {
        await using var played = await Recorded116.StartAsync();
        var tam = played.Mm.As("tam").Token;
        var exchanges = Exchanges("people");
        played.Mm.ChangeUser("escalate", u => u with { FirstName = "escalate" });
        var most = Body(exchanges[5]).GetProperty("activeUserCount").GetInt32();
        while (played.Mm.Users.Count(u => u is { IsBot: false, DeleteAt: 0 }) is var n && n < most)
        {
            played.Mm.AddUser($"person{n}");
        }

        await played.Replay(exchanges[0], played.Server.BotToken);
        // Within the minute that the recorded end was rounded down to.
        await played.Replay(
            exchanges[1],
            tam,
            $$"""{"user_id":"{{played["<user tam>"]}}","status":"dnd","dnd_end_time":1795951885}"""
        );
        await played.Replay(exchanges[2], played.Server.BotToken);
        await played.Replay(exchanges[3], tam);
        var busy = await played.Server.SendAsync(
            played.Server.BotToken,
            HttpMethod.Post,
            "/api/v4/users/ids",
            new[] { played["<user tam>"] }
        );
        // Only this much of them was kept.
        played.ShouldBeLike(
            busy.Body[0].GetProperty("props"),
            Body(exchanges[4])[0].GetProperty("props")
        );
        Replayed.Held(Body(exchanges[4]));
        await played.Replay(exchanges[5], played.Mm.AdminToken);
    }

    [Fact]
    [Replays("11.6/command-in-thread")]
    public async Task A_command_in_a_thread_names_its_root_and_is_answered_there()
    {
        await using var played = await Recorded116.StartAsync();
        var recorded = Recorded116.Load("command-in-thread");
        played.Is("<root post>", (await played.Mm.As("tam").Post("escalations", "root")).Id);
        await using var tam = await WebSocketListener.ConnectAsync(
            played.Mm.Url,
            played.Mm.As("tam").Token,
            TestContext.Current.CancellationToken
        );
        played.Server.Recorder.Answers(recorded.GetProperty("reply_of_sidecar"));

        await played.Replay(recorded, played.Mm.As("tam").Token);

        ShouldFit(played, recorded.GetProperty("request_to_sidecar"));
        var heard = await tam.EventAsync(
            "ephemeral_message",
            TestContext.Current.CancellationToken
        );
        var expected = recorded.GetProperty("websocket_event");
        played.ShouldBeLike(heard.GetProperty("broadcast"), expected.GetProperty("broadcast"));
        played.ShouldBeLike(heard.GetProperty("data"), expected.GetProperty("data"));
        await LateAnswers(played, recorded.GetProperty("late_answers"));
    }

    [Fact]
    [Replays("11.6/dialog-open")]
    public async Task A_form_reaches_the_client_with_all_that_it_can_have()
    {
        await using var played = await Recorded116.StartAsync();
        var recorded = Recorded116.Load("dialog-open");
        await using var tam = await WebSocketListener.ConnectAsync(
            played.Mm.Url,
            played.Mm.As("tam").Token,
            TestContext.Current.CancellationToken
        );
        await played.Mm.As("tam").Execute("escalations", "/escalate new");
        played.Is(
            "<trigger>",
            RecordedAssertions.FormField(played.Server.Recorder.Last.Body, "trigger_id")
        );

        await played.Replay(recorded, token: "");

        var heard = await tam.EventAsync("open_dialog", TestContext.Current.CancellationToken);
        var expected = recorded.GetProperty("websocket_event");
        played.ShouldBeLike(heard.GetProperty("broadcast"), expected.GetProperty("broadcast"));
        played.ShouldBeLike(heard.GetProperty("data"), expected.GetProperty("data"));
    }

    private static async Task LateAnswers(Recorded116 played, JsonElement recorded)
    {
        var url = new Uri(
            RecordedAssertions.FormField(played.Server.Recorder.Last.Body, "response_url")
        );
        for (var i = 1; i <= 6; i++)
        {
            var (status, said) = await played.Server.SendAsync(
                "",
                HttpMethod.Post,
                url.AbsolutePath,
                new { text = "later", response_type = "ephemeral" }
            );
            var expected = recorded[i <= 5 ? 0 : 1];
            status.ShouldBe(expected.GetProperty("status").GetInt32());
            var body = expected.GetProperty("body");
            if (i <= 5)
            {
                said.GetString().ShouldBe(body.GetString());
                Replayed.Held(body);
                continue;
            }

            // The recorded text has an id in the middle.
            var text = said.GetProperty("message").GetString()!;
            played.Is("<id 4>", Id().Match(text).Value);
            played.ShouldBeLike(said, body);
        }
    }

    /// <summary>What the integration got: names that nobody knows stand for whatever is there.</summary>
    private static void ShouldFit(Recorded116 played, JsonElement recorded)
    {
        var got = played.Server.Recorder.Last;
        got.Method.ShouldBe(recorded.GetProperty("method").GetString());
        got.Path.ShouldBe(recorded.GetProperty("path").GetString());
        var body = recorded
            .GetProperty("body")
            .GetString()!
            .Replace("mattermost.example", "<host>", StringComparison.Ordinal);
        var pattern = Name().Replace(Regex.Escape(played.Ours(body)).Replace("\\ ", " "), "[^&]+");
        got.Body.ShouldMatch($"^{pattern}$");
        Replayed.Held(recorded.GetProperty("body"));
        foreach (var header in recorded.GetProperty("headers").EnumerateObject())
        {
            if (header.Name is not ("Host" or "Authorization"))
            {
                got.Headers[header.Name].ShouldBe(header.Value.GetString());
            }
        }
    }

    private static MultipartFormDataContent Form(string channel)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes("a,b,c,d,10"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return new MultipartFormDataContent
        {
            { new StringContent(channel), "channel_id" },
            { file, "files", "a.csv" },
        };
    }

    private static JsonElement Body(JsonElement exchange) =>
        exchange.GetProperty("response_to_client").GetProperty("body");

    private static List<JsonElement> Exchanges(string name) =>
        [.. Recorded116.Load(name).GetProperty("exchanges").EnumerateArray()];

    [GeneratedRegex("[a-z0-9]{26}")]
    private static partial Regex Id();

    [GeneratedRegex("<[a-z][a-z0-9 ]*>")]
    private static partial Regex Name();
}
