using System.CommandLine;
using Sidecar.Features.Exports;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Storage.Postgres;

namespace Sidecar.Cli;

/// <summary><c>export</c>.</summary>
internal static class ExportCommand
{
    private static readonly string[] Names = [.. ExportList.All.Select(e => e.Name)];

    private static readonly string About = $"""
        Writes a table as a CSV file (RFC 4180, UTF-8, times in UTC) that any spreadsheet opens. The
        sidecar may run; the file shows one moment. An existing file is never replaced.

        People are in it by the user name that the sidecar last knew, and by id. An apostrophe before
        =, +, - or @ keeps spreadsheets from taking a text for a formula; import takes it away again.

        The file holds customers' data: it is written for its owner only.

        Example:
          {CommandNames.Export} customers --data ./data --to customers.csv
        """;

    public static Command Build(SetupSeams seams)
    {
        var what = new Argument<string>("what")
        {
            Description = $"Which table: {string.Join(", ", Names)}.",
        };
        what.AcceptOnlyFromAmong(Names);
        var data = SetupOptions.Data();
        var store = SetupOptions.FileStore(PostgresRemedy.ExportedFromCopy);
        var to = new Option<string>("--to")
        {
            Description = "The file to write; it must not exist yet.",
            HelpName = "file",
            Required = true,
        };
        var command = new ExplainedCommand(
            "export",
            "Write customers, escalations or the audit trail as a CSV file.",
            About
        )
        {
            what,
            data,
            store,
            to,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    async output =>
                    {
                        var path = Path.GetFullPath(parsed.GetRequiredValue(to));
                        var rows = await new ExportWriter(
                            parsed.GetRequiredValue(data),
                            parsed.GetValue(store),
                            seams.Clock
                        ).Write(ExportList.Named(parsed.GetRequiredValue(what)), path, cancel);
                        await output.WriteLineAsync(
                            $"{path}: {rows} row(s). It holds customers' data: keep it as closed as the data directory."
                        );
                        return ExitCode.Done;
                    }
                )
        );
        return command;
    }
}
