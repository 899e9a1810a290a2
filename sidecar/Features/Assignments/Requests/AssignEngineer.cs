using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>The CS lead names engineer and back-up: by command and by the menu in the direct message (ASG-1, ASG-3).</summary>
internal sealed class AssignEngineer(
    AssignmentStore book,
    NameablePeople candidates,
    AssignmentCalendar calendar
) : ISlashCommand, IAction<RequestRef>, IDialogUpon<NamedEngineer>
{
    private static readonly Parameter<UserId> Engineer = Arguments.User(
        "engineer",
        "Who is the engineer? Write the at-name, as in `@name`."
    );

    private static readonly Parameter<UserId> BackUp = Arguments
        .User("backup", "Who is the back-up? Write the at-name, as in `@name`.")
        .OrNothing();

    public static Permission Permission => RequestRights.Assign;

    public static CommandSpec Spec { get; } =
        new(
            "engineer assign",
            "Name the engineer of an approved assignment",
            RequestArguments.Id,
            Engineer,
            BackUp
        )
        {
            Examples = ["engineer assign ASG-3 @engineer"],
            Details =
                "Only support engineers. A post-sales strategic customer also gets a back-up, now or later with `engineer backup`; before the sale there is none.",
        };

    public static ActionKey<RequestRef> Key { get; } =
        new("assignment.assign", RequestJson.Default.RequestRef);

    static DialogKey<NamedEngineer> IDialog<NamedEngineer>.Key => Dialog;

    private static DialogKey<NamedEngineer> Dialog { get; } =
        new("assignment.assign-all-the-same", RequestJson.Default.NamedEngineer);

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Assign(
            new NamedEngineer(
                call.Get(RequestArguments.Id),
                call.Get(Engineer),
                call.Get(BackUp) is { Value: not null } backUp ? backUp : null
            ),
            call.Envelope.User,
            cancel
        );

    public Task<Reply> Press(ActionCall<RequestRef> call, CancellationToken cancel) =>
        call.ChosenPerson is { } chosen
            ? Assign(
                new NamedEngineer(call.Payload.Id, chosen, null),
                call.Envelope.User,
                cancel,
                asksFirst: true
            )
            : Task.FromResult(
                Reply.No(Markdown.Of($"Nobody was chosen, so {call.Payload.Id} stays as it is."))
            );

    public async Task<SubmissionReply> Submit(
        Submission<NamedEngineer> submission,
        CancellationToken cancel
    ) => (await Decide(submission.State, submission.Envelope.User, cancel)).Settled(Done);

    /// <summary>Names them; those who are overloaded only by somebody who knows it.</summary>
    public async Task<Decision> Name(
        NamedEngineer named,
        UserId by,
        bool allTheSame,
        CancellationToken cancel
    ) =>
        await Unsuitable(named, cancel) is { } why ? why
        : !allTheSame && await Overloaded(named, cancel) is { } speaksAgainst ? speaksAgainst
        : await Decide(named, by, cancel);

    private async ValueTask<Refusal?> Unsuitable(NamedEngineer named, CancellationToken cancel) =>
        await candidates.Engineer(named.Engineer, cancel)
        ?? (named.BackUp is { } backUp ? await candidates.Engineer(backUp, cancel) : null);

    private async ValueTask<Refusal?> Overloaded(NamedEngineer named, CancellationToken cancel) =>
        await candidates.MayBeAssigned(named.Engineer, cancel)
        ?? (named.BackUp is { } backUp ? await candidates.MayBeAssigned(backUp, cancel) : null);

    /// <param name="named">Whom.</param>
    /// <param name="by">Who names them.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="asksFirst">
    /// A slip in a menu of everybody would be told to four people at once, and only a hand-over takes it back.
    /// </param>
    private async Task<Reply> Assign(
        NamedEngineer named,
        UserId by,
        CancellationToken cancel,
        bool asksFirst = false
    )
    {
        if (await Unsuitable(named, cancel) is { } why)
        {
            return Reply.No(why);
        }

        if (await Overloaded(named, cancel) is { } speaksAgainst)
        {
            return Asked(Question(speaksAgainst.Sentence), named);
        }

        return asksFirst && await book.Find(named.Id, cancel) is { Value: var assignment }
            ? await AskFirst(assignment, named, by, cancel)
            : (await Decide(named, by, cancel)).Said(Done);
    }

    private async Task<Reply> AskFirst(
        Assignment assignment,
        NamedEngineer named,
        UserId by,
        CancellationToken cancel
    ) =>
        await book.WouldRefuse(
            assignment,
            by,
            (current, actor, now) =>
                current.StartWith(actor, named.Engineer, named.BackUp, calendar, now),
            cancel
        )
            is { } why
            ? Reply.No(why)
            : Asked(Question(assignment, named), named);

    /// <summary>What the form would ask now: whoever has said meanwhile that they are overloaded is asked about (M1).</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<NamedEngineer> form,
        CancellationToken cancel
    ) =>
        await Overloaded(form.State, cancel) is { } speaksAgainst ? Question(speaksAgainst.Sentence)
        : await book.Find(form.State.Id, cancel) is { Value: var known }
            ? Question(known, form.State)
        : null;

    private static Reply Asked(DialogForm form, NamedEngineer named) =>
        Dialog.Open(form, named, form.Introduction);

    private static DialogForm Question(Markdown speaksAgainst) =>
        new("Assign all the same?", []) { Introduction = speaksAgainst, SubmitLabel = "Assign" };

    private static DialogForm Question(Assignment assignment, NamedEngineer named) =>
        new("Assign the engineer?", [])
        {
            Introduction = Markdown.Of(
                $"{named.Engineer} becomes the assigned support engineer of **{assignment.CustomerName}** ({assignment.Id}), and is told at once, as are the CE and whoever requested it."
            ),
            SubmitLabel = "Assign",
        };

    private Task<Decision> Decide(NamedEngineer named, UserId by, CancellationToken cancel) =>
        book.Decide(
            named.Id,
            by,
            (assignment, actor, now) =>
                assignment.StartWith(actor, named.Engineer, named.BackUp, calendar, now),
            cancel
        );

    private static Markdown Done(Assignment next) =>
        Markdown.Of(
            $"{RequestWords.Person(next.Engineer)} is the assigned support engineer of {next.CustomerName} (**{next.Id}**). {RequestNotices.MissingBackUp(next)}"
        );
}

