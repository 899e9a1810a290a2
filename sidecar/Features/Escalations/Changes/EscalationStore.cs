using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Changes;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// All escalations: how they are found, and the one way in which they change. Whatever a rule decides is committed with
/// its cards, its line in the thread, its reminders and its entry in the audit trail, or not at all.
/// </summary>
internal sealed class EscalationStore(
    Store store,
    RoleStore roles,
    FollowUpPolicy aftermath,
    IEnumerable<IEscalationPart> parts,
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
        Of(post) is { } id && await ShowAgain(id, escalation => Of(escalation, post), cancel);

    public async ValueTask<Effect.ShowCard?> Shown(PostName post, CancellationToken cancel) =>
        Of(post) is { } id && await Find(id, cancel) is { Value: var it } ? Of(it, post) : null;

    /// <summary>Commits an escalation that is new.</summary>
    /// <param name="raised">What was decided.</param>
    /// <param name="from">Who, where.</param>
    /// <param name="now">When.</param>
    /// <param name="also">Committed with it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False when this act was committed before, or a document was changed by somebody else.</returns>
    public Task<bool> Add(
        Decision.Accepted raised,
        Envelope from,
        DateTimeOffset now,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    ) => Add(raised.Next.Id, raised, from, now, cancel, also);

    private static EscalationId? Of(PostName post) => EscalationId.Read(post.Value.Split('/')[0]);

    private Effect.ShowCard? Of(Escalation escalation, PostName post) =>
        EscalationCards
            .Show(escalation, onBehalfOf: null)
            .Concat(parts.SelectMany(part => part.Posts(escalation)))
            .OfType<Effect.ShowCard>()
            .FirstOrDefault(c => c.Post == post);

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
        foreach (var part in parts)
        {
            part.AddTo(change, decided);
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
    ) => EscalationQuestions.Refreshed(before, decided.Next, message);

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
            .. decided.Facts.SelectMany(f => EscalationNotices.Of(escalation, f, by, parts)),
            .. parts.SelectMany(part => part.Effects(before, escalation, decided.Facts)),
        ];
    }
}
