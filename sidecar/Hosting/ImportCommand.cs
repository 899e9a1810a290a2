using System.CommandLine;
using Sidecar.Chat;
using Sidecar.Cli;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Import;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Storage;

namespace Sidecar.Hosting;

/// <summary><c>import customers --from file.csv</c>: takes customers from a file while the sidecar does not run.</summary>
internal static class ImportCommand
{
    private static readonly string About = $"""
        Imports customers from a CSV file. Its first line names the columns, in any order:
          {string.Join(", ", CustomerColumns.Headings.Select(heading => heading.Name))}
        Only columns that are there are looked at; an empty cell leaves the value alone, "-" takes it
        away. A row updates the customer with its key (or, without a key, its name), or adds one.
        Owners are at-names. Rows that can't be taken are reported with their line, all others are
        taken. Importing the same file again changes nothing.

        The sidecar must not run; while it does, post the file in a channel and write
        "/escalate customer import <link to that message>" there.

        Example:
          {CommandNames.Import} customers --data ./data --from customers.csv --dry-run
        """;

    public static Command Build(SetupSeams? seams = null)
    {
        var what = new System.CommandLine.Argument<string>("what")
        {
            Description = "What is in it: customers.",
        };
        what.AcceptOnlyFromAmong("customers");
        var data = SetupOptions.Data();
        var store = SetupOptions.Store();
        var file = new Option<FileInfo>("--from")
        {
            Description = "The CSV file.",
            HelpName = "file",
            Required = true,
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Say what would be added, changed and refused, and change nothing.",
        };
        var command = new ExplainedCommand("import", "Import customers from a CSV file.", About)
        {
            what,
            data,
            store,
            file,
            dryRun,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    output =>
                        Import(
                            parsed.GetRequiredValue(data),
                            parsed.GetValue(store),
                            parsed.GetRequiredValue(file),
                            parsed.GetValue(dryRun),
                            (seams ?? new SetupSeams()).Clock,
                            output,
                            cancel
                        )
                )
        );
        return command;
    }

    private static async Task<int> Import(
        string data,
        string? store,
        FileInfo file,
        bool isDryRun,
        TimeProvider clock,
        TextWriter output,
        CancellationToken cancel
    )
    {
        var secrets = new SecretsFile(data).Read();
        try
        {
            await using var content = file.OpenRead();
            await using var sidecar = await SidecarHost.Build(
                RunCommand.Settings(data, secrets) with
                {
                    Store = store,
                },
                clock,
                builder => builder.Logging.ClearProviders(),
                cancel
            );
            var import = new TerminalImport(
                sidecar.Services.GetRequiredService<CustomerImport>(),
                sidecar.Services.GetRequiredService<PeopleDirectory>(),
                new UserId(secrets.Bot.UserId),
                output
            );
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            return await import.Run(content, today, isDryRun, cancel)
                ? ExitCode.Done
                : ExitCode.Failed;
        }
        catch (StoreUnusableException problem)
        {
            throw new SetupException(
                "Nothing was imported: the store can't be used.",
                problem.Message,
                problem
            );
        }
        catch (ChatException problem)
        {
            throw new SetupException(
                $"Nothing was imported: Mattermost did not say who the owners in the file are ({problem.Message}).",
                "Start Mattermost, or leave the columns ce, tam, csm and ae out.",
                problem
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The file can't be read: {problem.Message}",
                "Name a file that exists and that you may read.",
                problem
            );
        }
    }
}

/// <summary>An import whose report goes to a terminal.</summary>
internal sealed class TerminalImport(
    CustomerImport import,
    PeopleDirectory people,
    UserId bot,
    TextWriter output
)
{
    /// <returns>False when the file as a whole can't be taken.</returns>
    public async Task<bool> Run(
        Stream content,
        DateOnly today,
        bool isDryRun,
        CancellationToken cancel
    )
    {
        var file = await CustomerFile.Read(content, today, people, cancel);
        if (file.IsRefused)
        {
            foreach (var problem in file.Refused)
            {
                await output.WriteLineAsync($"{problem}.");
            }

            return false;
        }

        var job = new ImportJob("terminal", bot, "", today, MayArchive: true, isDryRun)
        {
            LeftOut = file.LeftOut,
            OfOneName = [.. file.OfOneName.Take(ImportReport.Shown)],
        };
        job = await Tell(job, ImportReport.Of(file.Refused), cancel);
        var names = FileNames.Of(file);
        while (job.Taken < file.Groups.Count)
        {
            var (taken, reports) = await import.Take(
                [.. file.Groups.Skip(job.Taken).Take(CustomerImport.BatchSize)],
                names,
                new Importer(null, bot, MayArchive: true),
                isDryRun,
                null,
                cancel
            );
            job = await Tell(job with { Taken = job.Taken + taken }, reports, cancel);
        }

        await output.WriteLineAsync(
            Sidecar.Text.MarkdownEscaper.Plain(ImportReport.Summary(job, []).Show(people.NameOf))
        );
        return true;
    }

    private async Task<ImportJob> Tell(
        ImportJob job,
        IReadOnlyList<RowReport> reports,
        CancellationToken cancel
    )
    {
        foreach (var report in reports.Where(job.Names))
        {
            await people.Know(report.What.Mentioned(), cancel);
            var line = ImportReport.Line(report, job.IsDryRun).Show(people.NameOf);
            await output.WriteLineAsync(Sidecar.Text.MarkdownEscaper.Plain(line));
        }

        return job.With(reports);
    }
}
