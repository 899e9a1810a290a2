using System.CommandLine;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Setup.Install;

namespace Sidecar.Cli;

/// <summary><c>install</c>.</summary>
internal static class InstallCommand
{
    private static readonly string About = $"""
        Creates the bot and its access token, adds it to the teams, creates /escalate and the
        sev1! webhook in each, and installs the plugin when it has been built. The tokens are
        written to secrets.json in the data directory. What is right already is left alone, so
        it can be run at any time: after a change of address, for one more team, or when doctor
        asks for it. Later runs need only --data and the token.

        Example:
          export {AdminToken.Variable}=…
          {CommandNames.Install} --data ./data \
            --url https://chat.example.com --public-url http://10.0.0.5:8085 \
            --team support --team engineering
        """;

    public static Command Build(SetupSeams seams)
    {
        var options = new InstallOptions();
        var command = new ExplainedCommand(
            "install",
            "Make in Mattermost what the product needs, or repair it.",
            About
        );
        options.AddTo(command);
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    output => Run(options, parsed, seams, new Ledger(output), cancel)
                )
        );
        return command;
    }

    private static async Task<int> Run(
        InstallOptions options,
        ParseResult parsed,
        SetupSeams seams,
        Ledger ledger,
        CancellationToken cancel
    )
    {
        var uninstall = parsed.GetValue(options.Uninstall);
        if (uninstall && parsed.GetValue(options.Teams) is { Length: > 0 })
        {
            return await SetupCommands.Usage(
                parsed,
                "--uninstall removes from all teams; leave --team out."
            );
        }

        var token = AdminToken.Read(parsed.GetValue(options.Token), seams.Input, seams.Variable);
        if (token is null)
        {
            return await SetupCommands.Usage(
                parsed,
                $"An administrator's token is needed: set the variable {AdminToken.Variable}, or give --admin-token - and the token on standard input."
            );
        }

        var request = options.Read(parsed, token);
        await (
            uninstall
                ? new Uninstallation(request, ledger, seams.Network).Run(cancel)
                : new Installation(request, seams.Clock, ledger, seams.Network).Run(cancel)
        );
        return ExitCode.Done;
    }
}
