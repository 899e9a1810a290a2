using System.CommandLine;
using Sidecar.Settings;
using Sidecar.Text;

namespace Sidecar.Setup;

/// <summary>
/// Where the administrator's token comes from: standard input, the environment, or the command line, which is visible
/// to everybody on the machine.
/// </summary>
internal static class AdminToken
{
    public const string Variable = "ESCALATE_ADMIN_TOKEN";

    private const string StandardInput = "-";

    public static Option<string?> Option(string use) =>
        new("--admin-token")
        {
            Description =
                $"{use} Better than here, where every process list shows it: in the variable {Variable}, or \"--admin-token -\" and the token on standard input.",
            HelpName = "token | -",
        };

    /// <summary>The token, or null when it was given nowhere.</summary>
    /// <param name="given">The option's value.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="SetupException">It was given and can't be one.</exception>
    public static Secret? Read(string? given, TextReader input, Func<string, string?> variable)
    {
        var text = given switch
        {
            StandardInput => input.ReadLine() ?? "",
            null => variable(Variable),
            _ => given,
        };
        if (text is null)
        {
            return null;
        }

        var token = text.Trim();
        return token.Length > 0 && token.All(c => c is > ' ' and < '\x7f')
            ? new Secret(token)
            : throw new SetupException(
                "The administrator's token is empty or holds characters that no token has.",
                $"Give it in the variable {Variable}, or on standard input with --admin-token -, as one line."
            );
    }
}
