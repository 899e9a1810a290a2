using System.Globalization;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Outbox;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>
/// HA-1 under everything at once: sidecars that die and come back, that are cut off past their leases, connections
/// that the server cuts, clocks minutes apart, and a chat that loses requests and answers.
/// </summary>
[Trait("Category", Campaign.Category)]
public sealed class SharedCampaignTests(ITestOutputHelper output)
{
    private const int Rooms = 8;
    private const int Steps = 40;

    private readonly Dictionary<string, List<string>> _said = [];
    private int _number;
    private int _refused;
    private int _breaks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task HA_1_Whatever_fails_each_effect_shows_once_and_in_order() =>
        new Campaign(output).Run(
            2,
            async (seed, chance) =>
            {
                _said.Clear();
                (_breaks, _refused) = (0, 0);
                await using var bench = new SharedBench();
                var mishaps = new Seeded(seed + 1);
                bench.Chat.RetryAfter = TimeSpan.FromSeconds(2);
                bench.Chat.Mishaps = (_, _) => Next(mishaps);
                await bench.Start();
                await bench.Start(TimeSpan.FromMinutes(5));
                await bench.Start(TimeSpan.FromMinutes(-5));
                for (var step = 0; step < Steps; step++)
                {
                    await Step(bench, chance);
                }

                bench.Chat.Mishaps = (_, _) => Mishap.None;
                bench.Awake.AddRange(bench.Stalled);
                bench.Stalled.Clear();
                await Drain(bench);
                foreach (var (room, said) in _said)
                {
                    bench.Chat.Texts(room).ShouldBe(said, room);
                }

                return new Totals(_breaks, _said.Values.Sum(s => s.Count), _refused);
            }
        );

    private static Mishap Next(Seeded chance)
    {
        lock (chance)
        {
            return chance.Below(100) switch
            {
                < 80 => Mishap.None,
                < 88 => Mishap.LostAnswer,
                < 96 => Mishap.LostRequest,
                _ => Mishap.Busy,
            };
        }
    }

    private async Task Step(SharedBench bench, Seeded chance)
    {
        switch (chance.Below(20))
        {
            case < 12:
                await Say(bench, chance);
                break;
            case < 15:
                await bench.Passes(TimeSpan.FromSeconds(3 * (1 + chance.Below(5))));
                break;
            case < 16:
                _breaks++;
                await bench.Kill(bench.Awake[chance.Below(bench.Awake.Count)]);
                await bench.Start(TimeSpan.FromMinutes(chance.Below(10) - 5));
                break;
            case < 18 when bench.Stalled.Count > 0:
                bench.Awake.AddRange(bench.Stalled);
                bench.Stalled.Clear();
                break;
            case < 18 when bench.Awake.Count > 1:
                _breaks++;
                var stalls = bench.Awake[chance.Below(bench.Awake.Count)];
                bench.Awake.Remove(stalls);
                bench.Stalled.Add(stalls);
                break;
            case < 19:
                _breaks++;
                PostgresCluster.Shared.Execute(
                    $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{Machine.NameIn(bench.Schema)}'"
                );
                break;
            default:
                await bench.Shared();
                break;
        }
    }

    private async Task Say(SharedBench bench, Seeded chance)
    {
        var room = string.Create(CultureInfo.InvariantCulture, $"room{chance.Below(Rooms)}");
        var text = string.Create(CultureInfo.InvariantCulture, $"{++_number}");
        try
        {
            await bench.Awake[chance.Below(bench.Awake.Count)].Says(room, text);
            if (!_said.TryGetValue(room, out var said))
            {
                said = _said[room] = [];
            }

            said.Add(text);
        }
        catch (StoreUnwritableException)
        {
            _refused++;
        }
    }

    private static async Task Drain(SharedBench bench)
    {
        for (var i = 0; i < 100; i++)
        {
            await bench.Passes(TimeSpan.FromSeconds(30));
            if ((await bench.Awake[0].Engine.ReadOutbox(0, 1, Cancel)).Count == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException("Stuck: it never ends.");
    }
}
