using System.Collections.Immutable;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>A direct message, and what can be done in it; the first step is what it asks.</summary>
internal sealed record ImplementationNotice(
    UserId To,
    Markdown Text,
    params ImmutableArray<ImplementationStep> Steps
);

/// <summary>Who is told of what happened by direct message: each once, and nobody of what they did themselves.</summary>
internal static class ImplementationNotices
{
    public static IEnumerable<ImplementationNotice> Of(
        Implementation it,
        ImplementationFact fact
    ) =>
        Notices(it, fact)
            .Where(notice => notice.To != fact.By || fact is ImplementationFact.Requested)
            .DistinctBy(notice => notice.To);

    /// <summary>How a decision settles what a message asks; null while it is open.</summary>
    public static Settlement? Settles(Decision.Accepted decided, OpenMessage message)
    {
        var (it, facts) = (decided.Next, decided.Facts);
        var step = ImplementationSteps.Named(message.Asks);
        if (facts.Count == 0 || step is null)
        {
            return null;
        }

        var isSettled =
            !step.In.Contains(it.State)
            || (
                step == ImplementationSteps.Score ? it.Scores.Any(s => s.By == message.To)
                : step == ImplementationSteps.Decide ? !it.IsInTriage
                : step == ImplementationSteps.Word ? it.Words.Any(w => w.By == message.To)
                : step == ImplementationSteps.Documents ? it.HasDocuments
                : step == ImplementationSteps.People ? it.Advisor is not null
                : step == ImplementationSteps.Requirement ? it.OpenRequirements.IsEmpty
                : step == ImplementationSteps.Dates
                    && facts.Any(f => f is ImplementationFact.DatesPlanned)
                    && !(
                        message.Card.Controls.Any(c =>
                            c.Action == ImplementationSteps.Requirement.Name
                        ) && !it.OpenRequirements.IsEmpty
                    )
            );
        return isSettled
            ? new Settlement(
                Markdown.Of($"{it.Id}: {facts[0].Sentence.OnOneLine()}"),
                !it.IsOver || it.State == ImplementationState.Completed
            )
            : null;
    }

    private static IEnumerable<ImplementationNotice> Notices(
        Implementation it,
        ImplementationFact fact
    )
    {
        var name = Markdown.Of($"**{it.Id}** ({it.CustomerName})");
        var said = Markdown.Of($"{name}: {fact.Sentence}");
        return fact switch
        {
            ImplementationFact.Requested requested => Requested(it, name, requested),
            ImplementationFact.LeadershipAsked asked =>
            [
                .. ToAll(
                    asked.Asked,
                    Markdown.Of(
                        $":hourglass_flowing_sand: {name}: {ImplementationCards.Person(asked.By)} asks for your opinion before the team decides: {asked.Why}"
                    ),
                    ImplementationSteps.Word
                ),
                .. To(
                    Sales(it),
                    Markdown.Of(
                        $"{name}: sales and technical success leadership are asked first. You are told what becomes of it."
                    )
                ),
            ],
            ImplementationFact.WordGiven word => ToAll(
                word.Leads,
                said,
                ImplementationSteps.Decide
            ),
            ImplementationFact.RequestQualified => Qualified(it, said),
            ImplementationFact.RequestDisqualified => To(
                Sales(it),
                Markdown.Of(
                    $":no_entry_sign: {said} For questions about the deployment, ask the implementation team in its channel all the same."
                )
            ),
            ImplementationFact.PriorityChanged => To(Account(it), said),
            ImplementationFact.PeopleNamed named => Named(it, name, named),
            ImplementationFact.DocumentsLinked when it.HasDocuments => To(
                [it.Engineer],
                Markdown.Of($":page_facing_up: {said} The hand-off can start."),
                it.State == ImplementationState.Qualified ? [ImplementationSteps.Start] : []
            ),
            ImplementationFact.HandOffStarted => Started(it, name, fact),
            ImplementationFact.DatesPlanned planned => To(
                [
                    it.Engineer,
                    it.CustomerEngineer,
                    .. Onboarding(it, [.. planned.Changes.Select(c => c.Code)]),
                    .. Sellers(it, planned),
                ],
                Markdown.Of(
                    $":calendar: {said}{(planned.Changes.Any(c => c.Code is "kick_off" or "partnership") ? Together(it) : Markdown.None)}"
                )
            ),
            ImplementationFact.MeetingAhead ahead => To(
                [it.Engineer, it.CustomerEngineer, .. Onboarding(it, [ahead.Code])],
                Markdown.Of(
                    $":calendar: {name}: {ExpectedDates.Label(ahead.Code).ToLowerInvariant()} on {ExpectedDates.Shown(ahead.On)}.{(ahead.Code == "kick_off" ? Together(it) : Markdown.None)}"
                )
            ),
            ImplementationFact.TriageAsked asked =>
            [
                .. ToAll(
                    asked.Leads,
                    Markdown.Of($":inbox_tray: {said}"),
                    asked.Scorers.IsEmpty ? ImplementationSteps.Decide : ImplementationSteps.Score
                ),
                .. ToAll(
                    asked.Scorers,
                    Markdown.Of($":inbox_tray: {said}"),
                    ImplementationSteps.Score
                ),
            ],
            ImplementationFact.DocumentsAsked asked => To(
                // In the third week whoever leads it hears of it as well.
                [it.CustomerEngineer ?? it.RequestedBy, asked.Week > 2 ? it.Engineer : null],
                Markdown.Of($":page_facing_up: {said}"),
                ImplementationSteps.Documents
            ),
            ImplementationFact.DatesAsked => To(
                [it.CustomerEngineer, it.Engineer],
                Markdown.Of($":calendar: {said} Please plan them."),
                ImplementationSteps.Dates
            ),
            ImplementationFact.RequirementsAsked => To(
                [it.Engineer, it.CustomerEngineer],
                Markdown.Of($":warning: {said}"),
                ImplementationSteps.Requirement,
                ImplementationSteps.Dates
            ),
            ImplementationFact.AdvisorPulledIn pulled => PulledIn(it, name, pulled),
            ImplementationFact.AdvisorAsked => To(
                [it.Engineer, it.CustomerEngineer],
                Markdown.Of($":wave: {said} Who is it?"),
                ImplementationSteps.People
            ),
            ImplementationFact.TargetPassed => To(
                [it.Engineer, it.Advisor],
                Markdown.Of($":warning: {said} Complete it, or move the date."),
                ImplementationSteps.Dates,
                ImplementationSteps.Complete
            ),
            ImplementationFact.OwnChannelRefused => To([it.Engineer], said),
            ImplementationFact.DeploymentCompleted done => To(
                [
                    it.Advisor,
                    it.CustomerEngineer,
                    it.AccountExecutive,
                    it.Engineer,
                    it.RequestedBy,
                    .. done.Leads.Select(l => (UserId?)l),
                ],
                Markdown.Of(
                    $":tada: {said}{(done.OpenRequirements > 0 ? Markdown.Of($" {done.OpenRequirements} {(done.OpenRequirements == 1 ? Markdown.Of($"requirement") : Markdown.Of($"requirements"))} stayed open.") : Markdown.None)}"
                )
            ),
            ImplementationFact.RequestWithdrawn withdrawn => To(
                [.. Sales(it), it.Engineer, it.Advisor, .. withdrawn.Leads.Select(l => (UserId?)l)],
                Markdown.Of($":no_entry_sign: {said}")
            ),
            _ => [],
        };
    }

