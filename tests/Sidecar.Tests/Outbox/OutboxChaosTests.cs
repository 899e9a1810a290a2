using Shouldly;
using Sidecar.Chat;
using Sidecar.Tests.Harness;
using Xunit;
using static Sidecar.Tests.Outbox.PumpBench;

namespace Sidecar.Tests.Outbox;

public sealed class OutboxChaosTests(ITestOutputHelper output)
{
    private const int Steps = 80;
    private static readonly string[] Rooms = ["red", "green", "blue"];

    private readonly Dictionary<string, List<string>> _expected = [];
    private readonly Dictionary<string, string> _cards = [];
    private int _number;

    /// <summary><c>OUTBOX_SEED</c> repeats one run, <c>OUTBOX_RUNS</c> makes more of them.</summary>
    public static TheoryData<long> Seeds =>
        Number("OUTBOX_SEED") is { } seed
            ? [seed]
            : [.. Enumerable.Range(1, (int)(Number("OUTBOX_RUNS") ?? 25)).Select(i => (long)i)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_fails_every_effect_is_there_once_and_in_order(long seed)
    {
        output.WriteLine($"seed {seed} (OUTBOX_SEED={seed} repeats it)");
        var chance = new Seeded(seed);
        var mishaps = new Seeded(seed + 1);
        await using var bench = await Start(o =>
            o with
            {
                Lanes = 3,
                KeptWhole = (int)(seed % 3) * 5,
            }
        );
        bench.Chat.RetryAfter = TimeSpan.FromSeconds(2);
        bench.Chat.Mishaps = (_, _) => Next(mishaps);

        for (var step = 0; step < Steps; step++)
        {
            await Step(bench, chance);
        }

        bench.Chat.Mishaps = (_, _) => Mishap.None;
        await bench.Drain();

        (await bench.Outbox()).ShouldBeEmpty();
        (await bench.Parked()).ShouldBeEmpty();
        foreach (var (place, said) in _expected)
        {
            bench.Chat.Texts(place).Where(t => !_cards.ContainsValue(t)).ShouldBe(said, place);
        }

        foreach (var (name, text) in _cards)
        {
            var room = name.Split('/')[0];
            bench
                .Chat.In(room)
                .Where(p => p.Card is not null && p.Text == text)
                .ShouldHaveSingleItem();
            bench
                .Chat.In(room)
                .Count(p => p.Card is not null)
                .ShouldBe(_cards.Keys.Count(k => k.StartsWith(room, StringComparison.Ordinal)));
        }
    }

    private static long? Number(string variable) =>
        long.TryParse(
            Environment.GetEnvironmentVariable(variable),
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static Mishap Next(Seeded chance) =>
        chance.Below(100) switch
        {
            < 55 => Mishap.None,
            < 62 => Mishap.Busy,
            < 74 => Mishap.LostRequest,
            < 86 => Mishap.LostAnswer,
            < 90 => Mishap.HangsBefore,
            < 96 => Mishap.HangsAfter,
            < 98 => Mishap.LockedOut,
            _ => Mishap.None,
        };

    private async Task Step(PumpBench bench, Seeded chance)
    {
        switch (chance.Below(10))
        {
            case < 5:
                await bench.Commit([
                    .. Enumerable.Range(0, 1 + chance.Below(4)).Select(_ => Any(chance)),
                ]);
                break;
            case < 7:
                bench.Clock.Advance(TimeSpan.FromMilliseconds(chance.Below(40_000)));
                break;
            case < 8:
                await bench.Settle();
                break;
            case < 9:
                await bench.Crash();
                bench.Clock.Advance(TimeSpan.FromSeconds(chance.Below(120)));
                await bench.Begin();
                break;
            default:
                await Stop(bench);
                await bench.Begin();
                break;
        }
    }

    private static async Task Stop(PumpBench bench)
    {
        var stopped = bench.Stop();
        while (!stopped.IsCompleted)
        {
            await Task.WhenAny(stopped, bench.Chat.WhenHanging());
            bench.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }

        await stopped;
        await bench.Crash();
    }

    private Effect Any(Seeded chance)
    {
        var text = $"effect {++_number}";
        var room = Rooms[chance.Below(Rooms.Length)];
        var known = _cards.Keys.Where(k => k.StartsWith(room, StringComparison.Ordinal)).ToList();
        switch (chance.Below(3))
        {
            case 0:
                Said($"dm-p{chance.Below(1)}", text);
                return Tell("p0", text);
            case 1 when known.Count > 0:
                Said(room, text);
                return Reply(known[chance.Below(known.Count)], text, room);
            default:
                var name = $"{room}/card{chance.Below(3)}";
                _cards[name] = text;
                return Card(name, text, room);
        }
    }

    private void Said(string place, string text)
    {
        if (!_expected.TryGetValue(place, out var said))
        {
            said = _expected[place] = [];
        }

        said.Add(text);
    }
}
