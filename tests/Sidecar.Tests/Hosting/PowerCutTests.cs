using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Microsoft.Extensions.Logging.Abstractions;
using Playground;
using Shouldly;
using Sidecar.Setup;
using Sidecar.Storage.Engines;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Hosting;

/// <summary>
/// The process is killed again and again in the middle of traffic, while Mattermost drops connections too. Afterwards:
/// no acknowledged change is lost, no post is doubled, nothing is stuck.
/// </summary>
public sealed partial class PowerCutTests(ITestOutputHelper output)
{
    private const int Cuts = 8;

    /// <summary>More than can be raised for: a second one for the same customer would be asked about.</summary>
    private const int Customers = 5000;
    private const int PeopleAtOnce = 4;
    private const int Watchers = 20;

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    public async Task No_acknowledged_change_is_lost_and_no_post_is_doubled_by_power_cuts(
        string store
    )
    {
        var seed = Environment.GetEnvironmentVariable("ESCALATE_SEED") is { Length: > 0 } given
            ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"ESCALATE_SEED={seed}");
        var dice = new Seeded(seed);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        limit.CancelAfter(TimeSpan.FromMinutes(7));
        using var data = new TemporaryFolder();
        await using var mattermost = await MattermostSimulator.StartAsync(new SimulatorOptions());
        var address = SidecarProcess.FreeAddress();
        SetUp(mattermost, address, data.Path);
        await MakeStore(store, data.Path, limit.Token);
        var acknowledged = new Acknowledged();
        using (var first = await SidecarProcess.Start(data.Path, address, limit.Token))
        {
            await GrantRoles(mattermost);
            await first.KillAsync();
        }

        await SidecarProcess.Import(
            data.Path,
            "key,name,arr_usd\n"
                + string.Concat(Enumerable.Range(1, Customers).Select(i => $"c{i},C{i},60000\n")),
            limit.Token
        );

        for (var cut = 0; cut < Cuts; cut++)
        {
            using var sidecar = await SidecarProcess.Start(data.Path, address, limit.Token);
            using var stop = new CancellationTokenSource();
            var traffic = Enumerable
                .Range(0, PeopleAtOnce)
                .Select(i =>
                    Work(
                        mattermost,
                        $"person{i}",
                        new Seeded(dice.Below(int.MaxValue)),
                        acknowledged,
                        stop.Token
                    )
                )
                .ToList();
            mattermost.Faults.Next(
                dice.Below(6),
                request =>
                    request.Method == "POST"
                    && request.Path.EndsWith("/posts", StringComparison.Ordinal),
                dice.Below(2) == 0 ? Fault.ResetAfter : Fault.ResetBefore
            );
            var enough = acknowledged.Answers + 1 + dice.Below(25);
            await mattermost.WaitForAsync(() => acknowledged.Answers >= enough, limit.Token);
            await sidecar.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(traffic);
        }

