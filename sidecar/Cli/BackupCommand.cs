using System.CommandLine;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Setup.Backups;
using Sidecar.Storage.Postgres;

namespace Sidecar.Cli;

/// <summary><c>backup</c>.</summary>
internal static class BackupCommand
{
    private static readonly string About = $"""
        Writes one file from which "restore" makes a working sidecar again, on this machine or
        another: the store, settings.json when the data directory has one, the keys that buttons and
        dialogs of posted cards are sealed with, and secrets.json. The sidecar may run; the copy shows
        one moment and is checked before it gets its name. An existing file is never replaced.

        The file holds the bot's token and the keys: keep it as closed as the data directory. It is
        written for its owner only.

        Example:
          {CommandNames.Backup} --data ./data --to /backups/escalate-$(date +%F).tar
        """;

    public static Command Build(SetupSeams seams)
    {
        var data = SetupOptions.Data();
        var store = SetupOptions.FileStore(PostgresRemedy.BackedUpByServer);
        var to = new Option<string>("--to")
        {
            Description = "The file to write; it must not exist yet.",
            HelpName = "file",
            Required = true,
        };
        var withoutSecrets = new Option<bool>("--without-secrets")
        {
            Description =
                "Leave secrets.json and the keys out. After a restore, install must be run again, and the buttons of cards posted before do nothing.",
        };
        var command = new ExplainedCommand(
            "backup",
            "Copy store, keys and secrets into one file, while the sidecar runs.",
            About
        )
        {
            data,
            store,
            to,
            withoutSecrets,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    async output =>
                    {
                        var written = await new BackupWriter(
                            parsed.GetRequiredValue(data),
                            parsed.GetValue(store),
                            seams.Clock
                        ).Write(
                            parsed.GetRequiredValue(to),
                            !parsed.GetValue(withoutSecrets),
                            cancel
                        );
                        await output.WriteLineAsync(written.Describe());
                        return ExitCode.Done;
                    }
                )
        );
        return command;
    }
}
