using Sidecar.Cards;
using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>What became of an intake.</summary>
internal abstract record Raising
{
    private Raising() { }

    /// <summary>It is raised, or was by the same act before.</summary>
    public sealed record Raised(Escalation Escalation) : Raising;

    /// <summary>The customer has an open one of the same category; its person was asked what to do (ESC-11).</summary>
    public sealed record Asked(Escalation Existing) : Raising;
}

/// <summary>Raises escalations, and routes them in the same commit (ESC-1 to ESC-4, ESC-11).</summary>
internal sealed class EscalationIntake(
    Store store,
    EscalationBook book,
    CustomerBook customers,
    RoutingDesk desk,
    TimeProvider clock
)
{
    /// <summary>How many open ones of a customer are looked through for one of the same category.</summary>
    private const int LookedThrough = 100;

    /// <summary>
    /// Raises an escalation. The same act (a retried delivery, a double click on the form's button) raises it once and
    /// gets the same one back (ESC-9).
    /// </summary>
    /// <param name="intake">What was told.</param>
    /// <param name="from">Who, where.</param>
    /// <param name="evenIfDuplicate">They know of the open one and want another.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="seen">The open one that they were shown already, and are not asked about again.</param>
    /// <param name="askAs">The act under which it is kept when they are asked; null: the act of <paramref name="from"/>.</param>
    public async Task<Raising> Raise(
        Intake intake,
        Envelope from,
        bool evenIfDuplicate,
        CancellationToken cancel,
        EscalationId? seen = null,
        string? askAs = null
    )
    {
        while (true)
        {
            if (await store.Find(ActReceipt.Kind, from.Act, cancel) is { Value.Made: var made })
            {
                return new Raising.Raised(
                    (await store.Find(EscalationIndexes.Kind, made, cancel))!.Value
                );
            }

            var (key, customer) =
                await customers.Find(intake.CustomerName, cancel)
                ?? throw new ArgumentException("An intake names its customer.", nameof(intake));
            if (
                !evenIfDuplicate
                && await SameOpen(
                    customer is null
                        ? EscalationIndexes.Unknown(intake.CustomerName)
                        : EscalationIndexes.Of(key),
                    intake.Category,
                    cancel
                )
                    is { } existing
                && existing.Id != seen
            )
            {
                await Ask(intake, existing, @from with { Act = askAs ?? from.Act }, cancel);
                return new Raising.Asked(existing);
            }

            var now = clock.GetUtcNow();
            var known = RoutingDesk.Known(customer);
            var raised = intake.ToEscalation(
                new EscalationId(await store.Engine.NextNumber(EscalationId.Series, cancel)),
                key,
                known,
                from,
                now
            );
            var route = desk.RouteOf(raised.Category, known);
            var routed = (Decision<Escalation, EscalationFact>.Accepted)
                raised.Follow(route, await desk.Teams(route, cancel), now);
            var decided = new Decision<Escalation, EscalationFact>.Accepted(
                routed.Next,
                [
                    new EscalationFact.Raised(
                        from.User,
                        raised.CustomerName,
                        raised.Severity,
                        raised.Summary
                    ),
                    .. routed.Facts,
                ]
            );
            if (await book.Add(decided, from, now, cancel))
            {
                return new Raising.Raised(decided.Next);
            }
        }
    }

    /// <summary>Keeps what somebody began, and says something that has the button to go on with it.</summary>
    /// <param name="draft">What was told so far.</param>
    /// <param name="from">Who, where; the act names the draft.</param>
    /// <param name="say">What is said.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="seen">The open one that it shows.</param>
    public async Task Keep(
        IntakeDraft draft,
        Envelope from,
        Func<DraftRef, Effect> say,
        CancellationToken cancel,
        EscalationId? seen = null
    )
    {
        var now = clock.GetUtcNow();
        var kept = new KeptDraft(from.User, from.Team, from.Channel, from.Thread, draft, now)
        {
            Seen = seen,
        };
        // Kept already by the same act, delivered again: then it was said, too.
        await store.Commit(
            new Change(now, from.User.Value)
                .Add(KeptDraft.Kind, from.Act, kept)
                .Due(ForgetDraft.Kind, from.Act, now + ForgetDraft.After)
                .Do(say(new DraftRef(from.Act))),
            cancel
        );
    }

    /// <summary>
    /// The open one that whoever fills in a form must have seen before theirs is raised as well (ESC-11). Pressing again
    /// after it was shown is the answer. An emergency is not asked anything first.
    /// </summary>
    /// <param name="intake">What was told.</param>
    /// <param name="from">Who, where.</param>
    /// <param name="seen">The open one that they were shown already.</param>
    /// <param name="form">The act of the form, under which it is noted that it was shown.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The open one, and whether it is shown for the first time; null when there is nothing to show.</returns>
    public async Task<ShownOpen?> ShowOpen(
        Intake intake,
        Envelope from,
        EscalationId? seen,
        string form,
        CancellationToken cancel
    )
    {
        if (
            intake.Severity <= Severity.Sev2
            || await store.Find(ActReceipt.Kind, from.Act, cancel) is not null
            || await customers.Find(intake.CustomerName, cancel) is not { } found
            || await SameOpen(
                found.Known is null
                    ? EscalationIndexes.Unknown(intake.CustomerName)
                    : EscalationIndexes.Of(found.Key),
                intake.Category,
                cancel
            )
                is not { } existing
        )
        {
            return null;
        }

        if (existing.Id == seen)
        {
            return new ShownOpen(existing, IsNew: false);
        }

        var now = clock.GetUtcNow();
        var note = await store.Find(KeptDraft.Kind, form, cancel);
        if (note?.Value.Seen == existing.Id)
        {
            return new ShownOpen(existing, IsNew: false);
        }

        var kept = new KeptDraft(
            from.User,
            from.Team,
            from.Channel,
            from.Thread,
            EscalationText.Of(intake).ToDraft(),
            now
        )
        {
            Seen = existing.Id,
        };
        var change = new Change(now, from.User.Value).Due(
            ForgetDraft.Kind,
            form,
            now + ForgetDraft.After
        );
        await store.Commit(
            note is null
                ? change.Add(KeptDraft.Kind, form, kept)
                : change.Replace(KeptDraft.Kind, note, kept),
            cancel
        );
        return new ShownOpen(existing, IsNew: true);
    }

    /// <summary>Messages that asked what shall become of a draft say what became of it.</summary>
    public async Task SettleQuestions(string draft, Raising raising, CancellationToken cancel)
    {
        if (raising is not Raising.Raised { Escalation: var raised })
        {
            return;
        }

        foreach (var open in await store.OpenQuestions(KeptDraft.Question(draft), cancel))
        {
            await store.Commit(
                new Change(clock.GetUtcNow(), raised.Reporter.Value).Settle(
                    open,
                    new Settlement(Words.Of($"Raised as {raised.Id}."))
                ),
                cancel
            );
        }
    }

    private Task Ask(Intake intake, Escalation existing, Envelope from, CancellationToken cancel) =>
        Keep(
            EscalationText.Of(intake).ToDraft(),
            from,
            draft => new Effect.TellPerson(
                from.User,
                Words.Of(
                    $"{existing.CustomerName} has **{existing.Id}** open in the same category. Is yours the same problem? Nothing has been raised yet; what you wrote is kept."
                ),
                DuplicateCard.Of(existing, intake, draft)
            )
            {
                About = existing.Id.ToString(),
                OnBehalfOf = from.User,
                Asks = KeptDraft.Question(draft.Id),
            },
            cancel,
            existing.Id
        );

    private async ValueTask<Escalation?> SameOpen(
        IndexKey customer,
        Category category,
        CancellationToken cancel
    )
    {
        var open = await store.List(
            EscalationIndexes.Kind,
            EscalationIndexes.ByCustomer,
            customer.Then(false),
            null,
            LookedThrough,
            cancel
        );
        return open.Items.Select(e => e.Value).FirstOrDefault(e => e.Category == category);
    }
}

/// <summary>An open escalation that looks the same as one that somebody is about to raise.</summary>
/// <param name="Existing">Which.</param>
/// <param name="IsNew">They have not been shown it before.</param>
internal sealed record ShownOpen(Escalation Existing, bool IsNew);

/// <summary>Said in the form, which stays: pressing again raises it all the same.</summary>
internal sealed record SameIsOpen(Escalation Existing)
    : Refusal(
        Words.Of(
            $"{Existing.CustomerName} has {Existing.Id} open in the same category ({Vocabulary.Severities.Label(Existing.Severity)}, {Vocabulary.States.Label(Existing.State)}): {Existing.Summary} – Is yours another problem? Press Raise again, and it is raised as well. If it is the same, cancel this and write {EscalationWords.Command($"follow {Existing.Id}")}"
        )
    );
