using Microsoft.AspNetCore.Builder;

namespace Mattermost.Simulator;

/// <summary>How a stand-in for a Mattermost server starts. All defaults give a server that the product can be installed on.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The clock of the server: times of posts, expiry of triggers, de-duplication, time limits, rate limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The age that people run, and the default.</summary>
    public const string Today = "11.6.0";

    /// <summary>The old end of what is played: nothing may break needlessly there.</summary>
    public const string OldEnd = "5.37.0";

    /// <summary>
    /// What the server says it is: <see cref="Today"/> or <see cref="OldEnd"/>. Everything that differs between the two
    /// follows it, on the server and at its clients: what <see cref="Person"/> sends, and what is on their screens.
    /// </summary>
    public string ServerVersion { get; init; } = Today;

    /// <summary>
    /// The server has a licence for what Team Edition refuses. Of that it plays bookmarks, by the description and the
    /// contract: no server with a licence has been recorded.
    /// </summary>
    public bool IsLicensed { get; init; }

    /// <summary>Configuration that differs from the default, by dotted name: <c>"ServiceSettings.EnableCommands" = false</c>.</summary>
    public IReadOnlyDictionary<string, object> Config { get; init; } =
        new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>
    /// Refuse to call loopback and private addresses that <c>AllowedUntrustedInternalConnections</c> does not list,
    /// as a real server does. Off by default, because in tests everything is on loopback.
    /// </summary>
    public bool GuardInternalConnections { get; init; }

    /// <summary>Refuse requests that do not fit <c>openapi.json</c> and report answers of ours that do not.</summary>
    public bool CheckDescription { get; init; } = true;

    /// <summary>Requests per second that one token may make; null for no limit.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many entries the logs (requests, ephemeral posts, …) keep.</summary>
    public int LogLength { get; init; } = 20_000;

    /// <summary>Carries what Mattermost calls (commands, actions, dialogs, webhooks); null for real sockets.</summary>
    public HttpMessageHandler? Integrations { get; init; }

    /// <summary>Adds routes or files to the server, for example the playground's chat page.</summary>
    public Action<WebApplication>? Extend { get; init; }
}
