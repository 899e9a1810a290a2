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

/// <summary>A lead approves a request: by command and by button (ASG-1); beyond the cap by form (ASG-2).</summary>
internal sealed class ApproveRequest(Vetting desk, Vetters vetters)
    : ISlashCommand,
        IAction<RequestRef>,
        IDialog<RequestRef>
{
    private const string Reason = "because";

    private static readonly Parameter<string> Because = Arguments
        .Rest("because …", "Why does it exceed the cap?")
        .OrNothing();

    public static Permission Permission => RequestRights.Vet;

    public static CommandSpec Spec { get; } =
        new(
            "engineer approve",
            "Approve a request for an assigned engineer",
            RequestArguments.Id,
            Because
        )
        {
            Examples =
            [
                "engineer approve ASG-3",
                "engineer approve ASG-3 because they sign this month",
            ],
            Details =
                "One approval each of CS lead, CE lead and sales lead; whoever has several of these roles approves for all of them at once. When all places are taken, the CS lead exceeds the cap with a reason.",
        };

    public static ActionKey<RequestRef> Key { get; } =
        new("assignment.approve", RequestJson.Default.RequestRef);

    static DialogKey<RequestRef> IDialog<RequestRef>.Key => Dialog;

    private static DialogKey<RequestRef> Dialog { get; } =
        new("assignment.exceed-cap", RequestJson.Default.RequestRef);

    public Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var because = call.Get(Because) ?? "";
        return Approve(
            call.Get(RequestArguments.Id),
            call.Envelope.User,
            because.StartsWith(Reason, StringComparison.OrdinalIgnoreCase)
                ? because[Reason.Length..].TrimStart(' ', ':', '…')
                : because,
            cancel
        );
    }

    public Task<Reply> Press(ActionCall<RequestRef> call, CancellationToken cancel) =>
        Approve(call.Payload.Id, call.Envelope.User, "", cancel);

    public async Task<SubmissionReply> Submit(
        Submission<RequestRef> submission,
        CancellationToken cancel
    ) =>
        submission[Reason] is not { Length: > 0 } because
            ? SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Reason] = "Say in a few words why.",
                }
            )
            : (
                await desk.Approve(submission.State.Id, submission.Envelope.User, because, cancel)
            ).Settled(next => Markdown.Of($"**{next.Id}** for {next.CustomerName} is approved."));

    private async Task<Reply> Approve(
        AssignmentId id,
        UserId by,
        string because,
        CancellationToken cancel
    ) =>
        await desk.Approve(id, by, because, cancel) switch
        {
            Decision.Refused { Why: CapReached { MayExceed: true } reached } => Dialog.Open(
                Form(reached),
                new RequestRef(id),
                reached.Sentence
            ),
            Decision.Accepted { Next: var next, Facts: var facts } => Reply.Done(
                Done(next, facts, (await vetters.Now(cancel)))
            ),
            var decision => decision.Said(_ => Markdown.None),
        };

    private static Markdown Done(
        Assignment next,
        IReadOnlyList<AssignmentFact> facts,
        VettersNow vetters
    )
    {
        var given = facts.OfType<AssignmentFact.Approved>().FirstOrDefault();
        var first = given is null
            ? Markdown.Of($"**{next.Id}** may exceed the cap; the reason is on the record.")
            : Markdown.Of($"You approved **{next.Id}** as {given.As.Joined("and")}.");
        return next.HasPlace
            ? Markdown.Of(
                $"{first} Now all have. {facts.OfType<AssignmentFact.PlaceTaken>().Single().Sentence}"
            )
            : Markdown.Of($"{first} Still to approve: {vetters.Without(next.Approvals).Named()}.");
    }

    private static DialogForm Form(CapReached reached) =>
        new(
            "Exceed the cap",
            [
                new DialogField(Reason, "Exceed the cap because", FieldKind.LongText)
                {
                    MaxLength = Assignment.MaxTextLength,
                    Help = "Those concerned are told, and it stays on the record.",
                },
            ]
        )
        {
            Introduction = Markdown.Lines([
                Markdown.Of(
                    $"**{reached.Assignment.Id}** · {reached.Assignment.CustomerName}: all {reached.Places.Most} places are taken."
                ),
                RequestWords.Listed(reached.Places.Taken),
            ]),
            SubmitLabel = "Approve",
        };
}

