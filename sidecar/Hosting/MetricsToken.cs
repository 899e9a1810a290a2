using Sidecar.Mattermost;
using Sidecar.Settings;

namespace Sidecar.Hosting;

/// <summary>The token with which Prometheus proves itself, from the process's environment.</summary>
internal static class MetricsToken
{
    public const string Variable = "ESCALATE_METRICS_TOKEN";

    /// <summary>The token; null when the variable is not set.</summary>
    /// <exception cref="SetupException">It is empty or too short.</exception>
    public static string? Read(Func<string, string?> variable)
    {
        var token = variable(Variable)?.Trim();
        return token is null || token.Length >= RequestVerifier.ShortestToken
            ? token
            : throw new SetupException(
                $"The sidecar did not start: {Variable} has {token.Length} characters, which is too few for a token.",
                $"Take {RequestVerifier.ShortestToken} or more, as `openssl rand -hex 32` makes them, and give Prometheus the same; or unset the variable, and /metrics answers this machine only."
            );
    }
}
