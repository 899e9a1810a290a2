using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// Answers whoever typed a command where they typed it, after the command itself was answered: as a message that only
/// they see. Who and where travels sealed, in the form that was opened for them.
/// </summary>
internal sealed class LateAnswers(PluginApi api, string bot)
{
    public static LateAnswer At(PluginCommand command) =>
        new($"{command.User} {command.Channel} {command.Root}");

    public async Task Answer(LateAnswer to, string text, CancellationToken cancel)
    {
        if (to.Value.Split(' ') is not [var user, var channel, var root])
        {
            throw new ChatException(ChatProblem.Refused, "A command from another time.");
        }

        try
        {
            await api.SendEphemeralPost(user, bot, channel, root, text, cancel);
        }
        catch (Exception problem) when (problem is IOException or Rpc.RpcException)
        {
            throw new ChatException(ChatProblem.Uncertain, problem.Message, problem);
        }
    }
}
