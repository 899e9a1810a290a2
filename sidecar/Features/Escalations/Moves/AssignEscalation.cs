using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>Gives an escalation to one person: by command and by the card's menu.</summary>
internal sealed class AssignEscalation(EscalationBook book, PeopleDirectory people)
    : ISlashCommand,
        IAction<EscalationRef>
{
    private static readonly Parameter<UserId> Owner = Arguments.User(
        "user",
        "Whom shall it be given to? Write the at-name, as in `@name`."
    );

    public static Permission Permission => EscalationRights.Assign;

    public static CommandSpec Spec { get; } =
        new("assign", "Give an escalation to somebody", EscalationArguments.Id, Owner)
        {
            Examples = ["assign ESC-12 @engineer"],
        };

    public static ActionKey<EscalationRef> Key { get; } =
        new("escalation.assign", EscalationJson.Default.EscalationRef);

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Assign(call.Get(EscalationArguments.Id), call.Get(Owner), call.Envelope.User, cancel);

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        call.Chosen is { Length: > 0 } chosen
            ? Assign(call.Payload.Id, new UserId(chosen), call.Envelope.User, cancel)
            : Task.FromResult(
                Reply.Say(Words.Of($"Nobody was chosen, so {call.Payload.Id} stays as it is."))
            );

    private async Task<Reply> Assign(
        EscalationId id,
        UserId to,
        UserId by,
        CancellationToken cancel
    )
    {
        switch (await people.Latest(to, cancel))
        {
            case null:
                return Reply.Say(
                    Words.Of($"Mattermost knows nobody with that id, so {id} stays as it is.")
                );
            case { IsBot: true }:
                return Reply.Say(Words.Of($"{to} is a bot and can't own {id}. Choose a person."));
            case { IsDeactivated: true }:
                return Reply.Say(
                    Words.Of($"The account of {to} is deactivated, so {id} was not given to them.")
                );
            case { IsGuest: true }:
                return Reply.Say(
                    Words.Of(
                        $"{to} is a guest of this server and can't own {id}. Choose somebody of the team."
                    )
                );
        }

        return await book.Decide(
            id,
            by,
            (escalation, actor, now) => escalation.Assign(to, actor, now),
            cancel
        ) switch
        {
            Decision<Escalation, EscalationFact>.Accepted => Reply.Say(
                to == by ? Words.Of($"{id} is yours now.") : Words.Of($"{id} is {to}’s now.")
            ),
            Decision<Escalation, EscalationFact>.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}
