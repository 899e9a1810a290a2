namespace Sidecar.Storage;

/// <summary>How fast somebody may go on, counted once for all processes that share a store.</summary>
public interface ISharedPaces
{
    /// <summary>Takes from a bucket that refills with time, when there is enough in it.</summary>
    /// <param name="name">Whose bucket.</param>
    /// <param name="cost">What is taken, as the time in which it refills.</param>
    /// <param name="capacity">What a full bucket holds.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How long to wait when there was not enough; null when it was taken.</returns>
    /// <exception cref="IOException">Nobody can say.</exception>
    ValueTask<TimeSpan?> Spend(
        string name,
        TimeSpan cost,
        TimeSpan capacity,
        DateTimeOffset now,
        CancellationToken cancel
    );
}
