using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Calls outgoing webhooks and posts what they answer.</summary>
internal sealed class OutgoingCalls(World world)
{
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
        foreach (var hook in world.OutgoingHooks.All().Where(h => h.TeamId == channel.TeamId))
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
}
