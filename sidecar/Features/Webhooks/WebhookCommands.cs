using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Webhooks;

/// <summary>Who may do what with subscriptions of other systems (ALL-3).</summary>
internal static class WebhookRights
{
    public static Permission Administer { get; } =
        new("say what other systems are told", Role.Administrator) { IsAskedNow = true };
}

internal static class WebhookArguments
{
    /// <summary>What is offered while a number is typed.</summary>
    public const string Completed = "webhooks";

    public static Parameter<WebhookId> Which { get; } =
        new(
            "webhook",
            "HOOK-1",
            source =>
                source.Next is not { } word ? ReadArgument.Absent<WebhookId>()
                : WebhookId.Read(word.Value) is { } id ? ReadArgument.Of(id)
                : ReadArgument.Wrong<WebhookId>(
                    $"“{MarkdownEscaper.Shorten(word.Value, 60)}” is not the number of a webhook: write it as in `HOOK-3`."
                )
        )
        {
            Hint = "Which webhook? Write its number, as in `HOOK-3`; `webhook list` shows all.",
            Completes = Completed,
        };

    public static Markdown Command(string text) =>
        Markdown.Code($"/{SlashCommand.Trigger} webhook {text}");
}

/// <summary><c>/escalate webhook list</c>.</summary>
internal sealed class ListWebhooks(WebhookStore hooks) : ISlashCommand
{
    private const int MostCounted = 1000;

    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook list", "Show which other systems are told what happens")
        {
            Examples = ["webhook list"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var all = await hooks.All(cancel);
        if (all.Length == 0)
        {
            return Reply.Say(
                Markdown.Of(
                    $"No other system is told anything. {WebhookArguments.Command("add")} sets one up."
                )
            );
        }

        var rows = new List<Markdown>();
        foreach (var hook in all)
        {
            var dead = await hooks.CountDead(hook.Id, MostCounted, cancel);
            rows.Add(
                Markdown.Of(
                    $"| **{hook.Id}** | {WebhookWords.Place(hook)} | {WebhookWish.Named(hook)} | {WebhookWords.State(hook)} | {(dead == 0 ? "" : dead == MostCounted ? $"{dead} or more" : $"{dead}")} |"
                )
            );
        }

        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"| | Where | What | | Not delivered |"),
                Markdown.Of($"|:--|:--|:--|:--|--:|"),
                .. rows,
            ])
        );
    }
}

