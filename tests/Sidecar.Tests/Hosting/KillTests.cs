using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Storage;
using Xunit;

namespace Sidecar.Tests.Hosting;

/// <summary>
/// The whole product is killed again and again in the middle of traffic, one process on a store in files or two on a
/// database, while Mattermost drops connections too. Afterwards: no acknowledged change is lost, no post is doubled,
/// nothing is stuck, and each reminder came once.
/// </summary>
[Trait("Category", Campaign.Category)]
public sealed partial class KillTests(ITestOutputHelper output)
{
    private const int PeopleAtOnce = 6;
    private const int Watchers = 20;

    /// <summary>So much is raised until the next one is killed at the most: on a busy machine a start takes long.</summary>
    private const int CustomersOfAKill = 40;

    /// <summary>Below what one person may do in the long run.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(260);

    /// <summary>Who gets nothing done for so long is stuck; how long all of it takes is the machine's business.</summary>
    private static readonly TimeSpan Stillness = TimeSpan.FromMinutes(5);

    private static int KillsInARound => Campaign.IsLong ? 25 : 4;

    /// <summary>For each it is raised once: a second one for the same customer would be asked about.</summary>
    private static int Customers => KillsInARound * CustomersOfAKill;

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public Task No_acknowledged_change_is_lost_no_post_is_doubled_and_reminders_come_once_whatever_is_killed(
        string store
    ) => new Campaign(output).Run(rounds: 1, (_, dice) => Round(store, dice));

    private async Task<Totals> Round(string store, Seeded dice)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var mattermost = await MattermostSimulator.StartAsync(new SimulatorOptions());
        await using var fleet = new Fleet(store, mattermost);
        AddPeople(mattermost);
        await fleet.Prepare(
            () => GrantRoles(mattermost),
            "key,name,arr_usd\n"
                + string.Concat(Enumerable.Range(1, Customers).Select(i => $"c{i},C{i},60000\n")),
            cancel
        );
        var acknowledged = new Acknowledged();
        await fleet.Start(cancel);
        var killed = 0;
        while (killed < KillsInARound)
        {
            killed += await KillSome(mattermost, fleet, dice, acknowledged, cancel);
        }

