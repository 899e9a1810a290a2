using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary><c>/escalate summary ESC-1</c>: the draft of the incident summary, as a Markdown file to be finished (PB-8).</summary>
internal sealed class DraftSummary(
    EscalationStore book,
    IncidentReaders readers,
    Store store,
    TimeProvider clock
) : ISlashCommand, IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "summary",
            "Draft the incident summary from the timeline, as a Markdown file",
            EscalationArguments.Id
        )
        {
            Examples = ["summary ESC-12"],
        };

    public static ActionKey<EscalationRef> Key { get; } =
        new("escalation.summary", EscalationJson.Default.EscalationRef);

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Send(call.Get(EscalationArguments.Id), call.Envelope, cancel);

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Send(call.Payload.Id, call.Envelope, cancel);

    private async Task<Reply> Send(EscalationId id, Envelope from, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (await readers.WhyNot(escalation, from.User, cancel) is { } why)
        {
            return Reply.No(why);
        }

        if (await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is null)
        {
            // When the same act was delivered twice at once, one commit loses, and the file is on its way all the same.
            await store.Commit(Change(id, from), cancel);
        }

        return Reply.Say(
            Markdown.Of(
                $"The draft of {id}’s summary is being written. I will send it to you by direct message."
            )
        );
    }

    private Change Change(EscalationId id, Envelope from)
    {
        var now = clock.GetUtcNow();
        return new Change(now, from.User.Value)
            .Add(IdempotencyRecord.Kind, from.Act, new IdempotencyRecord($"summary of {id}", now))
            .Do(
                new Effect.SendFile(
                    from.User,
                    Markdown.Of(
                        $"Here is the draft of {id}’s summary, made from its timeline. What only people know is marked *to be written*."
                    ),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{id}-summary-{now.UtcDateTime:yyyy-MM-dd}.md"
                    ),
                    IncidentSummary.Name,
                    id.ToString()
                )
                {
                    About = id.ToString(),
                    OnBehalfOf = from.User,
                    Otherwise = Markdown.Of(
                        $"Until then {EscalationWords.Command($"timeline {id}")} shows what it is made of."
                    ),
                }
            );
    }
}
