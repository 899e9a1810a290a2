using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>An outgoing webhook: a trigger word in a public channel calls an integration.</summary>
public sealed record OutgoingHook
{
    public string Id { get; init; } = "";
    public string Token { get; init; } = "";
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long DeleteAt { get; init; }
    public string CreatorId { get; init; } = "";
    public string ChannelId { get; init; } = "";
    public string TeamId { get; init; } = "";
    public IReadOnlyList<string> TriggerWords { get; init; } = [];

    /// <summary>0: the first word is a trigger word; 1: it starts with one.</summary>
    public int TriggerWhen { get; init; }

    [JsonPropertyName("callback_urls")]
    public IReadOnlyList<string> CallbackUrls { get; init; } = [];
    public string DisplayName { get; init; } = "";
    public string Description { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string Username { get; init; } = "";
    public string IconUrl { get; init; } = "";
}

internal sealed class OutgoingHooks(World world)
{
    private readonly Dictionary<string, OutgoingHook> byId = new(StringComparer.Ordinal);

    public OutgoingHook Create(OutgoingHook draft, User creator)
    {
        DemandEnabled();
        var hook = draft with
        {
            Id = Ids.New(),
            Token = Ids.New(),
            CreatorId = creator.Id,
            CreateAt = world.Now,
            UpdateAt = world.Now,
            DeleteAt = 0,
        };
        lock (world.Gate)
        {
            Check(hook);
            byId.Add(hook.Id, hook);
            world.Changes.Signal();
            return hook;
        }
    }

    private void DemandEnabled()
    {
        if (!world.Config.Current.EnableOutgoingWebhooks)
        {
            throw Refuse.With("api.outgoing_webhook.disabled.app_error", 501);
        }
    }

    private void Check(OutgoingHook hook)
    {
        if (hook.ChannelId.Length > 0)
        {
            var channel = world.Channels.Get(hook.ChannelId);
            if (!channel.IsOpen)
            {
                throw Refuse.With("api.outgoing_webhook.disabled.app_error", 403);
            }

            if (channel.TeamId != hook.TeamId)
            {
                throw Refuse.With("api.webhook.create_outgoing.permissions.app_error", 403);
            }
        }
        else if (hook.TriggerWords.Count == 0)
        {
            throw Refuse.With("api.webhook.create_outgoing.triggers.app_error", 400);
        }

        var twin = byId.Values.Any(other =>
            other.Id != hook.Id
            && other.TeamId == hook.TeamId
            && other.ChannelId == hook.ChannelId
            && other.CallbackUrls.Intersect(hook.CallbackUrls, StringComparer.Ordinal).Any()
            && other.TriggerWords.Intersect(hook.TriggerWords, StringComparer.Ordinal).Any()
        );
        if (twin)
        {
            throw Refuse.With("api.webhook.create_outgoing.intersect.app_error", 500);
        }

        if (hook.CallbackUrls.Count == 0)
        {
            throw Refuse.With("model.outgoing_hook.is_valid.callback.app_error", 400);
        }

        if (!hook.CallbackUrls.All(Commands.IsHttpUrl))
        {
            throw Refuse.With("model.outgoing_hook.is_valid.url.app_error", 400);
        }
    }

    public OutgoingHook Get(string? id)
    {
        lock (world.Gate)
        {
            return id is not null && byId.TryGetValue(id, out var hook)
                ? hook
                : throw Refuse.With("app.webhooks.get_outgoing.app_error", 404);
        }
    }

    public IReadOnlyList<OutgoingHook> All()
    {
        lock (world.Gate)
        {
            return [.. byId.Values];
        }
    }

    public OutgoingHook Update(string id, Func<OutgoingHook, OutgoingHook> change)
    {
        DemandEnabled();
        lock (world.Gate)
        {
            var updated = change(Get(id)) with { UpdateAt = world.Now };
            Check(updated);
            byId[id] = updated;
            world.Changes.Signal();
            return updated;
        }
    }

