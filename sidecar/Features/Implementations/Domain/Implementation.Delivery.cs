using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations.Domain;

using Decision = Decision<Implementation, ImplementationFact>;

/// <content>Handed in, planned, completed and handed out (IMP-4 to IMP-7).</content>
internal sealed partial record Implementation
{
    public Decision NamePeople(
        ActingPerson by,
        UserId? engineer,
        UserId? ce,
        UserId? ae,
        UserId? advisor
    )
    {
        if (WhyNot(ImplementationSteps.People, by) is { } why)
        {
            return why;
        }

        if (State == ImplementationState.Started && engineer is null)
        {
            return new ImplementationProblem(
                Markdown.Of(
                    $"{Id} is under way, so somebody has to be its implementation engineer."
                )
            );
        }

        ImmutableArray<PartChange> changes =
        [
            .. new PartChange[]
            {
                new("IE", Engineer, engineer),
                new("CE", CustomerEngineer, ce),
                new("AE", AccountExecutive, ae),
                new("TA", Advisor, advisor),
            }.Where(change => change.From != change.To),
        ];
        return changes.IsEmpty
            ? new Decision.Accepted(this)
            : new Decision.Accepted(
                this with
                {
                    Engineer = engineer,
                    CustomerEngineer = ce,
                    AccountExecutive = ae,
                    Advisor = advisor,
                },
                new ImplementationFact.PeopleNamed(by.User, changes)
            );
    }

    /// <summary>The documents that the hand-off needs (IMP-4); empty takes one away.</summary>
    /// <param name="by">Who links them.</param>
    /// <param name="design">The technical design document.</param>
    /// <param name="questionnaire">The completed discovery questionnaire.</param>
    /// <param name="begun">One that is not complete yet: it is kept, and does not count.</param>
    public Decision LinkDocuments(
        ActingPerson by,
        string design,
        string questionnaire,
        string begun = ""
    )
    {
        if (WhyNot(ImplementationSteps.Documents, by) is { } why)
        {
            return why;
        }

        if (
            design == DesignDocument
            && questionnaire == Questionnaire
            && begun == QuestionnaireBegun
        )
        {
            return new Decision.Accepted(this);
        }

        var next = this with
        {
            DesignDocument = design,
            Questionnaire = questionnaire,
            QuestionnaireBegun = begun,
        };
        return State == ImplementationState.Started && !next.HasDocuments
            ? new ImplementationProblem(
                Markdown.Of($"{Id} is under way: its two documents stay linked.")
            )
            : new Decision.Accepted(
                next,
                new ImplementationFact.DocumentsLinked(by.User, design, questionnaire)
                {
                    Begun = begun,
                    KeepsDesign = design.Length > 0 && design == DesignDocument,
                    KeepsQuestionnaire =
                        questionnaire == Questionnaire
                        && begun == QuestionnaireBegun
                        && (questionnaire + begun).Length > 0,
                }
            );
    }

    /// <summary>The hand-off in: only with the documents, and to somebody (IMP-4).</summary>
    public Decision Start(ActingPerson by, DateTimeOffset now) =>
        WhyNot(ImplementationSteps.Start, by) is { } why ? why
        : !HasDocuments ? new DocumentsMissing(this)
        : Engineer is not { } engineer ? new NobodyToStart(this)
        : new Decision.Accepted(
            this with
            {
                State = ImplementationState.Started,
                StartedAt = now,
                Told = null,
            },
            new ImplementationFact.HandOffStarted(by.User, engineer)
        );

    /// <summary>Plans days; a meeting only when it has started.</summary>
    /// <param name="by">Who plans.</param>
    /// <param name="dates">All days, as they are then.</param>
    /// <param name="today">The team's day.</param>
    public Decision Plan(ActingPerson by, PlannedDates dates, DateOnly today)
    {
        if (WhyNot(ImplementationSteps.Dates, by) is { } why)
        {
            return why;
        }

        if (dates.Target != Dates.Target && dates.Target < today)
        {
            return new ImplementationProblem(
                Markdown.Of(
                    $"{ExpectedDates.Shown(dates.Target.Value)} has passed, so it can’t be the target. When the deployment is complete, {Markdown.Code($"/escalate implementation complete {Id}")} takes the day."
                )
            );
        }

        ImmutableArray<DateChange> changes =
        [
            .. PlannedDates
                .All.Select(d => new DateChange(d.Code, d.Of(Dates), d.Of(dates)))
                .Where(change => change.From != change.To),
        ];
        return changes.IsEmpty
            ? new Decision.Accepted(this)
            : new Decision.Accepted(
                this with
                {
                    Dates = dates,
                },
                new ImplementationFact.DatesPlanned(by.User, changes)
            );
    }

