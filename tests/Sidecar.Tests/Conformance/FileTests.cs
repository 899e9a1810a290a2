using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Files: uploaded, posted, told about, read, and refused.</summary>
[Collection("The server’s settings for files")]
public sealed class FileTests
{
    private const int MostAsked = 200;

    private const string Csv = "key,name\r\nabc,Grün\r\n";

    [Theory, EveryMattermost]
    public async Task An_uploaded_file_is_posted_with_a_message_and_told_with_the_post(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var upload = await Upload(stage.Bot, stage.ChannelId, "customers.csv", Csv);
        upload.Status.ShouldBe(201);
        upload.Body.Texts("client_ids").ShouldBeEmpty();
        var info = upload.Body.At("file_infos.0")!.Value;
        info.Names()
            .ShouldBe(
                [
                    .. stage.IsOld ? (string[])[] : ["archived"],
                    "channel_id",
                    "create_at",
                    "delete_at",
                    "extension",
                    "id",
                    "mime_type",
                    "mini_preview",
                    "name",
                    "remote_id",
                    "size",
                    "update_at",
                    "user_id",
                ],
                ignoreOrder: true
            );
        info.Text("name").ShouldBe("customers.csv");
        info.Text("extension").ShouldBe("csv");
        info.Text("mime_type").ShouldBe("text/csv; charset=utf-8");
        info.Text("user_id").ShouldBe(stage.Bot.Id);
        info.Text("channel_id").ShouldBe(stage.IsOld ? "" : stage.ChannelId);
        info.Number("size").ShouldBe(Encoding.UTF8.GetByteCount(Csv));

        var id = info.Text("id");
        var post = (await PostWith(stage.Bot, stage.ChannelId, "", id)).Body;
        post.Texts("file_ids").ShouldBe([id]);
        foreach (
            var told in (JsonElement[])
                [
                    post,
                    await stage.Post(post.Text("id")),
                    (await stage.Read(reader: stage.Engineer)).First(p =>
                        p.Text("id") == post.Text("id")
                    ),
                ]
        )
        {
            told.Text("metadata.files.0.id").ShouldBe(id);
            told.Text("metadata.files.0.name").ShouldBe("customers.csv");
            told.Text("metadata.files.0.post_id").ShouldBe(post.Text("id"));
        }

        (await stage.Tam.Api.Get($"/posts/{post.Text("id")}/files/info"))
            .Body.Text("0.id")
            .ShouldBe(id);
        (await stage.Tam.Api.Get($"/files/{id}/info"))["name"].ShouldBe("customers.csv");
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task A_file_is_read_by_members_of_its_channel_only(Under server)
    {
        await using var stage = await Stage.Open(server);
        var (file, post) = await Posted(stage, stage.ChannelId);
        var read = await stage.Engineer.Api.Get($"/files/{file}");
        read.Status.ShouldBe(200);
        read.Body.GetString().ShouldBe(Csv);
        read.Headers["Content-Type"].ShouldBe("text/csv; charset=utf-8");
        read.Headers["Content-Disposition"].ShouldContain("attachment");
        read.Headers["Content-Disposition"].ShouldContain("a.csv");

        // Everybody in the team may read a post of a public channel; the file that is attached to it only since 9.0.
        (await stage.Bot.Api.Get($"/posts/{post}")).Status.ShouldBe(200);
        (await stage.Bot.Api.Get($"/posts/{post}"))["metadata.files.0.id"].ShouldBe(file);
        var ofTheTeam = stage.IsOld ? "403 api.context.permissions.app_error" : "200";
        await Says($"/files/{file}", ofTheTeam);
        await Says($"/files/{file}/info", ofTheTeam);
        await Says($"/posts/{post}/files/info", ofTheTeam);
        await Says(
            $"/files/{new string('a', 26)}",
            stage.IsOld ? "404 app.file_info.get.app_error" : "404 api.file.get_file_info.app_error"
        );
        await Says("/files/short", "400 api.context.invalid_url_param.app_error");
        await stage.Invite(stage.ChannelId, stage.Bot);
        (await stage.Bot.Api.Get($"/files/{file}")).Status.ShouldBe(200);

        async Task Says(string path, string verdict) =>
            (await stage.Bot.Api.Get(path)).Verdict.ShouldBe(verdict);
    }

    [Theory, EveryMattermost]
    public async Task In_a_private_channel_nobody_else_can_read_post_file_or_members(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        var (file, post) = await Posted(stage, stage.ChannelId);
        foreach (
            var path in (string[])
                [
                    $"/posts/{post}",
                    $"/files/{file}",
                    $"/channels/{stage.ChannelId}/members/{stage.Tam.Id}",
                ]
        )
        {
            (await stage.Bot.Api.Get(path)).Verdict.ShouldBe(
                "403 api.context.permissions.app_error"
            );
        }

        await stage.Invite(stage.ChannelId, stage.Bot);
        var member = await stage.Bot.Api.Get($"/channels/{stage.ChannelId}/members/{stage.Tam.Id}");
        member["user_id"].ShouldBe(stage.Tam.Id);
        (
            await stage.Bot.Api.Get($"/channels/{stage.ChannelId}/members/{stage.Lead.Id}")
        ).Verdict.ShouldBe("404 app.channel.get_member.missing.app_error");
    }

    [Theory, EveryMattermost]
    public async Task A_file_goes_with_its_post(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var (file, post) = await Posted(stage, stage.ChannelId);
        (await stage.Tam.Api.Delete($"/posts/{post}")).Status.ShouldBe(200);
        (await stage.Bot.Api.Get($"/posts/{post}")).Verdict.ShouldBe("404 app.post.get.app_error");
        // Old servers forget its files after they have answered; today's still give the content, to everybody who may read
        // the channel.
        var expected = stage.IsOld ? "404 app.file_info.get.app_error" : "200";
        var verdict = "";
        for (var asked = 0; asked < MostAsked && verdict != expected; asked++)
        {
            verdict = (await stage.Bot.Api.Get($"/files/{file}")).Verdict;
        }

        verdict.ShouldBe(expected);
        (await stage.Bot.Api.Get($"/files/{file}/info")).Verdict.ShouldBe(
            "404 app.file_info.get.app_error"
        );
    }

    [Theory, EveryMattermost]
    [Trait("why", "A post without its file must not pass for a delivery.")]
    public async Task Files_that_can_not_be_attached_are_left_out_without_a_word(Under server)
    {
        await using var stage = await Stage.Open(server);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var (taken, _) = await Posted(stage, stage.ChannelId);
        var others = (await Upload(stage.Tam, stage.ChannelId, "b.csv", Csv))["file_infos.0.id"];
        foreach (var id in (string[])[taken, others, new string('a', 26), "short"])
        {
            var post = await PostWith(stage.Bot, stage.ChannelId, "text", id);
            post.Status.ShouldBe(201);
            // Old servers leave the member out, today's say null.
            post.Body.Texts("file_ids").ShouldBeEmpty(id);
        }

        var eleven = Enumerable.Range(0, 11).Select(i => $"{i:00}" + new string('a', 24)).ToArray();
        (await PostWith(stage.Bot, stage.ChannelId, "text", eleven)).Verdict.ShouldBe(
            "400 model.post.is_valid.file_ids.app_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task Uploads_that_make_no_sense_are_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        (await Upload(stage.Bot, stage.ChannelId, "a.csv", Csv)).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        await stage.Invite(stage.ChannelId, stage.Bot);
        (await Upload(stage.Bot, "short", "a.csv", Csv)).Verdict.ShouldBe(
            "400 api.context.invalid_url_param.app_error"
        );
        (await Upload(stage.Bot, new string('a', 26), "a.csv", Csv)).Verdict.ShouldBe(
            "403 api.context.permissions.app_error"
        );
        (await Upload(stage.Bot, null, "a.csv", Csv)).Verdict.ShouldBe(
            "400 api.context.invalid_body_param.app_error"
        );
        using var nothing = new MultipartFormDataContent
        {
            { new StringContent(stage.ChannelId), "channel_id" },
        };
        var empty = await stage.Bot.Api.Send(HttpMethod.Post, "/files", nothing);
        empty.Status.ShouldBe(201);
        empty.Body.At("file_infos")!.Value.GetArrayLength().ShouldBe(0);
        using var bare = new StringContent(Csv, Encoding.UTF8, "text/csv");
        var simple = await stage.Bot.Api.Send(
            HttpMethod.Post,
            $"/files?channel_id={stage.ChannelId}&filename=b.csv",
            bare
        );
        simple.Status.ShouldBe(201);
        simple["file_infos.0.name"].ShouldBe("b.csv");
        (await Upload(stage.Bot, stage.ChannelId, "Grün 日本.csv", Csv))["file_infos.0.name"]
            .ShouldBe("Grün 日本.csv");
        (await Upload(stage.Bot, stage.ChannelId, "../../etc/a.csv", Csv))["file_infos.0.name"]
            .ShouldBe("a.csv");
    }

    [Theory, EveryMattermost]
    public async Task A_file_larger_than_allowed_is_refused_with_413(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true);
        await stage.Invite(stage.ChannelId, stage.Bot);
        await With(
            stage,
            "MaxFileSize",
            1024,
            async () =>
            {
                var config = await stage.Bot.Api.Get("/config/client?format=old");
                config["MaxFileSize"].ShouldBe("1024");
                config["EnableFileAttachments"].ShouldBe("true");
                var most = new string('x', 1024);
                (await Upload(stage.Bot, stage.ChannelId, "a.csv", most)).Status.ShouldBe(201);
                var refused = await Upload(stage.Bot, stage.ChannelId, "a.csv", most + "x");
                refused.Verdict.ShouldBe("413 api.file.upload_file.too_large_detailed.app_error");
                refused["message"]
                    .ShouldBe(
                        "Unable to upload file a.csv. -1 bytes exceeds the maximum allowed 1024 bytes."
                    );
            }
        );
    }

    [Theory, EveryMattermost]
    public async Task Where_files_are_switched_off_they_are_refused_and_old_ones_can_be_read(
        Under server
    )
    {
        await using var stage = await Stage.Open(server, ownServer: true);
        await stage.Invite(stage.ChannelId, stage.Bot);
        var (file, _) = await Posted(stage, stage.ChannelId);
        await With(
            stage,
            "EnableFileAttachments",
            false,
            async () =>
            {
                var config = await stage.Bot.Api.Get("/config/client?format=old");
                config["EnableFileAttachments"].ShouldBe("false");
                var refused = await Upload(stage.Bot, stage.ChannelId, "a.csv", Csv);
                refused.Id.ShouldBe("api.file.attachments.disabled.app_error");
                refused.Status.ShouldBe(stage.IsOld ? 501 : 403);
                (await stage.Bot.Api.Get($"/files/{file}")).Status.ShouldBe(200);
            }
        );
    }

    internal static async Task With(Stage stage, string name, object value, Func<Task> test)
    {
        await Set(name, value);
        try
        {
            await test();
        }
        finally
        {
            await Set("MaxFileSize", 104857600);
            await Set("EnableFileAttachments", true);
        }

        Task Set(string setting, object to) =>
            stage.Admin.Api.Done(
                HttpMethod.Put,
                "/config/patch",
                new Dictionary<string, object>
                {
                    ["FileSettings"] = new Dictionary<string, object> { [setting] = to },
                }
            );
    }

    /// <summary>Tam posts a file.</summary>
    internal static async Task<(string File, string Post)> Posted(
        Stage stage,
        string channel,
        string name = "a.csv"
    )
    {
        var file = (await Upload(stage.Tam, channel, name, Csv))["file_infos.0.id"];
        var post = await PostWith(stage.Tam, channel, "here", file);
        post.Status.ShouldBe(201);
        return (file, post.Id);
    }

    private static Task<Answered> PostWith(
        Someone who,
        string channel,
        string message,
        params string[] files
    ) =>
        who.Api.Post(
            "/posts",
            new
            {
                channel_id = channel,
                message,
                file_ids = files,
            }
        );

    private static async Task<Answered> Upload(
        Someone who,
        string? channel,
        string name,
        string content
    )
    {
        using var form = new MultipartFormDataContent();
        if (channel is not null)
        {
            form.Add(new StringContent(channel), "channel_id");
        }

        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "files", name);
        return await who.Api.Send(HttpMethod.Post, "/files", form);
    }
}
