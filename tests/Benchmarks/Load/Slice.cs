using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;

namespace Benchmarks.Load;

/// <summary>A kind of request.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Servers">Who answer: each the connections in turn, as behind a load balancer.</param>
/// <param name="Next">The request of a turn; null when there is nothing left to ask for.</param>
/// <param name="Expected">What every right answer contains.</param>
/// <param name="Against">What it is measured with; null for what is a measure itself.</param>
internal sealed record RequestKind(
    string Name,
    ImmutableArray<ServerProcess> Servers,
    Func<long, byte[]?> Next,
    byte[] Expected,
    Yardstick? Against
)
{
    private long _turn;

    /// <summary>Processor time that its servers have used so far.</summary>
    public TimeSpan ProcessorTime =>
        Servers.Aggregate(TimeSpan.Zero, (all, server) => all + server.ProcessorTime);

    /// <summary>Goes on where the slice before ended.</summary>
    public long Turn() => Interlocked.Increment(ref _turn);
}

/// <summary>What requests are measured with, and how much of it they should reach.</summary>
internal sealed record Yardstick(string Name, double Goal)
{
    public static Yardstick Empty { get; } = new("empty endpoint", 0.6);

    public static Yardstick Bare { get; } = new("bare SQLite, same rows", 0.5);
}

/// <summary>What one slice of one kind gave.</summary>
/// <param name="PerSecond">Right answers per second.</param>
/// <param name="Milliseconds">How long each took, sorted.</param>
/// <param name="ProcessorMicroseconds">Processor time of the server per request.</param>
/// <param name="Wrong">Answers that were not what was asked for.</param>
internal sealed record Slice(
    double PerSecond,
    double[] Milliseconds,
    double ProcessorMicroseconds,
    int Wrong
)
{
    public double Percentile(double p) =>
        Milliseconds.Length == 0
            ? double.NaN
            : Milliseconds[Math.Min(Milliseconds.Length - 1, (int)(Milliseconds.Length * p))];

    /// <summary>Sends one kind for a while: each connection its next request when it has the answer to the last.</summary>
    public static async Task<Slice> Measure(
        RequestKind kind,
        TimeSpan length,
        int connections,
        int most
    )
    {
        var open = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(i => RawConnection.Open(kind.Servers[i % kind.Servers.Length].Port))
        );
        var times = new ConcurrentBag<List<double>>();
        var left = most;
        var wrong = 0;
        var processor = kind.ProcessorTime;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(open.Select(Drive));
        var took = Stopwatch.GetElapsedTime(start);
        var used = kind.ProcessorTime - processor;
        foreach (var connection in open)
        {
            connection.Dispose();
        }

        double[] all = [.. times.SelectMany(t => t)];
        Array.Sort(all);
        return new Slice(
            (all.Length - wrong) / took.TotalSeconds,
            all,
            used.TotalMicroseconds / Math.Max(1, all.Length),
            wrong
        );

        async Task Drive(RawConnection connection)
        {
            await Task.Yield();
            var mine = new List<double>();
            while (
                Stopwatch.GetElapsedTime(start) < length
                && Interlocked.Decrement(ref left) >= 0
                && kind.Next(kind.Turn()) is { } request
            )
            {
                var sent = Stopwatch.GetTimestamp();
                var answer = await connection.Exchange(request);
                mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (answer.Span.IndexOf(kind.Expected) < 0)
                {
                    Interlocked.Increment(ref wrong);
                    WrongAnswers.Show(kind.Name, answer.Span);
                }
            }

            times.Add(mine);
        }
    }
}

/// <summary>Shows the first wrong answers, so that nobody takes errors for speed.</summary>
internal static class WrongAnswers
{
    private const int Enough = 600;

    private static int _shown;

    public static void Show(string kind, ReadOnlySpan<byte> answer)
    {
        if (Interlocked.Increment(ref _shown) <= 5)
        {
            Console.Error.WriteLine(
                $"{kind}: {System.Text.Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, Enough)])}"
            );
        }
    }
}
