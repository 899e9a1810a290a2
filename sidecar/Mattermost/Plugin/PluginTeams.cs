using System.Collections.Concurrent;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// The bot is in every team: it can't speak where it is not. New teams are met with the first command that comes from
/// them.
/// </summary>
internal sealed class PluginTeams(PluginApi api, string bot)
{
    private readonly ConcurrentDictionary<string, bool> _joined = new(StringComparer.Ordinal);

    /// <summary>Joins all teams that there are.</summary>
    public async Task JoinAll(CancellationToken cancel)
    {
        foreach (var team in await api.GetTeams(cancel))
        {
            await Join(team, cancel);
        }
    }

    /// <summary>Joins a team; a team that takes nobody is left alone.</summary>
    public async ValueTask Join(string team, CancellationToken cancel)
    {
        if (team.Length == 0 || !_joined.TryAdd(team, true))
        {
            return;
        }

        try
        {
            await api.CreateTeamMember(team, bot, cancel);
        }
        catch (PluginApiException)
        {
            // Full, or closed to accounts like the bot: what it should say there says so itself.
        }
        catch
        {
            _joined.TryRemove(team, out _);
            throw;
        }
    }
}
