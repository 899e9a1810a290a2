using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>
/// What is set up and what is missing, for who sets the product up (SET-1). The feature that knows contributes this, and
/// the panel shows it.
/// </summary>
internal interface IPanelSetup
{
    /// <summary>The steps as they stand; null for whoever does not set the product up.</summary>
    ValueTask<IReadOnlyList<SetupStep>?> Steps(UserId reader, CancellationToken cancel);

    /// <summary>Does a step, or opens its form.</summary>
    /// <returns>Null when there is no such step.</returns>
    Task<Reply?> Press(string step, Envelope from, CancellationToken cancel);
}

/// <summary>A step of the set-up as the panel shows it.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="IsDone">Nothing is missing.</param>
/// <param name="Says">What is set, and what it costs when something is missing.</param>
/// <param name="Press">What its button says, and the step that it presses; null when there is nothing to press.</param>
internal sealed record SetupStep(
    string Title,
    bool IsDone,
    Markdown Says,
    (string Label, string Step)? Press
);
