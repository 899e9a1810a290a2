using Sidecar.Chat;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>What a form's answers come to: the rule that decides, and what is committed with it.</summary>
/// <param name="Rule">Decides.</param>
/// <param name="Also">Committed with it; null for nothing.</param>
/// <param name="First">Reads what the rule needs besides, each time before it decides; null for nothing.</param>
internal sealed record StepAnswer(
    Func<Implementation, ActingPerson, DateTimeOffset, Decision> Rule,
    Func<Change, CancellationToken, ValueTask>? Also = null,
    Func<CancellationToken, ValueTask>? First = null
);

/// <summary>Which step a class is: everything about it that can be said without doing it.</summary>
internal interface IStep
{
    static abstract ImplementationStep Step { get; }

    /// <summary>Its card shows what it did; else whoever pressed there is told (DLG-4).</summary>
    static virtual bool IsOnCard => true;
}

/// <summary>A step's form for doors that show none: what it asks is answered all the same, and decided by the same rule.</summary>
internal interface IStepForm
{
    /// <param name="form">What was answered.</param>
    /// <param name="unless">Why it is not done, by the request as it is when it is decided; null for nothing.</param>
    /// <param name="cancel">Gives up.</param>
    Task<SubmissionReply> Submit(
        Submission<ImplementationRef> form,
        Func<Implementation, Refusal?>? unless,
        CancellationToken cancel
    );
}

/// <summary>
/// A step as command, button and form in one: whoever may not is told before the form opens, and the same rule decides
/// however they came. A step says what it asks and what it makes of the answers; that is all.
/// </summary>
internal abstract class StepOf<TSelf>(ImplementationStore book)
    : ISlashCommand,
        IAction<ImplementationRef>,
        IDialogUpon<ImplementationRef>,
        IStepForm
    where TSelf : StepOf<TSelf>, IStep
{
    public static CommandSpec Spec { get; } =
        new($"implementation {TSelf.Step.Word}", TSelf.Step.Summary, ImplementationArguments.Id)
        {
            Examples = [$"implementation {TSelf.Step.Word} IMP-7"],
            Details = TSelf.Step.Details,
        };

    public static Permission Permission => TSelf.Step.Permission;

    static ActionKey<ImplementationRef> IAction<ImplementationRef>.Key => TSelf.Step.Button;

    static DialogKey<ImplementationRef> IDialog<ImplementationRef>.Key => TSelf.Step.Form;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Open(call.Get(ImplementationArguments.Id), call.Envelope, cancel);

    public Task<Reply> Press(ActionCall<ImplementationRef> call, CancellationToken cancel) =>
        Open(call.Payload.Id, call.Envelope, cancel);

    public async ValueTask<DialogForm?> Now(
        Submission<ImplementationRef> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: var it }
            ? Upon(await Shown(it, form.Envelope, cancel), form, it)
            : null;

    public Task<SubmissionReply> Submit(
        Submission<ImplementationRef> submission,
        CancellationToken cancel
    ) => Submit(submission, unless: null, cancel);

    public async Task<SubmissionReply> Submit(
        Submission<ImplementationRef> submission,
        Func<Implementation, Refusal?>? unless,
        CancellationToken cancel
    )
    {
        var id = submission.State.Id;
        if (await book.Find(id, cancel) is not { Value: var it })
        {
            return SubmissionReply.No(new NoSuchImplementation(id));
        }

        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var answer = await Read(submission, it, problems, cancel);
        if (answer is null || problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        return await book.Decide(
            id,
            submission.Envelope.User,
            (now, by, at) => unless?.Invoke(now) is { } why ? why : answer.Rule(now, by, at),
            cancel,
            also: answer.Also,
            first: answer.First
        ) switch
        {
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Facts.Count: 0 } => SubmissionReply.Unchanged,
            Decision.Accepted { Next: var next, Facts: var facts } => Told(
                Markdown.Lines([
                    .. facts.Select(f =>
                        Markdown.Of($"**{next.Id}** ({next.CustomerName}): {f.Sentence}")
                    ),
                ])
            ),
            _ => SubmissionReply.Close,
        };
    }

    private static SubmissionReply.DialogClosed Told(Markdown said) =>
        TSelf.IsOnCard ? SubmissionReply.DoneInSight(said) : SubmissionReply.Done(said);

    /// <summary>Why the form would be in vain besides right and state; null when it would not.</summary>
    protected virtual Refusal? WhyNot(Implementation it) => null;

    /// <summary>What is asked, filled with what is known.</summary>
    protected abstract ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    );

    /// <summary>What the form shows of it beside its fields, as it is remembered; null for nothing.</summary>
    protected virtual IReadOnlyDictionary<string, string>? Remembered(Implementation it) => null;

    /// <summary>The form as it would be opened now, filled with what others made meanwhile of what it showed.</summary>
    protected virtual DialogForm Upon(
        DialogForm now,
        Submission<ImplementationRef> form,
        Implementation it
    ) => now;

    /// <summary>What the answers come to; what is wrong with them goes into the problems, by field.</summary>
    protected abstract ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    );

    private async Task<Reply> Open(ImplementationId id, Envelope from, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var it })
        {
            return Reply.No(new NoSuchImplementation(id));
        }

        if (
            await book.WouldRefuse(
                it,
                from.User,
                (current, by, _) =>
                    current.WhyNot(TSelf.Step, by) is { } why ? why
                    : WhyNot(current) is { } vain ? vain
                    : new Decision.Accepted(current),
                cancel
            ) is
            { } refusal
        )
        {
            return Reply.No(refusal);
        }

        return TSelf.Step.Form.Open(
            await Shown(it, from, cancel),
            new ImplementationRef(id, Remembered(it)),
            Markdown.Of(
                $"Type {Markdown.Code($"/{SlashCommand.Trigger} implementation {TSelf.Step.Word} {id}")} to be asked."
            )
        );
    }

    private async ValueTask<DialogForm> Shown(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    )
    {
        var form = await Ask(it, from, cancel);
        return form with
        {
            Introduction = Markdown.Lines([
                Markdown.Of($"**{it.Id}** · {it.CustomerName} · {it.Type.Label()}"),
                form.Introduction,
            ]),
        };
    }
}

/// <summary>Parameters of the commands.</summary>
internal static class ImplementationArguments
{
    /// <summary>What is offered while a number is typed.</summary>
    public const string Completed = "implementations";

    /// <summary>A request: <c>IMP-7</c>.</summary>
    public static Parameter<ImplementationId> Id { get; } =
        new("request", "IMP-1", source => Arguments.Numbered<ImplementationId>(source, "IMP-7"))
        {
            Hint = "Which request? Write its number, as in `IMP-7`.",
            Completes = Completed,
        };
}
