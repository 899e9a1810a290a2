using Sidecar.Ids;

namespace Sidecar.Interactions;

/// <summary>
/// Seals what a person’s browser carries for us and brings back: nobody reads it, changes it, or uses it for somebody or
/// something else.
/// </summary>
public interface ISeal
{
    /// <summary>Seals it.</summary>
    /// <param name="purpose">For what it may be used.</param>
    /// <param name="holder">By whom.</param>
    /// <param name="content">What it is.</param>
    /// <returns>Letters, digits, <c>-</c> and <c>_</c>.</returns>
    string Seal(string purpose, UserId holder, string content);

    /// <summary>Opens what was sealed.</summary>
    /// <returns>Null when it was not sealed by us, for this purpose and this person.</returns>
    string? Open(string purpose, UserId holder, string text);
}
