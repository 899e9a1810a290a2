using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Where a command was typed and by whom.</summary>
internal sealed record CommandPlace(string UserId, string ChannelId, string TeamId, string RootId);

/// <summary>Posts what a command answers: as the caller, dressed as the command.</summary>
internal sealed class CommandResponses(World world)
{
    /// <summary>Returns the answer with Slack's markup replaced: that is what the caller gets back.</summary>
    public CommandAnswer Handle(Command command, CommandPlace place, CommandAnswer answer)
    {
        RefusedException? failure = null;
        var all = new List<CommandAnswer>();
        Post? shown = null;
        foreach (
            var one in answer.ExtraResponses is { } extra
                ? [answer, .. extra]
                : (IEnumerable<CommandAnswer>)[answer]
        )
        {
            var parsed = one.SkipSlackParsing ? one : WithoutSlackMarkup(one);
            all.Add(parsed);
            try
            {
                var ephemeral = Post(command, place, parsed);
                shown = all.Count == 1 ? ephemeral : shown;
            }
            catch (RefusedException refused)
            {
                failure = refused;
            }
        }

        if (failure is not null)
        {
            throw Refuse.With(
                "api.command.execute_command.create_post_failed.app_error",
                500,
                ("Trigger", command.Trigger)
            );
        }

        var first = all[0];
        if (shown is not null && first.Attachments is not null)
        {
            // What was shown to the caller alone has sealed cookies in place of what is behind its buttons.
            first = first with
            {
                Attachments = shown.Attachments,
            };
        }

        return first with
        {
            ExtraResponses = answer.ExtraResponses is null ? null : all[1..],
        };
    }

    private CommandAnswer WithoutSlackMarkup(CommandAnswer answer) =>
        answer with
        {
            Text = SlackText.Announcements(world, answer.Text),
            Attachments = answer.Attachments is null
                ? null
                : SlackText.Announcements(world, [.. answer.Attachments]),
        };

    /// <returns>What the caller alone was shown, if that.</returns>
    private Post? Post(Command command, CommandPlace place, CommandAnswer answer)
    {
        var channelId = place.ChannelId;
        if (answer.ChannelId.Length > 0)
        {
            channelId = answer.ChannelId;
            if (world.Channels.Membership(channelId, place.UserId) is null)
            {
                throw Refuse.With("api.command.command_post.forbidden.app_error", 403);
            }
        }

        if (answer.Type.StartsWith("system_", StringComparison.Ordinal))
        {
            throw Refuse.Param("post.type");
        }

        var draft = new Post
        {
            Id = "",
            ChannelId = channelId,
            UserId = place.UserId,
            RootId = place.RootId,
            Message = answer.SkipSlackParsing ? answer.Text : SlackText.Links(answer.Text),
            Type =
                answer.Type.Length == 0 && answer.Attachments is not null
                    ? "slack_attachment"
                    : answer.Type,
            FullProps = Wire.Element(Props(command, answer)),
        };
        if (answer.ResponseType == "in_channel")
        {
            world.Posts.Create(
                draft,
                world.Users.Get(place.UserId),
                world.Channels.Get(channelId),
                triggersHooks: true
            );
        }
        else if (
            answer.ResponseType is "" or "ephemeral"
            && (answer.Text.Length > 0 || answer.Attachments is not null)
        )
        {
            return world.Ephemerals.Send(place.UserId, draft);
        }

        return null;
    }

    private JsonObject Props(Command command, CommandAnswer answer)
    {
        var props = PostProps.AsObject(answer.Props);
        var settings = world.Config.Current;
        if (
            settings.EnablePostUsernameOverride
            && First(command.Username, answer.Username) is { } username
        )
        {
            props["override_username"] = username;
        }

        if (settings.EnablePostIconOverride)
        {
            props["override_icon_url"] = First(command.IconUrl, answer.IconUrl) ?? "";
        }

        props["from_webhook"] = "true";
        if (answer.Attachments is not null)
        {
            ImmutableArray<Attachment> attachments = [.. answer.Attachments];
            props["attachments"] = System.Text.Json.JsonSerializer.SerializeToNode(
                SlackText.Links(attachments),
                Wire.Options
            );
        }

        return props;
    }

    private static string? First(string one, string other) =>
        one.Length > 0 ? one
        : other.Length > 0 ? other
        : null;
}
