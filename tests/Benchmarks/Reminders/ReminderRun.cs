using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Benchmarks.Load;
using Mattermost.Simulator;

namespace Benchmarks.Reminders;

/// <summary>
/// Very many status updates are due in the same second (ALL-5): are all asked for, each once, how long does it take at
/// the rate that Mattermost permits, and what do people who type commands meanwhile feel of it?
/// </summary>
internal static partial class ReminderRun
{
    private const int Engineers = 50;
    private const int Watchers = 200;
    private const int TypistsAtOnce = 4;
    private const string Square = "town-square";
    private static readonly TimeSpan UntilDue = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task<int> Run(ReminderOptions options)
    {
        await using var mattermost = await MattermostSimulator.StartAsync(
            new SimulatorOptions
            {
                RequestsPerSecond = options.PerSecond,
                CheckDescription = false,
                LogLength = 200_000,
            }
        );
        mattermost.AddTeam("ops");
        string[] engineers = [.. Enumerable.Range(0, Engineers).Select(i => Name("engineer", i))];
        string[] watchers = [.. Enumerable.Range(0, Watchers).Select(i => Name("watcher", i))];
        foreach (var name in engineers.Concat(watchers))
        {
            mattermost.AddUser(name);
        }

        var (bot, token) = mattermost.AddBot("escalate");
        var port = FreePort.Next();
        var command = mattermost.AddCommand("escalate", SidecarProcess.TakesCommands(port));
        var data = Directory.CreateTempSubdirectory("escalate-reminders");
        try
        {
            var due = Clock.GetUtcNow() + UntilDue;
            await DueStore.Seed(
                data.FullName,
                options.Escalations,
                due,
                mattermost,
                engineers,
                Square
            );
            await using var sidecar = await SidecarProcess.Start(
                data.FullName,
                mattermost.Url,
                port,
                (bot.Id, token, command.Token),
                options.Sends
            );
            var inTime = Clock.GetUtcNow() < due;
            var quiet = await Typed(mattermost, watchers, options, () => Clock.GetUtcNow() < due);
            mattermost.ForgetRequests();
            var started = Clock.GetTimestamp();
            using var enough = new CancellationTokenSource(
                TimeSpan.FromSeconds(60 + (5.0 * options.Escalations / options.PerSecond))
            );
            var arrival = Arrival(mattermost, engineers, options.Escalations, enough.Token);
            var busy = await Typed(mattermost, watchers, options, () => !arrival.IsCompleted);
            var took = Clock.GetElapsedTime(started, await arrival);
            // Whatever comes twice comes soon.
            await Task.Delay(TimeSpan.FromSeconds(5), Clock, CancellationToken.None);
            var numbers = Numbers(mattermost, engineers).CountBy(n => n).ToDictionary();
            var lost = options.Escalations - numbers.Count;
            var doubled = numbers.Values.Sum(n => n - 1);
            var refused = mattermost.Requests.Count(r => r.Status == 429);
            await Console.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    {options.Escalations} status updates due in one second; Mattermost permits {options.PerSecond} requests per second, the sidecar sends up to {options.Sends}.{(
                        inTime ? "" : " It was started after they were due."
                    )}

                    | measure | found |
                    |:--|--:|
                    | delivered / lost / doubled | {numbers.Count} / {lost} / {doubled} |
                    | until all are delivered | {took.TotalSeconds:0.0} s ({options.Escalations
                        / took.TotalSeconds:0} per second) |
                    | requests refused with 429 | {refused} |
                    | `show` before: p50 / p99 / number / wrong | {Of(quiet)} |
                    | `show` meanwhile: p50 / p99 / number / wrong | {Of(busy)} |
                    | the most in memory | {sidecar.MostResident / 1_000_000} MB |
                    """
                )
            );
            return lost == 0 && doubled == 0 ? 0 : 1;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>People show escalations, one after the other; through the stand-in and back.</summary>
    private static async Task<IReadOnlyList<(double Milliseconds, bool IsRight)>> Typed(
        MattermostSimulator mattermost,
        string[] watchers,
        ReminderOptions options,
        Func<bool> goesOn
    )
    {
        var answers = new ConcurrentBag<(double, bool)>();
        var turn = 0;
        await Task.WhenAll(Enumerable.Range(0, TypistsAtOnce).Select(_ => Type()));
        return [.. answers];

        async Task Type()
        {
            while (goesOn())
            {
                var mine = Interlocked.Increment(ref turn);
                var id = string.Create(
                    CultureInfo.InvariantCulture,
                    $"ESC-{(mine * 7919L % options.Escalations) + 1}"
                );
                var began = Clock.GetTimestamp();
                var answer = await mattermost
                    .As(watchers[mine % watchers.Length])
                    .Execute(Square, $"/escalate show {id}");
                answers.Add(
                    (
                        Clock.GetElapsedTime(began).TotalMilliseconds,
                        answer.Text.Contains($"**{id}**", StringComparison.Ordinal)
                    )
                );
                await Task.Delay(Pause, Clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Completes when all are there, or it has taken too long.</summary>
    private static async Task<long> Arrival(
        MattermostSimulator mattermost,
        string[] engineers,
        int all,
        CancellationToken enough
    )
    {
        while (Numbers(mattermost, engineers).Distinct().Count() < all)
        {
            if (enough.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(Glance, Clock, CancellationToken.None);
        }

        return Clock.GetTimestamp();
    }

    private static IEnumerable<int> Numbers(MattermostSimulator mattermost, string[] engineers) =>
        engineers
            .SelectMany(e => mattermost.Posts(mattermost.DirectChannel("escalate", e).Id))
            .Where(p => p.Message.StartsWith(":memo:", StringComparison.Ordinal))
            .Select(p =>
                int.Parse(
                    Number().Match(p.Message).Groups["id"].Value,
                    CultureInfo.InvariantCulture
                )
            );

    private static string Of(IReadOnlyList<(double Milliseconds, bool IsRight)> answers)
    {
        double[] sorted = [.. answers.Select(a => a.Milliseconds).Order()];
        return sorted.Length == 0
            ? "none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted[sorted.Length / 2]:0.0} ms / {sorted[(int)(sorted.Length * 0.99)]:0.0} ms / {sorted.Length} / {answers.Count(a => !a.IsRight)}"
            );
    }

    private static string Name(string role, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{role}{number}");

    [GeneratedRegex(@"\*\*ESC-(?<id>\d+)\*\*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
