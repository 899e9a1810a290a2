using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>Makes requests fail on demand. Faults are used up in the order they were asked for.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Order> orders = [];
    private readonly TimeProvider time;

    private readonly Changes changes;

    internal Faults(SimulatorOptions options, Changes changes)
    {
        this.changes = changes;
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
        if (count == 0)
        {
            return;
        }

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
        var strike = Find(method, path, body);
        if (strike is not null)
        {
            changes.Signal();
        }

        return strike;
    }

    private Strike? Find(string method, string path, string body)
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
        public bool CutsBefore => Fault.CutsBefore;

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