/// <summary><c>/escalate webhook show</c>: one of them, with its last deliveries.</summary>
internal sealed class ShowWebhook(WebhookStore hooks, PeopleDirectory people, TimeProvider clock)
    : ISlashCommand
{
    private const int Shown = 15;
    private const int MostCounted = 1000;

    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook show", "Show a webhook and its last deliveries", WebhookArguments.Which)
        {
            Synonyms = ["webhook deliveries"],
            Examples = ["webhook show HOOK-1"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(WebhookArguments.Which);
        if (await hooks.Find(id, cancel) is not { } hook)
        {
            return Reply.No(new NoSuchWebhook(id));
        }

        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        var now = clock.GetUtcNow();
        var latest = await hooks.Latest(id, Shown, cancel);
        var dead = await hooks.CountDead(id, MostCounted, cancel);
        return new Reply.Whisper(
            Markdown.Lines([
                Markdown.Of(
                    $"**{hook.Id}** {WebhookWords.State(hook)}: {WebhookWords.Place(hook)} is told of {WebhookWish.Named(hook)}. Set up by {hook.MadeBy}, {Times.At(hook.MadeAt, zone)}."
                ),
                hook.KeysAt(now).Skip(1).FirstOrDefault() is { Until: { } until }
                    ? Markdown.Of(
                        $"It is signed with two keys; the former one counts until {Times.At(until, zone)}."
                    )
                    : Markdown.None,
                dead == 0
                    ? Markdown.None
                    : Markdown.Of(
                        $":warning: {(dead == MostCounted ? $"{dead} or more" : $"{dead}")} could not be delivered; {WebhookArguments.Command($"replay {id} dead")} sends them again."
                    ),
                latest.Count == 0
                    ? Markdown.Of($"It has been told nothing yet.")
                    : Markdown.Lines([
                        Markdown.Of($"| When | What | Result | |"),
                        Markdown.Of($"|:--|:--|:--|:--|"),
                        .. latest.Select(d =>
                            Markdown.Of(
                                $"| {Times.At(d.At, zone)} | {d.Type} | {WebhookWords.Outcome(d)} | {Markdown.Code(d.Id)} |"
                            )
                        ),
                    ]),
            ])
        )
        {
            Next = TestWebhook.Button(id),
        };
    }
}

/// <summary><c>/escalate webhook facts</c>.</summary>
internal sealed class ListFacts(WebhookWish wish) : ISlashCommand
{
    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook facts", "List what other systems can be told about")
        {
            Examples = ["webhook facts"],
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(
            Reply.Say(
                Markdown.Lines([
                    Markdown.Of(
                        $"What other systems can be told about; the word before the dot alone means its whole line. Nothing is told about prospects’ engineers, or about what is for our own people only."
                    ),
                    .. wish.Families.Select(family =>
                        Markdown.Of(
                            $"- {Markdown.Code(family)}: {string.Join(", ", wish.Types.Where(t => t.Name.StartsWith(family + ".", StringComparison.Ordinal)).Select(t => t.Name[(family.Length + 1)..]))}"
                        )
                    ),
                ])
            )
        );
}

/// <summary><c>/escalate webhook pause</c>.</summary>
internal sealed class PauseWebhook(WebhookStore hooks) : ISlashCommand
{
    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook pause", "Pause a webhook", WebhookArguments.Which)
        {
            Examples = ["webhook pause HOOK-1"],
            Details = "What happens meanwhile waits, for as long as deliveries are kept.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(WebhookArguments.Which);
        return await hooks.Hold(id, call.Envelope.User, isHeld: true, cancel) is null
            ? Reply.No(new NoSuchWebhook(id))
            : Reply.Say(
                Markdown.Of(
                    $"{id} is paused: nothing is sent to it. What happens meanwhile waits until {WebhookArguments.Command($"resume {id}")}."
                )
            );
    }
}

/// <summary><c>/escalate webhook resume</c>.</summary>
internal sealed class ResumeWebhook(WebhookStore hooks) : ISlashCommand
{
    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook resume", "Resume a webhook", WebhookArguments.Which)
        {
            Examples = ["webhook resume HOOK-1"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(WebhookArguments.Which);
        return await hooks.Hold(id, call.Envelope.User, isHeld: false, cancel) is null
            ? Reply.No(new NoSuchWebhook(id))
            : Reply.Say(Markdown.Of($"{id} goes on; what waited is sent now."));
    }
}

/// <summary><c>/escalate webhook remove</c>.</summary>
internal sealed class RemoveWebhook(WebhookStore hooks) : ISlashCommand
{
    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook remove", "Remove a webhook", WebhookArguments.Which)
        {
            Examples = ["webhook remove HOOK-1"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(WebhookArguments.Which);
        return await hooks.Remove(id, call.Envelope.User, cancel) is not { } hook
            ? Reply.No(new NoSuchWebhook(id))
            : Reply.Say(
                Markdown.Of(
                    $"{id} is removed: {WebhookWords.Place(hook)} is told nothing any more, and what waited for it is not sent."
                )
            );
    }
}

/// <summary><c>/escalate webhook rotate</c>: another key; the one before counts on for a while.</summary>
internal sealed class RotateKey(WebhookStore hooks, PeopleDirectory people) : ISlashCommand
{
    private static readonly Parameter<string> Now = Arguments.Keyword("now", "") with
    {
        IsOptional = true,
        Usage = "[now]",
    };

    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook rotate", "Give a webhook another key", WebhookArguments.Which, Now)
        {
            Examples = ["webhook rotate HOOK-1", "webhook rotate HOOK-1 now"],
            Details =
                "Both keys sign for a day, so that the receiver can change in its own time. With `now` the former one ends at once: for one that others have seen.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(WebhookArguments.Which);
        var atOnce = call.Get(Now) is not null;
        if (await hooks.Rotate(id, call.Envelope.User, atOnce, cancel) is not { } rotated)
        {
            return Reply.No(new NoSuchWebhook(id));
        }

        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        return Reply.Say(
            Markdown.Of(
                $"{id} has a new key. This is the only time that it is shown; keep it where secrets are kept:\n{Markdown.Code(rotated.Key)}\n{Markdown.Sentence(atOnce ? "The former one signs nothing any more." : $"The former one signs beside it until {Times.At(rotated.FormerUntil, zone)}: have the receiver take both, then this one alone.")}"
            )
        );
    }
}

/// <summary>Tries a webhook out, by <c>/escalate webhook test</c> or by button.</summary>
internal sealed class TestWebhook(WebhookStore hooks) : ISlashCommand, IAction<WebhookRef>
{
    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook test", "Try a webhook out", WebhookArguments.Which)
        {
            Examples = ["webhook test HOOK-1"],
            Details =
                "Sends a fact called `webhook.test`, once. You get the result by direct message.",
        };

    public static ActionKey<WebhookRef> Key { get; } =
        new("webhook.test", WebhookJson.Default.WebhookRef);

    public static CardControl Button(WebhookId id) => Key.Button("Send a test", new WebhookRef(id));

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Test(call.Get(WebhookArguments.Which), call.Envelope, cancel);

    public Task<Reply> Press(ActionCall<WebhookRef> call, CancellationToken cancel) =>
        Test(call.Payload.Id, call.Envelope, cancel);

    private async Task<Reply> Test(WebhookId id, Envelope by, CancellationToken cancel) =>
        await hooks.Test(id, by.User, cancel) is not { } hook
            ? Reply.No(new NoSuchWebhook(id))
            : Reply.Say(
                Markdown.Of(
                    $"A test is on its way to {WebhookWords.Place(hook)}. I will tell you the result by direct message."
                )
            );
}

/// <summary><c>/escalate webhook replay</c>: sends again what was sent, or could not be.</summary>
internal sealed class ReplayWebhook(WebhookStore hooks, PeopleTimes times, TimeProvider clock)
    : ISlashCommand
{
    private const string Dead = "dead";

    private static readonly Parameter<string> What = Arguments.Rest(
        "what",
        "What should be sent again? `dead`, the id of a delivery, or since when, as in `yesterday 17:00`."
    ) with
    {
        Usage = "<dead, msg_…, since when>",
        IsText = false,
    };

    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook replay", "Send something to a webhook again", WebhookArguments.Which, What)
        {
            Examples =
            [
                "webhook replay HOOK-1 dead",
                "webhook replay HOOK-1 2h ago",
                "webhook replay HOOK-1 since yesterday 17:00",
            ],
            Details =
                "`dead` is what could not be delivered. What is sent again keeps its id, so a receiver that already has it can tell.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (id, by) = (call.Get(WebhookArguments.Which), call.Envelope.User);
        if (await hooks.Find(id, cancel) is null)
        {
            return Reply.No(new NoSuchWebhook(id));
        }

        var what = call.Get(What)!.Trim().Trim('`');
        if (what.StartsWith("msg_", StringComparison.Ordinal))
        {
            return await hooks.Replay(id, what, by, cancel) > 0
                ? Queued(id, 1)
                : Reply.No(
                    Markdown.Of(
                        $"{id} has no delivery {Markdown.Code(MarkdownEscaper.Shorten(what, 60))} that could be sent again: it waits already, or is not kept any more. {WebhookArguments.Command($"show {id}")} shows the last ones."
                    )
                );
        }

        if (BareWord.Is(what, Dead))
        {
            return Queued(id, await hooks.ReplayDead(id, by, cancel));
        }

        if (what.StartsWith("since ", StringComparison.OrdinalIgnoreCase))
        {
            what = what["since ".Length..];
        }

        var person = await times.Of(by, cancel);
        return TypedTime.ReadPassed(what, clock.GetUtcNow(), person.Zone, person.Hours) switch
        {
            TypedTime.Understood since => Queued(
                id,
                await hooks.ReplaySince(id, since.Moment, by, cancel)
            ),
            TypedTime.Unclear unclear => Reply.No(
                Markdown.Of(
                    $"{Markdown.Sentence(unclear.Problem)} Nothing was sent again.\n{CommandParser.YouTyped(call.Line)}"
                )
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Reply Queued(WebhookId id, int deliveries) =>
        Reply.Say(
            deliveries switch
            {
                0 => Markdown.Of($"There is nothing that could be sent to {id} again."),
                1 => Markdown.Of($"It is sent to {id} again, under the id that it had."),
                WebhookStore.MostReplayed => Markdown.Of(
                    $"The first {deliveries} are sent to {id} again, the oldest first, under the ids that they had; type it once more for the next ones."
                ),
                _ => Markdown.Of(
                    $"{deliveries} are sent to {id} again, the oldest first, under the ids that they had."
                ),
            }
        );
}

/// <summary>What is said of webhooks in several places.</summary>
internal static class WebhookWords
{
    /// <summary>Its address without what may be a secret.</summary>
    public static string Place(WebhookSubscription hook) => PlaceOf(hook.Address);

    /// <summary>Without its query, which may hold a secret.</summary>
    public static string PlaceOf(string address) => new Uri(address).GetLeftPart(UriPartial.Path);

    public static Markdown State(WebhookSubscription hook) =>
        Markdown.Typed(
            hook.State switch
            {
                WebhookState.Paused => "paused",
                WebhookState.Gone => "gone (it answered 410)",
                _ => "active",
            }
        );

    public static Markdown Outcome(WebhookDelivery delivery) =>
        delivery.State switch
        {
            DeliveryState.Delivered => Markdown.Of(
                $"delivered ({delivery.Status ?? 0}, {delivery.Took ?? 0} ms{Tries(delivery)})"
            ),
            DeliveryState.Dead => Markdown.Of($"**not delivered**: {delivery.Problem}"),
            _ => delivery.Tries == 0
                ? Markdown.Of($"waits")
                : Markdown.Of($"is tried again{Tries(delivery)}: {delivery.Problem}"),
        };

    private static string Tries(WebhookDelivery delivery) =>
        delivery.Tries > 1 ? $", {delivery.Tries} tries" : "";
}
