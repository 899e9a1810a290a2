using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Api;

/// <summary>Channels that requests name: nobody makes cards stand where they could not write themselves.</summary>
internal sealed class ApiChannels(IChat chat)
{
    public const string Name = "channel";

    public static ApiField Field { get; } =
        new(Name, FieldType.Text, "The id of a channel in Mattermost.") { MaxLength = 64 };

    public static ApiProblem NotThere { get; } =
        Problem(
            "There is no such channel that the token's owner and I are both in, or it is archived."
        );

    /// <summary>The channel of a request, which its sender is in.</summary>
    public async ValueTask<(ChannelId Channel, ApiProblem? Problem)> Read(
        ApiCall call,
        CancellationToken cancel
    ) => await Find(call, cancel) is { } found ? (found.Id, null) : (default, NotThere);

    /// <summary>The same with its name; null when there is no such channel.</summary>
    public async ValueTask<NamedChannel?> Find(ApiCall call, CancellationToken cancel)
    {
        var channel = new ChannelId(call[Name] ?? "");
        return
            channel.IsWellFormed
            && await chat.FindChannel(channel, cancel) is { IsArchived: false, Named: var named }
            && await chat.IsMember(channel, call.User, cancel)
            ? named
            : null;
    }

    public static ApiProblem Problem(string why) => ApiProblem.Unprocessable(Name, why);
}
