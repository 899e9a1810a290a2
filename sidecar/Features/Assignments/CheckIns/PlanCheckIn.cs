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

/// <summary>The check-ins of which assignment a button plans.</summary>
internal sealed record CheckInPlanRef(AssignmentId Id);

/// <summary>What the form for a weekly time remembers.</summary>
internal sealed record CheckInPlanState(AssignmentId Id);

/// <summary>Says on which weekday, at which time (ASG-7) and where answers are posted (ASG-10).</summary>
internal sealed class PlanCheckIn(
    AssignmentStore book,
    CheckInQueries desk,
    ChosenChannels chosen,
    TimeProvider clock
) : ISlashCommand, IAction<CheckInPlanRef>, IDialogUpon<CheckInPlanState>
{
    private const string Weekly = "weekly";
    private const string In = "in";
    private const string Here = "here";
    private const int MaxTimeLength = 100;

    private static readonly Parameter<CheckInTyped> Typed = CheckInArguments.Typed(
        "[customer] [tue 14:00 or in ~channel]",
        "Of which customer, and when? Write it as in `abc tue 14:00`."
    );

    private static readonly DialogKey<CheckInPlanState> Form = new(
        "assignment.check-in.plan",
        CheckInJson.Default.CheckInPlanState
    );

    public static Permission Permission => CheckInRights.Plan;

    public static CommandSpec Spec { get; } =
        new("checkin plan", "Say when the weekly check-in is, and where answers go", Typed)
        {
            Examples =
            [
                "checkin plan abc",
                "checkin plan abc tue 14:00",
                "checkin plan abc in ~town-square",
                "checkin plan abc in none",
            ],
            Details =
                "The time is read in your zone, has to be inside the working hours of both, and follows that zone’s clock changes. Answers go to the CE by direct message, and also to the channel that you choose with `in ~channel` or `in here` (`in none` ends it); in a private channel the bot must be a member.",
        };

    public static ActionKey<CheckInPlanRef> Key { get; } =
        new("assignment.check-in.ask-plan", CheckInJson.Default.CheckInPlanRef);

    static DialogKey<CheckInPlanState> IDialog<CheckInPlanState>.Key => Form;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (typed, by) = (call.Get(Typed), call.Envelope.User);
        var meant = await desk.Meant(typed, by, "checkin plan", cancel);
        if (meant.Assignment is not { } assignment)
        {
            return Reply.No(new NotMeant(meant.Problem!));
        }

        var words = meant.Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => await Show(assignment, by, cancel),
            [var first, .. var where] when BareWord.Is(first, In) => await Place(
                assignment.Id,
                where,
                typed!.Mentions,
                call.Envelope,
                cancel
            ),
            _ => await Typing(assignment.Id, meant.Rest, by, cancel),
        };
    }

    public async Task<Reply> Press(ActionCall<CheckInPlanRef> call, CancellationToken cancel)
    {
        var (id, by) = (call.Payload.Id, call.Envelope.User);
        if (await book.Find(id, cancel) is not { Value: { CheckIns: { } plan } assignment })
        {
            return Reply.No(new NoSuchAssignment(id));
        }

        if (
            await book.WouldRefuse(
                assignment,
                by,
                (current, actor, _) =>
                    !CheckInRights.Plan.Allows(actor, current) ? new MayNot(CheckInRights.Plan)
                    : !current.HasCheckIns ? new NoCheckIns(current)
                    : new Decision.Accepted(current),
                cancel
            ) is
            { } refusal
        )
        {
            return Reply.No(refusal);
        }

        var zone = (await desk.Time(by, cancel)).Zone.Id;
        var next = plan.At(plan.NextWeek(clock.GetUtcNow()));
        return Form.Open(
            new DialogForm($"Plan check-in {id}", [Field(plan, zone)])
            {
                Introduction = Markdown.Of(
                    $"The weekly check-in of **{assignment.CustomerName}** is on {CheckInWords.Weekly(plan, next, zone)}. Times that you type are in {Markdown.Typed(zone)}; it has to be inside the working hours of both of you."
                ),
                SubmitLabel = "Move it",
            },
            new CheckInPlanState(id),
            Markdown.Of(
                $"Write it as a command: {CheckInWords.Command($"checkin plan {assignment.Customer.Value} tue 14:00")}"
            )
        );
    }

    public async ValueTask<DialogForm?> Now(
        Submission<CheckInPlanState> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value.CheckIns: { } plan }
            ? new DialogForm(
                "",
                [Field(plan, (await desk.Time(form.Envelope.User, cancel)).Zone.Id)]
            )
            : null;

    private static DialogField Field(CheckInPlan plan, string zone) =>
        new(Weekly, "Weekday and time", FieldKind.Text)
        {
            Default = PlanReading.Written(plan, zone),
            MaxLength = MaxTimeLength,
            Placeholder = "tue 14:00",
            Help = "As you would say it: tue 14:00, thursdays at 9am, wed 9am ET.",
        };

    public async Task<SubmissionReply> Submit(
        Submission<CheckInPlanState> submission,
        CancellationToken cancel
    )
    {
        // Not read again: a time that was right when it was planned may be outside of somebody's hours by now.
        if (submission.Answers.Asked is not null && !submission.Changed(Weekly))
        {
            return SubmissionReply.Unchanged;
        }

        var (decision, problem) = await Plan(
            submission.State.Id,
            submission[Weekly],
            submission.Envelope.User,
            cancel
        );
        return decision switch
        {
            Decision.Refused { Why: PlannedAlready } => SubmissionReply.Unchanged,
            Decision.Accepted { Next: var next } => await Show(
                next,
                submission.Envelope.User,
                cancel
            )
                is Reply.Whisper { Text: var text }
                ? SubmissionReply.Done(text)
                : SubmissionReply.Close,
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            _ => SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal) { [Weekly] = problem }
            ),
        };
    }

    private async Task<Reply> Typing(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        var (decision, problem) = await Plan(id, typed, by, cancel);
        return decision switch
        {
            Decision.Accepted { Next: var next } => await Show(next, by, cancel),
            Decision.Refused { Why: var why } => Reply.No(why),
            _ => Reply.No(Markdown.Of($"{Markdown.Sentence(problem)} Nothing was changed.")),
        };
    }

    private async Task<(Decision? Decision, string Problem)> Plan(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        var time = await desk.Time(by, cancel);
        return PlanReading.Read(typed, time, out var problem) is { } wanted
            ? (await Plan(id, wanted, by, cancel), "")
            : (null, problem);
    }

    /// <summary>Chooses weekday and time.</summary>
    public async Task<Decision> Plan(
        AssignmentId id,
        CheckInPlan wanted,
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
                    ? assignment.PlanCheckIns(actor, wanted, people, now)
                    : new NoCheckIns(assignment),
            cancel
        );
    }

    /// <summary>Chooses where answers are posted besides; null: nowhere.</summary>
    public Task<Decision> Place(
        AssignmentId id,
        NamedChannel? place,
        UserId by,
        CancellationToken cancel
    ) =>
        book.Decide(
            id,
            by,
            (assignment, actor, _) => assignment.ChooseCheckInPlace(actor, place),
            cancel
        );

    private async Task<Reply> Place(
        AssignmentId id,
        string[] where,
        Mentions mentions,
        Envelope from,
        CancellationToken cancel
    )
    {
        NamedChannel? place = null;
        switch (where)
        {
            case [var none] when NoneWord.Is(none):
                break;
            case [var here] when BareWord.Is(here, Here):
                place = new NamedChannel(from.Channel, Name(mentions, from.Channel));
                break;
            case [var typed]
                when SentenceMarks.Name(typed, '~') is { } named
                    && SentenceMarks.Fits(named, mentions.Channels, out var channel, out var name):
                place = new NamedChannel(channel, name);
                break;
            default:
                return Reply.No(
                    Markdown.Of(
                        $"Where should answers be posted? Write {Markdown.Code("in ~channel")} for a channel of this team that you can see, {Markdown.Code("in here")} or {Markdown.Code("in none")}. Nothing was changed."
                    )
                );
        }

        return await Place(id, place, from.User, cancel) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(
                Markdown.Of(
                    $"Answers of the check-ins of {CheckInWords.Name(next)} go to the other one of you by direct message, and are posted {CheckInWords.Place(place)}.{Warning(next, place)}"
                )
            ),
            Decision.Refused { Why: var why } => Reply.No(why),
            _ => Reply.Nothing,
        };
    }

    private async Task<Reply> Show(Assignment assignment, UserId by, CancellationToken cancel)
    {
        if (
            await book.WouldRefuse(
                assignment,
                by,
                (current, actor, _) =>
                    CheckInRights.Read.Allows(actor, current)
                        ? new Decision.Accepted(current)
                        : new MayNot(CheckInRights.Read),
                cancel
            ) is
            { } refusal
        )
        {
            return Reply.No(refusal);
        }

        if (assignment is not { HasCheckIns: true, CheckIns: { } plan, Turn: { } turn })
        {
            return Reply.No(new NoCheckIns(assignment));
        }

        var zone = (await desk.Time(by, cancel)).Zone.Id;
        var customer = assignment.Customer.Value;
        var place = CheckInWords.Place(plan.Place);
        if (plan.Place is { Name.Length: > 0 } named)
        {
            var shown = await chosen.Show(named, cancel);
            place = Markdown.Of($"to {shown}");
        }

        return Reply.Say(
            Markdown.Lines([
                Markdown.Of(
                    $"The weekly check-in of {CheckInWords.Name(assignment)}, {assignment.Engineer!.Value} with {assignment.CustomerEngineer}, is on {CheckInWords.Weekly(plan, plan.At(plan.NextWeek(clock.GetUtcNow())), zone)}."
                ),
                turn.Asked is { } asked
                    ? Markdown.Of(
                        $"This week’s is waiting for {asked}, since {CheckInWords.At(turn.AskedAt!.Value, zone)}."
                    )
                    : Markdown.Of($"The next one: {CheckInWords.At(turn.DueAt, zone)}."),
                Markdown.Of($"Answers are posted {place}."),
                Markdown.Of(
                    $"{CheckInWords.Command($"checkin plan {customer} tue 14:00")} moves it, {CheckInWords.Command($"checkin plan {customer} in ~channel")} chooses where answers are posted."
                ),
            ])
        );
    }

    private static string Name(Mentions mentions, ChannelId channel) =>
        mentions.Channels.FirstOrDefault(c => c.Value == channel).Key ?? "";

    private static Markdown Warning(Assignment assignment, NamedChannel? place) =>
        place is null ? Markdown.None
        : assignment.IsInternal
            ? Markdown.Of(
                $" This assignment is internal: where a guest or somebody from outside could read, nothing is posted."
            )
        : Markdown.Of(
            $" Whoever reads that channel reads them. If I may not post there, I will tell you by direct message."
        );
}
