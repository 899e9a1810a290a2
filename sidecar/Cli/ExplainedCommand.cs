using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sidecar.Cli;

/// <summary>A command with one line for the list of commands and a longer explanation for its own help.</summary>
internal sealed class ExplainedCommand(string name, string summary, string explanation)
    : Command(name, summary)
{
    public string Explanation { get; } = explanation;

    /// <summary>Makes the help of all commands below a root show their explanations.</summary>
    public static void ShowIn(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        if (option.Action is HelpAction plain)
        {
            option.Action = new HelpWithExplanation(plain);
        }
    }

    private sealed class HelpWithExplanation(HelpAction plain) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = plain.Invoke(parseResult);
            if (parseResult.CommandResult.Command is ExplainedCommand command)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(command.Explanation);
            }

            return code;
        }
    }
}
