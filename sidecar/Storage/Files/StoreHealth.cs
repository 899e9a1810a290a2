namespace Sidecar.Storage.Files;

/// <summary>How the store is doing, for the health endpoint, the doctor and metrics.</summary>
/// <param name="Checked">Every page has been checked since the store was opened.</param>
/// <param name="Damage">What is wrong with the file's content, with the remedy; null while nothing is known.</param>
/// <param name="WriteProblem">Why the last commit was refused; null again once one got through.</param>
public sealed record StoreHealth(bool Checked, string? Damage, string? WriteProblem);

/// <summary>A store that says how it is doing.</summary>
public interface IReportsHealth
{
    /// <summary>How the store is doing at the moment.</summary>
    StoreHealth Health { get; }
}
