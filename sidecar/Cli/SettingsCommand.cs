using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Setup.Settings;

namespace Sidecar.Cli;

/// <summary><c>settings</c>.</summary>
internal static class SettingsCommand
{
    private static readonly string About = $"""
        Shows every setting with the value that is in effect, in the form of settings.json itself: copy
        from it what you want to change. The file lies in the data directory, or where --settings says.
        It need not be there, and need not be complete. It may hold comments. The sidecar reads it when
        it starts, and does not start when something in it is wrong: this command says what. The same
        goes for the team's own playbooks, in the folder playbooks/ beside it.

        Lengths of time are written 15m, 1h 30m, 2d, 4 working hours or 3 working days.

        Example:
          {CommandNames.Settings} --defaults > ./data/settings.json
        """;

    public static Command Build()
    {
        var data = SetupOptions.Data();
        var settings = SetupOptions.Settings();
        var defaults = new Option<bool>("--defaults")
        {
            Description = "Show the defaults, whatever the file says.",
        };
        var command = new ExplainedCommand(
            "settings",
            "Show everything that can be set, and check what has been.",
            About
        )
        {
            data,
            settings,
            defaults,
        };
        command.SetAction(
            (parsed, _) =>
                SetupCommands.Attempt(
                    parsed,
                    async output =>
                    {
                        await output.WriteLineAsync(
                            parsed.GetValue(defaults)
                                ? SettingsFile.Write(SettingsSections.All(), s => s.Defaults)
                                : InEffect(
                                    SettingsFile.In(
                                        parsed.GetRequiredValue(data),
                                        parsed.GetValue(settings)
                                    )
                                )
                        );
                        return ExitCode.Done;
                    }
                )
        );
        return command;
    }

    private static string InEffect(SettingsFile file)
    {
        var sections = SettingsSections.All();
        var reading = file.Read(sections);
        return reading.HasProblems
            ? throw file.Refused(reading)
            : SettingsFile.Write(sections, s => reading.Values[s.Section]);
    }
}
