using Sidecar.Mattermost.Admin;
using Sidecar.Settings;

namespace Sidecar.Setup.Install;

/// <summary>Which teams are set up: those recorded before and those named now.</summary>
internal sealed class TeamChoice(SetupSession session)
{
    private const int MostNamesShown = 30;

    /// <returns>What is in each of the teams, and the recorded ones that Mattermost does not have any more.</returns>
    /// <exception cref="SetupException">A named team does not exist, none was named at all, or another installation is in one.</exception>
    public async Task<(IReadOnlyList<TeamState> Present, IReadOnlyList<TeamSecrets> Gone)> Read(
        CancellationToken cancel
    )
    {
        Dictionary<string, TeamInfo> chosen = new(StringComparer.Ordinal);
        List<TeamSecrets> gone = [];
        foreach (var known in session.Secrets.Teams)
        {
            if (await session.Admin.TeamById(known.Id, cancel) is { } team)
            {
                chosen[team.Id] = team;
            }
            else
            {
                gone.Add(known);
            }
        }

        foreach (var name in session.Request.Teams)
        {
            var team =
                await session.Admin.FindTeam(name, cancel) ?? throw await Unknown(name, cancel);
            chosen[team.Id] = team;
        }

        if (chosen.Count == 0)
        {
            throw await NoneNamed(cancel);
        }

        return (await ReadStates(chosen.Values, cancel), gone);
    }

    private async Task<IReadOnlyList<TeamState>> ReadStates(
        IEnumerable<TeamInfo> teams,
        CancellationToken cancel
    )
    {
        List<TeamState> states = [];
        foreach (var team in teams)
        {
            var state = await TeamState.Read(session.Admin, team, cancel);
            await new CommandConflicts(session).Check(state, cancel);
            states.Add(state);
        }

        return states;
    }

    private async Task<SetupException> Unknown(string name, CancellationToken cancel) =>
        new(
            $"There is no team \"{name}\", or it is archived. Nothing was changed.",
            $"Use the name from the team's address, https://<mattermost>/<name>. The teams are: {await Names(cancel)}"
        );

    private async Task<SetupException> NoneNamed(CancellationToken cancel) =>
        new(
            "No team is named, and none is recorded: slash commands belong to teams.",
            $"Name the teams with --team, as often as needed. The teams are: {await Names(cancel)}"
        );

    private async Task<string> Names(CancellationToken cancel)
    {
        var names = (await session.Admin.Teams(cancel))
            .Where(t => t.DeleteAt == 0)
            .Select(t => t.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        var shown = string.Join(", ", names.Take(MostNamesShown));
        return names.Count > MostNamesShown
            ? $"{shown} and {names.Count - MostNamesShown} more"
            : shown;
    }
}
