using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <content>Channels of the bot's own, their members, headers and pins; people's statuses.</content>
internal sealed partial class MattermostChat
{
    public Task<NamedChannel> OpenChannel(NewChannel wanted, CancellationToken cancel) =>
        _channels.Open(wanted, wanted.Header.Show(_renderer.NameOf), cancel);

    public Task<ChatAudience?> Audience(ChannelId channel, CancellationToken cancel) =>
        _audiences.Of(channel, cancel);

    public async Task<ChatChannel?> FindChannel(ChannelId channel, CancellationToken cancel) =>
        channel.IsWellFormed
            ? await FindChannelAt(
                $"channels/{Uri.EscapeDataString(channel.Value)}",
                channel.Value,
                cancel
            )
            : null;

    public async Task<ChatChannel?> FindChannelNamed(
        TeamId team,
        string name,
        CancellationToken cancel
    ) =>
        team.IsWellFormed && ChannelNames.IsName(name)
            ? await FindChannelAt(
                $"teams/{Uri.EscapeDataString(team.Value)}/channels/name/{name}",
                asked: null,
                cancel
            )
            : null;

    /// <param name="path">Where it is asked for.</param>
    /// <param name="asked">Its id; null when it is found by its name.</param>
    /// <param name="cancel">Gives up.</param>
    private async Task<ChatChannel?> FindChannelAt(
        string path,
        string? asked,
        CancellationToken cancel
    )
    {
        try
        {
            var read = await _requests.Ask(
                _options.ReadTimeout,
                (http, c) =>
                    http.Send(HttpMethod.Get, $"api/v4/{path}", null, ChatWire.Json.WireChannel, c),
                cancel
            );
            if (asked is not null)
            {
                AnswerAbout.Demand(read.Id, asked, "What a channel is");
            }

            return new ChatChannel(
                new NamedChannel(new ChannelId(read.Id), read.Type is "D" or "G" ? "" : read.Name),
                read.DeleteAt > 0,
                read.Type != "O"
            )
            {
                Title = read.DisplayName,
                Team = read.TeamId.Length > 0 ? new TeamId(read.TeamId) : null,
            };
        }
        catch (ChatException unseen)
            when (unseen.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            return null;
        }
    }

    public Task Admit(ChannelId channel, UserId person, CancellationToken cancel) =>
        _channels.Admit(channel, person, cancel);

    public Task SetHeader(ChannelId channel, Markdown header, CancellationToken cancel) =>
        _channels.SetHeader(channel, header.Show(_renderer.NameOf), cancel);

    public Task Pin(PostedAt post, CancellationToken cancel) => _channels.Pin(post, cancel);

    public Task<IReadOnlyList<Bookmark>> Bookmarks(ChannelId channel, CancellationToken cancel) =>
        _channels.Bookmarks(channel, cancel);

    public Task<Bookmark> Bookmark(
        ChannelId channel,
        Bookmark bookmark,
        CancellationToken cancel
    ) => _channels.Bookmark(channel, bookmark, cancel);

    public Task RemoveBookmark(ChannelId channel, Bookmark bookmark, CancellationToken cancel) =>
        _channels.RemoveBookmark(channel, bookmark, cancel);

    public Task<IReadOnlyList<ChatPresence>> Presences(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    ) => _presences.Of(people, cancel);
}
