using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Knows what somebody can do next who was refused because they lack a role (U16).</summary>
internal interface IRefusalHelp
{
    /// <summary>The button below the refusal of a press; null when there is nothing to offer.</summary>
    /// <param name="why">What they lack, and who has it.</param>
    /// <param name="from">Who was refused.</param>
    /// <param name="pressed">The button that they pressed, or the menu in which they chose.</param>
    CardControl? Button(NotPermitted why, Envelope from, PressedControl pressed);

    /// <summary>
    /// What is said behind the refusal of a command, whose answer takes no buttons; nothing when there is nothing to
    /// offer.
    /// </summary>
    /// <param name="why">What they lack, and who has it.</param>
    /// <param name="from">Who was refused.</param>
    /// <param name="typed">What they typed, without the slash command itself.</param>
    Markdown Sentence(NotPermitted why, Envelope from, string typed);

    /// <summary>
    /// A press on a post of ours did something, or a form that was opened from there: where somebody had been asked there to do it, whoever
    /// asked hears of it, and the post asks no more.
    /// </summary>
    /// <param name="pressed">The post.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="did">What was done, as they were told.</param>
    /// <param name="cancel">Gives up.</param>
    Task Did(PostId pressed, UserId by, Markdown did, CancellationToken cancel);
}

/// <summary>A button that was pressed, as it is needed to press it again.</summary>
/// <param name="Action">Which action it starts.</param>
/// <param name="Payload">What the action is told, as JSON.</param>
/// <param name="Chosen">The chosen value of a menu; null for a button.</param>
internal sealed record PressedControl(string Action, string Payload, string? Chosen)
{
    /// <summary>What it said, or what was chosen in it: <c>Assign to @name</c>; null when nobody can tell.</summary>
    public Markdown? Said { get; init; }
}