    private static IEnumerable<ImplementationNotice> Requested(
        Implementation it,
        Markdown name,
        ImplementationFact.Requested fact
    ) =>
        [
            .. ToAll(
                fact.Team.Leads,
                Markdown.Of(
                    $":inbox_tray: {name}: {fact.Sentence} The team scores it, and you decide."
                ),
                ImplementationSteps.Decide,
                ImplementationSteps.Score
            ),
            .. ToAll(
                fact.Team.Engineers,
                Markdown.Of($":inbox_tray: {name}: {fact.Sentence} How do you score it?"),
                ImplementationSteps.Score
            ),
            .. To(
                [it.RequestedBy],
                fact.Team.Leads.IsEmpty && fact.Team.Engineers.IsEmpty
                    ? Markdown.Of(
                        $":inbox_tray: {name} is recorded. Nobody is on the implementation team yet; the administrators are told."
                    )
                    : Markdown.Of(
                        $":inbox_tray: {name} is with the implementation team: you are told their decision and its priority."
                    ),
                ImplementationSteps.Withdraw
            ),
            .. To(Account(it), Markdown.Of($":inbox_tray: {name}: {fact.Sentence}")),
            .. ToAll(
                fact.Team.Administrators,
                Markdown.Of(
                    $":warning: {name} was requested, and nobody is IE lead, so nobody can decide. {Markdown.Code($"/{SlashCommand.Trigger} role grant @name ie-lead")} makes somebody one."
                )
            ),
        ];

    private static IEnumerable<ImplementationNotice> Qualified(Implementation it, Markdown said) =>
        [
            .. To(
                [it.CustomerEngineer ?? it.RequestedBy],
                it.HasDocuments
                    ? Markdown.Of($":white_check_mark: {said}")
                    : Markdown.Of(
                        $":white_check_mark: {said} Before the hand-off it needs the technical design document and the completed discovery questionnaire."
                    ),
                it.HasDocuments ? [] : [ImplementationSteps.Documents]
            ),
            .. To(
                [it.Engineer],
                Markdown.Of($":white_check_mark: {said}"),
                it.HasDocuments
                    ? [ImplementationSteps.Start]
                    : [ImplementationSteps.Requirement, ImplementationSteps.Dates]
            ),
            .. To([it.AccountExecutive, it.RequestedBy], Markdown.Of($":white_check_mark: {said}")),
        ];

