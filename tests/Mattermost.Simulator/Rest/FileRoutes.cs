using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>Files: uploading, what is told about them, their content.</summary>
internal static class FileRoutes
{
    public static void MapFiles(this Api api)
    {
        api.Post("/api/v4/files", Upload);
        api.Get("/api/v4/files/{file_id}", Content);
        api.Get("/api/v4/files/{file_id}/info", Info);
        api.Get("/api/v4/posts/{post_id}/files/info", OfPost);
    }

    private static async Task<Answer> Upload(Call call)
    {
        var world = call.World;
        var settings = world.Config.Current;
        if (!settings.EnableFileAttachments)
        {
            throw Refuse.With(
                "api.file.attachments.disabled.app_error",
                world.Version.ForbidsSwitchedOffFiles ? 403 : 501
            );
        }

        if (call.Http.Request.ContentLength == 0)
        {
            throw Refuse.With("api.file.upload_file.read_request.app_error", 400);
        }

        return call.Http.Request.HasFormContentType
            ? await UploadForm(call, settings.MaxFileSize)
            : await UploadBody(call, settings.MaxFileSize);
    }

    private static async Task<Answer> UploadForm(Call call, long most)
    {
        var form = await call.Http.Request.ReadFormAsync();
        if (form.Keys.FirstOrDefault(k => k is not ("channel_id" or "client_ids")) is { } unknown)
        {
            throw Refuse.Body(unknown);
        }

        var channelId = form["channel_id"].ToString() is { Length: > 0 } given
            ? given
            : call.Query("channel_id");
        if (form.Files.Count > 0)
        {
            DemandUpload(call, channelId, form["channel_id"].Count > 0);
        }

        var clientIds = form["client_ids"];
        if (clientIds.Count > 0 && clientIds.Count != form.Files.Count)
        {
            throw Refuse.With("api.file.upload_file.incorrect_number_of_client_ids.app_error", 400);
        }

        var infos = new JsonArray();
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            var stored = await Store(call, channelId, file.FileName, content, most, -1);
            infos.Add((JsonNode)call.World.Files.Json(stored));
        }

        return Answer.Created(
            new JsonObject
            {
                ["file_infos"] = infos,
                ["client_ids"] = new JsonArray([.. clientIds.Select(id => JsonValue.Create(id))]),
            }
        );
    }

    private static async Task<Answer> UploadBody(Call call, long most)
    {
        var channelId = call.Query("channel_id");
        var name = call.Query("filename") is { Length: > 0 } given
            ? given
            : throw Refuse.Url("filename");
        DemandUpload(call, channelId, isInForm: true);
        using var content = new MemoryStream(call.RawBody);
        var stored = await Store(call, channelId, name, content, most, content.Length);
        return Answer.Created(
            new JsonObject
            {
                ["file_infos"] = new JsonArray(call.World.Files.Json(stored)),
                ["client_ids"] = null,
            }
        );
    }

    private static void DemandUpload(Call call, string channelId, bool isInForm)
    {
        if (!Ids.IsValid(channelId))
        {
            throw isInForm ? Refuse.Url("channel_id") : Refuse.Body("channel_id");
        }

        call.World.DemandInChannel(call.User, channelId, Permission.UploadFile);
    }

    private static async Task<StoredFile> Store(
        Call call,
        string channelId,
        string name,
        Stream content,
        long most,
        long said
    )
    {
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole);
        if (whole.Length > most)
        {
            // The length of a file in a form is not known to the server, which shows.
            throw new RefusedException(
                new AppError(
                    "api.file.upload_file.too_large_detailed.app_error",
                    $"Unable to upload file {name}. {said} bytes exceeds the maximum allowed {most} bytes.",
                    413
                )
            );
        }

        return call.World.Files.Add(
            call.User.Id,
            channelId,
            name,
            ImmutableArray.Create(whole.ToArray())
        );
    }

    private static StoredFile Readable(Call call)
    {
        var file = call.World.Files.Get(call.Id("file_id"));
        if (file.UserId != call.User.Id)
        {
            DemandReadOf(call, file.PostId);
        }

        return file;
    }

    private static void DemandReadOf(Call call, string postId)
    {
        var post =
            call.World.Posts.FindEvenDeleted(postId)
            ?? throw Refuse.Permission(Permission.ReadChannel);
        call.World.DemandRead(call.User, post.ChannelId);
    }

    /// <summary>Whose content can be read: on today's servers also one whose post was deleted.</summary>
    private static StoredFile WithContent(Call call)
    {
        if (!call.World.Version.ReadsFilesOfDeletedPosts)
        {
            return Readable(call);
        }

        var file =
            call.World.Files.Find(call.Id("file_id"))
            ?? throw Refuse.With("api.file.get_file_info.app_error", 404);
        if (file.UserId != call.User.Id)
        {
            DemandReadOf(call, file.PostId);
        }

        return file;
    }

    private static Answer Content(Call call)
    {
        var file = WithContent(call);
        var name = Uri.EscapeDataString(file.Name);
        // Nothing that a browser might run is sent as what it is.
        var type =
            file.MimeType.Length == 0 ? "application/octet-stream"
            : file.Extension is "html" or "htm" or "svg" or "js" or "xml" ? "text/plain"
            : file.MimeType;
        return new Answer(200, [.. file.Content], type)
        {
            Headers =
            [
                new("Cache-Control", "private, no-cache"),
                new(
                    "Content-Disposition",
                    $"attachment;filename=\"{name}\"; filename*=UTF-8''{name}"
                ),
                new("X-Content-Type-Options", "nosniff"),
            ],
        };
    }

    private static Answer Info(Call call) => Answer.Json(call.World.Files.Json(Readable(call)));

    private static Answer OfPost(Call call)
    {
        var id = call.Id("post_id");
        DemandReadOf(call, id);
        var post = call.World.Version.ReadsFilesOfDeletedPosts
            ? call.World.Posts.Get(id)
            : call.World.Posts.FindEvenDeleted(id)!;
        var files = call.World.Files.Of(post);
        return Answer.Json(
            new JsonArray([.. files.Select(f => (JsonNode)call.World.Files.Json(f))])
        );
    }
}
