using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Clicks on buttons and choices in menus.</summary>
internal sealed class Actions(World world)
{
    private static readonly string[] KeptProps =
    [
        "from_webhook",
        "override_username",
        "override_icon_url",
    ];
    private readonly ActionCookies cookies = new();

    /// <summary>Calls what is behind the action and returns the client's trigger id.</summary>
    public async Task<string> ClickAsync(
        User user,
        string postId,
        string actionId,
        string selected,
        string cookie
    )
    {
        var target =
            cookie.Length > 0 && world.Posts.Find(postId) is null
                ? cookies.Open(cookie, postId)
                : FromPost(postId, actionId);
        var channel = world.Channels.Get(target.ChannelId);
        var team = world.Teams.Find(channel.TeamId);
        var (clientTrigger, triggerId) = world.Triggers.New(user.Id, channel.Id, channel.TeamId);
        var context = Context(target, selected);
        var request = new JsonObject
        {
            ["user_id"] = user.Id,
            ["user_name"] = user.Username,
            ["channel_id"] = channel.Id,
            ["channel_name"] = channel.Name,
            ["team_id"] = channel.TeamId,
            ["team_domain"] = team?.Name ?? "",
            ["post_id"] = postId,
            ["trigger_id"] = triggerId,
            ["type"] = target.Type,
            ["data_source"] =
                target.Type == "select" && selected.Length > 0 ? target.DataSource : "",
        };
        if (context.Count > 0)
        {
            request["context"] = context;
        }

        var answer = await PostAsync(target.Url, request);
        Apply(answer, user, postId, channel, target);
        return clientTrigger;
    }

    /// <summary>Dialog submissions and clicks reach integrations the same way: JSON, no credential, 200 or an error.</summary>
    public async Task<string> PostAsync(string url, JsonObject request)
    {
        var answer = await world.Integrations.CallAsync(
            HttpMethod.Post,
            url,
            Wire.Go(request.ToJsonString(Wire.Options)),
            "application/json",
            most: world.Version.LimitsAnswersToClicks ? null : int.MaxValue
        );
        return answer is { Status: 200 } ? answer.Body : throw Failed();
    }

    private static JsonObject Context(ActionTarget target, string selected)
    {
        var context = target.Context;
        if (target.Type == "select" && selected.Length > 0)
        {
            context = PostProps.With(context, "selected_option", selected);
        }

        return Wire.GoMap(context)!.AsObject();
    }

    private void Apply(string body, User user, string postId, Channel channel, ActionTarget target)
    {
        if (body.Length == 0 && world.Version.TakesEmptyAnswersToClicks)
        {
            return;
        }

        JsonElement answer;
        try
        {
            answer = Wire.Parse(body);
        }
        catch (JsonException)
        {
            throw Failed();
        }

        if (answer.Get("update") is { ValueKind: JsonValueKind.Object } update)
        {
            world.Posts.Update(
                postId,
                old =>
                    old with
                    {
                        Message = update.Str("message") ?? "",
                        FullProps = UpdatedProps(old, update, target),
                    }
            );
        }

        if (answer.Str("ephemeral_text") is { Length: > 0 } text)
        {
            var draft = new Post
            {
                Id = "",
                ChannelId = channel.Id,
                UserId = user.Id,
                RootId = target.RootPostId,
                Message = answer.Flag("skip_slack_parsing") is true ? text : SlackText.Links(text),
                FullProps = Wire.Element(Kept(target.Props)),
            };
            world.Ephemerals.Send(user.Id, draft);
        }
    }

    /// <summary>An update without props keeps the old ones; with props, the dress of the post is still kept.</summary>
    private static JsonElement UpdatedProps(Post old, JsonElement update, ActionTarget target)
    {
        if (update.Get("props") is not { ValueKind: JsonValueKind.Object } props)
        {
            return old.FullProps;
        }

        var changed = PostProps.AsObject(props);
        foreach (var name in KeptProps)
        {
            changed.Remove(name);
        }

        foreach (var (name, value) in Kept(target.Props))
        {
            changed[name] = value?.DeepClone();
        }

        return Wire.Element(changed);
    }

    internal static JsonObject Kept(JsonElement props)
    {
        var kept = new JsonObject();
        foreach (var name in KeptProps)
        {
            if (props.Get(name) is { } value)
            {
                kept[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        return kept;
    }

    private ActionTarget FromPost(string postId, string actionId)
    {
        var post = world.Posts.Get(postId);
        var action = post
            .FullAttachments.SelectMany(a => a.Actions ?? [])
            .FirstOrDefault(a => a.Id == actionId);
        return action?.Integration is { } integration
            ? new ActionTarget(
                post.ChannelId,
                action.Type ?? "",
                action.DataSource ?? "",
                integration.Url ?? "",
                integration.Context ?? Wire.EmptyObject,
                post.RootId.Length > 0 ? post.RootId : post.Id,
                post.FullProps
            )
            : throw Refuse.With("api.post.do_action.action_id.app_error", 404);
    }

    public Post WithCookies(Post post) => cookies.WithCookies(post);

    internal static RefusedException Failed() =>
        Refuse.With("api.post.do_action.action_integration.app_error", 400);
}
