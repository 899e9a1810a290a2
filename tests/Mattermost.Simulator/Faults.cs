using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>What goes wrong with a request.</summary>
public abstract record Fault
{
    private protected Fault() { }

    /// <summary>An error status; nothing else happens.</summary>
    public static Fault Status(int status) => new StatusFault(status);

    /// <summary>429, with the headers and the plain-text body of Mattermost's rate limiter.</summary>
    public static Fault RateLimited(TimeSpan? resetAfter = null) =>
        new RateLimitFault(resetAfter ?? TimeSpan.FromSeconds(1));

    /// <summary>The connection is reset and nothing has happened.</summary>
    public static Fault ResetBefore { get; } = new ResetFault();

    /// <summary>The request takes effect, and the connection is reset in place of the answer.</summary>
    public static Fault ResetAfter { get; } = new ResetAfterFault();

    /// <summary>The request is served after this time has passed on the server's clock.</summary>
    public static Fault Slow(TimeSpan delay) => new SlowFault(delay);

    internal virtual bool CutsAfter => false;

    /// <summary>Returns what to answer in place of serving the request, or null to serve it.</summary>
    internal abstract Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time);

    internal sealed record StatusFault(int Code) : Fault
    {
        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(
                new Answer(
                    Code,
                    System.Text.Encoding.UTF8.GetBytes("the stand-in was told to fail"),
                    "text/plain"
                )
            );
    }

    internal sealed record RateLimitFault(TimeSpan Window) : Fault
    {
        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(RateLimits.Refusal(http, limit: 10, Window));
    }

    internal sealed record ResetFault : Fault
    {
        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time)
        {
            http.Abort();
            return Task.FromResult<Answer?>(new Answer(0, []));
        }
    }

    internal sealed record ResetAfterFault : Fault
    {
        internal override bool CutsAfter => true;

        internal override Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time) =>
            Task.FromResult<Answer?>(null);
    }

    internal sealed record SlowFault(TimeSpan Delay) : Fault
    {
        internal override async Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time)
        {
            await Task.Delay(Delay, time, http.RequestAborted);
            return null;
        }
    }

    internal sealed record HangFault(Hang Hang) : Fault
    {
        internal override async Task<Answer?> BeforeAsync(HttpContext http, TimeProvider time)
        {
            await Hang.HoldAsync(http.RequestAborted);
            return null;
        }
    }
}

/// <summary>Requests that are held until a test lets them go.</summary>
public sealed class Hang
{
    private readonly TaskCompletionSource released = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Changes changes = new();
    private int held;

    /// <summary>How many requests have been held so far.</summary>
    public int Held => Volatile.Read(ref held);

    /// <summary>Lets all held requests go on to be served, and later ones pass at once.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>Completes when so many requests are being, or have been, held.</summary>
    public Task UntilHeldAsync(int count = 1, CancellationToken cancellationToken = default) =>
        changes.WaitForAsync(() => Held >= count, cancellationToken);

    internal async Task HoldAsync(CancellationToken aborted)
    {
        Interlocked.Increment(ref held);
        changes.Signal();
        await released.Task.WaitAsync(aborted);
    }
}

/// <summary>Makes requests fail on demand. Faults are used up in the order they were asked for.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Order> orders = [];
    private readonly TimeProvider time;

    internal Faults(SimulatorOptions options)
    {
        time = options.Time;
        Limits = new RateLimits(options);
    }

    internal RateLimits Limits { get; }

    /// <summary>How many requests one token may make per second; null for no limit.</summary>
    public int? RequestsPerSecond
    {
        get => Limits.PerSecond;
        set => Limits.PerSecond = value;
    }

    /// <summary>The next <paramref name="count"/> requests with this method and a path that starts so suffer the fault.</summary>
    public void Next(int count, string method, string pathPrefix, Fault fault) =>
        Next(
            count,
            r =>
                string.Equals(r.Method, method, StringComparison.OrdinalIgnoreCase)
                && r.Path.StartsWith(pathPrefix, StringComparison.Ordinal),
            fault
        );

    /// <summary>The next <paramref name="count"/> requests that match suffer the fault.</summary>
    public void Next(int count, Func<FaultTarget, bool> matches, Fault fault)
    {
        lock (gate)
        {
            orders.Add(new Order(matches, fault) { Left = count });
        }
    }

    /// <summary>The next <paramref name="count"/> requests that match are held until the returned hang is released.</summary>
    public Hang HangNext(int count, Func<FaultTarget, bool> matches)
    {
        var hang = new Hang();
        Next(count, matches, new Fault.HangFault(hang));
        return hang;
    }

    /// <summary>How many ordered faults have not struck yet.</summary>
    public int Pending
    {
        get
        {
            lock (gate)
            {
                return orders.Sum(o => o.Left);
            }
        }
    }

    /// <summary>Takes back all faults that have not struck yet.</summary>
    public void Clear()
    {
        lock (gate)
        {
            orders.Clear();
        }
    }

    internal Strike? Take(string method, string path, string body)
    {
        lock (gate)
        {
            if (orders.Count == 0)
            {
                return null;
            }

            var target = new FaultTarget(method, path, body);
            if (orders.Find(o => o.Matches(target)) is not { } order)
            {
                return null;
            }

            if (--order.Left == 0)
            {
                orders.Remove(order);
            }

            return new Strike(order.Fault, time);
        }
    }

    internal sealed record Strike(Fault Fault, TimeProvider Time)
    {
        public bool CutsAfter => Fault.CutsAfter;

        public Task<Answer?> BeforeAsync(HttpContext http) => Fault.BeforeAsync(http, Time);
    }

    private sealed class Order(Func<FaultTarget, bool> matches, Fault fault)
    {
        public Func<FaultTarget, bool> Matches { get; } = matches;
        public Fault Fault { get; } = fault;
        public int Left { get; set; }
    }
}

/// <summary>What a fault can be aimed at: a request's method, path and body text.</summary>
public sealed record FaultTarget(string Method, string Path, string Body);
