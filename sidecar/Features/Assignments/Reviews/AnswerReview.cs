using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Reviews;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Which review a button answers: a later one is another.</summary>
/// <param name="Id">Of which assignment.</param>
/// <param name="On">For when it was; null when nobody was asked.</param>
internal sealed record ReviewRef(AssignmentId Id, DateOnly? On);

/// <summary><c>/escalate engineer review</c> and the button: it goes on, or ends (ASG-12).</summary>
internal sealed class AnswerReview(AssignmentFinder desk, AssignmentSettings settings)
    : ISlashCommand,
        IAction<ReviewRef>,
        IDialogUpon<ReviewRef>
{
    public const string DecisionField = "decision";
    public const string WhyField = "why";
    public const string KeepIt = "keep";
    public const string EndIt = "end";

    private static readonly Parameter<string> Answer = ReviewArguments.Text(
        "decision",
        "[keep | end why]",
        "What should happen to it? Write `keep` or `end why`."
    );

    public static Permission Permission => ReviewRights.Review;

    public static CommandSpec Spec { get; } =
        new("engineer review", "Decide whether an assignment goes on", ReviewArguments.One, Answer)
        {
            Examples =
            [
                "engineer review ASG-3",
                "engineer review ASG-3 keep",
                "engineer review acme end They have gone live and no longer need their own engineer",
            ],
            Details =
                "An assignment is never permanent: its engineer, CE and the CS lead are asked when its review is due. `engineer handover` hands it over.",
        };

    public static ActionKey<ReviewRef> Key { get; } =
        new("assignment.review.keep", ReviewJson.Default.ReviewRef);

    static DialogKey<ReviewRef> IDialog<ReviewRef>.Key => FormKey;

    private static DialogKey<ReviewRef> FormKey { get; } =
        new("assignment.review.form", ReviewJson.Default.ReviewRef);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, why) = await desk.Find(call, call.Get(ReviewArguments.One)!, cancel);
        if (found is null)
        {
            return why!;
        }

        var by = call.Envelope.User;
        var review = new ReviewRef(found.Id, null);
        var typed = call.Get(Answer) ?? "";
        var word = typed.Split(default(char[]), 2, StringSplitOptions.RemoveEmptyEntries);
        return word switch
        {
            [] => await Ask(found, KeepIt, by, cancel),
            [var keep] when Is(keep, KeepIt) => await Keep(review, by, cancel),
            [var end] when Is(end, EndIt) => await Ask(found, EndIt, by, cancel),
            [var end, var reason] when Is(end, EndIt) => Said(
                await End(review, reason.Trim(), by, cancel)
            ),
            _ => Reply.No(
                ReviewProblem.Of(
                    $"“{MarkdownEscaper.Shorten(typed, 40)}” is not a decision: write `keep` or `end why`."
                )
            ),
        };
    }

    public Task<Reply> Press(ActionCall<ReviewRef> call, CancellationToken cancel) =>
        Keep(call.Payload, call.Envelope.User, cancel);

    public async ValueTask<DialogForm?> Now(Submission<ReviewRef> form, CancellationToken cancel) =>
        await desk.Book.Find(form.State.Id, cancel) is { Value: var known }
            ? DialogForm.Upon(ReviewWords.Standing(known))
            : null;

    public async Task<SubmissionReply> Submit(Submission<ReviewRef> form, CancellationToken cancel)
    {
        var by = form.Envelope.User;
        Decision decided;
        if (form[DecisionField] == EndIt)
        {
            if (form[WhyField].Length == 0)
            {
                return SubmissionReply.Mark(
                    ImmutableDictionary<string, string>.Empty.Add(
                        WhyField,
                        "Why does it end? The reason stays on the record."
                    )
                );
            }

            decided = await End(form.State, form[WhyField], by, cancel);
        }
        else
        {
            decided = await Decide(form.State, by, cancel);
        }

        return Said(decided) switch
        {
            Reply.Whisper { IsRefusal: false, Text: var text } => SubmissionReply.DoneInSight(text),
            _ when decided is Decision.Refused { Why: var why } => SubmissionReply.No(why),
            _ => SubmissionReply.Close,
        };
    }

    /// <summary>Opens the form, unless deciding is refused whatever is decided.</summary>
    public async Task<Reply> Ask(
        Assignment assignment,
        string decision,
        UserId by,
        CancellationToken cancel
    ) =>
        await desk.Book.WouldRefuse(
            assignment,
            by,
            (a, actor, now) => a.EndAtReview(actor, asked: null, "…", now),
            cancel
        )
            is { } why
            ? Reply.No(why)
            : FormKey.Open(
                Form(assignment, decision),
                new ReviewRef(assignment.Id, assignment.ReviewOn),
                Markdown.Of(
                    $"Write it as a command instead: {ReviewWords.Command($"engineer review {assignment.Id} keep")}"
                )
            );

    public Task<Reply> AskToEnd(Assignment assignment, UserId by, CancellationToken cancel) =>
        Ask(assignment, EndIt, by, cancel);

    private async Task<Reply> Keep(ReviewRef review, UserId by, CancellationToken cancel) =>
        Said(await Decide(review, by, cancel));

    private Task<Decision> Decide(ReviewRef review, UserId by, CancellationToken cancel) =>
        desk.Book.Decide(
            review.Id,
            by,
            (a, actor, now) => a.Keep(actor, review.On, settings, now),
            cancel
        );

    private Task<Decision> End(ReviewRef review, string why, UserId by, CancellationToken cancel) =>
        desk.Book.Decide(
            review.Id,
            by,
            (a, actor, now) => a.EndAtReview(actor, review.On, why, now),
            cancel
        );

    private static Reply Said(Decision decision) =>
        decision switch
        {
            Decision.Accepted { Next: { State: AssignmentState.Ended } next } => Reply.Done(
                Markdown.Of($"{ReviewWords.Named(next)} has ended; its people are told.")
            ),
            Decision.Accepted { Next: var next } => Reply.Done(
                Markdown.Of(
                    $"{ReviewWords.Named(next)} goes on; it is reviewed again {CalendarDay.Write(next.ReviewOn!.Value)}."
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };

    private static bool Is(string word, string other) => BareWord.Is(word, other);

    private DialogForm Form(Assignment assignment, string decision) =>
        new(
            $"Review {assignment.Id}",
            [
                new DialogField(DecisionField, "Should it continue?", FieldKind.Choice)
                {
                    Default = decision,
                    Options =
                    [
                        new ControlOption(KeepLabel(settings.ReviewAfterMonths), KeepIt),
                        new ControlOption("End it", EndIt),
                    ],
                },
                new DialogField(WhyField, "Why does it end?", FieldKind.LongText)
                {
                    Optional = true,
                    MaxLength = Assignment.MaxTextLength,
                    Help = "Only when it ends; it stays on the record.",
                },
            ]
        )
        {
            Introduction = Markdown.Of(
                $"{ReviewWords.Named(assignment)}, assigned to {assignment.Engineer ?? default}. {ReviewWords.Command($"engineer handover {assignment.Id}")} hands it over instead."
            ),
            Premise = ReviewWords.Standing(assignment),
            SubmitLabel = "Decide",
        };

    public static string KeepLabel(int months) =>
        months == 1
            ? "Keep for a month"
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Keep for {months} months"
            );
}

/// <summary>The button <em>End</em> below a review: asks why.</summary>
internal sealed class EndReviewed(AssignmentFinder desk, AnswerReview review) : IAction<ReviewRef>
{
    public static Permission Permission => ReviewRights.Review;

    public static ActionKey<ReviewRef> Key { get; } =
        new("assignment.review.end", ReviewJson.Default.ReviewRef);

    public async Task<Reply> Press(ActionCall<ReviewRef> call, CancellationToken cancel) =>
        await desk.Book.Find(call.Payload.Id, cancel) switch
        {
            null => Reply.No(new NoSuchAssignment(call.Payload.Id)),
            { Value: var found } when found.ReviewOn != call.Payload.On => Reply.No(
                new ReviewAnswered(found, call.Payload.On ?? default)
            ),
            { Value: var found } => await review.AskToEnd(found, call.Envelope.User, cancel),
        };
}