    public void Delete(string id)
    {
        lock (world.Gate)
        {
            byId.Remove(id);
            world.Changes.Signal();
        }
    }

    /// <summary>Calls the hooks that a new post triggers, behind the author's back.</summary>
    public void React(Post post, User author, Channel channel)
    {
        if (!world.Config.Current.EnableOutgoingWebhooks)
        {
            return;
        }

        var firstWord =
            post.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .FirstOrDefault()
            ?? "";
        foreach (var hook in All().Where(h => h.TeamId == channel.TeamId))
        {
            if (TriggerOf(hook, channel.Id, firstWord) is { } word)
            {
                foreach (var url in hook.CallbackUrls)
                {
                    world.Integrations.InBackground(() =>
                        CallAsync(hook, url, word, post, author, channel)
                    );
                }
            }
        }
    }

    private static string? TriggerOf(OutgoingHook hook, string channelId, string firstWord)
    {
        if (hook.ChannelId.Length > 0 && hook.ChannelId != channelId)
        {
            return null;
        }

        if (hook.ChannelId == channelId && hook.TriggerWords.Count == 0)
        {
            return "";
        }

        return firstWord.Length == 0
            ? null
            : hook.TriggerWords.FirstOrDefault(w =>
                hook.TriggerWhen == 0
                    ? w == firstWord
                    : firstWord.StartsWith(w, StringComparison.Ordinal)
            );
    }

    private async Task CallAsync(
        OutgoingHook hook,
        string url,
        string word,
        Post post,
        User author,
        Channel channel
    )
    {
        var team = world.Teams.Get(channel.TeamId);
        var isJson = hook.ContentType == "application/json";
        (string, string)[] fields =
        [
            ("token", hook.Token),
            ("team_id", hook.TeamId),
            ("team_domain", team.Name),
            ("channel_id", channel.Id),
            ("channel_name", channel.Name),
            (
                "timestamp",
                (isJson ? post.CreateAt : post.CreateAt / 1000).ToString(
                    CultureInfo.InvariantCulture
                )
            ),
            ("user_id", author.Id),
            ("user_name", author.Username),
            ("post_id", post.Id),
            ("text", post.Message),
            ("trigger_word", word),
            ("file_ids", string.Join(',', post.FileIds)),
        ];
        var answer = await world.Integrations.CallAsync(
            HttpMethod.Post,
            url,
            isJson ? AsJson(fields) : Forms.Encode(fields),
            isJson ? "application/json" : "application/x-www-form-urlencoded"
        );
        if (answer is not null)
        {
            Reply(hook, post, channel, answer.Body);
        }
    }

    private static string AsJson((string Name, string Value)[] fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
        {
            json[name] =
                name == "timestamp" ? long.Parse(value, CultureInfo.InvariantCulture) : value;
        }

        return Wire.Go(json.ToJsonString(Wire.Options));
    }

    private void Reply(OutgoingHook hook, Post post, Channel channel, string body)
    {
        try
        {
            var answer = Wire.Parse(body);
            var attachments = AttachmentRules.In(answer.Get("attachments"));
            if (answer.Get("text") is null && attachments.IsEmpty)
            {
                return;
            }

            var dress = new WebhookDress(
                hook.DisplayName,
                answer.Str("username") is { Length: > 0 } name ? name : hook.Username,
                answer.Str("icon_url") is { Length: > 0 } icon ? icon : hook.IconUrl
            );
            world.IncomingHooks.Post(
                hook.CreatorId,
                channel,
                answer,
                dress,
                answer.Str("response_type") == "comment" ? post.Id : ""
            );
        }
        catch (Exception failure) when (failure is JsonException or RefusedException)
        {
            // A real server only logs what an outgoing webhook answers wrongly.
            world.IncomingHooks.Problems.Add(failure.Message);
        }
    }

    public OutgoingHook RegenerateToken(string id) => Update(id, h => h with { Token = Ids.New() });
}
