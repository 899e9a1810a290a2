using System.Text.Json.Serialization.Metadata;
using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <summary>Channels that the bot opens, who is in them, and what stands above them.</summary>
internal sealed class ChatChannels(ChatRequests requests, ChatOptions options)
{
    private const int MostNames = 50;
    private const int TitleRunes = 64;
    private const int HeaderRunes = 1024;
    private const int PurposeRunes = 250;
    private const string NameTaken = "store.sql_channel.save_channel.exists.app_error";

    /// <remarks>
    /// It looks before it opens, each time: an earlier try may have got through although nobody heard so, and then the
    /// name is taken, or the team full, by just the channel that is wanted.
    /// </remarks>
    public async Task<NamedChannel> Open(NewChannel wanted, CancellationToken cancel)
    {
        var team = await TeamOf(wanted.Beside, cancel);
        for (var number = 1; number <= MostNames; number++)
        {
            var name = ChannelNames.Fit(wanted.Name, number);
            var there = await Named(team, name, cancel);
            var opened = there is null ? await Open(wanted, team, name, cancel) : null;
            if (opened is null && there is not null && IsOurs(there, wanted))
            {
                opened = there;
            }

            if (opened is not null)
            {
                return new NamedChannel(new ChannelId(opened.Id), opened.Name);
            }
        }

        throw new ChatException(
            ChatProblem.Refused,
            $"POST api/v4/channels: the name {ChannelNames.Fit(wanted.Name, 1)} is taken, and so is each with a number behind it up to {MostNames}"
        );
    }

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

    /// <summary>The team that a channel is in; the bot's own for direct messages, and for a channel that it can't see when it has but one.</summary>
    private async Task<string> TeamOf(ChannelId beside, CancellationToken cancel)
    {
        ChatException? unseen = null;
        try
        {
            var channel = await Read(
                $"channels/{Part(beside.Value)}",
                ChatWire.Json.ReadChannel,
                cancel
            );
            if (channel.TeamId.Length > 0)
            {
                return channel.TeamId;
            }
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            unseen = problem;
        }

        var teams = await Read("users/me/teams", ChatWire.Json.IReadOnlyListReadTeam, cancel);
        return teams switch
        {
            [var only] => only.Id,
            [var first, ..] when unseen is null => first.Id,
            [] => throw new ChatException(ChatProblem.Refused, "the bot is in no team")
            {
                Obstacle = ChatObstacle.MayNotOpenChannels,
            },
            _ => throw unseen!,
        };
    }

    private async Task<ReadChannel?> Open(
        NewChannel wanted,
        string team,
        string name,
        CancellationToken cancel
    )
    {
        var title = Cut(string.Join(' ', wanted.Title.Split((char[])['\n', '\r'])), TitleRunes);
        var purpose = wanted.Purpose.Length == 0 ? "" : " · " + wanted.Purpose;
        var body = new ChannelToOpen(
            team,
            wanted.IsPrivate ? "P" : "O",
            name,
            string.IsNullOrWhiteSpace(title) ? name : title,
            Cut(wanted.Marker + purpose, PurposeRunes)
        );
        try
        {
            return await requests.Ask(
                options.WriteTimeout,
                (http, c) =>
                    http.Send(
                        HttpMethod.Post,
                        "api/v4/channels",
                        MattermostHttp.Json(body, ChatWire.Json.ChannelToOpen),
                        ChatWire.Json.ReadChannel,
                        c
                    ),
                cancel
            );
        }
        catch (ChatException taken) when (ChatRequests.ErrorOf(taken) == NameTaken)
        {
            // By a channel that the bot can't see; or by a try of ours that was still on its way.
            var there = await Named(team, name, cancel);
            return there is not null && IsOurs(there, wanted) ? there : null;
        }
        catch (ChatException refused) when (refused.Obstacle == ChatObstacle.NotAdmitted)
        {
            throw refused.With(refused.Problem, ChatObstacle.MayNotOpenChannels);
        }
    }

    private bool IsOurs(ReadChannel channel, NewChannel wanted) =>
        channel.DeleteAt == 0
        && channel.CreatorId == options.Bot.Value
        && channel.Purpose.StartsWith(wanted.Marker, StringComparison.Ordinal)
        && (
            channel.Purpose.Length == wanted.Marker.Length
            || channel.Purpose[wanted.Marker.Length] == ' '
        );

    /// <summary>The channel of that name, an archived one too; null when there is none that the bot can see.</summary>
    private async Task<ReadChannel?> Named(string team, string name, CancellationToken cancel)
    {
        try
        {
            return await Read(
                $"teams/{Part(team)}/channels/name/{Part(name)}?include_deleted=true",
                ChatWire.Json.ReadChannel,
                cancel
            );
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Missing or ChatProblem.Refused)
        {
            return null;
        }
    }

    /// <summary>A channel that is not archived.</summary>
    private async Task<ReadChannel> Open(ChannelId id, CancellationToken cancel)
    {
        var path = $"channels/{Part(id.Value)}";
        var channel = await Read(path, ChatWire.Json.ReadChannel, cancel);
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
            if ((await Read(path, ChatWire.Json.ReadUser, cancel)).DeleteAt == 0)
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

    /// <summary>Plain text, unlike what <see cref="CardLimits.Cut"/> takes: no Markdown that could break.</summary>
    private static string Cut(string text, int runes) =>
        CardLimits.Runes(text) <= runes
            ? text
            : string.Concat(text.EnumerateRunes().Take(runes - 1)).TrimEnd() + "…";

    private static string Part(string id) => Uri.EscapeDataString(id);
}
