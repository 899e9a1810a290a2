using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>Who could read what is posted in a channel (ASG-4). What the server does not say counts as unknown.</summary>
internal sealed class ChatAudiences(ChatRequests requests, ChatOptions options)
{
    /// <summary>Group messages have no more members than this.</summary>
    private const int MostInPersonal = 60;

    private const int AtOnce = 200;

    /// <summary>A channel with more members than this counts as one of which nobody knows who reads it.</summary>
    private const int MostLookedAt = 4_000;

    public async Task<ChatAudience?> Of(ChannelId id, CancellationToken cancel)
    {
        var path = $"channels/{Uri.EscapeDataString(id.Value)}";
        try
        {
            var channel = await Ask(path, ChatWire.Json.WireChannel, cancel);
            AnswerAbout.Demand(channel.Id, id.Value, "Who reads a channel");
            if (channel.Type is "D" or "G")
            {
                return await OfMembers(path, cancel);
            }

            var stats = await Ask(path + "/stats", ChatWire.Json.ReadChannelStats, cancel);
            AnswerAbout.Demand(stats.ChannelId, id.Value, "How many read a channel");
            return
                stats.GuestCount is { } guests
                && await HasOutsiders(id, guests > 0 || channel.Shared == true, cancel)
                    is { } strangers
                ? new ChatAudience(
                    guests > 0 || strangers.Guests,
                    channel.Shared == true || strangers.Remote,
                    IsDirect: false
                )
                {
                    Name = channel.Name,
                    Members = stats.MemberCount,
                    IsPublic = channel.Type == "O",
                }
                : null;
        }
        catch (ChatException unseen)
            when (unseen.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether an account among the members is a guest's or another server's: what the server counts is who is a guest
    /// in the channel, and somebody may be one in one sense only. Null when there are too many to tell.
    /// </summary>
    private async Task<(bool Guests, bool Remote)?> HasOutsiders(
        ChannelId channel,
        bool isKnown,
        CancellationToken cancel
    )
    {
        if (isKnown)
        {
            return (false, false);
        }

        for (var page = 0; page * AtOnce < MostLookedAt; page++)
        {
            var users = await Ask(
                $"users?in_channel={Uri.EscapeDataString(channel.Value)}&page={page}&per_page={AtOnce}",
                ChatWire.Json.IReadOnlyListWireUser,
                cancel
            );
            if (users.Count == 0 && page == 0)
            {
                // Nobody is in no channel: whoever says so is not asked about it.
                return null;
            }

            var guests = users.Any(u => u.Has("system_guest"));
            var remote = users.Any(u => !string.IsNullOrEmpty(u.RemoteId));
            if (guests || remote || users.Count < AtOnce)
            {
                return (guests, remote);
            }
        }

        return null;
    }

    private async Task<ChatAudience?> OfMembers(string path, CancellationToken cancel)
    {
        var members = await Ask(
            $"{path}/members?per_page={MostInPersonal}",
            ChatWire.Json.IReadOnlyListReadMember,
            cancel
        );
        var users = await requests.Ask(
            options.ReadTimeout,
            (http, c) =>
                http.Send(
                    HttpMethod.Post,
                    "api/v4/users/ids",
                    MattermostHttp.Json(
                        members.Select(m => m.UserId).ToList(),
                        ChatWire.Json.IReadOnlyListString
                    ),
                    ChatWire.Json.IReadOnlyListWireUser,
                    c
                ),
            cancel
        );
        var told = users.Select(u => u.Id).ToHashSet(StringComparer.Ordinal);
        if (members.Count == 0 || !members.All(m => told.Contains(m.UserId)))
        {
            return null;
        }

        return new ChatAudience(
            users.Any(u => u.Has("system_guest")),
            users.Any(u => !string.IsNullOrEmpty(u.RemoteId)),
            IsDirect: true
        );
    }

    private Task<T> Ask<T>(
        string path,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> answer,
        CancellationToken cancel
    ) =>
        requests.Ask(
            options.ReadTimeout,
            (http, c) => http.Send(HttpMethod.Get, "api/v4/" + path, null, answer, c),
            cancel
        );
}
