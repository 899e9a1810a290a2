using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;
using static Sidecar.Tests.Outbox.PumpBench;

namespace Sidecar.Tests.Outbox;

/// <summary>Effects that somebody waits for: what came of them is stored with their settlement, and the waiting are woken.</summary>
public sealed class OutboxOutcomeTests(ITestOutputHelper output)
{
    private const string Waiting = "incident";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_that_was_opened_is_told_and_the_waiting_task_is_due_at_once()
    {
        await using var bench = await Start();
        List<DueTime> told = [];
        bench.Store.DueSet = told.AddRange;

        await bench.Commit(Open("ESC-1"));
        await bench.Settle();

        var outcome = (await Outcome(bench, "ESC-1/channel")).ShouldNotBeNull();
        outcome.Opened.ShouldBe(new NamedChannel(new ChannelId("room-sev1-esc-1"), "sev1-esc-1"));
        outcome.Hindered.ShouldBeNull();
        var due = new DueTime(Waiting, "ESC-1/channel", bench.Clock.GetUtcNow());
        (await Due(bench)).ShouldBe([due]);
        told.ShouldBe([due]);
        (await bench.Outbox()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_told_to_who_waits_and_to_nobody_else()
    {
        await using var bench = await Start();
        bench.Chat.OpeningRefused = ChatObstacle.MayNotOpenChannels;

        await bench.Commit(Open("ESC-1"));
        await bench.Settle();

        var outcome = (await Outcome(bench, "ESC-1/channel")).ShouldNotBeNull();
        outcome.Opened.ShouldBeNull();
        outcome.Hindered.ShouldBe(new Hindrance(ChatObstacle.MayNotOpenChannels, "403 not this"));
        (await Due(bench)).ShouldHaveSingleItem().Id.ShouldBe("ESC-1/channel");
        bench.Chat.Texts("dm-engineer").ShouldBeEmpty();
        (await bench.Parked())
            .ShouldHaveSingleItem()
            .Problem.ShouldNotBeNull()
            .ShouldContain("create_private_channel");
    }

    [Fact]
    public async Task What_is_released_and_then_succeeds_reports_again()
    {
        await using var bench = await Start();
        bench.Chat.OpeningRefused = ChatObstacle.TooManyChannels;
        await bench.Commit(Open("ESC-1"));
        await bench.Settle();
        await Forget(bench);

        bench.Chat.OpeningRefused = null;
        var parked = (await bench.Parked()).ShouldHaveSingleItem();
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        (await bench.Pump.Release(parked.Effect.Id, Cancel)).ShouldBe(1);
        await bench.Settle();

        var outcome = (await Outcome(bench, "ESC-1/channel")).ShouldNotBeNull();
        outcome.Opened.ShouldNotBeNull();
        outcome.Hindered.ShouldBeNull();
        (await Due(bench)).ShouldHaveSingleItem().At.ShouldBe(bench.Clock.GetUtcNow());
    }

    [Fact]
    public async Task An_outcome_that_nobody_has_read_is_replaced_by_the_next()
    {
        await using var bench = await Start();
        bench.Chat.Closed["war-room"] = ChatObstacle.NotAdmitted;
        await bench.Commit(Header("one") with { Awaited = new(Waiting, "ESC-1/header") });
        await bench.Settle();
        (await Outcome(bench, "ESC-1/header"))!.Hindered.ShouldNotBeNull();

        bench.Chat.Closed.Clear();
        await bench.Commit(Header("two") with { Awaited = new(Waiting, "ESC-1/header") });
        await bench.Settle();

        (await Outcome(bench, "ESC-1/header"))!.Hindered.ShouldBeNull();
        (await Due(bench)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task Of_waiting_headers_only_the_last_is_set_and_all_that_wait_are_told(
        int keptWhole
    )
    {
        await using var bench = await Start(o => o with { KeptWhole = keptWhole });
        bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        await bench.Commit(Header("one") with { Awaited = new(Waiting, "one") });
        await bench.Settle();
        await bench.Commit(
            Header("two") with
            {
                Awaited = new(Waiting, "two"),
            },
            Card("ESC-1", "between"),
            Header("three"),
            Header("other", "other-room")
        );
        bench.Chat.Mishaps = (_, _) => Mishap.None;
        await bench.Drain();

        bench.Chat.Headers["war-room"].ShouldBe(["three"]);
        bench.Chat.Headers["other-room"].ShouldBe(["other"]);
        bench.Chat.Texts("war-room").ShouldBe(["between"]);
        (await Due(bench)).Select(d => d.Id).ShouldBe(["one", "two"], ignoreOrder: true);
        (await Outcome(bench, "one")).ShouldNotBeNull();
        (await Outcome(bench, "two")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_header_shows_the_names_of_those_it_mentions()
    {
        await using var bench = await Start();
        bench.Chat.Names = id => id.Value == "u1" ? "lead" : null;
        var owner = new UserId("u1");

        await bench.Commit(
            new Effect.SetHeader(new ChannelId("war-room"), Markdown.Of($"IC {owner}"))
            {
                About = "ESC-1",
            }
        );
        await bench.Settle();

        bench.Chat.Requests.ShouldContain("person u1");
        bench.Chat.Headers["war-room"].ShouldBe(["IC @lead"]);
    }

    [Fact]
    public async Task Whom_the_chat_does_not_let_in_keeps_nobody_else_out()
    {
        await using var bench = await Start();
        bench.Chat.Unwelcome["p1"] = ChatObstacle.NotInTeam;
        bench.Chat.Unwelcome["p3"] = ChatObstacle.NoAccount;

        await bench.Commit(Admit("p1", "p2", "p3", "p2", "p4"));
        await bench.Settle();

        bench.Chat.Members("war-room").ShouldBe(["p2", "p4"]);
        var outcome = (await Outcome(bench, "ESC-1/people")).ShouldNotBeNull();
        outcome.Hindered.ShouldBeNull();
        outcome
            .NotAdmitted.Select(n => (n.Person.Value, n.Why.Obstacle))
            .ShouldBe([("p1", ChatObstacle.NotInTeam), ("p3", ChatObstacle.NoAccount)]);
        (await bench.Parked()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ChatObstacle.MayNotAdd, true)]
    [InlineData(ChatObstacle.TooManyMembers, true)]
    [InlineData(ChatObstacle.NotInTeam, false)]
    [InlineData(ChatObstacle.NoAccount, false)]
    [InlineData(ChatObstacle.Unknown, false)]
    public async Task When_nobody_is_let_in_it_depends_on_whether_the_channel_is_the_reason(
        ChatObstacle why,
        bool isHindered
    )
    {
        await using var bench = await Start();
        bench.Chat.Unwelcome["p1"] = why;
        bench.Chat.Unwelcome["p2"] = why;

        await bench.Commit(Admit("p1", "p2"));
        await bench.Settle();

        var outcome = (await Outcome(bench, "ESC-1/people")).ShouldNotBeNull();
        outcome.Hindered?.Obstacle.ShouldBe(why);
        (outcome.Hindered is not null).ShouldBe(isHindered);
        outcome.NotAdmitted.Length.ShouldBe(isHindered ? 0 : 2);
        (await bench.Parked()).Count.ShouldBe(isHindered ? 1 : 0);
    }

    [Theory]
    [InlineData(ChatObstacle.Archived)]
    [InlineData(ChatObstacle.NoChannel)]
    [InlineData(ChatObstacle.NotAdmitted)]
    public async Task A_channel_that_is_gone_lets_nobody_in_and_is_asked_once(ChatObstacle why)
    {
        await using var bench = await Start();
        bench.Chat.Closed["war-room"] = why;

        await bench.Commit(Admit("p1", "p2", "p3"));
        await bench.Settle();

        (await Outcome(bench, "ESC-1/people"))!.Hindered!.Obstacle.ShouldBe(why);
        bench.Chat.Requests.Count(r => r.StartsWith("admit", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(Mishap.Busy)]
    [InlineData(Mishap.LostRequest)]
    [InlineData(Mishap.LostAnswer)]
    [InlineData(Mishap.LockedOut)]
    public async Task Trouble_that_passes_keeps_nobody_out_for_good(Mishap mishap)
    {
        await using var bench = await Start();
        bench.Chat.Unwelcome["p1"] = ChatObstacle.NotInTeam;
        var left = 1;
        bench.Chat.Mishaps = (name, about) =>
            name == "admit" && about == "p2" && left-- > 0 ? mishap : Mishap.None;

        await bench.Commit(Admit("p1", "p2", "p3"));
        await bench.Drain();

        bench.Chat.Members("war-room").ShouldBe(["p2", "p3"]);
        (await Outcome(bench, "ESC-1/people"))!
            .NotAdmitted.ShouldHaveSingleItem()
            .Person.Value.ShouldBe("p1");
    }

    [Theory]
    [InlineData(Mishap.HangsBefore)]
    [InlineData(Mishap.HangsAfter)]
    public async Task A_crash_between_opening_and_noting_gives_the_same_channel_again(Mishap mishap)
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (_, _) => mishap;
        await bench.Commit(Open("ESC-1"));
        await bench.Chat.WhenHanging();
        await bench.Crash();
        (await bench.Outbox()).ShouldHaveSingleItem();

        bench.Chat.Mishaps = (_, _) => Mishap.None;
        await bench.Begin();
        await bench.Drain();

        bench.Chat.Openings.ShouldBe(1);
        (await Outcome(bench, "ESC-1/channel"))!.Opened.ShouldBe(bench.Chat.Opened["ESC-1"]);
    }

    [Fact]
    public async Task On_a_full_disk_neither_outcome_nor_settlement_is_noted_and_later_both()
    {
        await using var bench = await Start();
        bench.Disk.IsFull = c => c.Settlements.Count > 0;
        await bench.Commit(Open("ESC-1"));
        await bench.Settle();
        (await Outcome(bench, "ESC-1/channel")).ShouldBeNull();
        (await bench.Outbox()).ShouldHaveSingleItem();

        bench.Disk.IsFull = _ => false;
        await bench.Drain();

        (await Outcome(bench, "ESC-1/channel"))!.Opened.ShouldNotBeNull();
        bench.Chat.Openings.ShouldBe(1);
    }

    [Fact]
    public async Task A_card_is_pinned_when_it_is_posted_and_not_again()
    {
        await using var bench = await Start();
        await bench.Commit(Pinned("new"));
        await bench.Settle();
        var post = bench.Chat.In("war-room").ShouldHaveSingleItem().At.Post;
        bench.Chat.Pinned.ShouldBe([post]);

        bench.Chat.Pinned.Clear();
        await bench.Commit(Pinned("changed"));
        await bench.Settle();

        bench.Chat.Pinned.ShouldBeEmpty();
        bench.Chat.Texts("war-room").ShouldBe(["changed"]);
    }

    [Theory]
    [InlineData("post", Mishap.LostAnswer)]
    [InlineData("pin", Mishap.LostRequest)]
    [InlineData("pin", Mishap.LostAnswer)]
    [InlineData("pin", Mishap.Busy)]
    public async Task A_card_that_an_earlier_try_left_is_pinned_too(string request, Mishap mishap)
    {
        await using var bench = await Start();
        var left = 1;
        bench.Chat.Mishaps = (name, _) => name == request && left-- > 0 ? mishap : Mishap.None;
        await bench.Commit(Pinned("new"));
        // Longer than the chat recognises a repeated post by itself.
        await bench.Settle();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Drain();

        bench.Chat.Pinned.ShouldBe([bench.Chat.In("war-room").ShouldHaveSingleItem().At.Post]);
    }

    [Fact]
    public async Task A_crash_between_posting_and_pinning_leaves_one_post_that_is_pinned()
    {
        await using var bench = await Start();
        bench.Chat.Mishaps = (name, _) => name == "pin" ? Mishap.HangsBefore : Mishap.None;
        await bench.Commit(Pinned("new"));
        await bench.Chat.WhenHanging();
        await bench.Crash();

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        bench.Chat.Mishaps = (_, _) => Mishap.None;
        await bench.Begin();
        await bench.Drain();

        bench.Chat.Pinned.ShouldBe([bench.Chat.In("war-room").ShouldHaveSingleItem().At.Post]);
    }

    [Theory]
    [InlineData(ChatObstacle.NotAdmitted)]
    [InlineData(ChatObstacle.NoPost)]
    public async Task A_card_that_can_not_be_pinned_is_there_all_the_same(ChatObstacle why)
    {
        await using var bench = await Start();
        bench.Chat.PinningRefused = why;
        await bench.Commit(Pinned("new"));
        await bench.Settle();

        bench.Chat.Texts("war-room").ShouldBe(["new"]);
        (await bench.Parked()).ShouldBeEmpty();
        (await bench.Outbox()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ChatObstacle.MayNotOpenChannels)]
    [InlineData(ChatObstacle.TooManyChannels)]
    [InlineData(ChatObstacle.MayNotAdd)]
    [InlineData(ChatObstacle.NotInTeam)]
    [InlineData(ChatObstacle.NoAccount)]
    [InlineData(ChatObstacle.TooManyMembers)]
    [InlineData(ChatObstacle.MayNotChangeHeader)]
    [InlineData(ChatObstacle.Archived)]
    public async Task Where_nobody_waits_the_person_and_the_administrator_are_told_what_to_do(
        ChatObstacle why
    )
    {
        await using var bench = await Start();
        bench.Chat.Closed["war-room"] = why;
        await bench.Commit(Header("one"));
        await bench.Settle();

        var told = bench.Chat.Texts("dm-engineer").ShouldHaveSingleItem();
        told.ShouldStartWith("The header of the channel of **ESC-1** could not be changed.");
        told.ShouldNotContain("An administrator can see why");
        var reason = (await bench.Parked()).ShouldHaveSingleItem().Problem.ShouldNotBeNull();
        reason.ShouldNotStartWith("Mattermost refused it.");
        reason.ShouldContain(": ");
    }

    public static TheoryData<long> Seeds => [.. Enumerable.Range(1, 20).Select(i => (long)i)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_fails_each_that_waits_is_told_what_came_of_it(long seed)
    {
        output.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        var mishaps = new Seeded(seed + 1);
        await using var bench = await Start(o => o with { KeptWhole = (int)(seed % 3) * 5 });
        bench.Chat.RetryAfter = TimeSpan.FromSeconds(2);
        bench.Chat.Unwelcome["p1"] = ChatObstacle.NotInTeam;
        bench.Chat.Mishaps = (_, _) =>
            mishaps.Below(10) < 4 ? (Mishap)(1 + mishaps.Below(6)) : Mishap.None;
        for (var number = 1; number <= 12; number++)
        {
            await bench.Commit(
                Open($"ESC-{number}"),
                Admit("p1", "p2", $"n{number}") with
                {
                    Awaited = new(Waiting, $"ESC-{number}/people"),
                },
                Header($"header {number}") with
                {
                    Awaited = new(Waiting, $"ESC-{number}/header"),
                },
                Card($"ESC-{number}", $"card {number}") with
                {
                    IsPinned = true,
                }
            );
            if (chance.Below(3) == 0)
            {
                await bench.Settle();
            }

            if (chance.Below(3) == 0)
            {
                await bench.Crash();
                bench.Clock.Advance(TimeSpan.FromSeconds(chance.Below(120)));
                await bench.Begin();
            }
        }

        bench.Chat.Mishaps = (_, _) => Mishap.None;
        await bench.Drain();

        (await bench.Outbox()).ShouldBeEmpty();
        (await bench.Parked()).ShouldBeEmpty();
        bench.Chat.Openings.ShouldBe(12);
        bench.Chat.Members("war-room").Count.ShouldBe(13);
        bench.Chat.Headers["war-room"][^1].ShouldBe("header 12");
        var posts = bench.Chat.In("war-room");
        posts.Count.ShouldBe(12);
        bench.Chat.Pinned.ShouldBe(posts.Select(p => p.At.Post), ignoreOrder: true);
        (await Due(bench)).Count.ShouldBe(36);
        for (var number = 1; number <= 12; number++)
        {
            var opened = (await Outcome(bench, $"ESC-{number}/channel"))!.Opened;
            opened.ShouldBe(bench.Chat.Opened[$"ESC-{number}"]);
            (await Outcome(bench, $"ESC-{number}/people"))!
                .NotAdmitted.ShouldHaveSingleItem()
                .Person.Value.ShouldBe("p1");
            (await Outcome(bench, $"ESC-{number}/header"))!.Hindered.ShouldBeNull();
        }
    }

    private static Effect.OpenChannel Open(string about) =>
        new(
            new NewChannel(
                new ChannelId("war-room"),
                $"sev1-{about.ToLowerInvariant()}",
                about,
                about,
                "outage",
                IsPrivate: true
            )
        )
        {
            About = about,
            OnBehalfOf = new UserId("engineer"),
            Awaited = new(Waiting, $"{about}/channel"),
        };

    private static Effect.Admit Admit(params string[] people) =>
        new(new ChannelId("war-room"), [.. people.Select(p => new UserId(p))])
        {
            About = "ESC-1",
            OnBehalfOf = new UserId("engineer"),
            Awaited = new(Waiting, "ESC-1/people"),
        };

    private static Effect.SetHeader Header(string text, string channel = "war-room") =>
        new(new ChannelId(channel), Markdown.Typed(text))
        {
            About = "ESC-1",
            OnBehalfOf = new UserId("engineer"),
        };

    private static Effect.ShowCard Pinned(string text) =>
        Card("ESC-1/card", text) with
        {
            IsPinned = true,
        };

    private static async Task<Outcome?> Outcome(PumpBench bench, string id) =>
        (await bench.Store.Find(Sidecar.Outbox.Outcome.Kind, id, Cancel))?.Value;

    private static async Task<IReadOnlyList<DueTime>> Due(PumpBench bench) =>
        await bench.Store.Engine.ReadDue(DateTimeOffset.MaxValue, null, 100, Cancel);

    /// <summary>What the waiting task does with the outcome of ESC-1's channel.</summary>
    private static async Task Forget(PumpBench bench)
    {
        var read = await bench.Store.Find(Sidecar.Outbox.Outcome.Kind, "ESC-1/channel", Cancel);
        var change = new Change(bench.Clock.GetUtcNow(), Waiting)
            .Delete(Sidecar.Outbox.Outcome.Kind, read!)
            .Due(Waiting, "ESC-1/channel", null);
        (await bench.Store.Commit(change, Cancel)).ShouldBeTrue();
    }
}
