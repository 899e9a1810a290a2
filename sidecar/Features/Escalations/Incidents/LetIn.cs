using System.Text.Json.Serialization;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Whom a button lets into which incident channel.</summary>
internal sealed record LetInRef(EscalationId Id, UserId Person);

/// <summary>
/// “Let them in”, in the channel of a private incident: somebody who follows it comes in when one of its members says so
/// (ALL-7).
/// </summary>
internal sealed class LetIn(EscalationStore book, RoleStore roles, IncidentReaders readers)
    : IAction<LetInRef>
{
    public static Permission Permission { get; } =
        Permission.Everybody("let somebody into an incident channel").AskedNow();

    public static ActionKey<LetInRef> Key { get; } =
        new("incident.let-in", LetInJson.Default.LetInRef);

    public async Task<Reply> Press(ActionCall<LetInRef> call, CancellationToken cancel)
    {
        var (id, person) = call.Payload;
        var by = call.Envelope.User;
        if (
            await book.Find(id, cancel) is not { Value.Incident: { Channel: not null } incident }
            || !await readers.IsInside(incident, by, cancel)
        )
        {
            return Reply.No(new OnlyMembersLetIn(id));
        }

        var wanted = await roles.OfNow(person, cancel);
        if (wanted.IsGuest || wanted.IsOutside)
        {
            return Reply.No(new NotToBeLetIn(person));
        }

        return await book.Decide(
            id,
            by,
            (escalation, _, _) => escalation.LetIn(person, by),
            cancel
        ) switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Say(Markdown.Of($"{person} is let in.")),
        };
    }
}

internal sealed record OnlyMembersLetIn(EscalationId Id)
    : Refusal(Markdown.Of($"Only people in the incident channel of {Id} can let others in."));

internal sealed record NotToBeLetIn(UserId Person)
    : Refusal(
        Markdown.Of($"{Person} is a guest, or no longer on the team, so I can’t let them in.")
    );

[JsonSerializable(typeof(LetInRef))]
internal sealed partial class LetInJson : JsonSerializerContext;
