using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Yamux;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Mattermost.Plugin.Gob;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>
/// Whatever the host's side sends: no hang, no crash, no growth. Each case has its own seed, which a failure names;
/// <c>ESCALATE_FUZZ</c> says how many (100000 takes some minutes), <c>ESCALATE_FUZZ_SEED</c> where to begin.
/// </summary>
public sealed class PluginFuzzTests(ITestOutputHelper output)
{
    private const long MostMemory = 64 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static long First => Number("ESCALATE_FUZZ_SEED", 1);

    [Fact]
    public async Task UP_1_No_gob_hangs_breaks_or_grows()
    {
        List<byte[]> corpus =
        [
            .. GobDecoderTests.Vectors.Values,
            .. new RecordedStreams(RecordedStreams.Host).Gobs.Select(s => s.Bytes),
            .. new RecordedStreams(RecordedStreams.Plugin).Gobs.Select(s => s.Bytes),
        ];
        var (read, refused) = (0, 0);
        var count = Number("ESCALATE_FUZZ", 3000);
        output.WriteLine($"seeds {First} to {First + count - 1}");
        for (var seed = First; seed < First + count; seed++)
        {
            var chance = new Seeded(seed);
            var bytes = Mutated(corpus[chance.Below(corpus.Count)], chance, corpus);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            var decoder = new GobDecoder(new MemoryStream(bytes));
            try
            {
                while (await decoder.Next(TestContext.Current.CancellationToken) is not null)
                {
                    read++;
                }
            }
            catch (GobException)
            {
                refused++;
            }
            catch (Exception other)
            {
                Assert.Fail($"seed {seed}: {other}");
            }

            Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(Longest, $"seed {seed}");
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(
                MostMemory,
                $"seed {seed}"
            );
        }

        output.WriteLine($"{read} values read, {refused} streams refused");
    }

    [Fact]
    public async Task UP_1_No_frame_hangs_breaks_or_grows()
    {
        var (quiet, refused) = (0, 0);
        var count = Number("ESCALATE_FUZZ", 1000);
        output.WriteLine($"seeds {First} to {First + count - 1}");
        for (var seed = First; seed < First + count; seed++)
        {
            var chance = new Seeded(seed);
            var bytes = Mutated(RecordedStreams.Host, chance, [RecordedStreams.Plugin]);
            var running = new PluginSession(new Hooks(), TimeProvider.System).Run(
                new Deaf(bytes),
                TestContext.Current.CancellationToken
            );
            try
            {
                await running.WaitAsync(Longest, TestContext.Current.CancellationToken);
                quiet++;
            }
            catch (Exception known) when (known is YamuxException or GobException)
            {
                refused++;
            }
            catch (Exception other)
            {
                Assert.Fail($"seed {seed}: {other}");
            }
        }

        GC.Collect();
        GC.GetTotalMemory(forceFullCollection: true).ShouldBeLessThan(1024 * MostMemory);
        output.WriteLine($"{quiet} sessions ended quietly, {refused} with a reason");
    }

    private static byte[] Mutated(byte[] from, Seeded chance, List<byte[]> others)
    {
        List<byte> bytes = [.. from];
        for (var changes = 1 + chance.Below(4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = chance.Below(bytes.Count);
            switch (chance.Below(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << chance.Below(8));
                    break;
                case 1:
                    bytes[at] = (byte)chance.Below(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + chance.Below(8), bytes.Count - at));
                    break;
                case 3:
                    // A length of eight bytes, small or endless.
                    bytes.InsertRange(
                        at,
                        (byte[])[0xF8, .. BitConverter.GetBytes(chance.Any() >> chance.Below(64))]
                    );
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    var other = others[chance.Below(others.Count)];
                    bytes.InsertRange(at, other[chance.Below(Math.Max(1, other.Length))..]);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(32, bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static long Number(string variable, long otherwise) =>
        long.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var set
        )
            ? set
            : otherwise;

    /// <summary>Says what it has to say, hears nothing, and leaves.</summary>
    private sealed class Deaf(byte[] says) : MemoryStream(says)
    {
        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => ValueTask.CompletedTask;
    }

    private sealed class Hooks : IPluginHooks
    {
        public Task Activate(PluginApi api, CancellationToken cancel) => Task.CompletedTask;

        public Task Deactivate(CancellationToken cancel) => Task.CompletedTask;

        public Task ConfigurationChanged(CancellationToken cancel) => Task.CompletedTask;

        public Task<CommandResponse> Execute(PluginCommand command, CancellationToken cancel) =>
            Task.FromResult(new CommandResponse("ephemeral", command.Text, null));

        public Task Posted(PluginPost post, CancellationToken cancel) => Task.CompletedTask;

        public Task ClusterEvent(string id, string data, CancellationToken cancel) =>
            Task.CompletedTask;

        public Task Serve(
            PluginRequest request,
            PluginResponse response,
            CancellationToken cancel
        ) => Task.CompletedTask;
    }
}
