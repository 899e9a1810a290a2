using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary><c>/escalate playbook start ESC-1</c>: a playbook is followed from now on (PB-2).</summary>
internal sealed class StartPlaybook(EscalationStore book, IPlaybooks playbooks) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Which = Arguments
        .Name("playbook", "Which playbook? `playbook list` shows them.")
        .OrNothing() with
    {
        Completes = IPlaybooks.Completed,
    };

    public static Permission Permission => EscalationRights.Start;

    public static CommandSpec Spec { get; } =
        new("playbook start", "Start a playbook", EscalationArguments.Id, Which)
        {
            Examples = ["playbook start ESC-12", "playbook start ESC-12 sev1"],
            Details =
                "Without a name it is the one for its severity and category. When the incident channel could not be opened, this tries it again.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(EscalationArguments.Id);
        return await Start(id, call.Get(Which)?.Value, call.Envelope.User, cancel) switch
        {
            Decision.Refused { Why: NoSuchPlaybook unknown } => Reply.No(unknown),
            Decision.Refused refused => Refused(call, refused.Why),
            Decision.Accepted { Next.Incident.NoChannel: not null } => Reply.Say(
                Markdown.Of($"I am trying again to open the incident channel of {id}.")
            ),
            Decision.Accepted { Next.Incident: { } incident } => Reply.Say(
                Markdown.Of(
                    $"{id} follows **{incident.PlaybookName}** now. {EscalationWords.Command($"tasks {id}")} shows its tasks."
                )
            ),
            _ => Reply.Nothing,
        };
    }

    /// <summary>Starts one, or tries again to open the channel of what follows one.</summary>
    /// <param name="id">Of which escalation.</param>
    /// <param name="name">Which playbook; null: the one for its severity and category.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Decision> Start(
        EscalationId id,
        string? name,
        UserId by,
        CancellationToken cancel
    ) =>
        await book.Find(id, cancel) is not { Value: var escalation } ? new NoSuchEscalation(id)
        : Chosen(escalation, name) is not { } playbook
            ? new NoSuchPlaybook(name, [.. playbooks.All.Keys])
        : await book.Decide(
            id,
            by,
            (current, actor, now) => current.Start(playbook, actor, now),
            cancel
        );

    /// <summary>Whoever named a playbook gets back what they typed (ALL-2).</summary>
    private static Reply Refused(CommandCall call, Refusal why) =>
        call.Get(Which) is null
            ? Reply.No(why)
            : Reply.Say(Markdown.Of($"{why.Sentence}\n{CommandParser.YouTyped(call.Line)}"));

    private Playbook? Chosen(Escalation escalation, string? name) =>
        name is not null ? IPlaybooks.Called(playbooks.All.Values, name)
        : escalation.Incident is { } running
            ? playbooks.All.GetValueOrDefault(running.Playbook)
                ?? new Playbook(running.Playbook, running.PlaybookName, [])
        : playbooks.For(
            Vocabulary.Severities.Code(escalation.Severity),
            Vocabulary.Categories.Code(escalation.Category)
        ) ?? (playbooks.All.Count == 1 ? playbooks.All.Values.First() : null);
}

internal sealed record NoSuchPlaybook(string? Name, IReadOnlyList<string> All)
    : Refusal(
        Name is null
            ? Markdown.Of(
                $"No playbook is meant for this severity and category: name one of {Names(All)}."
            )
            : Markdown.Of($"There is no playbook “{Name}”. There are: {Names(All)}.")
    )
{
    private static Markdown Names(IReadOnlyList<string> all) =>
        all.Count == 0
            ? Markdown.Of($"none")
            : Markdown.Listed([.. all.Select(Markdown.Code)], "and");
}

/// <summary>The button of an administrator who has mended what stood in the way of the incident channel.</summary>
internal sealed class TryChannelAgain(EscalationStore book) : IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.OpenChannelAgain;

    public static ActionKey<EscalationRef> Key { get; } =
        new("escalation.try-channel-again", EscalationJson.Default.EscalationRef);

    public async Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        await book.Decide(
            call.Payload.Id,
            call.Envelope.User,
            (escalation, actor, _) => escalation.AskForChannelAgain(actor),
            cancel
        ) switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Say(
                Markdown.Of($"I am trying again to open the incident channel of {call.Payload.Id}.")
            ),
        };
}

/// <summary>The fix was watched, and held (PB-5).</summary>
internal sealed class SayThatItHeld(EscalationStore book) : IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Work;

    public static ActionKey<EscalationRef> Key { get; } =
        new("escalation.it-held", EscalationJson.Default.EscalationRef);

    public async Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        await book.Decide(
            call.Payload.Id,
            call.Envelope.User,
            (escalation, actor, now) => escalation.FixHolds(actor, now),
            cancel
        ) switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Done(Markdown.Of($"Noted: the fix for {call.Payload.Id} held.")),
        };
}
