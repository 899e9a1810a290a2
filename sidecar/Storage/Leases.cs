using System.Globalization;
using System.Text;

namespace Sidecar.Storage;

/// <summary>
/// Which parts of the work this process does, out of those that share a store. A store in files belongs to one process,
/// which does all of it (<see cref="AllLeases"/>); on a database several share it, and whoever dies is followed by the others.
/// </summary>
public interface ILeases
{
    /// <summary>Several processes may use the store: what is in memory may be made old by another one.</summary>
    bool IsShared { get; }

    /// <summary>How many processes share the work, this one included.</summary>
    int Sidecars { get; }

    /// <summary>The lease, when this process holds it now; null when another one does or nobody can say.</summary>
    LeaseToken? Held(string name);

    /// <summary>
    /// Begins work that only the holder may do; null when this process is not the holder. The lease is not given away
    /// before the work ends. It can be lost all the same, and then nothing that the work commits is taken.
    /// </summary>
    LeasedWork? Begin(string name);

    /// <summary>Told now and then, and whenever something changed: look what is held, and what waits.</summary>
    event EventHandler? Look;
}

/// <summary>
/// The right of one process to do one part of the work. Its number grows whenever the lease changes hands, so that
/// whoever had it before is told from whoever has it now.
/// </summary>
/// <param name="Name">The part of the work.</param>
/// <param name="Token">How often the lease was taken.</param>
public sealed record LeaseToken(string Name, long Token);

/// <summary>What was being done was to be done under a lease that another process has by now. Nothing was changed.</summary>
public sealed class LeaseLostException(string name)
    : Exception($"Another sidecar does {name} now; nothing was changed.");

/// <summary>The parts of the work that are leased.</summary>
public static class WorkShares
{
    /// <summary>Listening to Mattermost's WebSocket.</summary>
    public const string Listening = "listening";

    private const int Count = 16;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Listening, .. Enumerable.Range(0, Count).Select(Share)];

    /// <summary>
    /// The share that a lane of the outbox or a thing with due times belongs to, the same in every process and release:
    /// all about it is done by one process at a time, so its order holds.
    /// </summary>
    public static string Of(string matter)
    {
        // FNV-1a
        var hash = 2166136261;
        foreach (var unit in Encoding.UTF8.GetBytes(matter))
        {
            hash = unchecked((hash ^ unit) * 16777619);
        }

        return Share((int)(hash % Count));
    }

    private static string Share(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"share-{number:00}");
}

/// <summary>Work under a lease, from <see cref="ILeases.Begin"/> until it is disposed of.</summary>
/// <param name="lease">The lease; null where there is but one process.</param>
/// <param name="isHeld">Whether it is held now.</param>
/// <param name="ended">Told when the work has ended.</param>
public sealed class LeasedWork(LeaseToken? lease, Func<bool> isHeld, Action ended) : IDisposable
{
    private static readonly AsyncLocal<LeasedWork?> Now = new();

    private readonly LeasedWork? _around = Now.Value;

    /// <summary>The lease that whatever is committed here must still be under; null when anybody may commit it.</summary>
    public static LeaseToken? Current => Now.Value?.Lease;

    /// <summary>The lease of this work.</summary>
    public LeaseToken? Lease { get; } = lease;

    /// <summary>Before something that can't be taken back and that no commit guards: is it still ours to do?</summary>
    /// <exception cref="LeaseLostException">No.</exception>
    public static void Verify()
    {
        if (Now.Value is { Lease: { } lease } work && !work.IsHeld)
        {
            throw new LeaseLostException(lease.Name);
        }
    }

    private bool IsHeld => isHeld();

    /// <inheritdoc/>
    public void Dispose()
    {
        Now.Value = _around;
        ended();
    }

    internal LeasedWork Entered()
    {
        Now.Value = this;
        return this;
    }
}

/// <summary>The leases of a process that is alone: it holds all of them, for nothing.</summary>
internal sealed class AllLeases : ILeases
{
    private static readonly LeasedWork Unguarded = new(null, static () => true, static () => { });

    public bool IsShared => false;

    public int Sidecars => 1;

    public event EventHandler? Look
    {
        add { }
        remove { }
    }

    public LeaseToken? Held(string name) => new(name, 0);

    public LeasedWork? Begin(string name) => Unguarded;
}
