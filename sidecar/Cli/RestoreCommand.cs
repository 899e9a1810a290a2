using System.CommandLine;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Setup.Backups;
using Sidecar.Storage.Postgres;

namespace Sidecar.Cli;

/// <summary><c>restore</c>.</summary>
internal static class RestoreCommand
{
    private static readonly string About = $"""
        Puts a backup's store, settings, keys and secrets into a data directory. Stop the sidecar
        first. The backup is checked completely before anything is touched, and a store that was there
        is kept in a directory beside the new one. Keys are added to those that are there. A
        secrets.json that is there stays, since it knows Mattermost as it is now, and so does a
        settings.json.

        The store is of the engine that the backup was made of; "store copy" changes that.

        On another machine, with another address: run install afterwards with the new --public-url.

        Example:
          {CommandNames.Restore} --data ./data --from /backups/escalate-2026-02-03.tar
        """;

    public static Command Build(SetupSeams seams)
    {
        var data = SetupOptions.Data();
        var store = SetupOptions.FileStore(PostgresRemedy.RestoredByServer);
        var from = new Option<string>("--from")
        {
            Description =
                "A file made by backup. A store's own copy (before-upgrade-of-…) is taken too.",
            HelpName = "file",
            Required = true,
        };
        var force = new Option<bool>("--force")
        {
            Description = "Replace a store that is sound; it is kept aside.",
        };
        var command = new ExplainedCommand(
            "restore",
            "Put a backup in place, on this machine or another.",
            About
        )
        {
            data,
            store,
            from,
            force,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    async output =>
                    {
                        var restored = await new BackupReader(
                            parsed.GetRequiredValue(data),
                            parsed.GetValue(store),
                            seams.Clock
                        ).Restore(parsed.GetRequiredValue(from), parsed.GetValue(force), cancel);
                        foreach (var line in restored.Describe())
                        {
                            await output.WriteLineAsync(line);
                        }

                        return ExitCode.Done;
                    }
                )
        );
        return command;
    }
}