        mattermost.Faults.Clear();
        output.WriteLine(
            $"{acknowledged.Raised.Count} raised, {acknowledged.Owned.Count} acknowledged"
        );
        acknowledged.Raised.Count.ShouldBeGreaterThan(Cuts);
        using var last = await SidecarProcess.Start(data.Path, address, limit.Token);
        await mattermost
            .WaitForAsync(() => Unsettled(mattermost, acknowledged) is null, limit.Token)
            .ContinueWith(
                _ => Unsettled(mattermost, acknowledged).ShouldBeNull(),
                TaskScheduler.Default
            );
        await Check(mattermost, acknowledged);
    }

    /// <summary>The engine that is there is the one that every process goes on with.</summary>
    private static async Task MakeStore(string word, string directory, CancellationToken cancel)
    {
        var engine = await StoreFormats
            .Named(word)!
            .Open(directory, TimeProvider.System, NullLoggerFactory.Instance, cancel);
        await engine.DisposeAsync();
    }

    private static async Task Work(
        MattermostSimulator mattermost,
        string who,
        Seeded dice,
        Acknowledged acknowledged,
        CancellationToken stop
    )
    {
        var person = mattermost.As(who);
        while (!stop.IsCancellationRequested)
        {
            var raised = await person.Execute(
                Desk.Square,
                $"/escalate new c{acknowledged.NextCustomer()} sev{1 + dice.Below(4)} Problem"
            );
            if (Raised().Match(raised.Text) is { Success: true } match)
            {
                acknowledged.Raised.Add(match.Groups["id"].Value);
            }

            var known = acknowledged.Raised.ToArray();
            if (known.Length > 0)
            {
                var id = known[dice.Below(known.Length)];
                var answer = await person.Execute(Desk.Square, $"/escalate ack {id}");
                if (
                    answer.Text.StartsWith("You acknowledged", StringComparison.Ordinal)
                    && answer.Text.Contains("own it now", StringComparison.Ordinal)
                )
                {
                    acknowledged
                        .Owned.TryAdd(id, who)
                        .ShouldBeTrue($"{id} was given to two people");
                }
            }

            // The stand-in's person types as fast as nobody can; beyond the personal pace nothing is done, which is fine.
            await Task.Yield();
        }
    }

    /// <summary>The first acknowledged change that Mattermost does not show yet, in words.</summary>
    private static string? Unsettled(MattermostSimulator mattermost, Acknowledged acknowledged)
    {
        var posts = mattermost.Posts(Desk.Square);
        foreach (var id in acknowledged.Raised)
        {
            var card = posts.FirstOrDefault(p => IsCardOf(p, id));
            if (card is null)
            {
                return $"{id} has no card";
            }

            if (acknowledged.Owned.TryGetValue(id, out var owner))
            {
                if (!card.Message.StartsWith(":eyes:", StringComparison.Ordinal))
                {
                    return $"The card of {id} does not show that {owner} acknowledged it";
                }

                if (!posts.Any(p => p.RootId == card.Id && IsAcknowledgement(p.Message)))
                {
                    return $"The thread of {id} was not told";
                }
            }
        }

        // Those, too, whose raising was answered to nobody any more.
        return posts
            .Where(p => p.RootId.Length == 0 && IsIncident(p))
            .Select(card => Id().Match(card.Message).Value)
            .Where(id => !HasChecklist(mattermost, id))
            .Select(id => $"The incident of {id} has no checklist in its channel")
            .FirstOrDefault();
    }

    private static bool HasChecklist(MattermostSimulator mattermost, string id) =>
        mattermost
            .Channels.Where(c => c.DisplayName.StartsWith($"{id} ", StringComparison.Ordinal))
            .SelectMany(c => mattermost.Posts(c.Id))
            .Any(p => p.Message.StartsWith($":clipboard: **{id}**", StringComparison.Ordinal));

    private static async Task Check(MattermostSimulator mattermost, Acknowledged acknowledged)
    {
        var posts = mattermost.Posts(Desk.Square);
        var cards = posts
            .Where(p =>
                p.RootId.Length == 0 && p.Message.Contains("**ESC-", StringComparison.Ordinal)
            )
            .ToList();
        cards.GroupBy(c => Id().Match(c.Message).Value).ShouldAllBe(g => g.Count() == 1);
        foreach (var card in cards)
        {
            var told = posts.Where(p => p.RootId == card.Id).Select(p => p.Message).ToList();
            var lines = $"{card.Message}: {string.Join(" | ", told)}";
            told.Count(IsAcknowledgement).ShouldBeLessThanOrEqualTo(1, lines);
            told.Count(IsCall).ShouldBeLessThanOrEqualTo(1, lines);
            told.Where(m => !IsAcknowledgement(m) && !IsCall(m))
                .ShouldBe(IsIncident(card) ? [.. told.Where(IsAboutChannel).Take(1)] : [], lines);
        }

        CheckIncidents(mattermost, cards.Where(IsIncident));

        // Several watchers, since each goes on at a person's pace.
        foreach (var ((id, owner), i) in acknowledged.Owned.Select((owned, i) => (owned, i)))
        {
            var shown = await mattermost
                .As($"watcher{i % Watchers}")
                .Execute(Desk.Square, $"/escalate show {id}");
            shown.Text.ShouldContain($"Owner: @{owner}");
        }
    }

    /// <summary>Each Sev 1 has one channel, and in it one card and one checklist.</summary>
    private static void CheckIncidents(MattermostSimulator mattermost, IEnumerable<Post> cards)
    {
        foreach (var id in cards.Select(c => Id().Match(c.Message).Value))
        {
            var channel = mattermost
                .Channels.Where(c => c.DisplayName.StartsWith($"{id} ", StringComparison.Ordinal))
                .ShouldHaveSingleItem(id);
            var ours = mattermost.Posts(channel.Id).Where(p => p.Message.Contains($"**{id}**"));
            ours.Count().ShouldBe(2, $"{id}: {string.Join(" | ", ours.Select(p => p.Message))}");
        }
    }

    private static bool IsAcknowledgement(string line) =>
        line.EndsWith(" acknowledged it and is the owner.", StringComparison.Ordinal);

    /// <summary>Whoever is called: at once, or later when the cut came between. The processes go by the real clock.</summary>
    private static bool IsCall(string line) =>
        line.StartsWith(":telephone_receiver: Called at once", StringComparison.Ordinal)
        || line.StartsWith(
            ":alarm_clock: Nobody has acknowledged this for ",
            StringComparison.Ordinal
        );

    private static bool IsAboutChannel(string line) =>
        line.StartsWith("The incident channel is ~sev1-", StringComparison.Ordinal);

    private static bool IsIncident(Post card) =>
        card.Message.Contains(" Sev 1 ", StringComparison.Ordinal);

    private static bool IsCardOf(Post post, string id) =>
        post.RootId.Length == 0 && post.Message.Contains($"**{id}**", StringComparison.Ordinal);

    private static void SetUp(MattermostSimulator mattermost, Uri address, string data)
    {
        var team = mattermost.AddTeam("ops");
        var people = Enumerable.Range(0, PeopleAtOnce).Select(i => $"person{i}");
        var watchers = Enumerable.Range(0, Watchers).Select(i => $"watcher{i}");
        foreach (var person in people.Concat(watchers))
        {
            mattermost.AddUser(person);
        }

        var (bot, token) = mattermost.AddBot("escalate");
        var command = mattermost.AddCommand("escalate", new Uri(address, "/mattermost/command"));
        // Mattermost's tokens look alike; there is no webhook in this test.
        var webhook = new string('w', 26);
        var file = new SecretsFile(data);
        file.Prepare();
        file.Write(
            new Secrets(
                mattermost.Url,
                address,
                new BotSecrets(bot.Id, bot.Username, "token", new Secret(token)),
                [
                    new TeamSecrets(
                        team.Id,
                        team.Name,
                        [new IntegrationSecret("escalate", command.Id, new Secret(command.Token))],
                        [new IntegrationSecret("sev1!", "webhook", new Secret(webhook))]
                    ),
                ]
            )
        );
    }

    private static async Task GrantRoles(MattermostSimulator mattermost)
    {
        for (var i = 0; i < PeopleAtOnce; i++)
        {
            var granted = await mattermost
                .As("admin")
                .Execute(Desk.Square, $"/escalate role grant @person{i} de");
            granted.Text.ShouldContain($"@person{i} has the role");
        }
    }

    private sealed class Acknowledged
    {
        public ConcurrentBag<string> Raised { get; } = [];

        public ConcurrentDictionary<string, string> Owned { get; } = [];

        private int _customers;

        public int NextCustomer() => Interlocked.Increment(ref _customers);

        public int Answers => Raised.Count + Owned.Count;
    }

    [GeneratedRegex(@"Raised as (?<id>ESC-\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raised();

    [GeneratedRegex(@"ESC-\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
