using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Conformance;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin.Real;

/// <summary>
/// On a real Mattermost the plugin's process is killed and frozen again and again while people work. Afterwards: no
/// acknowledged change is lost, no post is doubled, nothing is stuck. <c>ESCALATE_KILLS</c> says how often,
/// <c>ESCALATE_KILL_MINUTES</c> for how long at the most, <c>ESCALATE_SEED</c> repeats a run.
/// </summary>
[Collection(nameof(RealPlugin))]
public sealed partial class RealPluginKillTests(ITestOutputHelper output)
{
    private const int PeopleAtOnce = 5;
    private const int Customers = 4000;

    /// <summary>Below what one person may do in the long run.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(260);
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromMinutes(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UP_1_Whatever_happens_to_the_process_nothing_is_lost_and_nothing_doubled()
    {
        var kills = Number("ESCALATE_KILLS") ?? 5;
        var seed = Number("ESCALATE_SEED") ?? Environment.TickCount;
        await using var plugin = await RealPlugin.Open();
        Say($"ESCALATE_SEED={seed}, {kills} kills, team {plugin.Mark}");
        var dice = new Seeded(seed);
        await Import(plugin);
        var people = await People(plugin);
        var done = new Done();
        var byMattermost = 0;
        var most = TimeSpan.FromMinutes(Number("ESCALATE_KILL_MINUTES") ?? 60);
        var begun = Stopwatch.GetTimestamp();
        var killed = 0;
        while (killed < kills && Stopwatch.GetElapsedTime(begun) < most)
        {
            killed++;
            using var stop = new CancellationTokenSource();
            var traffic = people
                .Select(p =>
                    Work(plugin, p, new Seeded(dice.Below(int.MaxValue)), done, stop.Token)
                )
                .ToList();
            var enough = done.Answers + 1 + dice.Below(8);
            await RealPlugin.Until(
                () => Task.FromResult(done.Answers >= enough ? true : (bool?)null),
                "nobody was answered"
            );
            await Passes(dice.Below(300));
            var process = plugin.Process();
            var asked = dice.Below(20);
            if (asked == 0)
            {
                // A moment in which nothing moves: those who wait are answered afterwards.
                PluginProcess.Freeze(process);
                await Passes(500 + dice.Below(4000));
                PluginProcess.Thaw(process);
                await Passes(dice.Below(1000));
            }

            if (asked == 1)
            {
                PluginProcess.Freeze(process);
            }
            else
            {
                PluginProcess.Kill(process);
            }

            await stop.CancelAsync();
            await Task.WhenAll(traffic);
            byMattermost += await plugin.ComesBack(process, waits: asked <= 2) ? 1 : 0;
            if (killed % 10 == 0)
            {
                Say(
                    $"{killed} kills after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s: {done}, Mattermost started it again {byMattermost} times"
                );
            }
        }

        await Settle(plugin, done);
        await Check(plugin, done);
        Say(
            $"{killed} kills in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s: {done}, Mattermost started it again {byMattermost} times; all there, once"
        );
    }

    private static Task Passes(int milliseconds) =>
        Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Cancel);

