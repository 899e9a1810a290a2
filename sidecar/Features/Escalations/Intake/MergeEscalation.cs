using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// <c>/escalate merge ESC-2 into ESC-1</c>: two that are the same problem go on as one (ESC-11). By command, and by the
/// card's button, which asks first: it can't be taken back.
/// </summary>
internal sealed class MergeEscalation(EscalationStore book, RoleStore roles)
    : ISlashCommand,
        IAction<MergeRef>,
        IDialogUpon<MergeRef>
{
    private const string Note = "note";

    private static readonly DialogKey<MergeRef> Form = new(
        "escalation.merge-form",
        EscalationJson.Default.MergeRef
    );

    private static readonly Parameter<string> Word = Arguments.Keyword(
        "into",
        "Write `into` between the two."
    ) with
    {
        IsOptional = true,
    };

    private static readonly Parameter<EscalationId> Into = new(
        "other",
        "ESC-2",
        source =>
            source.Next is not { } word ? ReadArgument.Absent<EscalationId>()
            : EscalationId.Read(word.Value) is { } id ? ReadArgument.Of(id)
            : ReadArgument.Wrong<EscalationId>(
                $"“{word.Value}” is not the number of an escalation: write it as in `merge ESC-2 into ESC-1`."
            )
    )
    {
        IsOptional = true,
        Hint = "Into which one? Write it as in `merge ESC-2 into ESC-1`.",
        Completes = EscalationArguments.Completed,
    };

    private static readonly Parameter<string> Anyway = Arguments
        .Keyword("anyway", "Write `anyway` at the end for two of different customers.")
        .OrNothing();

    public static Permission Permission => EscalationRights.Merge;

    public static CommandSpec Spec { get; } =
        new(
            "merge",
            "Merge two escalations that are the same problem",
            EscalationArguments.Id,
            Word,
            Into,
            Anyway
        )
        {
            Examples = ["merge ESC-2 into ESC-1", "merge ESC-2 into ESC-1 anyway", "merge ESC-2"],
            Details =
                "The first one is closed and goes on in the second one; whoever had a part in it follows that from then on. Both keep their timelines. The worse of the two goes on. Two of different customers are asked about first, unless `anyway` is written after them.",
        };

    public static ActionKey<MergeRef> Key => EscalationKeys.Same;

    static DialogKey<MergeRef> IDialog<MergeRef>.Key => Form;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var wanted = new MergeRef(call.Get(EscalationArguments.Id), call.Get(Into));
        if (wanted.Into == default)
        {
            return await ChooseMerge.Ask(book, wanted.From, call.Envelope.User, cancel);
        }

        if (call.Get(Anyway) is null && await OfTwoCustomers(wanted, cancel) is var (one, other))
        {
            return await Ask(one, other, call.Envelope.User, cancel);
        }

        return await Make(wanted, "", call.Envelope.User, cancel) is { } why
            ? Reply.No(why)
            : Reply.Say(
                Markdown.Of(
                    $"{wanted.From} is merged into {wanted.Into} and continues there. Both keep their timelines."
                )
            );
    }

    public async Task<Reply> Press(ActionCall<MergeRef> call, CancellationToken cancel)
    {
        var (from, into) = call.Payload;
        if (
            await book.Find(from, cancel) is not { Value: var one }
            || await book.Find(into, cancel) is not { Value: var other }
        )
        {
            return Reply.No(new NoSuchEscalation(from));
        }

        return WorseStays(one, other).From == one.Id
            ? await Ask(one, other, call.Envelope.User, cancel)
            : await Ask(other, one, call.Envelope.User, cancel);
    }

    /// <summary>The worse of the two goes on, with its channel and its reminders.</summary>
    public static MergeRef WorseStays(Escalation one, Escalation other) =>
        one.Severity < other.Severity
            ? new MergeRef(other.Id, one.Id)
            : new MergeRef(one.Id, other.Id);

    private async Task<Reply> Ask(
        Escalation one,
        Escalation other,
        UserId by,
        CancellationToken cancel
    )
    {
        var (from, into) = (one.Id, other.Id);
        var anyway = one.Customer == other.Customer ? "" : " anyway";
        var customers =
            one.Customer == other.Customer
                ? Markdown.None
                : Markdown.Of(
                    $"They belong to different customers: {one.CustomerName} and {other.CustomerName}. "
                );
        return
            await book.WouldRefuse(
                one,
                by,
                (current, actor, now) => current.MergeInto(other, actor, "", now),
                cancel
            )
                is { } why
            ? Reply.No(why)
            : Form.Open(
                new DialogForm(
                    $"Merge {from}",
                    [
                        new DialogField(Note, "Note", FieldKind.LongText)
                        {
                            Optional = true,
                            MaxLength = Escalation.MaxLongTextLength,
                            Help = "Posted in the thread.",
                        },
                    ]
                )
                {
                    Introduction = Markdown.Of(
                        $"{customers}**{from}** ({one.Summary}) is closed and goes on as **{into}** ({other.Summary}). This can’t be taken back."
                    ),
                    Premise = Standing(one, other),
                    SubmitLabel = "Merge",
                },
                new MergeRef(from, into),
                Markdown.Of(
                    $"Write it as a command instead: {EscalationWords.Command($"merge {from} into {into}{anyway}")}"
                )
            );
    }

    public async ValueTask<DialogForm?> Now(Submission<MergeRef> form, CancellationToken cancel) =>
        await book.Find(form.State.From, cancel) is { Value: var one }
        && await book.Find(form.State.Into, cancel) is { Value: var other }
            ? DialogForm.Upon(Standing(one, other))
            : null;

    private static Markdown Standing(Escalation one, Escalation other) =>
        Markdown.Of(
            $"{EscalationWords.Standing(one)} {EscalationWords.Standing(other)}{(one.MaybeSameAs == other.Id || other.MaybeSameAs == one.Id ? Markdown.None : Markdown.Of($" Nobody is asked any more whether they are the same problem."))}"
        );

    public async Task<SubmissionReply> Submit(
        Submission<MergeRef> submission,
        CancellationToken cancel
    ) =>
        await Make(submission.State, submission[Note], submission.Envelope.User, cancel) is { } why
            ? SubmissionReply.No(why)
            : SubmissionReply.DoneInSight(
                Markdown.Of(
                    $"{submission.State.From} is merged into {submission.State.Into} and continues there."
                )
            );

    /// <summary>Why somebody could not merge them, before they are asked anything; null when they could.</summary>
    public async ValueTask<Refusal?> WhyNot(MergeRef wanted, UserId by, CancellationToken cancel) =>
        await book.Find(wanted.From, cancel) is { Value: var one }
        && await book.Find(wanted.Into, cancel) is { Value: var other }
            ? await book.WouldRefuse(
                one,
                by,
                (current, actor, now) => current.MergeInto(other, actor, "", now),
                cancel
            )
            : null;

    /// <summary>The two when they are of different customers: whoever merges them is asked first. Else null.</summary>
    public async ValueTask<(Escalation From, Escalation Into)?> OfTwoCustomers(
        MergeRef wanted,
        CancellationToken cancel
    ) =>
        await book.Find(wanted.From, cancel) is { Value: var one }
        && await book.Find(wanted.Into, cancel) is { Value: var other }
        && one.Customer != other.Customer
            ? (one, other)
            : null;

    /// <summary>Merges them.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Refusal?> Make(
        MergeRef wanted,
        string note,
        UserId by,
        CancellationToken cancel
    )
    {
        var ours = await Ours(wanted.From, cancel);
        return
            await book.DecideBoth(
                wanted.From,
                wanted.Into,
                by,
                (from, into, actor, now) => from.MergeInto(into, actor, note, now),
                (from, into, actor, now) => into.TakeIn(from, ours, actor, now),
                cancel
            )
                is Decision.Refused { Why: var why }
            ? why
            : null;
    }

    private async ValueTask<IReadOnlySet<UserId>> Ours(EscalationId id, CancellationToken cancel)
    {
        HashSet<UserId> ours = [];
        foreach (var person in (await book.Find(id, cancel))?.Value.Listeners ?? [])
        {
            if (!(await roles.Of(person, cancel)).Roles.IsEmpty)
            {
                ours.Add(person);
            }
        }

        return ours;
    }
}

