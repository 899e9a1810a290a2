using System.CommandLine;
using System.CommandLine.Invocation;
using Sidecar.Settings;
using Sidecar.Setup;

namespace Sidecar.Cli;

/// <summary>The program's command line, but for what belongs to the part that serves.</summary>
internal static class SetupCommands
{
    /// <summary>The root with all commands of set-up.</summary>
    /// <param name="run">The command that serves; null leaves it out.</param>
    /// <param name="seams">What the commands reach outside the process; null for the real things.</param>
    /// <param name="more">Further commands of the part that serves.</param>
    public static RootCommand Build(
        Command? run = null,
        SetupSeams? seams = null,
        params IReadOnlyList<Command> more
    )
    {
        var real = seams ?? new SetupSeams();
        var install = InstallCommand.Build(real);
        var root = new RootCommand(
            """
            Escalate's sidecar: customer escalations inside Mattermost.

            First time:
              1. install   makes the bot, its token, /escalate and the sev1! webhook in Mattermost
              2. run       serves them
              3. doctor    proves the whole way, in both directions
            """
        );
        if (run is not null)
        {
            root.Add(run);
        }

        root.Add(install);
        root.Add(DoctorCommand.Build(real));
        root.Add(BackupCommand.Build(real));
        root.Add(RestoreCommand.Build(real));
        root.Add(ExportCommand.Build(real));
        root.Add(StoreCommand.Build());
        root.Add(SettingsCommand.Build());
        foreach (var command in more)
        {
            root.Add(command);
        }

        ExplainedCommand.ShowIn(root);
        return root;
    }

    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> Invoke(
        RootCommand root,
        IReadOnlyList<string> arguments,
        InvocationConfiguration? configuration = null
    )
    {
        var parsed = root.Parse(arguments);
        if (parsed.Action is not ParseErrorAction mistake)
        {
            return await parsed.InvokeAsync(configuration);
        }

        // The whole help would push what is wrong out of sight.
        mistake.ShowHelp = false;
        await parsed.InvokeAsync(configuration);
        await parsed.InvocationConfiguration.Error.WriteLineAsync("--help shows the options.");
        return ExitCode.Usage;
    }

    /// <summary>Does a command's work and turns what went wrong into a sentence and an exit code.</summary>
    internal static async Task<int> Attempt(ParseResult parsed, Func<TextWriter, Task<int>> work)
    {
        var output = parsed.InvocationConfiguration;
        try
        {
            return await work(output.Output);
        }
        catch (SetupException problem)
        {
            await output.Error.WriteLineAsync($"error: {problem.Problem}");
            await output.Error.WriteLineAsync($"  {problem.Remedy}");
            return problem.Exit;
        }
        catch (OperationCanceledException)
        {
            await output.Error.WriteLineAsync(
                "Stopped. Run the same command again to complete it."
            );
            return ExitCode.Failed;
        }
    }

    /// <summary>What the command line lacks, as a sentence on standard error.</summary>
    internal static async Task<int> Usage(ParseResult parsed, string sentence)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync(sentence);
        return ExitCode.Usage;
    }
}
