using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Changes;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

using Decision = Decision<ServiceRequest, ServiceFact>;

/// <summary>A move as cards name it.</summary>
/// <param name="Name">The command's second word, and what its button carries: <c>start</c>.</param>
/// <param name="Label">On its button.</param>
/// <param name="Fits">It is on the card of a request that stands so.</param>
internal sealed record ServiceMoveName(string Name, string Label, Func<ServiceRequest, bool> Fits);

/// <summary>The moves that cards have as buttons, the next one first.</summary>
internal static class ServiceMoves
{
    public static ServiceMoveName Sign { get; } =
        new(
            "signed",
            "Record the sign-off",
            r =>
                r.IsChangeUnsigned || r is { State: ServiceState.AwaitingSignOff, Sow.By: not null }
        );

    public static ServiceMoveName Start { get; } =
        new("start", "Begin the work", r => r.State == ServiceState.SignedOff);

    public static ServiceMoveName Deliver { get; } =
        new("deliver", "Delivered", r => r.State == ServiceState.InProgress && !r.IsChangeUnsigned);

    public static ServiceMoveName Accept { get; } =
        new("accept", "The customer accepts it", r => r.State == ServiceState.Delivered);

    public static ServiceMoveName Return { get; } =
        new("return", "Not yet", r => r.State == ServiceState.Delivered);

    public static ServiceMoveName Complete { get; } =
        new("complete", "Complete it", r => r.State == ServiceState.Accepted);

    public static ServiceMoveName Edit { get; } = new("edit", "Edit", r => r.IsToBeDelivered);

    public static ServiceMoveName Cancel { get; } =
        new("cancel", "Cancel it", r => r.IsToBeDelivered);

    private static readonly ImmutableArray<ServiceMoveName> All =
    [
        Sign,
        Start,
        Deliver,
        Accept,
        Return,
        Complete,
        Edit,
        Cancel,
    ];

    public static IEnumerable<ServiceMoveName> On(ServiceRequest request) =>
        All.Where(move => move.Fits(request));
}

/// <summary>Which move of which request a button or form is about.</summary>
/// <param name="Id">Which request.</param>
/// <param name="Move">Which move.</param>
/// <param name="Typed">What was typed behind the command; null for nothing.</param>
/// <param name="Today">The day on which the form was opened; null before it is.</param>
internal sealed record ServiceMoveRef(
    ServiceRequestId Id,
    string Move,
    IReadOnlyDictionary<string, string>? Typed = null,
    DateOnly? Today = null
);

/// <summary>What somebody said, in a form or behind a command; the same for both.</summary>
/// <param name="Get">What a field holds; empty when nothing.</param>
/// <param name="Changed">Whether it is something else than the form was opened with.</param>
/// <param name="By">Who says it.</param>
/// <param name="Today">Where they are.</param>
internal sealed record ServiceAnswers(
    Func<string, string> Get,
    Func<string, bool> Changed,
    UserId By,
    DateOnly Today
)
{
    /// <summary>What is wrong, by field.</summary>
    public Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    public string this[string field] => Get(field);

    /// <summary>A text that has to be there.</summary>
    public string Text(string field, string missing, int most = ServiceRequest.MaxTextLength)
    {
        var text = this[field];
        if (text.Length == 0 || !TextLength.Fits(text, most))
        {
            Problems[field] =
                text.Length == 0
                    ? missing
                    : $"This takes {most} characters; yours has {TextLength.Told(text, most)}.";
        }

        return text;
    }

    /// <summary>A day that has passed; today when none is written.</summary>
    public DateOnly Passed(string field)
    {
        if (this[field].Length == 0)
        {
            return Today;
        }

        var day = CalendarDay.ReadPassed(this[field], Today, out var problem);
        if (day > Today)
        {
            problem = $"{CalendarDay.Write(day.Value)} is still to come.";
        }

        if (problem.Length > 0)
        {
            Problems[field] = problem;
        }

        return day ?? Today;
    }
}

/// <summary>
/// One move in four parts, however it is made: may it be made now, what is asked, what was answered, what follows. What
/// is typed behind the command fills the form's fields; the form opens when something is missing.
/// </summary>
internal abstract class ServiceMove(ServiceRequestStore store, PeopleDirectory people)
{
    protected static readonly IReadOnlyDictionary<string, string> NothingTyped =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>The rest of a command, which fills its form.</summary>
    protected static Parameter<string> Rest(string name) =>
        Arguments.Rest(name, "Leave it out, and a form asks.").OrNothing();

    /// <summary>The command's second word.</summary>
    public abstract string Name { get; }

    /// <summary>Why somebody can't make it now; null when they can.</summary>
    public abstract Refusal? WhyNot(ServiceRequest request, ActingPerson by);

    /// <summary>What is asked, filled with what was typed; null when nothing is.</summary>
    protected abstract DialogForm? Form(
        ServiceRequest request,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    );

