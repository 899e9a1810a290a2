using System.Globalization;

namespace Benchmarks.Stores;

/// <summary>The words in a seeded escalation: some are in all of them, some in one of eight, some in a handful.</summary>
internal static class SeededWords
{
    private const int Nodes = 97;
    private const int Builds = 4_000;

    private static readonly string[] Symptoms =
    [
        "Nobody can log in",
        "Search gives nothing",
        "Messages arrive late",
        "Uploads fail",
        "Notifications are missing",
        "Calls drop",
        "Exports stop halfway",
        "Plugins crash",
    ];

    private static readonly string[] Causes =
    [
        "database locks",
        "memory grows",
        "certificates expired",
        "sessions full",
        "replication lags",
        "proxy timeouts",
        "indexes corrupt",
        "disk saturated",
        "threads exhausted",
        "cache stampede",
        "queue overflows",
    ];

    public static string Summary(int number) =>
        Text(
            $"{Symptoms[Mixed.Choice(number, 1, Symptoms.Length)]} since the upgrade of node {number % Nodes} to {Rare(number)}: {Causes[Mixed.Choice(number, 3, Causes.Length)]} on {(number % 2 == 0 ? "clustered" : "single")} servers"
        );

    public static string Impact(int number) =>
        Text(
            $"Support can't reach customers. A workaround for *some* of {number % 900} users is to log in by mobile app; see http://status.example.com/incidents for the latest."
        );

    /// <summary>A word that is in every one.</summary>
    public const string Common = "upgrade";

    /// <summary>A word that an escalation shares with one of <see cref="Builds"/>.</summary>
    public static string Rare(long number) => Text($"build{Mixed.Choice(number, 2, Builds):D4}");

    /// <summary>Two words, of which one is in every eighth and one in every eleventh.</summary>
    public static string Two(long turn) =>
        $"{Last(Symptoms[turn % Symptoms.Length])} {Last(Causes[turn % Causes.Length])}";

    /// <summary>Three words that are together in one of <see cref="Nodes"/>, the last one as people break off.</summary>
    public static string BrokenOff(long turn) => Text($"node {turn % Nodes} upgra");

    /// <summary>Two words, each in every second one, and never in the same.</summary>
    public const string NeverTogether = "clustered single";

    private static string Last(string words) => words[(words.LastIndexOf(' ') + 1)..];

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
