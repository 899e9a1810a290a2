using Sidecar.Ids;

namespace Sidecar.Interactions;

/// <summary>
/// Knows what may be meant while a parameter is typed (<see cref="Parameter.Completes"/>). It is asked at each letter:
/// a few reads of an index, never more.
/// </summary>
public interface ICompletion
{
    /// <summary>As many as are seen at once.</summary>
    const int Most = 20;

    /// <summary>What it offers: <c>customers</c>. A part of an address.</summary>
    string Name { get; }

    /// <summary>What begins with what is typed, the likeliest first; nothing to who may not read it.</summary>
    /// <param name="reader">Who types.</param>
    /// <param name="typed">The beginning of the word; empty when there is none yet.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    );
}

/// <summary>A word that may be meant.</summary>
/// <param name="Word">As it is written in the command.</param>
/// <param name="Hint">Said beside it.</param>
/// <param name="About">Said below it.</param>
public sealed record OfferedWord(string Word, string Hint, string About);