    /// <summary>What is to be done; null when the answers have problems.</summary>
    protected abstract ValueTask<ServiceRule?> Read(
        ServiceAnswers answers,
        CancellationToken cancel
    );

    /// <summary>What is said of what was recorded, besides that it was; nothing when that is all.</summary>
    protected virtual Markdown NotRecorded(ServiceAnswers answers, ServiceRequest next) =>
        Markdown.None;

    /// <summary>Fields of the form that say one thing together; none for most.</summary>
    protected virtual IReadOnlyList<string> Together => [];

    /// <summary>What was typed behind the command, as the form's fields.</summary>
    protected virtual IReadOnlyDictionary<string, string> Words(string typed, DateOnly today) =>
        NothingTyped;

    /// <summary>By command, or by button with nothing typed.</summary>
    public async Task<Reply> Make(
        ServiceRequestId id,
        string typed,
        Envelope from,
        CancellationToken cancel
    )
    {
        if (await store.Find(id, cancel) is not { Value: var request })
        {
            return Reply.No(new NoSuchServiceRequest(id));
        }

        var refusal = await store.WouldRefuse(
            request,
            from.User,
            (current, actor, _) =>
                WhyNot(current, actor) is { } why ? why : new Decision.Accepted(current),
            cancel
        );
        if (refusal is not null)
        {
            return No(refusal, request);
        }

        var today = await Today(from, cancel);
        var words = typed.Length == 0 ? NothingTyped : Words(typed, today);
        var answers = new ServiceAnswers(
            field => words.GetValueOrDefault(field, ""),
            _ => true,
            from.User,
            today
        );
        var form = Form(request, words, today);
        var rule = form is not null && words.Count == 0 ? null : await Read(answers, cancel);
        if (rule is null)
        {
            return MakeServiceMove.Dialog.Open(
                // What was typed and is wrong is said above the form, where the field still shows it.
                words.Count == 0
                || answers.Problems.Count == 0
                    ? form!
                    : form! with
                    {
                        Introduction = Markdown.Lines([
                            Markdown.Typed(answers.Problems.Values.First()),
                            form.Introduction,
                        ]),
                    },
                new ServiceMoveRef(id, Name, words, today),
                Markdown.Of($"Type {ServiceWords.Command($"{Name} {id}")} to be asked again.")
            );
        }

        return await store.Decide(id, from.User, rule.Invoke, cancel) switch
        {
            Decision.Accepted { Next: var next, Facts: [var fact, ..] } => Reply.Done(
                Done(next, fact)
            ),
            Decision.Refused { Why: var why } => No(why, request),
            _ => Reply.Nothing,
        };
    }

