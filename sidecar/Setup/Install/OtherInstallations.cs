namespace Sidecar.Setup.Install;

/// <summary>Installations of this product on the same server with a bot of their own: the plugin is theirs as well.</summary>
internal static class OtherInstallations
{
    /// <summary>What tells of them, each as a few words for an administrator.</summary>
    public static async Task<IReadOnlyList<string>> Find(
        SetupSession session,
        CancellationToken cancel
    )
    {
        List<string> found = [];
        var ours = session.Secrets.Bot.UserId;
        foreach (var bot in await session.Admin.Bots(cancel))
        {
            if (bot.UserId != ours && bot.DeleteAt == 0)
            {
                var tokens = await session.Admin.Tokens(bot.UserId, cancel);
                found.AddRange(
                    tokens
                        .Where(t => t.IsActive && BotStep.IsOurs(t))
                        .Select(t => $"@{bot.Username}, token \"{t.Description}\"")
                );
            }
        }

        var trigger = Declaration.Current.Props.Commands[0].Trigger;
        foreach (var team in await session.Admin.Teams(cancel))
        {
            if (team.DeleteAt == 0)
            {
                var commands = await session.Admin.Commands(team.Id, cancel);
                found.AddRange(
                    commands
                        .Where(c => c.Trigger == trigger && c.PluginId.Length == 0)
                        .Select(c => $"/{trigger} in team {team.Name} at {c.Url}")
                );
            }
        }

        return found;
    }
}
