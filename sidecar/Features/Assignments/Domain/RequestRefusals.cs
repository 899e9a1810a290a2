using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>The customer has one, or somebody has asked for one.</summary>
internal sealed record HasOne(Assignment Open)
    : Refusal(
        Markdown.Of(
            $"{Open.CustomerName} has **{Open.Id}** already ({Open.State.Label()}{(Open.Engineer is { } who ? Markdown.Of($" to {who}") : Markdown.None)}), and a customer has one at a time. {RequestWords.Command($"show {Open.Id}")} shows it."
        )
    )
{
    /// <summary>The same for a field of a form.</summary>
    public string Plain =>
        $"{Open.CustomerName} has {Open.Id} already ({Open.State.Label()}), and a customer has one at a time.";
}

/// <summary>It is not being vetted any more.</summary>
internal sealed record NotRequested(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"**{Assignment.Id}** is not being vetted any more: it {State(Assignment)}.{(Assignment.HasPlace ? Markdown.Of($" {RequestWords.Command($"end {Assignment.Id} why")} ends it.") : Markdown.None)}"
        )
    )
{
    private static Markdown State(Assignment assignment) =>
        assignment switch
        {
            { State: AssignmentState.Declined, IsWithdrawn: true, EndedBy: { } by } => Markdown.Of(
                $"was withdrawn by {by}"
            ),
            { State: AssignmentState.Declined } => Markdown.Of($"was declined"),
            { State: var state } => Markdown.Of($"is {state.Label()}"),
        };
}

/// <summary>Each role approves once.</summary>
internal sealed record ApprovedAlready(Assignment Assignment, Approval By)
    : Refusal(
        Markdown.Of(
            $"{By.By} has approved **{Assignment.Id}** as {By.As.Label()} already; each role approves once."
        )
    );

/// <summary>No place is left (ASG-2).</summary>
/// <param name="Assignment">What would take one.</param>
/// <param name="Places">Who has them.</param>
/// <param name="MayExceed">Whoever asks can give a reason.</param>
internal sealed record CapReached(Assignment Assignment, AssignmentCapacity Places, bool MayExceed)
    : Refusal(
        Markdown.Lines([
            Markdown.Of(
                $"All {Places.Most} places are taken, so {Assignment.CustomerName} can’t have an assigned engineer now; nothing was changed."
            ),
            RequestWords.Listed(Places.Taken),
            Exceeding(Assignment),
        ])
    )
{
    private static Markdown Exceeding(Assignment assignment) =>
        assignment.IsUnrequested
            ? Markdown.Of($"The **CS lead** exceeds the cap with a reason.")
            : Markdown.Of(
                $"The **CS lead** exceeds the cap with a reason: {RequestWords.Command($"approve {assignment.Id} because …")}"
            );
}

internal sealed record OnlyTheLeadExceeds()
    : Refusal(
        Markdown.Of(
            $"Only the **CS lead** can exceed the cap with a reason. Approve without one, and nothing else changes."
        )
    );

internal sealed record ReasonMissing(string What)
    : Refusal(Markdown.Of($"{What} needs a reason: say in a few words why."));

internal sealed record NobodyWasTold(AssignmentId Id)
    : Refusal(
        Markdown.Of(
            $"Who at the customer was told? {RequestWords.Command($"told {Id} their head of platform")}"
        )
    );

internal sealed record TextTooLong(string Text)
    : Refusal(
        Markdown.Of(
            $"This takes {Assignment.MaxTextLength} characters; yours has {TextLength.Told(Text, Assignment.MaxTextLength)}. Nothing was changed."
        )
    );

/// <summary>A temporary one whose last day has passed before it began.</summary>
internal sealed record OverBeforeItBegan(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"**{Assignment.Id}** was to last until {CalendarDay.Write(Assignment.EndsOn ?? default)}, which has passed. Request it again if it is still wanted."
        )
    );

/// <summary>The leads have not approved it yet.</summary>
internal sealed record NotVetted(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"**{Assignment.Id}** is still being vetted: an engineer is named once all three leads have approved it."
        )
    );

internal sealed record HasEngineer(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"{RequestWords.Person(Assignment.Engineer)} is assigned to {Assignment.CustomerName} already (**{Assignment.Id}**). A hand-over passes it on."
        )
    );

internal sealed record AssignmentOver(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"**{Assignment.Id}** ({Assignment.CustomerName}) is over: {Assignment.State.Label()}."
        )
    );

internal sealed record NotStarted(Assignment Assignment)
    : Refusal(Markdown.Of($"**{Assignment.Id}** has no engineer yet."));

/// <summary>Of a pre-sales assignment nothing is told, and nobody is the back-up (ASG-3).</summary>
internal sealed record InternalOnly(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"**{Assignment.Id}** is pre-sales: internal only, never communicated to the customer."
        )
    );

internal sealed record NoBackUpBeforeTheSale(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"**{Assignment.Id}** is pre-sales, and only post-sales strategic customers have a back-up engineer; nothing was changed."
        )
    );

internal sealed record OneAndTheSame(string What, UserId Person)
    : Refusal(Markdown.Of($"{Person} can’t be both {What}. Choose two people."));

internal sealed record NotInFuture(DateOnly Day)
    : Refusal(
        Markdown.Of($"{CalendarDay.Write(Day)} is still to come: on which day were they told?")
    );

internal sealed record StandsAlready(Assignment Assignment, Markdown What) : Refusal(What);

internal sealed record NothingDue(AssignmentId Id)
    : Refusal(Markdown.Of($"Nothing is due for {Id}."));

/// <summary>Somebody who can't be named.</summary>
internal sealed record NotToBeNamed(Markdown Sentence) : Refusal(Sentence);

internal sealed record StillARequest(Assignment Assignment)
    : Refusal(
        Markdown.Of(
            $"**{Assignment.Id}** is still a request: {RequestWords.Command($"decline {Assignment.Id} why")} declines it, {RequestWords.Command($"withdraw {Assignment.Id}")} takes it back."
        )
    );
