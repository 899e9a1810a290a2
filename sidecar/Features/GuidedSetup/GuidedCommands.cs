using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>
/// Does what a form of the set-up asks by the command that people would type: with its rights, its rules, its words and
/// its entry in the audit trail.
/// </summary>
internal sealed class GuidedCommands(Router router)
{
    /// <summary>What a command answers, a form or words.</summary>
    public Task<Reply> Run(string line, Envelope from, CancellationToken cancel) =>
        router.Command(from, line, Mentions.None, cancel);

    /// <summary>Runs a command that must bring something about.</summary>
    /// <param name="line">The command, without the slash command itself.</param>
    /// <param name="mentions">Whom and what it names.</param>
    /// <param name="from">Who, where, when.</param>
    /// <param name="isSo">Whether what was asked for is so.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Whether it is so now, and what was said: what it did, or why not.</returns>
    public async Task<(bool IsSo, Markdown Said)> Achieve(
        string line,
        Mentions mentions,
        Envelope from,
        Func<ValueTask<bool>> isSo,
        CancellationToken cancel
    )
    {
        var reply = await router.Command(from, line, mentions, cancel);
        var isDone = await isSo();
        return (
            isDone,
            reply is Reply.Whisper said ? said.Text
            : isDone ? Markdown.Of($"That is set.")
            : Markdown.Of($"That did not work; nothing was changed.")
        );
    }

    public static Mentions People(params IEnumerable<(string Name, UserId Id)> people) =>
        Mentions.None with
        {
            Users = people.ToImmutableDictionary(
                p => p.Name,
                p => p.Id,
                StringComparer.OrdinalIgnoreCase
            ),
        };

    public static Mentions Channel(string name, ChannelId id) =>
        Mentions.None with
        {
            Channels = ImmutableDictionary<string, ChannelId>.Empty.Add(name, id),
        };
}

/// <summary>A step was not done, or not wholly.</summary>
internal sealed record NotSetUp(Markdown Why) : Refusal(Why);
