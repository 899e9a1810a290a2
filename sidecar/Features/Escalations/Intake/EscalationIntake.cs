using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>What became of an intake.</summary>
internal abstract record Raising
{
    private Raising() { }

    /// <summary>It is raised, or was by the same act before.</summary>
    /// <param name="Escalation">As it was raised.</param>
    public sealed record Raised(Escalation Escalation) : Raising
    {
        /// <summary>Who is called at once, because it is a Sev 1 (ESC-8).</summary>
        public ImmutableArray<UserId> Called { get; init; } = [];

        /// <summary>The customer is archived, and whoever raised it may know that.</summary>
        public bool IsForArchived { get; init; }

        /// <summary>Where its card is, when that is not where it was raised; empty otherwise.</summary>
        public Markdown Where { get; init; } = Markdown.None;
    }

    /// <summary>The customer has an open one of the same category; its person was asked what to do (ESC-11).</summary>
    public sealed record QuestionAsked(Escalation Existing) : Raising;

    /// <summary>Of its kind one is raised at a time, and this one is open.</summary>
    public sealed record OpenAlready(Escalation Existing) : Raising;
}

/// <summary>Of what one is raised at a time.</summary>
/// <param name="Open">The one that is open; null when another can be raised.</param>
/// <param name="Note">Notes the new one in the commit that raises it, which fails when another was noted meanwhile.</param>
internal sealed record OneAtATime(Escalation? Open, Action<Change, EscalationId> Note);

