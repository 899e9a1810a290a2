using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Opening channels, adding people, headers, pins: what servers take, refuse, and tell about it.</summary>
public sealed class ChannelTests
{
    private const string Forbidden = "403 api.context.permissions.app_error";
    private const string Nobody = "ybndrfg8ejkmcpqxot1uwisza3";

    [Theory, EveryMattermost]
    public async Task A_name_is_taken_for_good_and_by_whom_is_not_told(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        var name = Stage.Unique("n");
        var made = await Create(stage, name);
        made.Status.ShouldBe(201);
        made["purpose"].ShouldBe("ESC-12 · x");
        made["creator_id"].ShouldBe(stage.Bot.Id);
        const string Taken = "400 store.sql_channel.save_channel.exists.app_error";
        (await Create(stage, name)).Verdict.ShouldBe(Taken);
        (await Create(stage, stage.ChannelName)).Verdict.ShouldBe(Taken);
        var missing = "404 app.channel.get_by_name.missing.app_error";
        (await Named(stage, stage.ChannelName + "?include_deleted=true")).Verdict.ShouldBe(missing);

        await stage.Bot.Api.Done(HttpMethod.Delete, $"/channels/{made.Id}");
        (await Named(stage, name)).Verdict.ShouldBe(missing);
        (await Named(stage, name + "?include_deleted=true")).Id.ShouldBe(made.Id);
        (await Create(stage, name)).Verdict.ShouldBe(Taken);
    }

    [Theory, EveryMattermost]
    public async Task Names_have_two_to_64_letters_of_few_kinds(Under server)
    {
        await using var stage = await Stage.Open(server);
        foreach (var bad in (string[])["-a", "_a", "Ab", "a.b", "é1"])
        {
            (await Create(stage, bad)).Verdict.ShouldBe(
                stage.IsOld
                    ? "400 model.channel.is_valid.2_or_more.app_error"
                    : "400 model.channel.is_valid.1_or_more.app_error",
                bad
            );
        }

        // Since 7.0 one letter is enough, and the last may be a dash.
        foreach (var name in (string[])["a", "a-", "ab_", "ab-"])
        {
            (await Create(stage, name)).Verdict.ShouldBe(
                stage.IsOld ? "400 model.channel.is_valid.2_or_more.app_error" : "201",
                name
            );
        }

        var stem = Stage.Unique("n");
        (await Create(stage, stem + "__b-c")).Status.ShouldBe(201);
        (await Create(stage, stem.PadRight(64, 'x'))).Status.ShouldBe(201);
        (await Create(stage, stem.PadRight(65, 'x'))).Status.ShouldBe(500);
    }

