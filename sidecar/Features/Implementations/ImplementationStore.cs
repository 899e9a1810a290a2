using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>
/// All implementation requests: how they are found, and the one way in which they change. All that is said of them is
/// for people of ours only: it names prospects, and what is thought of them (ASG-4).
/// </summary>
internal sealed class ImplementationStore(
    Store store,
    RoleStore roles,
    ImplementationCalendar calendar,
    TimeProvider clock
)
    : AggregateStore<ImplementationId, Implementation, ImplementationFact>(
        ImplementationIndexes.Kind,
        ImplementationJson.Default.ImplementationFact,
        store,
        roles,
        clock
    ),
        IShowsAgain
{
    /// <summary>The kind of due times that every change sets to now for whoever keeps the backlog in order (IMP-3).</summary>
    public const string BacklogChanged = "implementation.backlog";

    /// <summary>The kind of due times of reminders, under the request's number.</summary>
    public const string Reminders = "implementation.reminders";

    private const int PageSize = 100;

    /// <summary>Commits a request that is new.</summary>
    /// <param name="made">What was decided.</param>
    /// <param name="latest">What <see cref="ImplementationQueries.Latest"/> said before it was looked for an open one.</param>
    /// <param name="from">Who requests, and by which act.</param>
    /// <param name="now">When, UTC.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False when this act was committed before, or somebody else requested meanwhile.</returns>
    public Task<bool> Add(
        Decision.Accepted made,
        Versioned<LatestRequest>? latest,
        Envelope from,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var it = made.Next;
        return Add(
            it.Id,
            made,
            from,
            now,
            cancel,
            (change, _) =>
            {
                LatestRequest.Claim(change, it.Customer, it.Type, it.Id, latest);
                return ValueTask.CompletedTask;
            }
        );
    }

    public async Task<bool> ShowAgain(PostName post, CancellationToken cancel) =>
        Of(post) is { } id && await ShowAgain(id, it => Of(it, post), cancel);

    public async ValueTask<Effect.ShowCard?> Shown(PostName post, CancellationToken cancel) =>
        Of(post) is { } id && await Find(id, cancel) is { Value: var it } ? Of(it, post) : null;

    /// <summary>The backlog and the cards of what is open, as far as this is the channel for them.</summary>
    public async Task ShowMissing(ChannelId channel, CancellationToken cancel)
    {
        Versioned<ImplementationBoard>? board;
        do
        {
            board = await Store.Find(ImplementationBoard.Kind, ImplementationBoard.Id, cancel);
            if (board?.Value.Channel.Id != channel)
            {
                return;
            }
        } while (
            !await Store.Commit(
                new Change(Now, BacklogChanged)
                    .Replace(ImplementationBoard.Kind, board, board.Value with { Shown = null })
                    .Due(BacklogChanged, "backlog", Now),
                cancel
            )
        );

        foreach (
            var group in (BacklogGroup[])
                [BacklogGroup.Triage, BacklogGroup.Qualified, BacklogGroup.UnderWay]
        )
        {
            var open = Store.Each(
                ImplementationIndexes.Kind,
                ImplementationIndexes.ByBacklog,
                ImplementationIndexes.Of(group),
                PageSize,
                cancel
            );
            await foreach (var it in open.WithCancellation(cancel))
            {
                if (it.Value.Board == channel)
                {
                    await ShowAgain(it.Value.Id, now => Of(now, now.Card), cancel);
                }
            }
        }
    }

    private static ImplementationId? Of(PostName post) =>
        post.Value.StartsWith(ImplementationId.Series + "-", StringComparison.Ordinal)
            ? ImplementationId.Read(post.Value.Split('/')[0])
            : null;

    private Effect.ShowCard? Of(Implementation it, PostName post) =>
        Cards(it).FirstOrDefault(card => card.Post == post);

    protected override FactTable<Implementation, ImplementationFact> Told =>
        ImplementationsTold.Table;

    protected override Refusal NoSuch(ImplementationId id) => new NoSuchImplementation(id);

    protected override Refusal Done(ImplementationId id) => new NoSuchImplementation(id);

    protected override void AddTo(Change change, Decision.Accepted decided)
    {
        // Telling a place changes none, and is done by whoever is called by this.
        if (
            decided.Facts.Any(f =>
                f is not ImplementationFact.PriorityChanged and not ImplementationFact.CardPosted
            )
        )
        {
            // What falls due at the same moment has no order: it is looked at when all of that is done.
            var isOfTime = decided.Facts.All(f => f.By is null);
            change.Due(
                BacklogChanged,
                "backlog",
                isOfTime ? change.Now + TimeSpan.FromSeconds(1) : change.Now
            );
        }
    }

    protected override void SetReminders(
        Change change,
        ImplementationId id,
        Implementation? state
    ) => change.Due(Reminders, id.ToString(), state?.NextReminderAt(calendar));

    protected override Settlement? Settles(
        Implementation before,
        Decision.Accepted decided,
        OpenMessage message
    ) => ImplementationNotices.Settles(decided, message);

    protected override Card? Refreshed(
        Implementation before,
        Decision.Accepted decided,
        OpenMessage message
    ) =>
        decided.Facts.Count == 0
            ? null
            : CardOf(decided.Next, message.Card.Controls, ImplementationSteps.Named(message.Asks));

    protected override IEnumerable<Effect> Tell(
        Implementation? before,
        Decision.Accepted decided,
        UserId? by
    )
    {
        var it = decided.Next;
        if (decided.Facts.Count == 0)
        {
            return [];
        }

        IEnumerable<Effect> said =
        [
            .. Cards(it),
            .. decided.Facts.Where(f => f.IsSaid).SelectMany(f => InThread(it, f)),
            .. decided
                .Facts.SelectMany(f => ImplementationNotices.Of(it, f))
                .Select(notice => new Effect.TellPerson(
                    notice.To,
                    notice.Text,
                    notice.Steps.IsEmpty
                        ? null
                        : CardOf(it, [.. notice.Steps.Select(step => step.On(it))], notice.Steps[0])
                )
                {
                    About = it.Id.ToString(),
                    Asks = notice.Steps.IsEmpty ? null : notice.Steps[0].Name,
                }),
        ];
        return
        [
            .. Channels(before, it, decided.Facts),
            .. said.Select(effect => effect with { IsInternal = true, OnBehalfOf = by }),
        ];
    }

    /// <summary>The card; in a message only what its question is about.</summary>
    private Card CardOf(
        Implementation it,
        IReadOnlyList<CardControl> controls,
        ImplementationStep? about = null
    ) => ImplementationCards.Card(it, it.IsAtRisk(calendar, Now), controls, about);

    private IEnumerable<Effect.ShowCard> Cards(Implementation it)
    {
        var card = CardOf(it, ImplementationCards.Controls(it));
        if (it.Board is { } board)
        {
            yield return new Effect.ShowCard(
                it.Card,
                board,
                Thread: null,
                ImplementationCards.Headline(it),
                card
            )
            {
                About = it.Id.ToString(),
                IsInternal = true,
                ChosenFor = "implementation requests",
            };
        }

        if (it.Channel is { } own)
        {
            yield return new Effect.ShowCard(
                it.CardInChannel,
                own.Id,
                Thread: null,
                ImplementationCards.Headline(it),
                card
            )
            {
                About = it.Id.ToString(),
                IsInternal = true,
                IsPinned = true,
            };
        }
    }

    /// <summary>Once: where its people are, or in the thread of its card while it has no channel.</summary>
    private static IEnumerable<Effect> InThread(Implementation it, ImplementationFact fact) =>
        (it.Channel, it.Board) switch
        {
            ({ } own, _) =>
            [
                new Effect.Say(own.Id, Thread: null, fact.Sentence.Quiet())
                {
                    About = it.Id.ToString(),
                },
            ],
            (null, { } board) =>
            [
                new Effect.ReplyInThread(it.Card, board, fact.Sentence.Quiet())
                {
                    About = it.Id.ToString(),
                },
            ],
            _ => [],
        };

    private IEnumerable<Effect> Channels(
        Implementation? before,
        Implementation after,
        IReadOnlyList<ImplementationFact> facts
    )
    {
        if (calendar.Settings.OwnChannel && facts.Any(f => f is ImplementationFact.HandOffStarted))
        {
            yield return new Effect.OpenChannel(
                new NewChannel(
                    after.Board ?? after.RequestedIn,
                    $"{after.Id}-{after.Customer.Value}".ToLowerInvariant(),
                    MarkdownEscaper.Shorten($"{after.Id} · {after.CustomerName}", 64),
                    after.Id.ToString(),
                    MarkdownEscaper.Shorten(
                        $"IE-led {after.Type.Label()}: {after.CustomerName}",
                        200
                    ),
                    IsPrivate: true
                )
            )
            {
                About = after.Id.ToString(),
                Awaited = new OutcomeAddress(HearOfOwnChannel.Kind, $"{after.Id}/channel"),
            };
        }

        ImmutableArray<UserId> added = [.. after.Members.Except(before?.Members ?? [])];
        if (after.Channel is { } own && !added.IsEmpty)
        {
            yield return new Effect.Admit(own.Id, added)
            {
                About = after.Id.ToString(),
                Awaited = new OutcomeAddress(
                    HearOfOwnChannel.Kind,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{after.Id}/people/{string.Join('+', added.Select(p => p.Value))}"
                    )
                ),
            };
        }
    }
}
