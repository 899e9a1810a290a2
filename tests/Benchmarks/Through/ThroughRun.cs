using System.Diagnostics;
using System.Globalization;
using Benchmarks.Load;
using Mattermost.Simulator;

namespace Benchmarks.Through;

/// <summary>
/// What a command takes through a real Mattermost: answered by the product as its plugin, by a sidecar beside it, by an
/// empty endpoint, and by nobody. In turns, so that what else the machine does meets all of them.
/// <code>
/// MATTERMOST_URL=http://127.0.0.1:8065 MATTERMOST_ADMIN_TOKEN=… dotnet run -c Release --project tests/Benchmarks -- through
/// </code>
/// The plugin is the one that is switched on there; what is made for the run is removed after it.
/// </summary>
internal static class ThroughRun
{
    private const int Singly = 300;
    private const int AtOnce = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);

    public static async Task<int> Run()
    {
        if (
            Environment.GetEnvironmentVariable("MATTERMOST_URL") is not { Length: > 0 } url
            || Environment.GetEnvironmentVariable("MATTERMOST_ADMIN_TOKEN")
                is not { Length: > 0 } token
        )
        {
            Console.WriteLine(
                "Nothing was measured: MATTERMOST_URL and MATTERMOST_ADMIN_TOKEN name the server to do it on."
            );
            return 1;
        }

        var data = Directory.CreateTempSubdirectory("escalate-through-");
        await using var empty = await Counterparts.Start();
        var port = FreePort.Next();
        try
        {
            await using var place = await ThroughServer.Open(new Uri(url), token);
            await place.Command(
                "zzempty",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"http://127.0.0.1:{empty.Port}{Counterparts.EmptyPath}"
                )
            );
            var known = await place.Command(
                "zzbeside",
                SidecarProcess.TakesCommands(port).ToString()
            );
            var (bot, botToken) = await place.Bot();
            await using var beside = await SidecarProcess.Start(
                data.FullName,
                new Uri(url),
                port,
                (bot, botToken, known),
                10
            );
            Way[] ways =
            [
                new("unknown command", "/zznothing", 404),
                new("empty endpoint", "/zzempty", 200),
                new("sidecar beside", "/zzbeside internal ping", 200),
                new("plugin", "/escalate internal ping", 200),
            ];
            await One(place, ways);
            await Many(place, ways);
            return ways.All(w => w.Wrong == 0) ? 0 : 1;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task One(ThroughServer place, Way[] ways)
    {
        for (var i = 0; i < 20 * ways.Length; i++)
        {
            await place.Types(ways[i % ways.Length], i);
        }

        var took = ways.ToDictionary(w => w, _ => new List<double>());
        for (var i = 0; i < Singly; i++)
        {
            for (var j = 0; j < ways.Length; j++)
            {
                var way = ways[(i + j) % ways.Length];
                took[way].Add(await place.Types(way, i));
            }
        }

        Console.WriteLine($"One at a time, {Singly} of each, in turns:");
        Console.WriteLine();
        Console.WriteLine("| answered by | median ms | p95 ms | / empty endpoint |");
        Console.WriteLine("| :-- | --: | --: | --: |");
        var compared = Of(took[ways[1]], 0.5);
        foreach (var way in ways)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {way.Name} | {Of(took[way], 0.5):0.00} | {Of(took[way], 0.95):0.00} | {Of(took[way], 0.5) / compared:0.00} |"
                )
            );
        }

        Console.WriteLine();
    }

    private static async Task Many(ThroughServer place, Way[] ways)
    {
        var rates = ways.ToDictionary(w => w, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var way in ways)
            {
                rates[way].Add(await Rate(place, way));
            }
        }

        Console.WriteLine(
            $"{AtOnce} at once, {Rounds} rounds of {Slice.TotalSeconds:0} s, in turns:"
        );
        Console.WriteLine();
        Console.WriteLine(
            "| answered by | per second, median (smallest–largest) | / empty endpoint |"
        );
        Console.WriteLine("| :-- | --: | --: |");
        foreach (var way in ways)
        {
            var ratios = rates[way].Zip(rates[ways[1]], (a, b) => a / b).ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {way.Name} | {Of(rates[way], 0.5):0} ({rates[way].Min():0}–{rates[way].Max():0}) | {Of(ratios, 0.5):0.00} |"
                )
            );
        }

        foreach (var way in ways.Where(w => w.Wrong > 0))
        {
            Console.WriteLine($"{way.Name}: {way.Wrong} wrong answers, {way.LastWrong}");
        }
    }

    private static async Task<double> Rate(ThroughServer place, Way way)
    {
        var begun = Stopwatch.GetTimestamp();
        var done = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, AtOnce)
                .Select(async worker =>
                {
                    while (Stopwatch.GetElapsedTime(begun) < Slice)
                    {
                        await place.Types(way, Interlocked.Increment(ref done) + worker);
                    }
                })
        );
        return done / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Of(List<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(part * (sorted.Count - 1))];
    }
}

/// <summary>One way to be answered.</summary>
internal sealed record Way(string Name, string Command, int Status)
{
    public int Wrong;

    public string? LastWrong;
}