    [Theory, EveryMattermost]
    public async Task Lengths_are_counted_in_characters(Under server)
    {
        await using var stage = await Stage.Open(server);
        var made = await Create(stage, Stage.Unique("n"), Times("😀", 64), Times("·", 250));
        made.Status.ShouldBe(201);
        (await Create(stage, Stage.Unique("n"), Times("x", 65))).Verdict.ShouldBe(
            "400 model.channel.is_valid.display_name.app_error"
        );
        (await Create(stage, Stage.Unique("n"), "x", Times("x", 251))).Verdict.ShouldBe(
            "400 model.channel.is_valid.purpose.app_error"
        );
        (await Patch(stage, made.Id, Times("😀", 1024))).Verdict.ShouldBe("200");
        (await Patch(stage, made.Id, Times("x", 1025))).Verdict.ShouldBe(
            "400 model.channel.is_valid.header.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task Who_can_be_added_and_who_not(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        var own = (await Create(stage, Stage.Unique("n"))).Id;
        var outside = await stage.Cast.Person(Stage.Unique("o"), inTeam: false);
        var left = await stage.Cast.Person(Stage.Unique("l"));
        await stage.Admin.Api.Done(HttpMethod.Delete, $"/teams/{stage.TeamId}/members/{left.Id}");
        var gone = await stage.Cast.Person(Stage.Unique("g"));
        await stage.Admin.Api.Done(HttpMethod.Delete, $"/users/{gone.Id}");

        (await Add(stage, own, stage.Tam.Id)).Verdict.ShouldBe("201");
        (await Add(stage, own, stage.Tam.Id)).Verdict.ShouldBe("201");
        (await Add(stage, own, stage.Bot.Id)).Verdict.ShouldBe("201");
        (await Add(stage, own, outside.Id)).Verdict.ShouldBe(
            "404 app.team.get_member.missing.app_error"
        );
        (await Add(stage, own, left.Id)).Verdict.ShouldBe(
            "400 api.channel.add_user.to.channel.failed.deleted.app_error"
        );
        (await Add(stage, own, Nobody)).Verdict.ShouldBe("404 app.user.missing_account.const");
        (await Add(stage, own, "short")).Verdict.ShouldBe(
            "400 api.context.invalid_body_param.app_error"
        );
        (await Add(stage, stage.ChannelId, stage.Tam.Id)).Verdict.ShouldBe(Forbidden);
        (await Add(stage, Nobody, stage.Tam.Id)).Verdict.ShouldBe(
            "404 app.channel.get.existing.app_error"
        );
        // Nobody would ever see it, but old servers do it.
        (await Add(stage, own, gone.Id)).Verdict.ShouldBe(
            stage.IsOld ? "201" : "403 app.channel.add_member.deleted_user.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task An_archived_channel_takes_people_but_no_header_and_no_pin(Under server)
    {
        await using var stage = await Stage.Open(server);
        var own = (await Create(stage, Stage.Unique("n"))).Id;
        var post = (await stage.Posted(stage.Bot, "hello", own)).Text("id");
        await stage.Bot.Api.Done(HttpMethod.Delete, $"/channels/{own}");

        (await Add(stage, own, stage.Tam.Id)).Verdict.ShouldBe("201");
        (await Patch(stage, own, "new")).Verdict.ShouldBe("400 app.channel.update.bad_id");
        (await stage.Bot.Api.Post($"/posts/{post}/pin")).Verdict.ShouldBe(
            "400 api.post.patch_post.can_not_update_post_in_deleted.error"
        );
    }

    [Theory, EveryMattermost]
    public async Task What_happens_to_a_channel_is_told_in_it(Under server)
    {
        await using var stage = await Stage.Open(server);
        var own = (await Create(stage, Stage.Unique("n"))).Id;
        await Add(stage, own, stage.Tam.Id);
        // The note about a new member is written after the answer.
        JsonElement[] told = [];
        for (var look = 0; look < 100 && told.Length < 2; look++)
        {
            told = [.. (await stage.Read(channel: own)).Reverse()];
        }

        await Patch(stage, own, "one");
        await Patch(stage, own, "two");
        await Patch(stage, own, "two");
        await Patch(stage, own, "");
        told = [.. (await stage.Read(channel: own)).Reverse()];

        told.Select(p => p.Text("type"))
            .ShouldBe([
                "system_join_channel",
                "system_add_to_channel",
                "system_header_change",
                "system_header_change",
                "system_header_change",
            ]);
        told.ShouldAllBe(p => p.Text("user_id") == stage.Bot.Id);
        var (bot, tam) = (stage.Bot.Name, stage.Tam.Name);
        told.Select(p => p.Text("message"))
            .ShouldBe([
                $"{bot} joined the channel.",
                $"{tam} added to the channel by {bot}.",
                $"{bot} updated the channel header to: one",
                $"{bot} updated the channel header from: one to: two",
                $"{bot} removed the channel header (was: two)",
            ]);
        told[1].Text("props.addedUserId").ShouldBe(stage.Tam.Id);
        told[3].Text("props.old_header").ShouldBe("one");
        told[3].Text("props.new_header").ShouldBe("two");
    }

    [Theory, EveryMattermost]
    public async Task A_pin_is_an_edit_that_does_not_count_as_one(Under server)
    {
        await using var stage = await Stage.Open(server);
        var own = (await Create(stage, Stage.Unique("n"))).Id;
        var post = (await stage.Posted(stage.Bot, "hello", own)).Text("id");
        var deleted = (await stage.Posted(stage.Bot, "gone", own)).Text("id");
        await stage.Bot.Api.Done(HttpMethod.Delete, $"/posts/{deleted}");

        (await Pin(stage, post)).Verdict.ShouldBe("200");
        (await Pin(stage, post)).Verdict.ShouldBe("200");
        // Whatever keeps a post from being read is told as a lack of rights today.
        (await Pin(stage, deleted)).Verdict.ShouldBe(
            stage.IsOld ? "404 app.post.get.app_error" : Forbidden
        );
        (await Pin(stage, Nobody)).Verdict.ShouldBe(Forbidden);

        var read = await stage.Post(post, stage.Bot);
        read.Text("is_pinned").ShouldBe("true");
        read.Number("edit_at").ShouldBe(0);
        var list = await stage.Bot.Api.Done(HttpMethod.Get, $"/channels/{own}/pinned");
        list.Texts("order").ShouldBe([post]);
        (await stage.Bot.Api.Post($"/posts/{post}/unpin")).Verdict.ShouldBe("200");
        (await stage.Bot.Api.Done(HttpMethod.Get, $"/channels/{own}/pinned"))
            .Texts("order")
            .ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task Clients_hear_of_channels_members_headers_and_pins(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Bot);
        var own = (await Create(stage, Stage.Unique("n"))).Id;
        (await client.Event("channel_created")).Text("data.channel_id").ShouldBe(own);
        await Add(stage, own, stage.Tam.Id);
        var added = await client.Event("user_added");
        added.Text("data.user_id").ShouldBe(stage.Tam.Id);
        added.Text("data.team_id").ShouldBe(stage.TeamId);
        added.Text("broadcast.channel_id").ShouldBe(own);
        await Patch(stage, own, "new");
        (await client.Event("channel_updated")).Text("data.channel.header").ShouldBe("new");
        var post = (await stage.Posted(stage.Bot, "hello", own)).Text("id");
        await Pin(stage, post);
        var edited = await client.Event("post_edited");
        edited.Text("data.post.id").ShouldBe(post);
        edited.Text("data.post.is_pinned").ShouldBe("true");
    }

    [Theory, EveryMattermost]
    public async Task Statuses_are_asked_for_by_ids_and_strangers_are_offline(Under server)
    {
        await using var stage = await Stage.Open(server);
        var asked = await stage.Bot.Api.Post("/users/status/ids", new[] { Nobody });
        asked.Status.ShouldBe(200);
        asked["0.user_id"].ShouldBe(Nobody);
        asked["0.status"].ShouldBe("offline");
        (await stage.Bot.Api.Post("/users/status/ids", new[] { "short" })).Status.ShouldBe(400);
        (await stage.Bot.Api.Post("/users/ids", new[] { "short" }))
            .Body.GetArrayLength()
            .ShouldBe(0);
    }

    [Theory, EveryMattermost]
    public async Task A_custom_status_is_a_text_in_the_props(Under server)
    {
        await using var stage = await Stage.Open(server);
        var quiet = await stage.Cast.Person(Stage.Unique("q"));
        var path = $"/users/{quiet.Id}/status/custom";
        await quiet.Api.Done(
            HttpMethod.Put,
            path,
            new
            {
                emoji = "calendar",
                text = "In a meeting",
                duration = "date_and_time",
                expires_at = "2035-01-01T10:00:00.000Z",
            }
        );
        (await Custom()).ShouldBe(
            """{"emoji":"calendar","text":"In a meeting","duration":"date_and_time","expires_at":"2035-01-01T10:00:00Z"}"""
        );
        await quiet.Api.Done(HttpMethod.Put, path, new { emoji = "", text = "busy" });
        var emoji = stage.IsOld ? "speech_balloon" : "";
        (await Custom()).ShouldBe(
            $$"""{"emoji":"{{emoji}}","text":"busy","duration":"","expires_at":"0001-01-01T00:00:00Z"}"""
        );
        await quiet.Api.Done(HttpMethod.Delete, path);
        (await Custom()).ShouldBeEmpty();

        async Task<string> Custom()
        {
            var users = await stage.Bot.Api.Post("/users/ids", new[] { quiet.Id });
            return users.Body[0].GetProperty("props").GetProperty("customStatus").GetString()!;
        }
    }

    [Theory, EveryMattermost]
    public async Task Public_channels_are_completed_by_a_part_or_by_the_beginnings_of_their_words(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        var stem = Stage.Unique("n");
        await Create(stage, $"{stem}-private", $"{stem} Alpha Beta");
        await stage.Bot.Api.Post(
            "/channels",
            new
            {
                team_id = stage.TeamId,
                name = $"{stem}-alpha",
                display_name = $"{stem} Alpha Beta",
                type = "O",
            }
        );
        foreach (
            var (typed, isFound) in new[]
            {
                (stem, true),
                (stem + " be", true),
                ($"{stem} alp", true),
                (stem + " lpha", false),
                ("lpha", true),
                (stem + " gamma", false),
            }
        )
        {
            var found = await stage.Bot.Api.Get(
                $"/teams/{stage.TeamId}/channels/autocomplete?name={Uri.EscapeDataString(typed)}"
            );
            found.Status.ShouldBe(200);
            found
                .Body.EnumerateArray()
                .Any(c => c.GetProperty("name").GetString() == $"{stem}-alpha")
                .ShouldBe(isFound, typed);
            found
                .Body.EnumerateArray()
                .ShouldNotContain(c => c.GetProperty("name").GetString() == $"{stem}-private");
        }
    }

    private static Task<Answered> Create(
        Stage stage,
        string name,
        string display = "x",
        string purpose = "ESC-12 · x"
    ) =>
        stage.Bot.Api.Post(
            "/channels",
            new
            {
                team_id = stage.TeamId,
                name,
                display_name = display,
                type = "P",
                purpose,
            }
        );

    private static Task<Answered> Named(Stage stage, string name) =>
        stage.Bot.Api.Get($"/teams/{stage.TeamId}/channels/name/{name}");

    private static Task<Answered> Add(Stage stage, string channel, string user) =>
        stage.Bot.Api.Post($"/channels/{channel}/members", new { user_id = user });

    private static Task<Answered> Patch(Stage stage, string channel, string header) =>
        stage.Bot.Api.Put($"/channels/{channel}/patch", new { header });

    private static Task<Answered> Pin(Stage stage, string post) =>
        stage.Bot.Api.Post($"/posts/{post}/pin");

    private static string Times(string text, int count) =>
        string.Concat(Enumerable.Repeat(text, count));
}
