using Sidecar.Features.Availability;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

/// <summary>Gives an escalation to one person: by command and by the card's menu.</summary>
internal sealed class AssignEscalation(
    EscalationStore book,
    PeopleDirectory people,
    Overloads overloads
) : ISlashCommand, IAction<EscalationRef>
{
    private static readonly Parameter<UserId> Owner = Arguments.User(
        "user",
        "Who should it go to? Write the at-name, as in `@name`."
    );

    private static readonly Parameter<string> Anyway = Arguments
        .Keyword("anyway", "Write `anyway` after the name of somebody who is overloaded.")
        .OrNothing();

    public static Permission Permission => EscalationRights.Assign;

    public static CommandSpec Spec { get; } =
        new("assign", "Give an escalation to somebody", EscalationArguments.Id, Owner, Anyway)
        {
            Synonyms = ["handover"],
            Examples = ["assign ESC-12 @engineer", "assign ESC-12 @engineer anyway"],
            Details = "Somebody who said that they are overloaded gets it only with `anyway`.",
        };

    public static ActionKey<EscalationRef> Key => EscalationKeys.Owner;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Assign(
            call.Get(EscalationArguments.Id),
            call.Get(Owner),
            call.Envelope.User,
            call.Get(Anyway) is not null,
            cancel
        );

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        call.ChosenPerson is { } chosen
            ? Assign(call.Payload.Id, chosen, call.Envelope.User, anyway: false, cancel)
            : Task.FromResult(
                Reply.No(Markdown.Of($"Nobody was chosen, so {call.Payload.Id} stays as it is."))
            );

    /// <summary>
    /// Gives it to somebody; <paramref name="anyway"/> also when they are overloaded, and not when
    /// <paramref name="unless"/> says why not, of the escalation as it is when it is decided.
    /// </summary>
    public async Task<Reply> Assign(
        EscalationId id,
        UserId to,
        UserId by,
        bool anyway,
        CancellationToken cancel,
        Func<Escalation, Refusal?>? unless = null
    )
    {
        if (await WhyNot(id, to, cancel) is { IsEmpty: false } unsuitable)
        {
            return Reply.No(unsuitable);
        }

        // Whoever takes it themselves has confirmed it by that.
        var overload = anyway || to == by ? null : await overloads.Find(to, cancel);
        return await book.Decide(
            id,
            by,
            (escalation, actor, now) =>
                unless?.Invoke(escalation) is { } why
                    ? why
                    : Confirmed(id, escalation.Assign(to, actor, now), overload),
            cancel
        ) switch
        {
            Decision<Escalation, EscalationFact>.Accepted => Reply.Done(
                to == by ? Markdown.Of($"{id} is yours now.") : Markdown.Of($"{id} is {to}’s now.")
            ),
            Decision<Escalation, EscalationFact>.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    /// <summary>Why somebody can own nothing; nothing when they can.</summary>
    public async Task<Markdown> WhyNot(EscalationId id, UserId to, CancellationToken cancel) =>
        await people.Latest(to, cancel) switch
        {
            null => Markdown.Of($"Mattermost knows nobody with that id, so {id} stays as it is."),
            { IsBot: true } => Markdown.Of($"{to} is a bot and can’t own {id}. Choose a person."),
            { IsDeactivated: true } => Markdown.Of(
                $"The account of {to} is deactivated, so {id} was not given to them."
            ),
            { IsGuest: true } => Markdown.Of(
                $"{to} is a guest on this server and can’t own {id}. Choose somebody on the team."
            ),
            _ => Markdown.None,
        };

    /// <summary>Somebody overloaded is given nothing by accident (ASG-11).</summary>
    private Decision<Escalation, EscalationFact> Confirmed(
        EscalationId id,
        Decision<Escalation, EscalationFact> decided,
        Overload? overload
    ) =>
        overload is not null && decided is Decision<Escalation, EscalationFact>.Accepted
            ? new IsOverloaded(
                overload,
                Markdown.Of($"{id}"),
                $"assign {id} @{people.NameOf(overload.Person) ?? "name"} anyway"
            )
            : decided;
}
