using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <content>Channels of the bot's own, their members, headers and pins; people's statuses.</content>
internal sealed partial class MattermostChat
{
    public Task<NamedChannel> OpenChannel(NewChannel wanted, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task Admit(ChannelId channel, UserId person, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task SetHeader(ChannelId channel, Words header, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task Pin(PostedAt post, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<ChatPresence>> Presences(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    ) => throw new NotSupportedException();
}
