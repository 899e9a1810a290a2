using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>Files of Mattermost, the posts that they are attached to, and who may see those.</summary>
internal sealed class ChatFiles(ChatRequests requests, ChatOptions options)
{
    /// <summary>Nobody has seen how older ones draw such forms.</summary>
    private static readonly Version FirstWithAppForms = new(11, 6);

    public async Task<FileId> Upload(
        ChannelId channel,
        string name,
        Stream content,
        CancellationToken cancel
    )
    {
        // Asked before: a server that finds a file too large hangs up while it is being sent, and then nobody can tell
        // that from a network that fails.
        var server = await Server(cancel);
        if (!server.TakesFiles)
        {
            throw NotTaken(ChatObstacle.NoFiles, "FileSettings.EnableFileAttachments is off");
        }

        if (server.LargestFile is { } most && content.CanSeek && content.Length > most)
        {
            throw NotTaken(
                ChatObstacle.FileTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the file has {content.Length} bytes, FileSettings.MaxFileSize is {most}"
                )
            );
        }

        ReadUpload answer;
        try
        {
            answer = await Send(channel, name, content, cancel);
        }
        catch (ChatException tooLarge)
            when (ChatRequests.AnswerOf(tooLarge)?.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            // Proxies have limits of their own, say so with the status alone, and say it again to the same file.
            throw NotTaken(ChatObstacle.FileTooLarge, tooLarge.Message);
        }

        return answer.FileInfos is [var file, ..]
            ? new FileId(file.Id)
            : throw new ChatException(
                ChatProblem.Refused,
                "POST api/v4/files: took the request, but no file"
            );
    }

    private Task<ReadUpload> Send(
        ChannelId channel,
        string name,
        Stream content,
        CancellationToken cancel
    ) =>
        requests.Ask(
            options.FileTimeout,
            async (http, c) =>
            {
                using var form = Form(channel, name, content);
                return await http.Send(
                    HttpMethod.Post,
                    "api/v4/files",
                    form,
                    ChatWire.Json.ReadUpload,
                    c
                );
            },
            cancel
        );

    /// <summary>Servers make the post even when they can't attach the file, which nobody could do anything with.</summary>
    /// <exception cref="ChatException">The post was made without its files.</exception>
    public static void Attached(OutgoingPost sent, WirePost made)
    {
        if (!sent.Files.IsDefaultOrEmpty && made.FileIds is not { Count: > 0 })
        {
            throw new ChatException(
                ChatProblem.Refused,
                "POST api/v4/posts: the post was made without its file"
            );
        }
    }

    public async Task<ChatPost?> ReadPost(PostId post, CancellationToken cancel) =>
        await Find($"posts/{Part(post.Value)}", ChatWire.Json.WirePost, cancel) is { } read
            ? Read(read) with
            {
                Id = post,
            }
            : null;

    public async Task<IReadOnlyList<ChatPost>> LatestPosts(
        ChannelId channel,
        int atMost,
        CancellationToken cancel
    )
    {
        var size = atMost.ToString(CultureInfo.InvariantCulture);
        var path = $"channels/{Part(channel.Value)}/posts?per_page={size}";
        return await Find(path, ChatWire.Json.ReadPosts, cancel) is { } page
            ?
            [
                .. page
                    .Order.Select(id => page.Posts.GetValueOrDefault(id))
                    .OfType<WirePost>()
                    .Where(p => p.DeleteAt == 0)
                    .Select(Read),
            ]
            : [];
    }

    private static ChatPost Read(WirePost read) =>
        new(
            new PostId(read.Id),
            new ChannelId(read.ChannelId),
            new UserId(read.UserId),
            read.Message,
            [
                .. (read.Metadata?.Files ?? []).Select(f => new ChatFile(
                    new FileId(f.Id),
                    f.Name,
                    f.Size
                )),
            ]
        );

    public async Task Download(FileId file, Stream to, long atMost, CancellationToken cancel)
    {
        var isWhole = await requests.Ask(
            options.FileTimeout,
            (http, c) => http.Copy($"api/v4/files/{Part(file.Value)}", to, atMost, c),
            cancel
        );
        if (!isWhole)
        {
            throw NotTaken(
                ChatObstacle.FileTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the file has more than {atMost} bytes"
                )
            );
        }
    }

    public async Task<bool> IsMember(ChannelId channel, UserId person, CancellationToken cancel) =>
        await Find(
            $"channels/{Part(channel.Value)}/members/{Part(person.Value)}",
            ChatWire.Json.NewMember,
            cancel
        )
            is { } member
        && member.UserId == person.Value;

    public async Task<ChatServer> Server(CancellationToken cancel)
    {
        var config = await requests.Ask(
            options.ReadTimeout,
            (http, c) =>
                http.Send(
                    HttpMethod.Get,
                    "api/v4/config/client?format=old",
                    null,
                    ChatWire.Json.ReadClientConfig,
                    c
                ),
            cancel
        );
        return new ChatServer(
            Uri.TryCreate(config.SiteUrl, UriKind.Absolute, out var site) ? site : null,
            config.EnableFileAttachments != "false",
            long.TryParse(config.MaxFileSize, CultureInfo.InvariantCulture, out var most)
                ? most
                : null
        )
        {
            DrawsFormsAsApps =
                config.DrawsFormsAsApps == "true"
                && Version.TryParse(config.Version, out var version)
                && version >= FirstWithAppForms,
        };
    }

    /// <summary>What somebody asks for by its id may not exist, not be for us, or have an id that can't be one: all the same.</summary>
    private async Task<T?> Find<T>(
        string what,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> answer,
        CancellationToken cancel
    )
        where T : class
    {
        try
        {
            return await requests.Ask(
                options.ReadTimeout,
                (http, c) => http.Send(HttpMethod.Get, $"api/v4/{what}", null, answer, c),
                cancel
            );
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Missing or ChatProblem.Refused)
        {
            return null;
        }
    }

    private static MultipartFormDataContent Form(ChannelId channel, string name, Stream content)
    {
        // The channel comes first, or the server holds the whole file in memory until it knows.
        var form = new MultipartFormDataContent
        {
            { new StringContent(channel.Value), "channel_id" },
        };
        var file = new StreamContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "files", name);
        return form;
    }

    private static ChatException NotTaken(ChatObstacle obstacle, string why) =>
        new(ChatProblem.Refused, why) { Obstacle = obstacle };

    private static string Part(string id) => Uri.EscapeDataString(id);
}
