using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>Who could read what is posted in a channel (ASG-4). What the server does not say counts as unknown.</summary>
internal sealed class ChatAudiences(ChatRequests requests, ChatOptions options)
{
    /// <summary>Group messages have no more members than this.</summary>
    private const int MostInPersonal = 60;

    public async Task<ChatAudience?> Of(ChannelId id, CancellationToken cancel)
    {
        var path = $"channels/{Uri.EscapeDataString(id.Value)}";
        try
        {
            var channel = await Ask(path, ChatWire.Json.ReadChannel, cancel);
            if (channel.Type is "D" or "G")
            {
                return await OfMembers(path, cancel);
            }

            var stats = await Ask(path + "/stats", ChatWire.Json.ReadChannelStats, cancel);
            return stats.GuestCount is { } guests
                ? new ChatAudience(guests > 0, channel.Shared == true, IsDirect: false)
                {
                    Name = channel.Name,
                }
                : null;
        }
        catch (ChatException unseen)
            when (unseen.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            return null;
        }
    }

    private async Task<ChatAudience> OfMembers(string path, CancellationToken cancel)
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
                    ChatWire.Json.IReadOnlyListReadUser,
                    c
                ),
            cancel
        );
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