    /// <summary>Ticks a requirement off, skips it with a reason, or opens it again (IMP-5).</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="kinds">Which; several at once stand together.</param>
    /// <param name="state">What they are.</param>
    /// <param name="note">A link or a reason; of several, each has it. Null: as it is.</param>
    /// <param name="now">When, UTC.</param>
    public Decision SetRequirements(
        ActingPerson by,
        ImmutableArray<RequirementKind> kinds,
        RequirementState state,
        string? note,
        DateTimeOffset now
    )
    {
        if (WhyNot(ImplementationSteps.Requirement, by) is { } why)
        {
            return why;
        }

        ImmutableArray<RequirementKind> changed =
        [
            .. kinds.Where(kind => StateOf(kind) != state || NoteOf(kind) != Noted(kind)),
        ];
        if (changed.IsEmpty)
        {
            return new Decision.Accepted(this);
        }

        var next = this with
        {
            Checklist =
            [
                .. Checklist.Where(r => !changed.Contains(r.Kind)),
                // Of an open one only its link is to be kept.
                .. changed
                    .Where(kind => state != RequirementState.Open || Noted(kind).Length > 0)
                    .Select(kind => new Requirement(kind, state, by.User, now, Noted(kind))),
            ],
        };
        return new Decision.Accepted(
            next,
            new ImplementationFact.RequirementSet(
                by.User,
                changed[0],
                state,
                note ?? "",
                next.OpenRequirements.Length
            )
            {
                Also = changed[1..],
            }
        );

        string NoteOf(RequirementKind kind) => Of(kind)?.Note ?? "";

        string Noted(RequirementKind kind) => note ?? NoteOf(kind);
    }

    /// <summary>The deployment is complete: only with its documentation (IMP-7).</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="on">On which day it was.</param>
    /// <param name="documentation">Where TA and Support read how it is deployed.</param>
    /// <param name="countsFrom">From when on adoption is counted.</param>
    /// <param name="team">Who is told as well.</param>
    /// <param name="now">When, UTC.</param>
    public Decision Complete(
        ActingPerson by,
        DateOnly on,
        string documentation,
        DateOnly countsFrom,
        ImplementationTeam team,
        DateTimeOffset now
    ) =>
        WhyNot(ImplementationSteps.Complete, by) is { } why ? why
        : documentation.Length == 0
            ? new ImplementationProblem(
                Markdown.Of($"Link the deployment documentation for TA and Support first.")
            )
        : new Decision.Accepted(
            this with
            {
                State = ImplementationState.Completed,
                CompletedOn = on,
                Documentation = documentation,
                EndedAt = now,
            },
            new ImplementationFact.DeploymentCompleted(
                by.User,
                on,
                documentation,
                countsFrom,
                OpenRequirements.Length,
                team.Leads
            )
        );

    public Decision Withdraw(
        ActingPerson by,
        string because,
        ImplementationTeam team,
        DateTimeOffset now
    ) =>
        WhyNot(ImplementationSteps.Withdraw, by) is { } why
            ? why
            : new Decision.Accepted(
                this with
                {
                    State = ImplementationState.Withdrawn,
                    StateReason = because,
                    Told = null,
                    EndedAt = now,
                },
                new ImplementationFact.RequestWithdrawn(by.User, because, team.Leads)
            );

    /// <summary>Mattermost has opened its own channel.</summary>
    public Decision ChannelOpened(NamedChannel channel) =>
        Channel is not null
            ? new NothingToTell()
            : new Decision.Accepted(
                this with
                {
                    Channel = channel,
                },
                new ImplementationFact.OwnChannelOpened(channel)
            );

    /// <summary>Mattermost did not open its channel, or did not let some people in.</summary>
    public Decision ChannelProblem(ImmutableArray<UserId> notIn, string said) =>
        new Decision.Accepted(this, new ImplementationFact.OwnChannelRefused(notIn, said));

    /// <summary>The customer with what the request knows and nobody has recorded there yet.</summary>
    public Customer Learns(Customer customer) =>
        customer with
        {
            DeploymentMethod = Known(customer.DeploymentMethod, Method),
            HostingProvider = Known(customer.HostingProvider, Provider),
            CrmLink = Known(customer.CrmLink, Opportunity),
            DesignDocuments =
                customer.DesignDocuments.IsEmpty && DesignDocument.Length > 0
                    ? [DesignDocument]
                    : customer.DesignDocuments,
        };

    private static string? Known(string? there, string here) =>
        string.IsNullOrEmpty(there) && here.Length > 0 ? here : there;

    /// <summary>From when on adoption is counted if the deployment was complete on a day (IMP-7, MET-2).</summary>
    /// <param name="on">The day.</param>
    /// <param name="already">What it is counted from now; null for nothing.</param>
    public DateOnly CountsFrom(DateOnly on, DateOnly? already) =>
        // Who migrates has been in production before, and goes on counting.
        Type == ImplementationType.ProductionDeployment
            ? on
            : already ?? on;
}