/// <summary>
/// Raises escalations, and routes them in the same commit (ESC-1 to ESC-4, ESC-11). People first, data afterwards: a Sev 1
/// or 2 is raised whatever is missing or looks the same, and is asked about beside the work.
/// </summary>
internal sealed class EscalationIntake(
    Store store,
    EscalationStore book,
    CustomerStore customers,
    RoutingStore desk,
    RoleStore roles,
    IntakePlace place,
    SentAnswers sent,
    TimeProvider clock
)
{
    /// <summary>How many words of a text that begins with a customer's name may belong to the name.</summary>
    private const int LongestName = 4;

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
    /// <param name="one">Reads which one of its kind is open; null when there may be any number.</param>
    public async Task<Raising> Raise(
        IntakeRequest intake,
        Envelope from,
        bool evenIfDuplicate,
        CancellationToken cancel,
        EscalationId? seen = null,
        string? askAs = null,
        Func<CancellationToken, ValueTask<OneAtATime>>? one = null
    )
    {
        while (true)
        {
            if (
                await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is
                { Value.Made: var made }
            )
            {
                return await Raised(
                    (await store.Find(EscalationIndexes.Kind, made, cancel))!.Value,
                    from,
                    cancel
                );
            }

            var only = one is null ? null : await one(cancel);
            if (only?.Open is { } open)
            {
                return new Raising.OpenAlready(open);
            }

            var (key, customer) =
                await customers.Find(intake.CustomerName, cancel)
                ?? throw new ArgumentException("An intake names its customer.", nameof(intake));
            var same = evenIfDuplicate
                ? null
                : await SameOpen(
                    customer is null
                        ? EscalationIndexes.Unknown(intake.CustomerName)
                        : EscalationIndexes.Of(key),
                    intake.Category,
                    cancel
                );
            if (same is { } existing && existing.Id != seen && !intake.IsUrgent)
            {
                await Ask(intake, existing, @from with { Act = askAs ?? from.Act }, cancel);
                return new Raising.QuestionAsked(existing);
            }

            var now = clock.GetUtcNow();
            var known = RoutingStore.Known(customer);
            var raised = intake.ToEscalation(
                new EscalationId(await store.Engine.NextNumber(EscalationId.Series, cancel)),
                key,
                known,
                from,
                now
            ) with
            {
                MaybeSameAs = same?.Id == seen ? null : same?.Id,
            };
            if (customer is null && !intake.IsTest)
            {
                raised = await Suggesting(raised, cancel);
            }

            var route = intake.IsTest
                ? new EscalationRoute.AcceptedRoute()
                : desk.RouteOf(raised.Category, raised.Severity, known);
            var routed = (Decision<Escalation, EscalationFact>.Accepted)
                raised.Follow(route, await desk.Teams(route, cancel), now);
            var (placed, shownIn) = await place.Of(routed.Next, from, cancel);
            routed = routed with { Next = placed };
            var decided = new Decision<Escalation, EscalationFact>.Accepted(
                routed.Next,
                [
                    new EscalationFact.Raised(
                        from.User,
                        raised.CustomerName,
                        raised.Severity,
                        raised.Summary
                    )
                    {
                        ShownIn = shownIn,
                    },
                    .. routed.Facts,
                ]
            );
            if (
                await book.Add(
                    decided,
                    from,
                    now,
                    (change, stop) =>
                    {
                        only?.Note(change, decided.Next.Id);
                        return sent.Note(change, from.Act, Told(intake), stop);
                    },
                    cancel
                )
            )
            {
                return await Raised(decided.Next, from, cancel);
            }
        }
    }

    /// <summary>An act raised something else than this, whichever field it is in: it was not taken (M1).</summary>
    /// <param name="intake">What was told now.</param>
    /// <param name="from">The act.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<bool> RaisedOther(
        IntakeRequest intake,
        Envelope from,
        CancellationToken cancel
    ) => sent.Differ(from.Act, Told(intake), cancel);

    private static ImmutableDictionary<string, string> Told(IntakeRequest intake) =>
        IntakeForm.Values(intake.ToText());

    /// <summary>
    /// An emergency as somebody shouted it, without quotes and without looking names up: “Northern Bank Login is down”.
    /// As much of its beginning is the customer as is the name of one.
    /// </summary>
    /// <param name="text">All that was written.</param>
    /// <param name="severity">How bad it is.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IntakeRequest> Understand(
        CommandLine text,
        Severity severity,
        CancellationToken cancel
    )
    {
        for (var words = Math.Min(LongestName, text.Words.Length); words > 0; words--)
        {
            var name = string.Join(' ', text.Words.Take(words).Select(w => w.Value));
            if (
                TextLength.Fits(name, Customer.MaxNameLength)
                && await customers.Find(name, cancel) is { Known: { } known }
            )
            {
                return Shouted(known.Name, text.From(words), severity);
            }
        }

        var whole = text.From(0).Trim();
        if (text.Words.IsEmpty)
        {
            return Shouted(NobodyKnows, "", severity);
        }

        var first = MarkdownEscaper.Shorten(
            text.Words[0].IsQuoted
                ? text.Words[0].Value
                : SentenceMarks.BeforeBreak(text.Words[0].Value),
            Customer.MaxNameLength
        );
        if (CustomerKey.Of(first) is null)
        {
            return Shouted(NobodyKnows, whole, severity);
        }

        // A slip of the pen, or somebody whom nobody has added yet; without either it is how the sentence begins.
        var isMeant = text.Words[0].IsQuoted || (await customers.Nearest(first, cancel)).Count > 0;
        return Shouted(first, isMeant ? text.From(1) : whole, severity);
    }

    private static IntakeRequest Shouted(string customer, string text, Severity severity)
    {
        var summary = text.Trim().ReplaceLineEndings(" ");
        return new IntakeRequest(
            customer,
            severity,
            summary.Length == 0
                ? "What is wrong has not been said yet"
                : MarkdownEscaper.Shorten(summary, Escalation.MaxSummaryLength)
        )
        {
            CustomerImpact = !TextLength.Fits(summary, Escalation.MaxSummaryLength)
                ? MarkdownEscaper.Shorten(text.Trim(), Escalation.MaxLongTextLength)
                : "",
        };
    }

    /// <summary>Whom an emergency is for when nobody wrote it.</summary>
    public const string NobodyKnows = "Unknown customer";

    private async ValueTask<Escalation> Suggesting(Escalation raised, CancellationToken cancel)
    {
        var nearest = await customers.Nearest(raised.CustomerName, cancel);
        return raised with
        {
            Suggested = [.. nearest.Select(c => new SuggestedCustomer(c.Key, c.Name))],
            SuggestedToWorkersOnly = !CustomerRights.Read.Allows(
                await roles.Of(raised.Reporter, cancel)
            ),
        };
    }

    /// <summary>A customer is archived, and somebody may read customers.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="reader">Who.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<bool> IsArchivedFor(
        string name,
        UserId reader,
        CancellationToken cancel
    ) =>
        await customers.Known(name, cancel) is { IsArchived: true }
        && await customers.MayRead(reader, cancel);

    private async ValueTask<Raising.Raised> Raised(
        Escalation raised,
        Envelope from,
        CancellationToken cancel
    ) =>
        new(raised)
        {
            Where = await place.Told(raised, from, cancel),
            IsForArchived = await IsArchivedFor(raised.CustomerName, from.User, cancel),
            Called = raised is { Severity: Severity.Sev1, State: EscalationState.Accepted }
                ? (await desk.Ladder([raised.Owner], cancel)).First(raised.Owner)
                : [],
        };

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
        IntakeRequest intake,
        Envelope from,
        EscalationId? seen,
        string form,
        CancellationToken cancel
    )
    {
        if (
            intake.Severity <= Severity.Sev2
            || await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is not null
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
            IntakeDraft.Of(intake.ToText()),
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
                    new Settlement(Markdown.Of($"Raised as {raised.Id}."))
                ),
                cancel
            );
        }
    }

    private Task Ask(
        IntakeRequest intake,
        Escalation existing,
        Envelope from,
        CancellationToken cancel
    ) =>
        Keep(
            IntakeDraft.Of(intake.ToText()),
            from,
            draft => new Effect.TellPerson(
                from.User,
                Markdown.Of(
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

    /// <summary>An open one of a customer and a category; null when there is none.</summary>
    /// <param name="customer">As it is filed.</param>
    /// <param name="category">Which.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="atLeast">It is as severe as this, or more.</param>
    public async ValueTask<Escalation?> SameOpen(
        IndexKey customer,
        Category category,
        CancellationToken cancel,
        Severity atLeast = Severity.Sev4
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
        return open
            .Items.Select(e => e.Value)
            .FirstOrDefault(e => e.Category == category && e.Severity <= atLeast);
    }
}

/// <summary>An open escalation that looks the same as one that somebody is about to raise.</summary>
/// <param name="Existing">Which.</param>
/// <param name="IsNew">They have not been shown it before.</param>
internal sealed record ShownOpen(Escalation Existing, bool IsNew);

/// <summary>Said in the form, which stays: pressing again raises it all the same.</summary>
internal sealed record SameIsOpen(Escalation Existing)
    : Refusal(
        Markdown.Of(
            $"{Existing.CustomerName} has {Existing.Id} open in the same category ({Vocabulary.Severities.Label(Existing.Severity)}, {Vocabulary.States.Label(Existing.State)}): {Existing.Summary} – Is yours another problem? Press Raise again, and it is raised as well. If it is the same, cancel this and write {EscalationWords.Command($"follow {Existing.Id}")}"
        )
    );
