using Mattermost.Simulator;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Mattermost;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Outbox;

/// <summary>The outbox through the real client, down to sockets that break.</summary>
public sealed class OutboxOnMattermostTests(ITestOutputHelper output)
{
    private const int Effects = 60;

    public static TheoryData<long> Seeds => [.. Enumerable.Range(1, 10).Select(i => (long)i)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_fails_every_effect_is_there_once_and_in_order(long seed)
    {
        output.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        await using var mattermost = await ChatBench.Start();
        await using var bench = await PumpBench.Start(
            o => o with { Lanes = 3 },
            mattermost.Clock,
            mattermost.Chat
        );
        List<Hang> hangs = [];
        var never = new TaskCompletionSource().Task;
        bench.Hanging = () =>
            Task.WhenAny([never, .. hangs.Select(h => h.UntilHeldAsync(1, Cancel))]);
        bench.HangEnded = () => hangs.RemoveAll(h => h.Held > 0);

        for (var number = 1; number <= Effects; number++)
        {
            await bench.Commit(Any(mattermost, number, chance));
            Fail(mattermost.Server.Faults, hangs, chance);
            await Proceed(bench, chance);
        }

        mattermost.Server.Faults.Clear();
        await bench.Drain();

        (await bench.Outbox()).ShouldBeEmpty();
        (await bench.Parked()).ShouldBeEmpty();
        mattermost.Server.Violations.ShouldBeEmpty();
        var room = mattermost.Messages;
        room.Count(m => m.StartsWith("card", StringComparison.Ordinal)).ShouldBe(1);
        room.Where(m => m.StartsWith("reply", StringComparison.Ordinal))
            .ShouldBe(
                Enumerable
                    .Range(1, Effects)
                    .Where(n => n % 3 == 1 && n > 1)
                    .Select(n => $"reply {n}")
            );
        room.ShouldContain($"card {Effects - (Effects % 3)}");
        Direct(mattermost)
            .ShouldBe(Enumerable.Range(1, Effects).Where(n => n % 3 == 2).Select(n => $"tell {n}"));
    }

    [Fact]
    public async Task A_bot_outside_the_channel_is_said_so_and_goes_on_once_invited()
    {
        await using var mattermost = await ChatBench.Start();
        var secret = mattermost.Server.AddChannel("secret", type: "P", members: ["engineer"]);
        var engineer = new UserId(mattermost.Server.GetUser("engineer").Id);
        await using var bench = await PumpBench.Start(
            o => o with { Bot = new UserId(mattermost.Bot.Id) },
            mattermost.Clock,
            mattermost.Chat
        );
        await bench.Commit(
            PumpBench.Card("ESC-1", "new", secret.Id) with
            {
                OnBehalfOf = engineer,
            }
        );
        await bench.Settle();

        var told = Direct(mattermost).ShouldHaveSingleItem();
        told.ShouldContain("`/invite @escalate`");
        mattermost.Server.Join("secret", "escalate");
        await bench.Pump.ReleaseLane("channel:" + secret.Id, Cancel);
        await bench.Settle();

        mattermost.Server.LastPost("secret").Message.ShouldBe("new");
    }

    [Fact]
    public async Task Ten_thousand_reminders_go_out_at_the_rate_the_server_allows()
    {
        await using var mattermost = await ChatBench.Start();
        mattermost.Server.Faults.RequestsPerSecond = 10;
        await using var bench = await PumpBench.Start(
            o => o with { PerSecond = 100, Burst = 100 },
            mattermost.Clock,
            mattermost.Chat
        );
        var people = Enumerable
            .Range(0, 20)
            .Select(i => mattermost.Server.AddUser($"p{i}").Id)
            .ToList();
        await bench.Commit([
            .. Enumerable.Range(0, 1000).Select(i => PumpBench.Tell(people[i % 20], $"{i}")),
        ]);
        await bench.Drain();

        for (var person = 0; person < people.Count; person++)
        {
            var channel = mattermost.Server.DirectChannel($"p{person}", "escalate").Id;
            mattermost
                .Server.Posts(channel)
                .Select(p => p.Message)
                .ShouldBe(Enumerable.Range(0, 50).Select(i => $"{(i * 20) + person}"));
        }
    }

    [Fact]
    public async Task On_the_real_clock_it_works_as_well()
    {
        await using var mattermost = await ChatBench.Start(serverTime: TimeProvider.System);
        await using var bench = await PumpBench.Start(null, mattermost.Clock, mattermost.Chat);
        using var pump = new OutboxPump(
            bench.Store,
            mattermost.Chat,
            new PeopleDirectory(
                bench.Store,
                mattermost.Chat,
                new WorkingTime(new TeamTimeSettings()),
                TimeProvider.System,
                NullLogger<PeopleDirectory>.Instance
            ),
            bench.Files(),
            bench.Options with
            {
                PerSecond = 50,
                Burst = 1,
                FirstRetry = TimeSpan.FromMilliseconds(20),
            },
            TimeProvider.System,
            NullLogger<OutboxPump>.Instance
        );
        await bench.Stop();
        mattermost.Server.Faults.Next(1, _ => true, Fault.ResetAfter);
        await pump.StartAsync(Cancel);
        await bench.Commit(PumpBench.Card("ESC-1", "card", mattermost.Room.Value));
        await bench.Commit([
            .. Enumerable
                .Range(0, 10)
                .Select(i => PumpBench.Reply("ESC-1", $"{i}", mattermost.Room.Value)),
        ]);

        await mattermost.Server.WaitForAsync(() => mattermost.Messages.Count == 11, Cancel);
        await pump.StopAsync(Cancel);

        mattermost.Messages.ShouldBe(["card", .. Enumerable.Range(0, 10).Select(i => $"{i}")]);
    }

    private static Effect Any(ChatBench mattermost, int number, Seeded chance) =>
        number switch
        {
            1 => PumpBench.Card("ESC-1", "card 1", mattermost.Room.Value),
            _ when number % 3 == 0 => PumpBench.Card(
                "ESC-1",
                $"card {number}",
                mattermost.Room.Value
            ),
            _ when number % 3 == 1 => PumpBench.Reply(
                "ESC-1",
                $"reply {number}",
                mattermost.Room.Value
            ),
            _ => PumpBench.Tell(mattermost.Server.GetUser("engineer").Id, $"tell {number}"),
        };

    private static void Fail(Faults faults, List<Hang> hangs, Seeded chance)
    {
        var fault = chance.Below(12) switch
        {
            0 => Fault.RateLimited(TimeSpan.FromSeconds(3)),
            1 => Fault.Status(500),
            2 => Fault.Status(502),
            3 => Fault.ResetBefore,
            4 or 5 or 6 => Fault.ResetAfter,
            _ => null,
        };
        if (fault is not null)
        {
            faults.Next(1 + chance.Below(2), _ => true, fault);
        }
        else if (chance.Below(8) == 0)
        {
            hangs.Add(faults.HangNext(1, _ => true));
        }
    }

    private static async Task Proceed(PumpBench bench, Seeded chance)
    {
        switch (chance.Below(6))
        {
            case 0:
                await bench.Settle();
                break;
            case 1:
                bench.Clock.Advance(TimeSpan.FromSeconds(chance.Below(60)));
                break;
            case 2:
                await bench.Crash();
                await bench.Buried();
                await bench.Begin();
                break;
        }
    }

    private static IReadOnlyList<string> Direct(ChatBench mattermost) =>
        [
            .. mattermost
                .Server.Posts(mattermost.Server.DirectChannel("engineer", "escalate").Id)
                .Select(p => p.Message),
        ];
}
