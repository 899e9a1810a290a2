using System.Collections.Immutable;

namespace Sidecar.Interactions;

/// <summary>Looks at everything on which the product depends, as <c>doctor</c> does at a terminal, and changes nothing.</summary>
/// <param name="Look">Looks, within seconds.</param>
public sealed record CheckUp(Func<CancellationToken, Task<CheckedHealth>> Look);

/// <summary>What was found.</summary>
/// <param name="Well">How many things are as they should be.</param>
/// <param name="Symptoms">What is not, the worst first.</param>
/// <param name="NotLookedAt">What could not be looked at, in a few words each.</param>
public sealed record CheckedHealth(
    int Well,
    ImmutableArray<Symptom> Symptoms,
    ImmutableArray<string> NotLookedAt
);

/// <summary>Something that is not as it should be.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="IsFailure">Something does not work; else it works, and somebody should look at it.</param>
/// <param name="Says">What was found, and what that means.</param>
/// <param name="Remedy">What to do; null when nothing is to be done.</param>
public sealed record Symptom(string What, bool IsFailure, string Says, string? Remedy);
