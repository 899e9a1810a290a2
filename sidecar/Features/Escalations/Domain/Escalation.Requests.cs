using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <content>What is agreed with the customer first goes on as a request of its own kind.</content>
internal sealed partial record Escalation
{
    /// <summary>A custom solution is one-off work for a customer, which is agreed before it begins.</summary>
    public Refusal? WhyNotAgreedFirst(UserId by) =>
        GoesOnAs.Length > 0 ? new GoesOnElsewhere(this)
        : Category != Category.CustomSolution ? new NoCustomSolution(this)
        : IsOpen ? null
        : new NotPossible(this, "become a service request", by);

    /// <summary>It ends here, and goes on as that request.</summary>
    public Decision GoOnAs(string request, ActingPerson by, DateTimeOffset now) =>
        WhyNotAgreedFirst(by.User) is { } why
            ? why
            : new Decision.Accepted(
                Ended(EscalationState.Closed, by.User, now) with
                {
                    GoesOnAs = request,
                },
                new EscalationFact.WentOnAs(by.User, request)
            );
}

/// <content>It became something that is agreed with the customer first.</content>
internal abstract partial record EscalationFact
{
    /// <summary>It goes on as a request of another kind.</summary>
    /// <param name="By">Who made it one.</param>
    /// <param name="Request">Its number.</param>
    public sealed record WentOnAs(UserId? By, string Request) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} made it **{Request}**, where it continues: {EscalationWords.Command($"show {Request}")}"
            );
    }
}

internal sealed record GoesOnElsewhere(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} goes on as **{Escalation.GoesOnAs}** already: {EscalationWords.Command($"show {Escalation.GoesOnAs}")}"
        )
    );

internal sealed record NoCustomSolution(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} is filed as *{Vocabulary.Categories.Label(Escalation.Category)}*; only a *{Vocabulary.Categories.Label(Category.CustomSolution)}* becomes a service request. {EscalationWords.Command($"edit {Escalation.Id} category custom")} files it as one."
        )
    );
