using System.CommandLine;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Setup.Doctor;

namespace Sidecar.Cli;

/// <summary><c>doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly string About = $"""
        Looks at the data directory, the settings, the store, the way to Mattermost, the bot and its
        teams, the way from Mattermost back to the sidecar (a real command, which posts nothing), and
        the plugin; with an administrator's token also at every setting of Mattermost the product
        depends on, and at its commands and webhooks. It changes nothing.

          ok    as it should be
          ?     could not be looked at
          warn  works, but somebody should look at it
          FAIL  does not work; the exit code is 1

        Whatever is not ok says what that means and how to fix it.

        Example:
          export {AdminToken.Variable}=…
          {CommandNames.Doctor} --data ./data
        """;

    public static Command Build(SetupSeams seams)
    {
        var data = SetupOptions.Data();
        var store = SetupOptions.Store();
        var token = AdminToken.Option("A system administrator's access token, for a full check.");
        var settings = SetupOptions.Settings();
        var json = new Option<bool>("--json") { Description = "Answer as JSON, for machines." };
        var command = new ExplainedCommand(
            "doctor",
            "Check everything, in both directions, and say how to fix what is wrong.",
            About
        )
        {
            data,
            store,
            settings,
            token,
            json,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    async output =>
                    {
                        var patient = new DoctorContext(
                            parsed.GetRequiredValue(data),
                            AdminToken.Read(parsed.GetValue(token), seams.Input, seams.Variable),
                            seams
                        )
                        {
                            SettingsFile = parsed.GetValue(settings),
                            Store = parsed.GetValue(store),
                        };
                        var findings = await new DoctorRun(patient).Run(cancel);
                        if (parsed.GetValue(json))
                        {
                            DoctorReport.WriteJson(findings, seams.Clock.GetUtcNow(), output);
                        }
                        else
                        {
                            DoctorReport.Write(findings, output, seams.OnTerminal());
                        }

                        return DoctorReport.HasFailure(findings) ? ExitCode.Failed : ExitCode.Done;
                    }
                )
        );
        return command;
    }
}
