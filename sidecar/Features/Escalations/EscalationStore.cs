using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Features.Escalations.Reminders;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// All escalations: how they are found, and the one way in which they change. Whatever a rule decides is committed with
/// its cards, its line in the thread, its reminders and its entry in the audit trail, or not at all.
/// </summary>
internal sealed class EscalationStore(
    Store store,
    RoleStore roles,
    FollowUpPolicy aftermath,
    IncidentEffects incidents,
    ReminderPlan plan,
    TimeProvider clock
)
    : AggregateStore<EscalationId, Escalation, EscalationFact>(
        EscalationIndexes.Kind,
        EscalationJson.Default.EscalationFact,
        store,
        roles,
        clock
    ),
        IShowsAgain
{
    /// <summary>Its cards and checklists, wherever they stand.</summary>
    public async Task<bool> ShowAgain(PostName post, CancellationToken cancel) =>
        EscalationId.Read(post.Value.Split('/')[0]) is { } id
        && await ShowAgain(
            id,
            escalation =>
                EscalationCards
                    .Show(escalation, onBehalfOf: null)
                    .Concat(IncidentEffects.Cards(escalation))
                    .OfType<Effect.ShowCard>()
                    .FirstOrDefault(c => c.Post == post),
            cancel
        );

    /// <summary>Commits an escalation that is new.</summary>
    /// <returns>False when this act was committed before, or a document was changed by somebody else.</returns>
    public Task<bool> Add(
        Decision.Accepted raised,
        Envelope from,
        DateTimeOffset now,
        CancellationToken cancel
    ) => Add(raised.Next.Id, raised, from, now, cancel);

    protected override FactTable<Escalation, EscalationFact> Told => EscalationsTold.Table;

    protected override Refusal NoSuch(EscalationId id) => new NoSuchEscalation(id);

    protected override Refusal Done(EscalationId id) => new DoneAlready(id);

    protected override Decision.Accepted WithWhatFollows(
        Escalation? before,
        Decision.Accepted decided,
        DateTimeOffset now
    ) => aftermath.Of(before, decided, now);

    protected override void SetReminders(Change change, EscalationId id, Escalation? escalation) =>
        plan.Set(change, id, escalation);

    protected override void AddTo(Change change, Decision.Accepted decided)
    {
        if (
            decided.Facts.Any(f => f is EscalationFact.Edited)
            && decided.Next is { Severity: Severity.Sev1, Incident.Channel: not null }
        )
        {
            // It may be one only now, and who is on duty belongs into its channel.
            change.Due(JoinOnDuty.Kind, decided.Next.Id.ToString(), change.Now);
        }

        foreach (var posted in decided.Facts.OfType<EscalationFact.UpdatePosted>())
        {
            var stored = new StoredUpdate(decided.Next.Id, posted.Update);
            change.Add(StoredUpdate.Kind, stored.Id, stored);
        }
    }

    protected override Settlement? Settles(
        Escalation before,
        Decision.Accepted decided,
        OpenMessage message
    ) => EscalationQuestions.Settles(before, decided, message);

    protected override Card? Refreshed(
        Escalation before,
        Decision.Accepted decided,
        OpenMessage message
    ) => EscalationQuestions.Refreshed(decided.Next, message);

    protected override IEnumerable<Effect> Tell(
        Escalation? before,
        Decision.Accepted decided,
        UserId? by
    )
    {
        var escalation = decided.Next;
        var cards = decided.Facts.Any(f => f.ChangesCard)
            ? EscalationCards.Show(escalation, by)
            : [];
        return
        [
            .. cards,
            .. decided.Facts.SelectMany(f => EscalationNotices.Of(escalation, f, by)),
            .. incidents.Of(before, escalation, decided.Facts),
        ];
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Escalation))]
[JsonSerializable(typeof(EscalationFact))]
[JsonSerializable(typeof(EscalationRef))]
[JsonSerializable(typeof(MoveRef))]
[JsonSerializable(typeof(IntakeState))]
[JsonSerializable(typeof(IntakeDraft))]
[JsonSerializable(typeof(DraftRef))]
[JsonSerializable(typeof(KeptDraft))]
[JsonSerializable(typeof(EditState))]
[JsonSerializable(typeof(MergeRef))]
[JsonSerializable(typeof(CustomerRef))]
internal sealed partial class EscalationJson : JsonSerializerContext;