/// <summary>“It is another problem”: the question is taken off the card.</summary>
internal sealed class SayIsAnother(EscalationStore book) : IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Merge;

    public static ActionKey<EscalationRef> Key => EscalationKeys.Apart;

    public async Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        await book.Decide(
            call.Payload.Id,
            call.Envelope.User,
            (escalation, actor, now) => escalation.KeepApart(actor, now),
            cancel
        )
            is Decision.Refused { Why: var why }
            ? Reply.No(why)
            : Reply.Say(Markdown.Of($"{call.Payload.Id} stays an escalation of its own."));
}

/// <summary>“Did you mean Northern Bank?” – “Yes”.</summary>
internal sealed class NameCustomer(
    EscalationStore book,
    EscalationIntake intakes,
    Sidecar.Features.Customers.Finding.CustomerStore customers,
    RoutingStore desk
) : IAction<CustomerRef>
{
    public static Permission Permission =>
        EscalationRights.Merge with
        {
            What = "name the customer",
        };

    public static ActionKey<CustomerRef> Key => EscalationKeys.Meant;

    public async Task<Reply> Press(ActionCall<CustomerRef> call, CancellationToken cancel)
    {
        var (id, key) = call.Payload;
        if (await customers.Read(key, cancel) is not { Value: var customer })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        return await Name(id, customer, call.Envelope.User, cancel) is { } why
            ? Reply.No(why)
            : Reply.Say(Markdown.Of($"{id} is for {customer.Name}."));
    }

    /// <summary>Says whom it is for.</summary>
    /// <returns>Why not; null when it is so.</returns>
    public async Task<Refusal?> Name(
        EscalationId id,
        Sidecar.Features.Customers.Domain.Customer customer,
        UserId by,
        CancellationToken cancel
    )
    {
        if (await book.Find(id, cancel) is not { Value: var current })
        {
            return new NoSuchEscalation(id);
        }

        var known = RoutingStore.Known(customer)!;
        var teams = await desk.Teams(cancel);
        var same = await intakes.SameOpen(
            EscalationIndexes.Of(customer.Key),
            current.Category,
            cancel
        );
        return
            await book.Decide(
                id,
                by,
                (escalation, actor, now) =>
                    escalation.SettleCustomer(
                        actor,
                        customer.Key,
                        known,
                        desk.RouteOf(escalation.Category, escalation.Severity, known),
                        same?.Id == id ? null : same?.Id,
                        teams,
                        now
                    ),
                cancel
            )
                is Decision.Refused { Why: var why }
            ? why
            : null;
    }
}
