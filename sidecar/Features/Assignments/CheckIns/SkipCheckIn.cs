using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What the form for a reason remembers.</summary>
internal sealed record SkipCheckInState(AssignmentId Id, DateOnly Week);

/// <summary>Leaves this week’s check-in out, with a reason (ASG-9): by command, and by button with a form.</summary>
internal sealed class SkipCheckIn(AssignmentStore book, CheckInQueries desk)
    : ISlashCommand,
        IAction<CheckInRef>,
        IDialogUpon<SkipCheckInState>
{
    public const string Why = "why";
    public const int MaxReason = 500;

    private static readonly Parameter<CheckInTyped> Typed = CheckInArguments.Typed(
        "[customer] <why>",
        "Of which customer, and why? Write it as in `abc on site with them`."
    );

    private static readonly DialogKey<SkipCheckInState> Form = new(
        "assignment.check-in.skip",
        CheckInJson.Default.SkipCheckInState
    );

    public static Permission Permission => CheckInRights.Arrange;

    public static CommandSpec Spec { get; } =
        new("checkin skip", "Leave this week’s check-in out, with the reason", Typed)
        {
            Examples = ["checkin skip On site with them", "checkin skip abc On site with them"],
            Details = "A week that is skipped with a reason does not count as missed.",
        };

    public static ActionKey<CheckInRef> Key { get; } =
        new("assignment.check-in.ask-skip", CheckInJson.Default.CheckInRef);

    static DialogKey<SkipCheckInState> IDialog<SkipCheckInState>.Key => Form;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var meant = await desk.Meant(call.Get(Typed), by, "checkin skip", cancel);
        if (meant.Assignment is not { } assignment)
        {
            return Reply.No(new NotMeant(meant.Problem!));
        }

        if (!TextLength.Fits(meant.Rest, MaxReason))
        {
            return Reply.Say(
                Markdown.Of(
                    $"A reason takes {MaxReason} characters; yours has {TextLength.Told(meant.Rest, MaxReason)}, and nothing was skipped. You typed:\n{Markdown.Code(meant.Rest)}"
                )
            );
        }

        var zone = (await desk.Time(by, cancel)).Zone.Id;
        return await Skip(assignment.Id, week: null, meant.Rest, by, cancel) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(Skipped(next, zone)),
            Decision.Refused { Why: var why } => Reply.No(why),
            _ => Reply.Nothing,
        };
    }

    public async Task<Reply> Press(ActionCall<CheckInRef> call, CancellationToken cancel)
    {
        var (id, week) = call.Payload;
        if (await book.Find(id, cancel) is not { Value: var assignment })
        {
            return Reply.No(new NoSuchAssignment(id));
        }

        return
            await book.WouldRefuse(
                assignment,
                call.Envelope.User,
                (current, actor, now) => current.SkipTurn(actor, week, "-", now),
                cancel
            )
                is { } refusal
            ? Reply.No(refusal)
            : Form.Open(
                new DialogForm(
                    $"Skip check-in {id}",
                    [
                        new DialogField(Why, "Why", FieldKind.LongText)
                        {
                            MaxLength = MaxReason,
                            Help = "It stays on the record, and the other one of you is told.",
                        },
                    ]
                )
                {
                    Introduction = Markdown.Of(
                        $"**{assignment.CustomerName}**, week of {CheckInWords.Day(week)}. A week that is skipped with a reason does not count as missed."
                    ),
                    Premise = Standing(assignment),
                    SubmitLabel = "Skip",
                },
                new SkipCheckInState(id, week),
                Markdown.Of(
                    $"Write it as a command: {CheckInWords.Command($"checkin skip {assignment.Customer.Value} why")}"
                )
            );
    }

    public async ValueTask<DialogForm?> Now(
        Submission<SkipCheckInState> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: var known }
            ? DialogForm.Upon(Standing(known))
            : null;

    private static Markdown Standing(Assignment assignment) =>
        assignment is { Turn: { } turn, CheckIns: { } plan }
            ? Markdown.Of(
                $"The check-in of the week of {CheckInWords.Day(turn.Week)} is {CheckInWords.At(turn.DueAt, plan.Zone)}."
            )
            : Markdown.Of($"No check-in is to come.");

    public async Task<SubmissionReply> Submit(
        Submission<SkipCheckInState> submission,
        CancellationToken cancel
    )
    {
        var why = submission[Why];
        if (why.Length == 0 || !TextLength.Fits(why, MaxReason))
        {
            return SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Why] =
                        why.Length == 0
                            ? "Say why, in a few words."
                            : $"This takes {MaxReason} characters; yours has {TextLength.Told(why, MaxReason)}.",
                }
            );
        }

        var (id, week) = submission.State;
        var by = submission.Envelope.User;
        return await Skip(id, week, why, by, cancel) switch
        {
            Decision.Refused refused => SubmissionReply.No(refused.Why),
            Decision.Accepted { Next: var next } => SubmissionReply.DoneInSight(
                Skipped(next, (await desk.Time(by, cancel)).Zone.Id)
            ),
            _ => SubmissionReply.Close,
        };
    }

    private static Markdown Skipped(Assignment assignment, string zone) =>
        Markdown.Of(
            $"The check-in of {CheckInWords.Name(assignment)} for the week of {CheckInWords.Day(assignment.Turn!.Week.AddDays(-7))} is skipped; the next one is {CheckInWords.At(assignment.Turn.DueAt, zone)}."
        );

    private Task<Decision> Skip(
        AssignmentId id,
        DateOnly? week,
        string why,
        UserId by,
        CancellationToken cancel
    ) =>
        book.Decide(
            id,
            by,
            (assignment, actor, now) => assignment.SkipTurn(actor, week, why, now),
            cancel
        );
}
