namespace Sidecar.Setup;

/// <summary>What the commands reach outside the process, so that tests can hold it.</summary>
internal sealed record SetupSeams
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Carries requests to Mattermost and the sidecar; null for the network.</summary>
    public HttpMessageHandler? Network { get; init; }

    /// <summary>Where a sidecar listens to which nobody said where.</summary>
    public Uri DefaultAddress { get; init; } = new(PublicAddress.DefaultUrls);

    public TextReader Input { get; init; } = Console.In;

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Output goes to a person's terminal, which shows colours.</summary>
    public Func<bool> OnTerminal { get; init; } =
        static () =>
            !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
