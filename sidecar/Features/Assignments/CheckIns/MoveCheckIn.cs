using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What the form for another time remembers.</summary>
/// <param name="Id">Of which assignment.</param>
/// <param name="Week">Of which week.</param>
/// <param name="DueAt">When it was to be when the form was opened; null when a release that did not remember it did.</param>
internal sealed record MoveCheckInState(
    AssignmentId Id,
    DateOnly Week,
    DateTimeOffset? DueAt = null
);

/// <summary>Moves this week’s check-in (ASG-9): by command, and by button with a form.</summary>
internal sealed class MoveCheckIn(AssignmentStore book, CheckInQueries desk, TimeProvider clock)
    : ISlashCommand,
        IAction<CheckInRef>,
        IDialogUpon<MoveCheckInState>
{
    private const string When = "when";
    private const int MaxTimeLength = 100;

    private static readonly Parameter<CheckInTyped> Typed = CheckInArguments.Typed(
        "[customer] <when>",
        "Of which customer, and to when? Write it as in `abc tomorrow 10am`."
    );

    private static readonly DialogKey<MoveCheckInState> Form = new(
        "assignment.check-in.move",
        CheckInJson.Default.MoveCheckInState
    );

    public static Permission Permission => CheckInRights.Arrange;

    public static CommandSpec Spec { get; } =
        new("checkin move", "Move this week’s check-in to another time", Typed)
        {
            Examples = ["checkin move tomorrow 10am", "checkin move abc thu 15:00"],
            Details =
                "The time is read in your zone, and has to be inside the working hours of both. The weeks after it stay as planned; `/escalate checkin plan` changes those.",
        };

    public static ActionKey<CheckInRef> Key { get; } =
        new("assignment.check-in.ask-move", CheckInJson.Default.CheckInRef);

    static DialogKey<MoveCheckInState> IDialog<MoveCheckInState>.Key => Form;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var meant = await desk.Meant(call.Get(Typed), by, "checkin move", cancel);
        if (meant.Assignment is not { } assignment)
        {
            return Reply.No(new NotMeant(meant.Problem!));
        }

        if (meant.Rest.Length == 0)
        {
            return Reply.Say(
                Markdown.Of(
                    $"To when? Write it as you would say it: {CheckInWords.Command($"checkin move {assignment.Customer.Value} tomorrow 10am")}"
                )
            );
        }

        var (decision, problem) = await Move(assignment.Id, week: null, meant.Rest, by, cancel);
        var zone = (await desk.Time(by, cancel)).Zone.Id;
        return decision switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(Moved(next, zone)),
            Decision.Refused { Why: var why } => Reply.No(why),
            _ => Reply.No(Markdown.Of($"{Markdown.Sentence(problem)} Nothing was changed.")),
        };
    }

    public async Task<Reply> Press(ActionCall<CheckInRef> call, CancellationToken cancel)
    {
        var (id, week) = call.Payload;
        if (await book.Find(id, cancel) is not { Value: var assignment })
        {
            return Reply.No(new NoSuchAssignment(id));
        }

        if (
            await book.WouldRefuse(
                assignment,
                call.Envelope.User,
                (current, actor, now) => current.SkipTurn(actor, week, "-", now),
                cancel
            ) is
            { } refusal
        )
        {
            return Reply.No(refusal);
        }

        var time = await desk.Time(call.Envelope.User, cancel);
        return Form.Open(
            new DialogForm(
                $"Move check-in {id}",
                [
                    new DialogField(When, "When", FieldKind.Moment)
                    {
                        MaxLength = MaxTimeLength,
                        Placeholder = "tomorrow 10am",
                        HelpWhenTyped =
                            $"As you would say it: tomorrow 10am, thu 15:00, in 2h. Times are in {time.Zone.Id}.",
                    },
                ]
            )
            {
                Introduction = Markdown.Of(
                    $"**{assignment.CustomerName}**, week of {CheckInWords.Day(week)}. It has to be inside the working hours of both of you."
                ),
                SubmitLabel = "Move",
            },
            new MoveCheckInState(id, week, assignment.Turn?.DueAt),
            Markdown.Of(
                $"Write it as a command: {CheckInWords.Command($"checkin move {assignment.Customer.Value} tomorrow 10am")}"
            )
        );
    }

    /// <summary>Nothing is filled in; when somebody else has moved it meanwhile, that is what there is.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<MoveCheckInState> form,
        CancellationToken cancel
    ) =>
        form.State.DueAt is { } shown
        && await book.Find(form.State.Id, cancel) is { Value.Turn: { DueAt: var at } turn }
        && turn.Week == form.State.Week
        && at != shown
            ? new DialogForm(
                "",
                [
                    new DialogField(When, "When", FieldKind.Moment)
                    {
                        Default = Times.Field(
                            at,
                            (await desk.Time(form.Envelope.User, cancel)).Zone
                        ),
                    },
                ]
            )
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<MoveCheckInState> submission,
        CancellationToken cancel
    )
    {
        var (id, week, _) = submission.State;
        var (decision, problem) = await Move(
            id,
            week,
            submission[When],
            submission.Envelope.User,
            cancel
        );
        return decision switch
        {
            Decision.Accepted { Next: var next } => SubmissionReply.DoneInSight(
                Moved(next, (await desk.Time(submission.Envelope.User, cancel)).Zone.Id)
            ),
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            _ => SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal) { [When] = problem }
            ),
        };
    }

    private static Markdown Moved(Assignment assignment, string zone) =>
        Markdown.Of(
            $"The check-in of {CheckInWords.Name(assignment)} for the week of {CheckInWords.Day(assignment.Turn!.Week)} is {CheckInWords.At(assignment.Turn.DueAt, zone)} now."
        );

    private async Task<(Decision? Decision, string Problem)> Move(
        AssignmentId id,
        DateOnly? week,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        var time = await desk.Time(by, cancel);
        if (TypedTime.Read(typed, clock.GetUtcNow(), time.Zone, time.Hours) is not { } read)
        {
            return (null, "");
        }

        if (read is TypedTime.Unclear unclear)
        {
            return (null, unclear.Problem);
        }

        return (await Move(id, week, ((TypedTime.Understood)read).Moment, by, cancel), "");
    }

    /// <summary>Moves it to a moment.</summary>
    /// <param name="id">Of which assignment.</param>
    /// <param name="week">Of which week; null: of the one that is to come.</param>
    /// <param name="to">To when.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Decision> Move(
        AssignmentId id,
        DateOnly? week,
        DateTimeOffset to,
        UserId by,
        CancellationToken cancel
    )
    {
        var people = await desk.People((await book.Find(id, cancel))?.Value, cancel);
        return await book.Decide(
            id,
            by,
            (assignment, actor, now) =>
                people?.AreOf(assignment) == true
                    ? assignment.MoveTurn(actor, week, to, people, now)
                    : new NoCheckIns(assignment),
            cancel
        );
    }
}