/// <summary>A lead declines a request: by command, by button and form (ASG-1).</summary>
internal sealed class DeclineRequest(Vetting desk, AssignmentStore book)
    : ISlashCommand,
        IDialog<RequestRef>
{
    public const string Why = "why";

    public static Permission Permission => RequestRights.Vet;

    public static CommandSpec Spec { get; } =
        new(
            "engineer decline",
            "Decline a request for an assigned engineer, with the reason",
            RequestArguments.Id,
            RequestArguments.Why
        )
        {
            Examples = ["engineer decline ASG-3 Their questions are few"],
        };

    public static DialogKey<RequestRef> Key { get; } =
        new("assignment.decline", RequestJson.Default.RequestRef);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(RequestArguments.Id);
        return call.Get(RequestArguments.Why) is { Length: > 0 } why
            ? (await desk.Decline(id, call.Envelope.User, why, cancel)).Said(next =>
                Markdown.Of($"**{next.Id}** is declined, and {next.RequestedBy} is told why.")
            )
            : await Ask(id, cancel);
    }

    /// <summary>The form that asks for the reason.</summary>
    public async Task<Reply> Ask(AssignmentId id, CancellationToken cancel) =>
        await book.Find(id, cancel) switch
        {
            null => Reply.No(new NoSuchAssignment(id)),
            { Value: { State: not AssignmentState.Requested } over } => Reply.No(
                new NotRequested(over)
            ),
            { Value: var requested } => Key.Open(
                new DialogForm(
                    $"Decline {id}",
                    [
                        new DialogField(Why, "Why?", FieldKind.LongText)
                        {
                            MaxLength = Assignment.MaxTextLength,
                            Help = "Whoever requested it is told, and it stays on the record.",
                        },
                    ]
                )
                {
                    Introduction = Markdown.Of($"**{requested.CustomerName}**: {requested.Why}"),
                    SubmitLabel = "Decline",
                },
                new RequestRef(id),
                Markdown.Of($"Write it as a command: {RequestWords.Command($"decline {id} why")}")
            ),
        };

    public async Task<SubmissionReply> Submit(
        Submission<RequestRef> submission,
        CancellationToken cancel
    ) =>
        submission[Why] is not { Length: > 0 } why
            ? SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Why] = "Say in a few words why.",
                }
            )
            : (
                await desk.Decline(submission.State.Id, submission.Envelope.User, why, cancel)
            ).Settled(next =>
                Markdown.Of($"**{next.Id}** is declined, and {next.RequestedBy} is told why.")
            );
}

/// <summary>The button that declines: asks why.</summary>
internal sealed class AskWhyDeclined(DeclineRequest decline) : IAction<RequestRef>
{
    public static Permission Permission => RequestRights.Vet;

    public static ActionKey<RequestRef> Key { get; } =
        new("assignment.ask-why-declined", RequestJson.Default.RequestRef);

    public Task<Reply> Press(ActionCall<RequestRef> call, CancellationToken cancel) =>
        decline.Ask(call.Payload.Id, cancel);
}

/// <summary><c>/escalate engineer withdraw</c>: whoever requested it takes it back.</summary>
internal sealed class WithdrawRequest(Vetting desk) : ISlashCommand
{
    public static Permission Permission => RequestRights.Withdraw;

    public static CommandSpec Spec { get; } =
        new(
            "engineer withdraw",
            "Withdraw a request for an assigned engineer",
            RequestArguments.Id,
            RequestArguments.Why
        )
        {
            Examples = ["engineer withdraw ASG-3", "engineer withdraw ASG-3 Solved another way"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        (
            await desk.Withdraw(
                call.Get(RequestArguments.Id),
                call.Envelope.User,
                call.Get(RequestArguments.Why) ?? "",
                cancel
            )
        ).Said(next => Markdown.Of($"The request **{next.Id}** is withdrawn."));
}