    /// <summary>The form as it would be opened now, with the same words behind the command.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<ServiceMoveRef> form,
        CancellationToken cancel
    ) =>
        form.State is { Today: { } today } opened
        && await store.Find(opened.Id, cancel) is { Value: var request }
            ? Form(request, opened.Typed ?? NothingTyped, today)?.Together(form, Together)
            : null;

    /// <summary>By form.</summary>
    /// <param name="form">What was answered.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="unless">Why it is not made, by the request as it is when it is decided; null for nothing.</param>
    public async Task<SubmissionReply> Submit(
        Submission<ServiceMoveRef> form,
        CancellationToken cancel,
        Func<ServiceRequest, Refusal?>? unless = null
    )
    {
        var answers = new ServiceAnswers(
            field => form[field],
            form.Changed,
            form.Envelope.User,
            await Today(form.Envelope, cancel)
        );
        if (await Read(answers, cancel) is not { } rule)
        {
            return SubmissionReply.Mark(answers.Problems);
        }

        return await store.Decide(
            form.State.Id,
            form.Envelope.User,
            (request, by, now) =>
                unless?.Invoke(request) is { } why ? why : rule.Invoke(request, by, now),
            cancel
        ) switch
        {
            Decision.Refused { Why: NothingToChangeInServiceRequest } => SubmissionReply.Unchanged,
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Next: var next } => Recorded(next, NotRecorded(answers, next)),
            _ => SubmissionReply.Close,
        };
    }

    private static SubmissionReply.DialogClosed Recorded(ServiceRequest next, Markdown but)
    {
        var said = Markdown.Of($"Recorded for **{next.Id}** ({next.CustomerName}).");
        // What is not recorded no card shows.
        return but.IsEmpty
            ? SubmissionReply.DoneInSight(said)
            : SubmissionReply.Done(Markdown.Of($"{said} {but}"));
    }

    /// <summary>A form about one request, which says what it is about.</summary>
    protected static DialogForm About(
        ServiceRequest request,
        string title,
        string submit,
        params ImmutableArray<DialogField> fields
    ) =>
        new($"{title} {request.Id}", fields)
        {
            Introduction = Markdown.Of($"**{request.CustomerName}**: {request.Sow.Title}"),
            Premise = ServiceWords.Standing(request),
            SubmitLabel = submit,
        };

    /// <summary>The fields for what somebody at the customer said.</summary>
    protected static IEnumerable<DialogField> WordFields(
        string who,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    ) =>
        [
            new(ServiceForm.Who, who, FieldKind.Text)
            {
                Default = MarkdownEscaper.Shorten(
                    typed.GetValueOrDefault(ServiceForm.Who, ""),
                    ServiceForm.LongestLine
                ),
                MaxLength = ServiceForm.LongestLine,
                Help = "At the customer, such as “their head of platform”.",
            },
            new(ServiceForm.On, "When?", FieldKind.Day)
            {
                Default = typed.GetValueOrDefault(ServiceForm.On, CalendarDay.Write(today)),
                HelpWhenTyped = "Such as 2026-01-31, today or yesterday.",
            },
            new(ServiceForm.Note, "Where is it written?", FieldKind.Text)
            {
                Optional = true,
                MaxLength = ServiceForm.LongestLine,
                Help = "A link to the e-mail, document or minutes, if there is one.",
            },
        ];

    protected static CustomerWord Word(ServiceAnswers answers, SaidHow? how) =>
        new(
            answers.Text(ServiceForm.Who, "Who at the customer said so?", ServiceForm.LongestLine),
            how,
            answers.Passed(ServiceForm.On),
            answers[ServiceForm.Note],
            answers.By
        );

    /// <summary>“their administrator on yesterday”: what stands behind the last “on” is the day when it is one.</summary>
    protected static Dictionary<string, string> WordWords(string typed, DateOnly today)
    {
        // A blank that does not break is a blank.
        typed = typed.Replace('\u00A0', ' ').Replace('\u202F', ' ');
        var at = typed.LastIndexOf(" on ", StringComparison.OrdinalIgnoreCase);
        var isDay = at > 0 && CalendarDay.ReadPassed(typed[(at + 4)..], today, out _) is not null;
        var who = (isDay ? typed[..at] : typed).Trim();
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ServiceForm.Who] = who.StartsWith("by ", StringComparison.OrdinalIgnoreCase)
                ? who[3..].TrimStart()
                : who,
        };
        if (isDay)
        {
            words[ServiceForm.On] = typed[(at + 4)..].Trim();
        }

        return words;
    }

    private static Markdown Done(ServiceRequest next, ServiceFact fact) =>
        Markdown.Lines([
            Markdown.Of($"**{next.Id}**: {fact.Sentence}"),
            ServiceWords.Next(next) is { IsEmpty: false } then
                ? Markdown.Of($"Next: {then}")
                : Markdown.None,
        ]);

    /// <summary>The refusal, with what mends it at hand.</summary>
    private static Reply No(Refusal why, ServiceRequest request) =>
        Reply.No(why) is Reply.Whisper no
        && why switch
        {
            NotSignedOff or ChangeNotSignedOff when request.Sow.By is not null => ServiceMoves.Sign,
            NobodyDelivers => ServiceMoves.Edit,
            _ => null,
        }
            is { } mends
            ? no with
            {
                Next = MakeServiceMove.Key.Button(
                    mends.Label,
                    new ServiceMoveRef(request.Id, mends.Name)
                ),
            }
            : Reply.No(why);

    private async ValueTask<DateOnly> Today(Envelope from, CancellationToken cancel) =>
        CalendarDay.At(from.At, await people.ZoneOf(from.User, cancel));
}

/// <summary>The card's buttons, and the forms that they open: which move it is stands in what they carry.</summary>
internal sealed class MakeServiceMove(IEnumerable<ServiceMove> moves)
    : IAction<ServiceMoveRef>,
        IDialogUpon<ServiceMoveRef>
{
    public static Permission Permission => ServiceRights.AnyMove;

    public static ActionKey<ServiceMoveRef> Key { get; } =
        new("service.move", ServiceJson.Default.ServiceMoveRef);

    public static DialogKey<ServiceMoveRef> Dialog { get; } =
        new("service.move-form", ServiceJson.Default.ServiceMoveRef);

    static DialogKey<ServiceMoveRef> IDialog<ServiceMoveRef>.Key => Dialog;

    public Task<Reply> Press(ActionCall<ServiceMoveRef> call, CancellationToken cancel) =>
        Of(call.Payload).Make(call.Payload.Id, "", call.Envelope, cancel);

    public ValueTask<DialogForm?> Now(Submission<ServiceMoveRef> form, CancellationToken cancel) =>
        Of(form.State).Now(form, cancel);

    public Task<SubmissionReply> Submit(
        Submission<ServiceMoveRef> submission,
        CancellationToken cancel
    ) => Of(submission.State).Submit(submission, cancel);

    private ServiceMove Of(ServiceMoveRef wanted) => moves.First(m => m.Name == wanted.Move);
}
