using System.Collections.Immutable;
using Sidecar.Text;

namespace Sidecar.Features.Implementations.Domain;

internal sealed record NoSuchImplementation(ImplementationId Id)
    : Refusal(
        Markdown.Of(
            $"There is no {Id}. {Markdown.Code("/escalate implementation list")} shows all that there are."
        )
    );

/// <summary>Where a customer is expected, somebody wrote the number of a request.</summary>
internal sealed record IsANumber(ImplementationId Id)
    : Refusal(
        Markdown.Of(
            $"{Id} is a request that was made: {Markdown.Code($"/escalate show {Id}")} shows it. For a new one write the customer."
        )
    );

/// <summary>Not now: the step is over or has not come yet.</summary>
internal sealed record NotInThisState(Implementation It, ImplementationStep Step)
    : Refusal(
        Markdown.Of(
            $"**{It.Id}** ({It.CustomerName}) is *{It.State.Label()}*, and “{Step.Label.TrimEnd('…')}” is not possible then. {Instead(It)}"
        )
    )
{
    private static Markdown Instead(Implementation it)
    {
        ImmutableArray<ImplementationStep> possible =
        [
            .. ImplementationSteps.All.Where(step => step.In.Contains(it.State)),
        ];
        return possible.IsEmpty
            ? Markdown.Of($"It is over.")
            : Markdown.Of($"{Markdown.Code($"/escalate show {it.Id}")} says what you can do now.");
    }
}

/// <summary>A customer has one of that kind at a time.</summary>
internal sealed record RequestedAlready(Implementation Open)
    : Refusal(
        Markdown.Of(
            $"{PlainOf(Open)} {Markdown.Code($"/escalate show {Open.Id}")} shows it, {Markdown.Code($"/escalate implementation edit {Open.Id}")} corrects it."
        )
    )
{
    /// <summary>For under a field.</summary>
    public string Plain => PlainOf(Open);

    private static string PlainOf(Implementation open) =>
        $"{open.CustomerName} has an open request of that type: {open.Id}, {open.State.Label()}.";
}

internal sealed record NobodyScored(Implementation It)
    : Refusal(
        Markdown.Of(
            $"Nobody has scored **{It.Id}** yet, so it would have no place in the backlog. {Markdown.Code($"/escalate implementation score {It.Id}")} does."
        )
    );

/// <summary>What the hand-off needs is not there (IMP-4).</summary>
internal sealed record DocumentsMissing(Implementation It)
    : Refusal(
        Markdown.Of(
            $"**{It.Id}** can’t start yet: {(It.DesignDocument.Length > 0 ? Markdown.None : Markdown.Of($"the technical design document"))}{(It.DesignDocument.Length + It.Questionnaire.Length == 0 ? Markdown.Of($" and ") : Markdown.None)}{(It.Questionnaire.Length > 0 ? Markdown.None : Markdown.Of($"the completed discovery questionnaire"))} {(It.DesignDocument.Length + It.Questionnaire.Length == 0 ? Markdown.Of($"are") : Markdown.Of($"is"))} not linked. {(It.CustomerEngineer is { } ce ? Markdown.Of($"{ce} can do that") : Markdown.Of($"The CE can do that"))}: {Markdown.Code($"/escalate implementation documents {It.Id}")}"
        )
    );

internal sealed record NobodyToStart(Implementation It)
    : Refusal(
        Markdown.Of(
            $"**{It.Id}** has no implementation engineer to whom it could be handed off. {Markdown.Code($"/escalate implementation people {It.Id}")} names one."
        )
    );

/// <summary>Anything else that is wrong with what somebody wants, as a sentence.</summary>
internal sealed record ImplementationProblem(Markdown Why) : Refusal(Why);