    private void Say(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("ESCALATE_KILL_LOG") is { Length: > 0 } log)
        {
            File.AppendAllText(log, line + "\n");
        }
    }

    private static async Task Work(
        RealPlugin plugin,
        Someone who,
        Seeded dice,
        Done done,
        CancellationToken stop
    )
    {
        while (!stop.IsCancellationRequested)
        {
            switch (dice.Below(5))
            {
                case 0 when done.Any(dice) is { } known:
                    await Acknowledge(plugin, who, known, done);
                    break;
                case 1 or 2 when done.Any(dice) is { } known:
                    await Press(plugin, who, known, done);
                    break;
                default:
                    await Raise(plugin, who, dice, done);
                    break;
            }

            await Task.Delay(Pace, TimeProvider.System, Cancel);
        }
    }

    private static async Task Raise(RealPlugin plugin, Someone who, Seeded dice, Done done)
    {
        var severity = dice.Below(12) == 0 ? 1 : 2 + dice.Below(3);
        var answer = await plugin.TypesRaw(
            who,
            $"/escalate new {plugin.Mark}-{done.NextCustomer()} sev{severity} Problem"
        );
        if (answer.Status == 200 && Raised().Match(answer["text"]) is { Success: true } match)
        {
            done.Raised.Enqueue(match.Groups["id"].Value);
        }
    }

    private static async Task Acknowledge(RealPlugin plugin, Someone who, string id, Done done)
    {
        var answer = await plugin.TypesRaw(who, $"/escalate ack {id}");
        if (
            answer.Status == 200
            && answer["text"].StartsWith("You acknowledged", StringComparison.Ordinal)
            && answer["text"].Contains("own it now", StringComparison.Ordinal)
        )
        {
            done.Owned.TryAdd(id, who.Name).ShouldBeTrue($"{id} was given to two people");
        }
    }

    private static async Task Press(RealPlugin plugin, Someone who, string id, Done done)
    {
        var posts = Stage.InOrder(
            await who.Api.Done(HttpMethod.Get, $"/channels/{plugin.Square}/posts?per_page=60")
        );
        if (
            posts.FirstOrDefault(p => RealPlugin.IsCard(p, id))
                is { ValueKind: JsonValueKind.Object } card
            && card.GetRawText().Contains("\"Acknowledge\"", StringComparison.Ordinal)
            && (await RealPlugin.Presses(who, card, "Acknowledge")).Status == 200
        )
        {
            done.Pressed.TryAdd(id, who.Name);
        }
    }

    private async Task Settle(RealPlugin plugin, Done done)
    {
        var begun = Stopwatch.GetTimestamp();
        var missing = "";
        while (Stopwatch.GetElapsedTime(begun) < SettlesWithin)
        {
            missing = await Missing(plugin, done);
            if (missing is null)
            {
                Say($"Settled after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Cancel);
        }

        missing.ShouldBeNull();
    }

    /// <summary>The first acknowledged change that Mattermost does not show yet, in words.</summary>
    private static async Task<string?> Missing(RealPlugin plugin, Done done)
    {
        var posts = await plugin.Posts();
        var cards = posts
            .Where(IsCard)
            .ToLookup(p => Id().Match(p.Text("message")).Value, StringComparer.Ordinal);
        var threads = posts.ToLookup(p => p.Text("root_id"), StringComparer.Ordinal);
        foreach (var id in done.Raised)
        {
            if (cards[id].Select(c => (JsonElement?)c).FirstOrDefault() is not { } card)
            {
                return $"{id} has no card";
            }

            if (
                (done.Owned.ContainsKey(id) || done.Pressed.ContainsKey(id))
                && (
                    !card.Text("message").StartsWith(":eyes:", StringComparison.Ordinal)
                    || !threads[card.Text("id")].Any(IsAcknowledgement)
                )
            )
            {
                return $"{id} is acknowledged, and card and thread do not say so";
            }
        }

        var channels = await plugin.Channels();
        foreach (var id in cards.Where(c => IsIncident(c.First())).Select(c => c.Key))
        {
            var channel = channels.FirstOrDefault(c =>
                c.Text("display_name").StartsWith($"{id} ", StringComparison.Ordinal)
            );
            if (
                channel.ValueKind != JsonValueKind.Object
                || !(await plugin.Posts(channel.Text("id"))).Any(p => IsChecklist(p, id))
            )
            {
                return $"The incident {id} has no channel with a checklist";
            }
        }

        return null;
    }

    private static async Task Check(RealPlugin plugin, Done done)
    {
        var posts = await plugin.Posts();
        var cards = posts.Where(IsCard).ToList();
        var threads = posts.ToLookup(p => p.Text("root_id"), StringComparer.Ordinal);
        cards
            .GroupBy(c => Id().Match(c.Text("message")).Value)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ShouldBeEmpty("cards that are there twice");
        foreach (var card in cards)
        {
            threads[card.Text("id")]
                .GroupBy(p => p.Text("message"))
                .Where(g => g.Count() > 1)
                .Select(g => g.Key)
                .ShouldBeEmpty($"said twice below {card.Text("message")}");
            threads[card.Text("id")].Count(IsAcknowledgement).ShouldBeLessThanOrEqualTo(1);
        }

        var channels = await plugin.Channels();
        foreach (var id in cards.Where(IsIncident).Select(c => Id().Match(c.Text("message")).Value))
        {
            var channel = channels
                .Where(c => c.Text("display_name").StartsWith($"{id} ", StringComparison.Ordinal))
                .ShouldHaveSingleItem($"channels of {id}");
            var there = await plugin.Posts(channel.Text("id"));
            there.Count(p => IsChecklist(p, id)).ShouldBe(1, $"checklists of {id}");
            there.Count(p => IsCard(p) && !IsChecklist(p, id)).ShouldBe(1, $"cards of {id}");
        }

        foreach (var (id, owner) in done.Owned)
        {
            (await plugin.Types(plugin.Admin, $"/escalate show {id}")).ShouldContain(
                $"Owner: @{owner}"
            );
            await Task.Delay(Pace, TimeProvider.System, Cancel);
        }
    }

    private static bool IsCard(JsonElement post) =>
        post.Text("root_id").Length == 0
        && post.Text("type").Length == 0
        && post.Text("message").Contains("**ESC-", StringComparison.Ordinal);

    private static bool IsIncident(JsonElement card) =>
        card.Text("message").Contains(" Sev 1 ", StringComparison.Ordinal);

    private static bool IsChecklist(JsonElement post, string id) =>
        post.Text("message").StartsWith($":clipboard: **{id}**", StringComparison.Ordinal);

    private static bool IsAcknowledgement(JsonElement post) =>
        post.Text("message")
            .EndsWith(" acknowledged it and is the owner.", StringComparison.Ordinal);

    /// <summary>More than can be raised for: a second one for the same customer would be asked about.</summary>
    private static async Task Import(RealPlugin plugin)
    {
        var link = await plugin.Shares(
            "customers.csv",
            "key,name,arr_usd\n"
                + string.Concat(
                    Enumerable
                        .Range(1, Customers)
                        .Select(i => $"{plugin.Mark}-{i},{plugin.Mark} {i},60000\n")
                )
        );
        await plugin.Types(plugin.Admin, $"/escalate customer import {link}");
        await RealPlugin.Until(
            async () =>
                (
                    await plugin.Types(
                        plugin.Admin,
                        $"/escalate customer show {plugin.Mark}-{Customers}"
                    )
                ).Contains($"{plugin.Mark} {Customers}", StringComparison.Ordinal)
                    ? true
                    : (bool?)null,
            "the customers have not come in"
        );
    }

    private static async Task<IReadOnlyList<Someone>> People(RealPlugin plugin)
    {
        List<Someone> people = [];
        for (var i = 0; i < PeopleAtOnce; i++)
        {
            var person = await plugin.Person($"person{i}");
            await plugin.Types(plugin.Admin, $"/escalate role grant @{person.Name} de");
            people.Add(person);
        }

        return people;
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : null;

    /// <summary>What people were told is done.</summary>
    private sealed class Done
    {
        private int _customers;

        public ConcurrentQueue<string> Raised { get; } = [];

        public ConcurrentDictionary<string, string> Owned { get; } = [];

        public ConcurrentDictionary<string, string> Pressed { get; } = [];

        public int Answers => Raised.Count + Owned.Count + Pressed.Count;

        public int NextCustomer() => Interlocked.Increment(ref _customers);

        /// <summary>Mostly one of the latest, which nobody has acknowledged yet.</summary>
        public string? Any(Seeded dice)
        {
            var all = Raised.ToArray();
            return all.Length == 0 ? null : all[^(1 + dice.Below(Math.Min(all.Length, 12)))];
        }

        public override string ToString() =>
            $"{Raised.Count} raised, {Owned.Count} acknowledged by command, {Pressed.Count} by click";
    }

    [GeneratedRegex(@"Raised as (?<id>ESC-\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raised();

    [GeneratedRegex(@"ESC-\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
