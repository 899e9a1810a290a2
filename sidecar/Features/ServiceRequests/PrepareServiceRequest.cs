using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

using Decision = Decision<ServiceRequest, ServiceFact>;

/// <summary>What the form for a new service request remembers.</summary>
/// <param name="From">The escalation that it is made of; null when of none.</param>
/// <param name="Customer">The key of the customer for whom it was opened; empty for none.</param>
internal sealed record NewServiceRequest(EscalationId? From, string Customer = "");

/// <summary><c>/escalate service</c>: CSM or TAM prepare a statement of work, by form (SRV-1).</summary>
internal sealed class PrepareServiceRequest(
    Store store,
    ServiceRequestStore requests,
    EscalationStore escalations,
    CustomerStore customers,
    CustomerSettings line,
    ServiceForm forms,
    RoleStore roles,
    PeopleDirectory people,
    TimeProvider clock
) : ISlashCommand, IDialogUpon<NewServiceRequest>
{
    private static readonly Parameter<CommandWord> Customer = CustomerArguments.Whole.OrNothing();

    public static Permission Permission => ServiceRights.Prepare;

    public static CommandSpec Spec { get; } =
        new("service", "Prepare a service request: one-off work for a customer", Customer)
        {
            Synonyms = ["service new", "service request"],
            Examples = ["service", "service acme"],
            Details =
                "Opens the form of a statement of work: what is delivered, by whom, in what time. For work of more than a day, for customers above the ARR line. Work begins when the customer has signed off.",
        };

    public static DialogKey<NewServiceRequest> Key { get; } =
        new("service.prepare", ServiceJson.Default.NewServiceRequest);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(Customer);
        var known = typed is null ? null : await customers.Known(typed.Value, cancel);
        return typed is not null && known is null
            ? await CustomerArguments.Unknown(customers, call, typed, cancel)
            : Ask(known, known?.Name ?? "", null);
    }

    /// <summary>Opens the form for what an escalation was filed for.</summary>
    public async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel)
    {
        if (await escalations.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        return escalation.WhyNotAgreedFirst(by) is { } why
            ? Reply.No(why)
            : Ask(
                await customers.Known(escalation.Customer.Value, cancel),
                escalation.CustomerName,
                escalation
            );
    }

    /// <summary>What the escalation says by now, for what nobody touched; what was touched is of this request alone.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<NewServiceRequest> form,
        CancellationToken cancel
    ) =>
        form.State.From is { } former
        && await escalations.Find(former, cancel) is { Value: var escalation }
            ? new DialogForm(
                "",
                [
                    .. Form("", escalation)
                        .Fields.Where(f =>
                            f.Name is ServiceForm.Title or ServiceForm.By && !form.Changed(f.Name)
                        ),
                ]
            )
            {
                Premise = EscalationWords.About(escalation),
            }
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<NewServiceRequest> submission,
        CancellationToken cancel
    )
    {
        var from = submission.Envelope;
        if (await IsMade(from, cancel))
        {
            return SubmissionReply.Close;
        }

        var answers = new ServiceAnswers(
            field => submission[field],
            submission.Changed,
            from.User,
            CalendarDay.At(from.At, await people.ZoneOf(from.User, cancel))
        );
        var customer = await customers.Known(
            CustomerArguments.Meant(submission, ServiceForm.Customer, submission.State.Customer),
            cancel
        );
        if (customer is null)
        {
            answers.Problems[ServiceForm.Customer] = await CustomerArguments.UnknownInForm(
                customers,
                submission[ServiceForm.Customer],
                submission.Envelope,
                cancel
            );
        }
        else if (NoServiceFor.Check(customer, line) is { } no)
        {
            answers.Problems[ServiceForm.Customer] = no.Why;
        }

        if (await forms.ReadNew(answers, cancel) is not { } sow || customer is null)
        {
            return SubmissionReply.Mark(answers.Problems);
        }

        return await Make(customer, sow, submission.State.From, from, cancel) switch
        {
            // Its other delivery was quicker, and has said so.
            Decision.Refused when await IsMade(from, cancel) => SubmissionReply.Close,
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Next: var made } => SubmissionReply.Done(
                Markdown.Of(
                    $"Prepared: **{made.Id}** ({made.CustomerName}). Next: {ServiceWords.Next(made)}"
                )
            ),
            _ => SubmissionReply.Close,
        };
    }

    /// <summary>The same act, delivered again, prepares once.</summary>
    private async ValueTask<bool> IsMade(Envelope from, CancellationToken cancel) =>
        await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is not null;

    private Reply Ask(Customer? known, string typed, Escalation? escalation) =>
        known is not null && NoServiceFor.Check(known, line) is { } why
            ? Reply.No(why)
            : Key.Open(
                Form(typed, escalation),
                new NewServiceRequest(escalation?.Id, known?.Key.Value ?? ""),
                Markdown.Of(
                    $"Type {(escalation is null ? Markdown.Code($"/{SlashCommand.Trigger} {ServiceWords.Group} customer") : ServiceWords.Command($"from {escalation.Id}"))} to be asked again."
                )
            );

    private static DialogForm Form(string customer, Escalation? escalation) =>
        ServiceForm.New(
            customer,
            MarkdownEscaper.Shorten(escalation?.Summary ?? "", ServiceRequest.MaxTitleLength),
            escalation?.Owner,
            escalation is null
                ? Markdown.None
                : Markdown.Of(
                    $"**{escalation.Id}** is closed and goes on as this; each names the other. {escalation.CustomerImpact}"
                )
        ) with
        {
            Premise = escalation is null ? Markdown.None : EscalationWords.About(escalation),
        };

    /// <summary>Makes it; null when the same act, delivered at the same moment, has made it.</summary>
    private async Task<Decision?> Make(
        Customer customer,
        StatementOfWork sow,
        EscalationId? former,
        Envelope from,
        CancellationToken cancel
    )
    {
        while (!await IsMade(from, cancel))
        {
            var escalation = former is { } was
                ? (await escalations.Find(was, cancel))?.Value
                : null;
            var now = clock.GetUtcNow();
            var decision = await Prepared(customer, sow, escalation, from, now, cancel);
            if (decision is not Decision.Accepted accepted)
            {
                return decision;
            }

            if (escalation is null)
            {
                if (await requests.Add(accepted, from, now, cancel))
                {
                    return decision;
                }

                continue;
            }

            return
                await escalations.Decide(
                    escalation.Id,
                    from.User,
                    (current, actor, at) => current.GoOnAs(accepted.Next.Id.ToString(), actor, at),
                    cancel,
                    also: (change, stop) => requests.AddTo(change, accepted, from, stop)
                )
                    is Decision<Escalation, EscalationFact>.Refused { Why: var why }
                ? why
                : decision;
        }

        return null;
    }

    private async Task<Decision> Prepared(
        Customer customer,
        StatementOfWork sow,
        Escalation? escalation,
        Envelope from,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var made = new ServiceRequest
        {
            Id = new ServiceRequestId(
                await store.Engine.NextNumber(ServiceRequestId.Series, cancel)
            ),
            Customer = customer.Key,
            CustomerName = customer.Name,
            Sow = sow,
            PreparedBy = from.User,
            PreparedAt = now,
            StateSince = now,
            StateBy = from.User,
            DatesSetAt = now,
            Former = escalation is null
                ? null
                : new FormerEscalation(escalation.Id, escalation.Card, escalation.Channel),
            // Whoever followed the escalation finds it where that is.
            Channel = escalation?.Channel ?? from.Channel,
            Thread = escalation is null ? from.Thread : null,
        };
        var decision = ServiceRequest.Prepare(
            made,
            await roles.Of(from.User, cancel),
            [.. await roles.Holders(Role.DeploymentEngineeringLead, cancel)]
        );
        return decision is Decision.Refused { Why: MayNot { Permission: var what } }
            ? await roles.Refuse(what, cancel)
            : decision;
    }
}

/// <summary>
/// A custom solution that was escalated becomes a service request: by the button of the escalation's card and by command.
/// Both know of each other.
/// </summary>
internal sealed class PrepareFromEscalation(PrepareServiceRequest prepare)
    : ISlashCommand,
        IAction<EscalationRef>
{
    public static Permission Permission => ServiceRights.Prepare;

    public static CommandSpec Spec { get; } =
        new(
            "service from",
            "Make a service request from an escalation for a custom solution",
            EscalationArguments.Id
        )
        {
            Examples = ["service from ESC-12"],
            Details =
                "The escalation ends and goes on as the service request; each names the other.",
        };

    public static ActionKey<EscalationRef> Key => EscalationControls.AgreeFirst;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        prepare.Ask(call.Get(EscalationArguments.Id), call.Envelope.User, cancel);

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        prepare.Ask(call.Payload.Id, call.Envelope.User, cancel);
}
