using System.CommandLine;
using Sidecar.Setup.Install;

namespace Sidecar.Setup;

/// <summary><c>install</c>.</summary>
internal static class InstallCommand
{
    private const string About = $"""
        Creates the bot and its access token, adds it to the teams, creates /escalate and the
        sev1! webhook in each, and installs the plugin when it has been built. The tokens are
        written to secrets.json in the data directory. What is right already is left alone, so
        it can be run at any time: after a change of address, for one more team, or when doctor
        asks for it. Later runs need only --data and the token.

        Example:
          export {AdminToken.Variable}=…
          {CommandNames.Install} --data ./data \
            --url https://chat.example.com --public-url http://10.0.0.5:8066 \
            --team support --team engineering
        """;

    public static Command Build(SetupSeams seams)
    {
        var url = SetupOptions.Address(
            "--url",
            "Mattermost, as reached from here. Needed the first time."
        );
        var publicUrl = SetupOptions.Address(
            "--public-url",
            "The sidecar, as Mattermost reaches it. Needed the first time."
        );
        var token = AdminToken.Option(
            "A system administrator's access token; used now, never kept."
        );
        var teams = new Option<string[]>("--team")
        {
            Description =
                "A team in which to set up, by the name in its address; repeat it for more. Teams set up before stay.",
            HelpName = "name",
        };
        var data = SetupOptions.Data();
        var plugin = new Option<string?>("--plugin")
        {
            Description =
                $"The plugin's archive. Default: dist/escalate-{ProductVersion.Current}.tar.gz, when it is there.",
            HelpName = "tar.gz",
        };
        var bot = new Option<string>("--bot")
        {
            Description = "The bot's user name, when it is made.",
            HelpName = "name",
            DefaultValueFactory = _ => InstallRequest.DefaultBotName,
        };
        var takeOver = new Option<bool>("--take-over")
        {
            Description =
                "Take over the command, webhook and tokens of an earlier installation whose data directory is lost.",
        };
        var uninstall = new Option<bool>("--uninstall")
        {
            Description =
                "Take everything away again, in all teams. The store stays; Mattermost deactivates bots and deletes none.",
        };
        var command = new ExplainedCommand(
            "install",
            "Make in Mattermost what the product needs, or mend it.",
            About
        )
        {
            url,
            publicUrl,
            token,
            teams,
            data,
            plugin,
            bot,
            takeOver,
            uninstall,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    async output =>
                    {
                        if (parsed.GetValue(uninstall) && parsed.GetValue(teams) is { Length: > 0 })
                        {
                            return await SetupCommands.Usage(
                                parsed,
                                "--uninstall removes from all teams; leave --team out."
                            );
                        }

                        if (
                            AdminToken.Read(parsed.GetValue(token), seams.Input, seams.Variable)
                            is not { } secret
                        )
                        {
                            return await SetupCommands.Usage(
                                parsed,
                                $"An administrator's token is needed: set the variable {AdminToken.Variable}, or give --admin-token - and the token on standard input."
                            );
                        }

                        var request = new InstallRequest
                        {
                            Mattermost = parsed.GetValue(url),
                            Public = parsed.GetValue(publicUrl),
                            Teams = parsed.GetValue(teams) ?? [],
                            DataDirectory = parsed.GetRequiredValue(data),
                            AdminToken = secret,
                            BotName = parsed.GetRequiredValue(bot),
                            Plugin = parsed.GetValue(plugin),
                            TakeOver = parsed.GetValue(takeOver),
                        };
                        var ledger = new Ledger(output);
                        await (
                            parsed.GetValue(uninstall)
                                ? new Uninstallation(request, ledger, seams.Network).Run(cancel)
                                : new Installation(request, seams.Clock, ledger, seams.Network).Run(
                                    cancel
                                )
                        );
                        return ExitCode.Done;
                    }
                )
        );
        return command;
    }
}
