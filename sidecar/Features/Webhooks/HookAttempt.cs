using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Webhooks;

/// <summary>How a try ended.</summary>
internal abstract record HookOutcome
{
    /// <summary>It has left the outbox: delivered, dead, or wanted by nobody any more.</summary>
    /// <param name="Answer">What the receiver said; null when it was not asked.</param>
    public sealed record HookSettled(HookAnswer? Answer) : HookOutcome;

    /// <summary>It is tried again.</summary>
    public sealed record HookFailed(HookAnswer Answer, DateTimeOffset NotBefore) : HookOutcome;

    /// <summary>Nothing is sent to this receiver at present; until the end of time: until somebody says so.</summary>
    public sealed record HookLater(DateTimeOffset NotBefore) : HookOutcome;
}

/// <summary>One try at one delivery, and what is taken down of it, in one commit.</summary>
internal sealed class HookAttempt(
    Store store,
    HookSender sender,
    HookKeys keys,
    RoleStore roles,
    WebhookSettings settings,
    TimeProvider clock
)
{
    private const string Actor = "webhooks";

    /// <summary>So much later than its time has ended it may still have its last try.</summary>
    private static readonly TimeSpan LastTryMayTake = TimeSpan.FromMinutes(15);

    // From seconds, for what passes at once, to hours, for a night.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(4),
    ];

    /// <param name="id">To whom.</param>
    /// <param name="waiting">What.</param>
    /// <param name="isTroubled">The receiver has not taken what it was sent last.</param>
    /// <param name="cancel">The process ends.</param>
    public async Task<HookOutcome> Make(
        WebhookId id,
        WaitingHook waiting,
        bool isTroubled,
        CancellationToken cancel
    )
    {
        var subscription = await store.Find(WebhookSubscription.Kind, id.ToString(), cancel);
        var delivery = await store.Find(WebhookDelivery.Kind, waiting.Delivery, cancel);
        if (subscription is null || delivery is not { Value.State: DeliveryState.Waiting })
        {
            await store.Commit(
                new Change(clock.GetUtcNow(), Actor),
                [new OutboxSettlement.Delivered(waiting.Effect)],
                cancel
            );
            return new HookOutcome.HookSettled(null);
        }

        var (to, what) = (subscription.Value, delivery.Value);
        if (to.State == WebhookState.Paused && what.TestedBy is null)
        {
            // Whoever lets it go on, in whichever process, says so in its lane.
            return new HookOutcome.HookLater(DateTimeOffset.MaxValue);
        }

        LeasedWork.Verify();
        var isLate = clock.GetUtcNow() >= GivenUpAt(to, what) + LastTryMayTake;
        var answer =
            to.State == WebhookState.Gone
                ? new HookAnswer(410, "it answered 410 before: it is gone", TimeSpan.Zero)
            // There are others that have not been tried yet; this one had its day.
            : isLate && isTroubled
                ? new HookAnswer(
                    null,
                    "it accepted nothing for as long as this was tried",
                    TimeSpan.Zero
                )
            : keys.Open(to, clock.GetUtcNow()) is { Count: > 0 } open
                ? await sender.Send(to.Address, what, open, cancel)
            : new HookAnswer(
                null,
                $"its key can’t be read any more: {Said($"webhook rotate {to.Id}")} makes a new one",
                TimeSpan.Zero
            );
        return await Note(waiting, what, answer, cancel);
    }

    private static string Said(string command) => $"/{SlashCommand.Trigger} {command}";

    private DateTimeOffset GivenUpAt(WebhookSubscription to, WebhookDelivery what) =>
        (to.ResumedAt > what.QueuedAt ? to.ResumedAt.Value : what.QueuedAt)
        + TimeSpan.FromHours(settings.RetryHours);

    private async Task<HookOutcome> Note(
        WaitingHook waiting,
        WebhookDelivery sent,
        HookAnswer answer,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var change = new Change(now, Actor);
            var subscription = await store.Find(
                WebhookSubscription.Kind,
                sent.Subscription.ToString(),
                cancel
            );
            var delivery = await store.Find(WebhookDelivery.Kind, sent.Id, cancel);
            var outcome = Judge(subscription?.Value, sent, answer, now);
            if (delivery is not null)
            {
                change.Replace(
                    WebhookDelivery.Kind,
                    delivery,
                    delivery.Value with
                    {
                        State =
                            outcome is HookOutcome.HookFailed ? DeliveryState.Waiting
                            : answer.IsTaken ? DeliveryState.Delivered
                            : DeliveryState.Dead,
                        Tries = sent.Tries + 1,
                        TriedAt = now,
                        Status = answer.Status,
                        Took = (long)answer.Took.TotalMilliseconds,
                        Problem = answer.Problem,
                    }
                );
            }

            if (subscription is not null)
            {
                await Follow(change, subscription, sent, answer, outcome, cancel);
            }

            OutboxSettlement settlement = outcome is HookOutcome.HookFailed later
                ? new OutboxSettlement.Postponed(waiting.Effect, later.NotBefore, answer.Problem)
                : new OutboxSettlement.Delivered(waiting.Effect);
            if (await store.Commit(change, [settlement], cancel))
            {
                return outcome;
            }
        }
    }

    private HookOutcome Judge(
        WebhookSubscription? to,
        WebhookDelivery sent,
        HookAnswer answer,
        DateTimeOffset now
    )
    {
        if (to is null || answer.IsTaken || answer.IsGone || sent.TestedBy is not null)
        {
            return new HookOutcome.HookSettled(answer);
        }

        var end = GivenUpAt(to, sent);
        if (now >= end)
        {
            return new HookOutcome.HookSettled(answer);
        }

        var wait = Waits[Math.Min(sent.Tries, Waits.Length - 1)];
        var next = now + (answer.RetryAfter > wait ? answer.RetryAfter.Value : wait);
        // The last try is at the very end of its time.
        return new HookOutcome.HookFailed(answer, next < end ? next : end);
    }

    /// <summary>What follows for the subscription, and who is told.</summary>
    private async Task Follow(
        Change change,
        Versioned<WebhookSubscription> subscription,
        WebhookDelivery sent,
        HookAnswer answer,
        HookOutcome outcome,
        CancellationToken cancel
    )
    {
        var to = subscription.Value;
        if (sent.TestedBy is { } tester)
        {
            change.Do(
                Told(
                    tester,
                    to,
                    answer.IsTaken
                        ? Markdown.Of(
                            $":white_check_mark: The test of {to.Id} was taken: {WebhookWords.Place(to)} answered {answer.Status ?? 0} after {(long)answer.Took.TotalMilliseconds} ms."
                        )
                        : Markdown.Of(
                            $":x: The test of {to.Id} failed: {WebhookWords.Place(to)}: {answer.Problem}. It was tried once; nothing else is tried less often because of it."
                        )
                )
            );
        }

        if (answer.IsTaken)
        {
            if (to.IsTroubleTold)
            {
                change.Replace(
                    WebhookSubscription.Kind,
                    subscription,
                    to with
                    {
                        IsTroubleTold = false,
                    }
                );
            }

            return;
        }

        if (answer.IsGone && to.State != WebhookState.Gone)
        {
            change
                .Replace(
                    WebhookSubscription.Kind,
                    subscription,
                    to with
                    {
                        State = WebhookState.Gone,
                        StateAt = change.Now,
                        IsTroubleTold = true,
                    }
                )
                .Record<WebhookFact>(
                    WebhookSubscription.Subject(to.Id),
                    new WebhookFact.HookGone(),
                    WebhookJson.Default.WebhookFact
                );
            // What was held while it was paused is dead now, too.
            FactTeller.Wake(change, to.Id);
            await Tell(
                change,
                to,
                Markdown.Of(
                    $":warning: {WebhookWords.Place(to)} ({to.Id}) answered that it is gone (410), so nothing more is sent to it. What is waiting for it is kept as dead. {Markdown.Code(Said($"webhook resume {to.Id}"))} lets it go on, {Markdown.Code(Said($"webhook remove {to.Id}"))} takes it away."
                ),
                cancel
            );
        }
        else if (outcome is HookOutcome.HookSettled && sent.TestedBy is null && !to.IsTroubleTold)
        {
            change.Replace(
                WebhookSubscription.Kind,
                subscription,
                to with
                {
                    IsTroubleTold = true,
                }
            );
            await Tell(
                change,
                to,
                Markdown.Of(
                    $":warning: {WebhookWords.Place(to)} ({to.Id}) did not take what it was told within {settings.RetryHours} hours; the first is {sent.Type} of {Times.At(sent.At, TimeZoneInfo.Utc)}. The last try: {answer.Problem}. I go on telling it what happens, and do not repeat this until something gets through. {Markdown.Code(Said($"webhook show {to.Id}"))} shows what failed; {Markdown.Code(Said($"webhook replay {to.Id} dead"))} sends it again once it is fixed."
                ),
                cancel
            );
        }
    }

    private async Task Tell(
        Change change,
        WebhookSubscription to,
        Markdown text,
        CancellationToken cancel
    )
    {
        foreach (
            var person in (await roles.Holders(Role.Administrator, cancel))
                .Append(to.MadeBy)
                .Distinct()
        )
        {
            change.Do(
                Told(
                    person,
                    to,
                    text,
                    new Card(Markdown.Of($"{to.Id}"), Tone.Warning)
                    {
                        Controls = [TestWebhook.Button(to.Id)],
                    }
                )
            );
        }
    }

    private static Effect.TellPerson Told(
        UserId person,
        WebhookSubscription to,
        Markdown text,
        Card? card = null
    ) => new(person, text, card) { About = to.Id.ToString() };
}
