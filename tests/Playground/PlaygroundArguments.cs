using System.Globalization;
using Mattermost.Simulator;

namespace Playground;

/// <summary>What the playground can be told when it is started.</summary>
/// <param name="Port">The port on 127.0.0.1.</param>
/// <param name="ServerVersion">Which Mattermost it behaves like.</param>
internal sealed record PlaygroundArguments(int Port, string ServerVersion)
{
    /// <summary>How it is started.</summary>
    public const string Usage = """
        dotnet run --project tests/Playground -- [--port 8070] [--mattermost 11.6|5.37]
          --port        where the page is; 8070 when left out
          --mattermost  which Mattermost it behaves like, its forms and threads too; 11.6 when left out
        """;

    /// <summary>Reads the command line; null when it says something that nobody knows.</summary>
    public static PlaygroundArguments? Read(IReadOnlyList<string> args)
    {
        var read = new PlaygroundArguments(8070, SimulatorOptions.Today);
        foreach (var pair in args.Chunk(2))
        {
            if (pair.Length < 2 || read.With(pair[0], pair[1]) is not { } next)
            {
                return null;
            }

            read = next;
        }

        return read;
    }

    private PlaygroundArguments? With(string name, string value) =>
        name switch
        {
            "--port"
                when int.TryParse(value, CultureInfo.InvariantCulture, out var port)
                    && port is >= 0 and <= 65535 => this with
            {
                Port = port,
            },
            "--mattermost" when Age(value) is { } version => this with { ServerVersion = version },
            _ => null,
        };

    private static string? Age(string value) =>
        ((string[])[SimulatorOptions.Today, SimulatorOptions.OldEnd]).FirstOrDefault(version =>
            version == value || version.StartsWith(value + ".", StringComparison.Ordinal)
        );
}
