using System.Buffers.Binary;
using Shouldly;
using Sidecar.Mattermost.Plugin.Yamux;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin.Yamux;

public sealed class YamuxSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_carry_more_than_their_windows_both_ways_at_once()
    {
        var (one, other) = await Wire.Pair();
        await using var client = new YamuxSession(one, new YamuxOptions { IsClient = true });
        await using var server = new YamuxSession(other, new YamuxOptions());
        var echo = Task.Run(
            async () =>
            {
                while (await server.Accept(Cancel) is { } stream)
                {
                    _ = Echo(stream);
                }
            },
            Cancel
        );

        var sums = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => RoundTrip(client, n)));

        sums.ShouldAllBe(isSame => isSame);
        client.Streams.ShouldBe(0);
        await client.DisposeAsync();
        await echo;
        await server.Over;
        server.Streams.ShouldBe(0);
    }

    private static async Task Echo(YamuxStream stream)
    {
        var buffer = new byte[10_000];
        while (await stream.ReadAsync(buffer, Cancel) is > 0 and var read)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), Cancel);
        }

        await stream.DisposeAsync();
    }

    private static async Task<bool> RoundTrip(YamuxSession session, int seed)
    {
        var chance = new Seeded(seed);
        var sent = new byte[2_000_000];
        for (var i = 0; i < sent.Length; i += 8)
        {
            BinaryPrimitives.WriteInt64LittleEndian(sent.AsSpan(i), chance.Any());
        }

        await using var stream = session.Open();
        var writing = stream.WriteAsync(sent, Cancel);
        var back = new byte[sent.Length];
        await stream.ReadExactlyAsync(back, Cancel);
        await writing;
        return sent.AsSpan().SequenceEqual(back);
    }

    [Fact]
    public async Task A_ping_is_answered_with_what_it_brought()
    {
        var (host, plugin) = await Wire.Pair();
        await using var session = new YamuxSession(plugin, new YamuxOptions());

        await Send(host, new YamuxFrame(YamuxType.Ping, YamuxFlags.Syn, 0, 4711));

        (await Receive(host)).ShouldBe(new YamuxFrame(YamuxType.Ping, YamuxFlags.Ack, 0, 4711));
    }

    [Fact]
    public async Task What_is_sent_to_streams_that_are_no_more_is_not_read()
    {
        var (host, plugin) = await Wire.Pair();
        await using var session = new YamuxSession(plugin, new YamuxOptions());

        await Send(host, new YamuxFrame(YamuxType.Data, YamuxFlags.None, 77, 5));
        await host.WriteAsync(new byte[5], Cancel);
        await Send(host, new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Fin, 79, 5));
        await Send(host, new YamuxFrame(YamuxType.Ping, YamuxFlags.Syn, 0, 1));

        (await Receive(host)).Type.ShouldBe(YamuxType.Ping);
    }

    [Fact]
    public async Task Who_sends_more_than_the_window_is_left()
    {
        var (host, plugin) = await Wire.Pair();
        await using var session = new YamuxSession(plugin, new YamuxOptions());

        await Send(host, new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, 0));
        await Send(host, new YamuxFrame(YamuxType.Data, YamuxFlags.None, 1, YamuxOptions.Window));
        await host.WriteAsync(new byte[YamuxOptions.Window], Cancel);
        await Send(host, new YamuxFrame(YamuxType.Data, YamuxFlags.None, 1, 1));
        await host.WriteAsync(new byte[1], Cancel);

        (await Should.ThrowAsync<YamuxException>(() => session.Over)).Message.ShouldContain(
            "window"
        );
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "version 1")]
    [InlineData(new byte[] { 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "type 9")]
    [InlineData(new byte[] { 0, 1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0 }, "Stream 2")]
    [InlineData(new byte[] { 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 }, "Stream 0")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 9, 255, 255, 255, 255 }, "window")]
    public async Task What_is_no_protocol_ends_the_session_with_a_reason(byte[] frame, string why)
    {
        var (host, plugin) = await Wire.Pair();
        await using var session = new YamuxSession(plugin, new YamuxOptions());

        await host.WriteAsync(frame, Cancel);

        (await Should.ThrowAsync<YamuxException>(() => session.Over)).Message.ShouldContain(why);
    }

    [Fact]
    public async Task Too_many_streams_are_refused_one_by_one()
    {
        var (host, plugin) = await Wire.Pair();
        await using var session = new YamuxSession(plugin, new YamuxOptions { Streams = 2 });

        foreach (var id in (uint[])[1, 3, 5])
        {
            await Send(host, new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Syn, id, 0));
        }

        (await Receive(host)).Flags.ShouldBe(YamuxFlags.Ack);
        (await Receive(host)).Flags.ShouldBe(YamuxFlags.Ack);
        (await Receive(host)).ShouldBe(
            new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Rst, 5, 0)
        );
        await Send(host, new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Rst, 1, 0));
        await Send(host, new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Syn, 7, 0));
        (await Receive(host)).Flags.ShouldBe(YamuxFlags.Ack);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_everything()
    {
        var (host, plugin) = await Wire.Pair();
        await using var session = new YamuxSession(plugin, new YamuxOptions());
        await Send(host, new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, 0));
        var stream = (await session.Accept(Cancel))!;
        var reading = stream.ReadAsync(new byte[1], Cancel).AsTask();

        await host.DisposeAsync();

        await session.Over;
        await Should.ThrowAsync<IOException>(() => reading);
        (await session.Accept(Cancel)).ShouldBeNull();
        Should.Throw<IOException>(() => session.Open());
    }

    [Fact]
    public async Task Who_asks_and_reads_no_answers_is_left()
    {
        var (host, plugin) = await Wire.Pair();
        await using var session = new YamuxSession(plugin, new YamuxOptions { Answers = 500 });
        var ping = new byte[YamuxFrame.Size * 1000];
        for (var i = 0; i < 1000; i++)
        {
            new YamuxFrame(YamuxType.Ping, YamuxFlags.Syn, 0, 1).Write(
                ping.AsSpan(i * YamuxFrame.Size)
            );
        }

        var flood = Task.Run(
            async () =>
            {
                for (var i = 0; i < 10_000 && !session.Over.IsCompleted; i++)
                {
                    await host.WriteAsync(ping, Cancel);
                }
            },
            Cancel
        );

        (await Should.ThrowAsync<YamuxException>(() => session.Over)).Message.ShouldContain("read");
        await Should.NotThrowAsync(() => Task.WhenAny(flood));
    }

    internal static async Task Send(Stream to, YamuxFrame frame)
    {
        var bytes = new byte[YamuxFrame.Size];
        frame.Write(bytes);
        await to.WriteAsync(bytes, Cancel);
    }

    private static async Task<YamuxFrame> Receive(Stream from)
    {
        var bytes = new byte[YamuxFrame.Size];
        await from.ReadExactlyAsync(bytes, Cancel);
        return YamuxFrame.Read(bytes);
    }
}
