using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// One owns it, others follow (ESC-7): whoever follows has it among theirs, and the mention in its thread makes
/// Mattermost tell them of what is said there. By command, menu and the button of a duplicate.
/// </summary>
internal sealed class FollowEscalation(EscalationStore book) : ISlashCommand, IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Follow;

    public static CommandSpec Spec { get; } =
        new("follow", "Follow an escalation", EscalationArguments.Id)
        {
            Examples = ["follow ESC-12"],
        };

    public static ActionKey<EscalationRef> Key => EscalationKeys.Follower;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Follow(call.Get(EscalationArguments.Id), call.Envelope.User, cancel);

    public async Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel)
    {
        var reply = await Follow(call.Payload.Id, call.Envelope.User, cancel);
        return reply is Reply.Whisper { IsRefusal: false, Text: var done }
            ? Reply.Settled(done)
            : reply;
    }

    /// <summary>By the card's menu, which is the same for everybody: who follows does so no more.</summary>
    public async Task<Reply> Turn(EscalationId id, UserId by, CancellationToken cancel) =>
        await book.Decide(
            id,
            by,
            (escalation, actor, _) =>
                escalation.Followers.Contains(by)
                    ? escalation.Unfollow(by)
                    : escalation.Follow(actor),
            cancel
        ) switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            Decision.Accepted { Next: var next } when !next.Followers.Contains(by) => Reply.Say(
                Markdown.Of($"You do not follow {id} any more.")
            ),
            var decision => Followed(id, by, decision),
        };

    public async Task<Reply> Follow(EscalationId id, UserId by, CancellationToken cancel) =>
        await book.Decide(id, by, (escalation, actor, _) => escalation.Follow(actor), cancel) switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            var decision => Followed(id, by, decision),
        };

    private static Reply Followed(EscalationId id, UserId by, Decision decision)
    {
        var followed = Markdown.Of(
            $"You follow {id} now; it is in {EscalationWords.Command("list mine")}."
        );
        return Reply.Say(
            decision is Decision.Accepted { Next.Incident: { IsPrivate: true } incident } accepted
            && !incident.Admitted.Contains(by)
                ? accepted.Facts.OfType<EscalationFact.Followed>().Any(f => f.IsAgain)
                    ? Markdown.Of(
                        $"{followed} It is worked on in a private channel: its members were asked before, and can let you in."
                    )
                    : Markdown.Of(
                        $"{followed} It is worked on in a private channel: its members are told, and can let you in."
                    )
                : followed
        );
    }
}

/// <summary>Enough heard of it.</summary>
internal sealed class UnfollowEscalation(EscalationStore book) : ISlashCommand
{
    public static Permission Permission => EscalationRights.Follow;

    public static CommandSpec Spec { get; } =
        new("unfollow", "Stop following an escalation", EscalationArguments.Id)
        {
            Examples = ["unfollow ESC-12"],
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Unfollow(call.Get(EscalationArguments.Id), call.Envelope.User, cancel);

    public async Task<Reply> Unfollow(EscalationId id, UserId by, CancellationToken cancel) =>
        await book.Decide(id, by, (escalation, _, _) => escalation.Unfollow(by), cancel) switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Say(Markdown.Of($"You do not follow {id} any more.")),
        };
}