        mattermost.Faults.Clear();
        output.WriteLine(
            $"{killed} killed, {acknowledged.Raised.Count} raised, {acknowledged.Owned.Count} acknowledged"
        );
        acknowledged.Raised.Count.ShouldBeGreaterThan(killed);
        await Settle(mattermost, acknowledged, cancel);
        await Check(mattermost, acknowledged);
        return new Totals(killed, acknowledged.Answers);
    }

    /// <summary>One, or with a small chance all; people work meanwhile, for as long as anybody answers them.</summary>
    private static async Task<int> KillSome(
        MattermostSimulator mattermost,
        Fleet fleet,
        Seeded dice,
        Acknowledged acknowledged,
        CancellationToken cancel
    )
    {
        using var stop = new CancellationTokenSource();
        acknowledged.MayRaise(CustomersOfAKill);
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
        await mattermost.WaitForAsync(
            () => acknowledged.Answers >= enough || acknowledged.AllRaised,
            cancel
        );
        int[] killed =
            dice.Below(4) == 0 ? [.. Enumerable.Range(0, fleet.Count)] : [dice.Below(fleet.Count)];
        await Task.WhenAll(killed.Select(fleet.Kill));
        if (killed.Length < fleet.Count)
        {
            await fleet.Start(cancel);
        }

        await stop.CancelAsync();
        await Task.WhenAll(traffic);
        await fleet.Start(cancel);
        return killed.Length;
    }

    private static async Task Settle(
        MattermostSimulator mattermost,
        Acknowledged acknowledged,
        CancellationToken cancel
    )
    {
        for (var posts = -1; ; )
        {
            using var still = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            still.CancelAfter(Stillness);
            try
            {
                await mattermost.WaitForAsync(
                    () => Unsettled(mattermost, acknowledged) is null,
                    still.Token
                );
                return;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                var now = mattermost.Channels.Sum(c => mattermost.Posts(c.Id).Count);
                now.ShouldBeGreaterThan(posts, Unsettled(mattermost, acknowledged));
                posts = now;
            }
        }
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
            var known = acknowledged.Raised.ToArray();
            switch (dice.Below(5))
            {
                case 0 when known.Length > 0:
                    var mine = known[dice.Below(known.Length)];
                    var answer = await person.Execute(Desk.Square, $"/escalate ack {mine}");
                    acknowledged.Hears(who, mine, answer.Ephemerals);
                    break;
                case 1 when known.Length > 0:
                    await Press(mattermost, who, known[dice.Below(known.Length)], acknowledged);
                    break;
                case > 1 when acknowledged.NextCustomer() is { } customer:
                    var raised = await person.Execute(
                        Desk.Square,
                        $"/escalate new c{customer} sev{1 + dice.Below(4)} Problem"
                    );
                    if (Raised().Match(raised.Text) is { Success: true } match)
                    {
                        acknowledged.Raised.Add(match.Groups["id"].Value);
                    }

                    break;
            }

            // Faster than that nobody is served.
            await Task.Delay(Pace, TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task Press(
        MattermostSimulator mattermost,
        string who,
        string id,
        Acknowledged acknowledged
    )
    {
        var card = mattermost.Posts(Desk.Square).FirstOrDefault(p => IsCardOf(p, id));
        if (card?.Actions.FirstOrDefault(a => a.Name == "Acknowledge") is { Id: { } action } button)
        {
            var answer = await mattermost.As(who).ClickRaw(card.Id, action, cookie: button.Cookie);
            acknowledged.Hears(who, id, answer.Ephemerals);
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

        foreach (var card in posts.Where(IsOverdue))
        {
            if (!posts.Any(p => p.RootId == card.Id && IsReminder(p.Message)))
            {
                return $"Nobody was reminded of {card.Message}";
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
        foreach (var channel in mattermost.Channels)
        {
            mattermost
                .Posts(channel.Id)
                .Where(p => !p.IsSystemMessage)
                .GroupBy(p => (p.RootId, p.Message))
                .Where(same => same.Count() > 1)
                .Select(same => same.Key.Message)
                .ShouldBeEmpty($"said twice in {channel.DisplayName}");
        }

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
            told.Where(m => !IsAcknowledgement(m) && !IsCall(m) && !IsReminder(m))
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

    /// <summary>Whoever is called at once.</summary>
    private static bool IsCall(string line) =>
        line.StartsWith(":telephone_receiver: Called at once", StringComparison.Ordinal);

    /// <summary>What falls due again and again; each says another time, since the processes go by the real clock.</summary>
    private static bool IsReminder(string line) =>
        line.StartsWith(
            ":alarm_clock: Nobody has acknowledged this for ",
            StringComparison.Ordinal
        );

    /// <summary>Of this somebody is reminded after a minute.</summary>
    private static bool IsOverdue(Post card) =>
        card.RootId.Length == 0
        && card.Message.Contains("**ESC-", StringComparison.Ordinal)
        && card.Message.Contains(" Sev 2 ", StringComparison.Ordinal)
        && !card.Message.StartsWith(":eyes:", StringComparison.Ordinal);

    private static bool IsAboutChannel(string line) =>
        line.StartsWith("The incident channel is ~sev1-", StringComparison.Ordinal);

    private static bool IsIncident(Post card) =>
        card.Message.Contains(" Sev 1 ", StringComparison.Ordinal);

    private static bool IsCardOf(Post post, string id) =>
        post.RootId.Length == 0 && post.Message.Contains($"**{id}**", StringComparison.Ordinal);

    private static void AddPeople(MattermostSimulator mattermost)
    {
        var people = Enumerable.Range(0, PeopleAtOnce).Select(i => $"person{i}");
        var watchers = Enumerable.Range(0, Watchers).Select(i => $"watcher{i}");
        foreach (var person in people.Concat(watchers))
        {
            mattermost.AddUser(person);
        }
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

        private readonly Lock _gate = new();
        private int _customers;
        private int _until;

        /// <summary>Nothing more until the next one was killed.</summary>
        public bool AllRaised
        {
            get
            {
                lock (_gate)
                {
                    return _customers == _until;
                }
            }
        }

        public void MayRaise(int more)
        {
            lock (_gate)
            {
                _until = _customers + more;
            }
        }

        /// <summary>One that nothing was raised for; null when it is enough for now.</summary>
        public int? NextCustomer()
        {
            lock (_gate)
            {
                return _customers < _until ? ++_customers : null;
            }
        }

        /// <summary>Whoever is told that they own it owns it, and nobody else.</summary>
        public void Hears(string who, string id, IReadOnlyList<Post> answers)
        {
            if (
                answers.Any(a =>
                    a.Message.StartsWith("You acknowledged", StringComparison.Ordinal)
                    && a.Message.Contains("own it now", StringComparison.Ordinal)
                )
            )
            {
                Owned.TryAdd(id, who).ShouldBeTrue($"{id} was given to two people");
            }
        }

        public int Answers => Raised.Count + Owned.Count;
    }

    [GeneratedRegex(@"Raised as (?<id>ESC-\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raised();

    [GeneratedRegex(@"ESC-\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
