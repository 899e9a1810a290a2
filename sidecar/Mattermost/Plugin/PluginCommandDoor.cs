using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// The door by which commands come that Mattermost hands over itself: the same conversation as behind the one for HTTP.
/// There is no token to check, because nobody else can speak here.
/// </summary>
internal sealed class PluginCommandDoor(
    Conversation conversation,
    PluginApi api,
    PluginTeams teams,
    TimeProvider clock
)
{
    private const int MostChannels = 10_000;
    private static readonly TimeSpan NamesAreGoodFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, CommandPlace> _places = new(
        StringComparer.Ordinal
    );

    public async Task<CommandResponse> Execute(PluginCommand command, CancellationToken cancel)
    {
        if (
            !IdForm.Fits(command.User)
            || !IdForm.Fits(command.Channel)
            || (command.Team.Length > 0 && !IdForm.Fits(command.Team))
            || (command.Root.Length > 0 && !IdForm.Fits(command.Root))
        )
        {
            throw new PluginRefusal("That command names nobody or no place.");
        }

        var place = await PlaceOf(command.Channel, cancel);
        await teams.Join(command.Team, cancel);
        var envelope = new Envelope(
            $"command:{(command.Trigger.Length > 0 ? command.Trigger : RandomNumberGenerator.GetHexString(26, lowercase: true))}",
            new UserId(command.User),
            command.Team.Length == 0 || place.IsDirect ? null : new TeamId(command.Team),
            new ChannelId(command.Channel),
            command.Root.Length == 0 ? null : new PostId(command.Root),
            command.Trigger.Length == 0 ? null : new TriggerId(command.Trigger),
            clock.GetUtcNow()
        )
        {
            Later = LateAnswers.At(command),
        };
        var space = command.Text.AsSpan().IndexOfAny(" \t\r\n");
        return await conversation.Answer(
            envelope,
            space < 0 ? "" : command.Text[(space + 1)..],
            Mentions(command, place),
            cancel
        );
    }

    private static Mentions Mentions(PluginCommand command, CommandPlace place)
    {
        var channels = Ids(command.ChannelMentions, id => new ChannelId(id));
        var here = new ChannelId(command.Channel);
        if (place.Name.Length > 0)
        {
            channels.TryAdd(place.Name, here);
        }

        return new Mentions(Ids(command.UserMentions, id => new UserId(id)), channels)
        {
            Here = place is { Name.Length: > 0, IsDirect: false }
                ? new NamedChannel(here, place.Name)
                : null,
        };
    }

    private static Dictionary<string, T> Ids<T>(
        IReadOnlyDictionary<string, string> names,
        Func<string, T> of
    )
    {
        var ids = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, id) in names)
        {
            if (name.Length > 0 && IdForm.Fits(id))
            {
                ids.TryAdd(name, of(id));
            }
        }

        return ids;
    }

    /// <summary>Mattermost hands over a channel's id only. What it is called may change, so it is not kept for long.</summary>
    private async ValueTask<CommandPlace> PlaceOf(string channel, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_places.TryGetValue(channel, out var known) && known.AskedAt + NamesAreGoodFor > now)
        {
            return known;
        }

        var (name, _, isDirect) = await api.GetChannel(channel, cancel);
        if (_places.Count >= MostChannels)
        {
            _places.Clear();
        }

        return _places[channel] = new CommandPlace(name, isDirect, now);
    }

    private readonly record struct CommandPlace(string Name, bool IsDirect, DateTimeOffset AskedAt);
}
