using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Api;

/// <summary>Channels that requests name: nobody makes cards stand where they could not write themselves.</summary>
internal sealed class ApiChannels(IChat chat)
{
    public const string Name = "channel";

    public static ApiField Field { get; } =
        new(Name, FieldType.Text, "The id of a channel in Mattermost.") { MaxLength = 64 };

    /// <summary>The channel of a request, which its sender is in.</summary>
    public async ValueTask<(ChannelId Channel, ApiProblem? Problem)> Read(
        ApiCall call,
        CancellationToken cancel
    )
    {
        var channel = new ChannelId(call[Name] ?? "");
        return
            !channel.IsWellFormed
            || await chat.FindChannel(channel, cancel) is not { IsArchived: false }
            || !await chat.IsMember(channel, call.User, cancel)
            ? (
                default,
                Problem(
                    "There is no such channel that the token's owner and I are both in, or it is archived."
                )
            )
            : (channel, null);
    }

    public static ApiProblem Problem(string why) =>
        ApiProblem.Unprocessable([new ApiError("/" + Name, why)]);
}