    private static IEnumerable<ImplementationNotice> Started(
        Implementation it,
        Markdown name,
        ImplementationFact fact
    ) =>
        [
            .. To(
                [it.CustomerEngineer, it.Engineer],
                Markdown.Of(
                    $":building_construction: {name}: {fact.Sentence} Next: the internal meeting, the introduction and the kick-off, preferably together with the TA’s partnership kick-off."
                ),
                ImplementationSteps.Dates,
                ImplementationSteps.Requirement
            ),
            .. To(
                [it.AccountExecutive, it.RequestedBy],
                Markdown.Of($":building_construction: {name}: {fact.Sentence}")
            ),
        ];

    private static IEnumerable<ImplementationNotice> PulledIn(
        Implementation it,
        Markdown name,
        ImplementationFact.AdvisorPulledIn fact
    )
    {
        var complete = Markdown.Of(
            $"{name} is to be complete on {ExpectedDates.Shown(fact.Target)}"
        );
        return
        [
            .. To(
                [fact.Advisor],
                fact.IsAgain
                    ? Markdown.Of(
                        $":wave: {complete}: how does planning the onboarding go? {ImplementationCards.Person(it.Engineer)} leads the deployment{Where(it)}."
                    )
                    : Markdown.Of(
                        $":wave: {complete}. Please begin to plan the users’ onboarding with {ImplementationCards.Person(it.Engineer)}, who leads the deployment{Where(it)}."
                    ),
                ImplementationSteps.Dates
            ),
            .. To(
                [it.Engineer],
                Markdown.Of(
                    $":wave: {complete}: {fact.Advisor}, the TA, {(fact.IsAgain ? Markdown.Of($"is reminded") : Markdown.Of($"is pulled in"))} to plan the onboarding. Keep each other up to date{Where(it)}."
                )
            ),
        ];
    }

    private static IEnumerable<ImplementationNotice> Named(
        Implementation it,
        Markdown name,
        ImplementationFact.PeopleNamed fact
    )
    {
        foreach (var change in fact.Changes)
        {
            if (change.To is { } to)
            {
                yield return new ImplementationNotice(
                    to,
                    Markdown.Of(
                        $"{name}: {ImplementationCards.Person(fact.By)} made you its {change.Part}. It is {it.State.Label()}; {Markdown.Code($"/{SlashCommand.Trigger} show {it.Id}")} shows it."
                    )
                );
            }

            if (change.From is { } from)
            {
                yield return new ImplementationNotice(
                    from,
                    Markdown.Of($"{name}: {fact.Sentence}")
                );
            }
        }
    }

    private static Markdown Where(Implementation it) =>
        it.Channel is { } own ? Markdown.Of($", in {own}") : Markdown.None;

    private static Markdown Together(Implementation it) =>
        (it.Dates.KickOff, it.Dates.PartnershipKickOff) switch
        {
            ({ } one, { } other) when one != other => Markdown.Of(
                $" The TA’s partnership kick-off is on {ExpectedDates.Shown(other)}: ideally they are one meeting."
            ),
            _ => Markdown.None,
        };

    /// <summary>CE and AE.</summary>
    private static ImmutableArray<UserId?> Account(Implementation it) =>
        [it.CustomerEngineer, it.AccountExecutive];

    /// <summary>CE, AE and who requested it.</summary>
    private static ImmutableArray<UserId?> Sales(Implementation it) =>
        [it.CustomerEngineer, it.AccountExecutive, it.RequestedBy];

    /// <summary>The AE hears of the contract and of the end.</summary>
    private static ImmutableArray<UserId?> Sellers(
        Implementation it,
        ImplementationFact.DatesPlanned fact
    ) => fact.Changes.Any(c => c.Code is "contract" or "target") ? [it.AccountExecutive] : [];

    /// <summary>The TA: once they are pulled in, and of the kick-offs, which preferably are one.</summary>
    private static ImmutableArray<UserId?> Onboarding(
        Implementation it,
        ImmutableArray<string> dates
    ) => dates.Any(code => code is "kick_off" or "partnership") ? [it.Advisor] : [it.PulledIn];

    private static IEnumerable<ImplementationNotice> ToAll(
        ImmutableArray<UserId> people,
        Markdown text,
        params ImmutableArray<ImplementationStep> steps
    ) => people.Select(p => new ImplementationNotice(p, text, steps));

    private static IEnumerable<ImplementationNotice> To(
        ImmutableArray<UserId?> people,
        Markdown text,
        params ImmutableArray<ImplementationStep> steps
    ) => ToAll([.. people.OfType<UserId>()], text, steps);
}
