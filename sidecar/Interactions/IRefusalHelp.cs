using Sidecar.Chat;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Knows what somebody can do next who was refused because they lack a role (U16).</summary>
internal interface IRefusalHelp
{
    /// <summary>The button below the refusal of a press; null when there is nothing to offer.</summary>
    /// <param name="why">What they lack, and who has it.</param>
    /// <param name="from">Who was refused.</param>
    /// <param name="payload">What the button carried that they pressed, as JSON.</param>
    CardControl? Button(NotPermitted why, Envelope from, string payload);

    /// <summary>
    /// What is said behind the refusal of a command, whose answer takes no buttons; nothing when there is nothing to
    /// offer.
    /// </summary>
    /// <param name="why">What they lack, and who has it.</param>
    /// <param name="from">Who was refused.</param>
    /// <param name="typed">What they typed, without the slash command itself.</param>
    Markdown Sentence(NotPermitted why, Envelope from, string typed);
}