/// <summary><c>/escalate engineer backup</c>: names the back-up, another one, or none (ASG-3).</summary>
internal sealed class SetBackUp(
    AssignmentStore book,
    AssignmentFinder desk,
    NameablePeople candidates
) : ISlashCommand, IDialog<NamedBackUp>
{
    private static readonly Parameter<string> None = new(
        "none",
        "",
        source =>
            source.Next is { IsQuoted: false } word && NoneWord.Is(word.Value)
                ? ReadArgument.Of(NoneWord.Text)
                : ReadArgument.Absent<string>()
    )
    {
        IsOptional = true,
        Hint = "",
    };

    private static readonly Parameter<UserId> BackUp = Arguments.User(
        "backup",
        "Who is the back-up? Write the at-name, as in `@name`, or `none`."
    ) with
    {
        IsOptional = true,
        Usage = "<@backup or none>",
    };

    public static Permission Permission => RequestRights.BackUp;

    public static CommandSpec Spec { get; } =
        new(
            "engineer backup",
            "Name the back-up of an assigned engineer",
            ReviewArguments.One,
            None,
            BackUp
        )
        {
            Examples =
            [
                "engineer backup ASG-3 @engineer",
                "engineer backup acme @engineer",
                "engineer backup ASG-3 none",
            ],
            Details = "Of post-sales strategic customers only.",
        };

    public static DialogKey<NamedBackUp> Key { get; } =
        new("assignment.back-up-all-the-same", RequestJson.Default.NamedBackUp);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, unknown) = await desk.Find(call, call.Get(ReviewArguments.One)!, cancel);
        if (found is null)
        {
            return unknown!;
        }

        UserId? backUp = call.Get(BackUp) is { Value: not null } given ? given : null;
        if (backUp is null && call.Get(None) is null)
        {
            return Reply.No(
                new NotToBeNamed(
                    Markdown.Of(
                        $"Who is the back-up? Write the at-name, or {Markdown.Code(NoneWord.Text)}: {Markdown.Code($"/{SlashCommand.Trigger} engineer backup {found.Id} @name")}"
                    )
                )
            );
        }

        if (backUp is { } person && await candidates.Engineer(person, cancel) is { } why)
        {
            return Reply.No(why);
        }

        var named = new NamedBackUp(found.Id, backUp);
        return backUp is { } one && await candidates.MayBeAssigned(one, cancel) is { } overloaded
            ? Key.Open(
                new DialogForm("Back-up all the same?", [])
                {
                    Introduction = overloaded.Sentence,
                    SubmitLabel = "Name",
                },
                named,
                overloaded.Sentence
            )
            : (await Decide(named, call.Envelope.User, cancel)).Said(Done);
    }

    public async Task<SubmissionReply> Submit(
        Submission<NamedBackUp> submission,
        CancellationToken cancel
    ) => (await Decide(submission.State, submission.Envelope.User, cancel)).Settled(Done);

    /// <summary>Names one, or none; who is overloaded only by somebody who knows it.</summary>
    public async Task<Decision> Name(
        NamedBackUp named,
        UserId by,
        bool allTheSame,
        CancellationToken cancel
    ) =>
        named.BackUp is not { } backUp ? await Decide(named, by, cancel)
        : await candidates.Engineer(backUp, cancel) is { } why ? why
        : !allTheSame && await candidates.MayBeAssigned(backUp, cancel) is { } speaksAgainst
            ? speaksAgainst
        : await Decide(named, by, cancel);

    private Task<Decision> Decide(NamedBackUp named, UserId by, CancellationToken cancel) =>
        book.Decide(
            named.Id,
            by,
            (assignment, actor, _) => assignment.ChangeBackUp(actor, named.BackUp),
            cancel
        );

    private static Markdown Done(Assignment next) =>
        next.BackUp is { } now
            ? Markdown.Of($"{now} is the back-up of **{next.Id}** ({next.CustomerName}).")
            : Markdown.Of($"**{next.Id}** ({next.CustomerName}) has no back-up now.");
}
