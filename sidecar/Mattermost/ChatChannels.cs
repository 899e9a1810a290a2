using System.Text.Json.Serialization.Metadata;
using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>Channels that the bot opens, who is in them, and what stands above them.</summary>
internal sealed partial class ChatChannels(ChatRequests requests, ChatOptions options)
{
    private const int HeaderRunes = 1024;

    public async Task Admit(ChannelId channel, UserId person, CancellationToken cancel)
    {
        // Servers let people into archived channels, and let those in who can't log in any more: nobody would notice.
        await Open(channel, cancel);
        await DemandAccount(person, cancel);
        await AsMember(
            channel,
            ChatObstacle.MayNotAdd,
            () => Send($"channels/{Part(channel.Value)}/members", person, cancel),
            cancel
        );
    }

    public async Task SetHeader(ChannelId channel, string header, CancellationToken cancel)
    {
        var wanted = CardLimits.Cut(header, HeaderRunes);
        if ((await Open(channel, cancel)).Header == wanted)
        {
            return;
        }

        await AsMember(
            channel,
            ChatObstacle.MayNotChangeHeader,
            () =>
                Write(
                    HttpMethod.Put,
                    $"channels/{Part(channel.Value)}/patch",
                    MattermostHttp.Json(new ChannelPatch(wanted), ChatWire.Json.ChannelPatch),
                    cancel
                ),
            cancel
        );
    }

    public async Task Pin(PostedAt post, CancellationToken cancel)
    {
        var path = $"posts/{Part(post.Post.Value)}";
        await AsMember(
            post.Channel,
            ChatObstacle.NotAdmitted,
            async () =>
            {
                try
                {
                    await Write(HttpMethod.Post, path + "/pin", null, cancel);
                }
                catch (ChatException refused) when (refused.Obstacle == ChatObstacle.NotAdmitted)
                {
                    // A post that is gone is answered like a lack of permission.
                    throw await requests.Exists(path, cancel)
                        ? refused
                        : refused.With(ChatProblem.Missing, ChatObstacle.NoPost);
                }
            },
            cancel
        );
    }

    /// <summary>The bot becomes a member of a channel, where it may do that by itself: in public ones.</summary>
    public async Task<bool> Join(ChannelId channel, CancellationToken cancel)
    {
        try
        {
            await Send($"channels/{Part(channel.Value)}/members", options.Bot, cancel);
            return true;
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            return false;
        }
    }

    /// <summary>In public channels of its team the bot may become a member by itself, and come back when it was removed.</summary>
    /// <param name="channel">Where.</param>
    /// <param name="forbidden">What stands in the way when members may not do it either.</param>
    /// <param name="act">What is done.</param>
    /// <param name="cancel">Gives up.</param>
    private async Task AsMember(
        ChannelId channel,
        ChatObstacle forbidden,
        Func<Task> act,
        CancellationToken cancel
    )
    {
        try
        {
            await act();
            return;
        }
        catch (ChatException refused) when (refused.Obstacle == ChatObstacle.NotAdmitted)
        {
            if (!await Join(channel, cancel))
            {
                throw refused.With(refused.Problem, forbidden);
            }
        }

        try
        {
            await act();
        }
        catch (ChatException refused) when (refused.Obstacle == ChatObstacle.NotAdmitted)
        {
            throw refused.With(refused.Problem, forbidden);
        }
    }

    /// <summary>A channel that is not archived.</summary>
    private async Task<WireChannel> Open(ChannelId id, CancellationToken cancel)
    {
        var path = $"channels/{Part(id.Value)}";
        var channel = await Read(path, ChatWire.Json.WireChannel, cancel);
        return channel.DeleteAt == 0
            ? channel
            : throw new ChatException(ChatProblem.Refused, $"{path}: it is archived")
            {
                Obstacle = ChatObstacle.Archived,
            };
    }

    private async Task DemandAccount(UserId person, CancellationToken cancel)
    {
        var path = $"users/{Part(person.Value)}";
        try
        {
            if ((await Read(path, ChatWire.Json.WireUser, cancel)).DeleteAt == 0)
            {
                return;
            }
        }
        catch (ChatException unseen) when (unseen.Obstacle == ChatObstacle.NotAdmitted)
        {
            // Whom the bot may not look at it may add all the same.
            return;
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            // An id that can't be one is refused, one that nobody has is missing.
        }

        throw new ChatException(ChatProblem.Missing, $"{path}: no such account, or deactivated")
        {
            Obstacle = ChatObstacle.NoAccount,
        };
    }

    private Task Send(string path, UserId member, CancellationToken cancel) =>
        Write(
            HttpMethod.Post,
            path,
            MattermostHttp.Json(new NewMember(member.Value), ChatWire.Json.NewMember),
            cancel
        );

    private Task<T> Read<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancel) =>
        requests.Ask(
            options.ReadTimeout,
            (http, c) => http.Send(HttpMethod.Get, "api/v4/" + path, null, answer, c),
            cancel
        );

    private async Task Write(
        HttpMethod method,
        string path,
        HttpContent? body,
        CancellationToken cancel
    ) =>
        await requests.Ask(
            options.WriteTimeout,
            async (http, c) =>
            {
                await http.Send(method, "api/v4/" + path, body, c);
                return true;
            },
            cancel
        );

    private static string Part(string id) => Uri.EscapeDataString(id);
}
