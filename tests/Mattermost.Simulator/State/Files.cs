using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>A file as it was uploaded. Times are milliseconds since 1970 in UTC.</summary>
internal sealed record StoredFile(
    string Id,
    string UserId,
    string ChannelId,
    string Name,
    ImmutableArray<byte> Content,
    long CreateAt
)
{
    /// <summary>The post it is attached to; empty until then, and for ever when it never was.</summary>
    public string PostId { get; init; } = "";

    /// <summary>Its post was deleted.</summary>
    public bool IsDeleted { get; init; }

    public string Extension => Path.GetExtension(Name).TrimStart('.').ToLowerInvariant();

    public string MimeType =>
        Extension switch
        {
            "csv" => "text/csv; charset=utf-8",
            "txt" or "text" or "log" => "text/plain; charset=utf-8",
            "html" or "htm" => "text/html; charset=utf-8",
            "json" => "application/json",
            "pdf" => "application/pdf",
            "zip" => "application/zip",
            _ => "",
        };
}

/// <summary>All files. One is attached to one post at the most, and goes with it.</summary>
internal sealed class Files(World world)
{
    /// <summary>How long the list of a post's files may be, written as JSON.</summary>
    private const int MaxIdsRunes = 300;

    private readonly Dictionary<string, StoredFile> byId = new(StringComparer.Ordinal);

    public StoredFile Add(
        string userId,
        string channelId,
        string name,
        ImmutableArray<byte> content
    )
    {
        var file = new StoredFile(
            Ids.New(),
            userId,
            channelId,
            Path.GetFileName(name),
            content,
            world.Now
        );
        lock (world.Gate)
        {
            byId.Add(file.Id, file);
        }

        world.Changes.Signal();
        return file;
    }

    public StoredFile? Find(string id)
    {
        lock (world.Gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    /// <summary>A file that is there for everybody: not one whose post was deleted.</summary>
    public StoredFile Get(string id) =>
        Find(id) is { IsDeleted: false } file
            ? file
            : throw Refuse.With("app.file_info.get.app_error", 404);

    public IReadOnlyList<StoredFile> Of(Post post) =>
        [.. post.FileIds.Select(Find).OfType<StoredFile>()];

    /// <summary>The ids of a new post, each once; whether such files exist is asked later.</summary>
    public static ImmutableArray<string> Checked(ServerVersion version, ImmutableArray<string> ids)
    {
        var distinct = ids.Distinct(StringComparer.Ordinal).ToImmutableArray();
        return Wire.Text(distinct).EnumerateRunes().Count() <= MaxIdsRunes
            ? distinct
            : throw Refuse.With(
                "model.post.is_valid.file_ids.app_error",
                400,
                ("Most", version.MaxFilesAsToldInErrors.ToString(CultureInfo.InvariantCulture))
            );
    }

    /// <summary>
    /// Attaches the author's files that no post has yet. The others are left out without a word, and the post is made.
    /// </summary>
    /// <returns>Those that are attached.</returns>
    public ImmutableArray<string> Attach(Post post)
    {
        var attached = ImmutableArray.CreateBuilder<string>();
        lock (world.Gate)
        {
            foreach (var id in post.FileIds)
            {
                if (
                    byId.TryGetValue(id, out var file)
                    && file.UserId == post.UserId
                    && file.PostId.Length == 0
                )
                {
                    byId[id] = file with { PostId = post.Id };
                    attached.Add(id);
                }
            }
        }

        return attached.ToImmutable();
    }

    public void DeleteOf(Post post)
    {
        lock (world.Gate)
        {
            foreach (var id in post.FileIds)
            {
                if (byId.TryGetValue(id, out var file))
                {
                    byId[id] = file with { IsDeleted = true };
                }
            }
        }
    }

    public JsonObject Json(StoredFile file)
    {
        var json = new JsonObject { ["id"] = file.Id, ["user_id"] = file.UserId };
        if (file.PostId.Length > 0)
        {
            json["post_id"] = file.PostId;
        }

        json["channel_id"] = world.Version.TellsChannelsOfFiles ? file.ChannelId : "";
        json["create_at"] = file.CreateAt;
        json["update_at"] = file.CreateAt;
        json["delete_at"] = 0;
        json["name"] = file.Name;
        json["extension"] = file.Extension;
        json["size"] = file.Content.Length;
        json["mime_type"] = file.MimeType;
        json["mini_preview"] = null;
        json["remote_id"] = "";
        if (world.Version.TellsChannelsOfFiles)
        {
            json["archived"] = false;
        }

        return json;
    }
}
