using System.CommandLine;
using System.Globalization;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.Postgres;

namespace Sidecar.Cli;

/// <summary><c>store copy</c> and <c>store compact</c>.</summary>
internal static class StoreCommand
{
    private static readonly string AboutCopy = $"""
        Copies a store to where there is none: from a data directory or a database, into a directory, in
        the engine that --store names (litedb without it), or into a database. Stop every sidecar first.
        The copy is read again and compared: as many rows, and the same digest of everything in order,
        numbers and sequences included. Only then it is there.

        secrets.json and settings.json are not part of the store. To go on with the copy, move the old
        store out of its data directory and put the copy there, or run with --store postgres:….

        Examples:
          {CommandNames.Store} copy --from ./data --to ./copied --store sqlite
          {CommandNames.Store} copy --from ./data --to "postgres:Host=db;Database=escalate;Username=escalate"
        """;

    private static readonly string AboutCompact = $"""
        Rewrites the store without the space that deleted and changed content has left, checks it row
        by row and puts it in the old one's place. Stop the sidecar first. It needs room for a second
        store on the same disk; when anything goes wrong the store stays as it was.

        Example:
          {CommandNames.Store} compact --data ./data
        """;

    public static Command Build()
    {
        var command = new Command("store", "Copy the store to another engine, or make it smaller.");
        command.Add(Copy());
        command.Add(Compact());
        return command;
    }

    private static ExplainedCommand Copy()
    {
        var from = Place(
            "--from",
            "The data directory with the store, or postgres:<connection string>."
        );
        var to = Place(
            "--to",
            "A directory without a store, made when it is missing; or postgres:<connection string>."
        );
        var store = SetupOptions.FileStore("Name a database with --from or --to.");
        var command = new ExplainedCommand(
            "copy",
            "Copy a store into another directory, and another engine.",
            AboutCopy
        )
        {
            from,
            to,
            store,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    output =>
                        Run(
                            "copied",
                            output,
                            tell =>
                            {
                                var target = Target(
                                    parsed.GetRequiredValue(to),
                                    StoreFormats.Named(parsed.GetValue(store))
                                );
                                return StoreCopy.Run(
                                    () => Source(parsed.GetRequiredValue(from)),
                                    target,
                                    tell,
                                    cancel
                                );
                            }
                        )
                )
        );
        return command;
    }

    private static ExplainedCommand Compact()
    {
        var data = SetupOptions.Data();
        var store = SetupOptions.FileStore(PostgresRemedy.CompactedByServer);
        var command = new ExplainedCommand(
            "compact",
            "Make the store's file as small as what is in it.",
            AboutCompact
        )
        {
            data,
            store,
        };
        command.SetAction(
            (parsed, cancel) =>
                SetupCommands.Attempt(
                    parsed,
                    output =>
                        Run(
                            "compacted",
                            output,
                            tell =>
                                StoreCopy.Compact(
                                    Present(
                                        parsed.GetRequiredValue(data),
                                        StoreFormats.Named(parsed.GetValue(store))
                                    ),
                                    tell,
                                    cancel
                                )
                        )
                )
        );
        return command;
    }

    private static IStoreEnd Source(string place) =>
        PostgresAddress.IsOne(place)
            ? new PostgresEnd(PostgresTables.ForReading(PostgresAddress.Parse(place)))
            : FileEnd.ForReading(Present(place, null), Disk.Real);

    // Whether there is room is asked before the source is held.
    private static Func<IStoreEnd> Target(string place, IStoreFormat? format)
    {
        if (PostgresAddress.IsOne(place))
        {
            return format is null
                ? () => new PostgresEnd(PostgresTables.ForLoading(PostgresAddress.Parse(place)))
                : throw new StoreUnusableException(
                    "--store names the engine of a copy in a directory; leave it out when --to is a database."
                );
        }

        var end = FileEnd.ForLoading(
            new StoreFiles(place, format?.Kind ?? StoreKind.LiteDb),
            Disk.Real
        );
        return end.Held;
    }

    private static Option<string> Place(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "place",
            Required = true,
        };

    private static StoreFiles Present(string directory, IStoreFormat? named)
    {
        var files = new StoreFiles(directory, StoreFormats.For(directory, named).Kind);
        return files.DatabaseHasContent || files.PartsWithoutDatabase
            ? files
            : throw new StoreUnusableException(
                $"There is no store in {files.Directory}. Name the data directory."
            );
    }

    private static async Task<int> Run(
        string done,
        TextWriter output,
        Func<Action<CopyProgress>, CopiedStore> work
    )
    {
        try
        {
            var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
            var copied = work(new ProgressBar(output, isTerminal).Tell);
            var counts = string.Create(
                CultureInfo.InvariantCulture,
                $"{copied.Documents} documents, {copied.Audit} audit entries, {copied.Effects} effects, {copied.Due} due times, {copied.Series} series of numbers"
            );
            await output.WriteLineAsync($"{done, -10} {copied.Database}");
            await output.WriteLineAsync($"checked    {counts}");
            await output.WriteLineAsync($"digest     {copied.Digest}");
            await output.WriteLineAsync(
                $"size       {copied.BytesBefore / 1024} kB before, {copied.BytesAfter / 1024} kB now"
            );
            return ExitCode.Done;
        }
        catch (StoreUnusableException unusable)
        {
            throw new SetupException(unusable.Message, "Nothing was changed.", unusable);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The store was not {done}: {failed.Message}",
                "The store is as it was. Check space and permissions on the disk, then run the same command again.",
                failed
            );
        }
    }
}
