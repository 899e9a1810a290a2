using System.Collections.Concurrent;
using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// Brings the post whose button or menu somebody used up to date, also when nothing came of it. It goes through the
/// outbox like every other change of a post, and its commit fails when what the post shows has changed meanwhile: so an
/// older state never replaces a newer one.
/// </summary>
public sealed class ShownAgain
{
    private const string Actor = "shown-again";

    /// <summary>Whoever pressed is not kept waiting for where they read what it did.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// So long a channel is taken for what it was: each question is one message less that is posted, and who archives a
    /// channel does so while others press in it.
    /// </summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(2);
    private const int MostKnown = 1000;
    private const int MostShown = 200;

    private readonly Store _store;
    private readonly IReadOnlyList<Type> _features;
    private readonly IServiceProvider _parts;
    private readonly IChat _chat;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<ChannelId, (bool IsArchived, long At)> _channels = new();

    internal ShownAgain(
        Store store,
        RegisteredParts registered,
        IServiceProvider parts,
        IChat chat,
        TimeProvider clock
    ) =>
        (_store, _features, _parts, _chat, _clock) = (
            store,
            registered.ShowAgain,
            parts,
            chat,
            clock
        );

    /// <summary>Shows a post of ours as it is now.</summary>
    public async Task Show(PostId post, CancellationToken cancel)
    {
        while (await _store.FindOpenMessage(post, cancel) is { } open)
        {
            if (await Commit(change => change.Show(open, open.Value.Card), cancel))
            {
                return;
            }
        }

        if (await _store.FindPost(post, cancel) is not { Name: var name })
        {
            return;
        }

        foreach (var feature in _features)
        {
            if (await ((IShowsAgain)_parts.GetRequiredService(feature)).ShowAgain(name, cancel))
            {
                return;
            }
        }
    }

    /// <summary>
    /// What a post of ours shows now, only to be compared with what it shows at another time; null when it is none, or a
    /// message that is settled.
    /// </summary>
    public async ValueTask<string?> Look(PostId post, CancellationToken cancel)
    {
        if (await _store.FindOpenMessage(post, cancel) is { Value: var open })
        {
            return JsonSerializer.Serialize(
                open with
                {
                    Card = Seen(open.Card),
                },
                OpenMessageJson.Default.OpenMessage
            );
        }

        if (await _store.FindPost(post, cancel) is not { Name: var name })
        {
            return null;
        }

        return await ShownBy(name, cancel) is { } effect
            ? JsonSerializer.Serialize<Effect>(
                effect with
                {
                    Card = Seen(effect.Card),
                },
                EffectJson.Default.Effect
            )
            : null;
    }

    /// <summary>What a button of a post says, or what was chosen in its menu; null when it stands there no more.</summary>
    internal async ValueTask<Markdown?> SaidBy(
        PostId post,
        PressedControl pressed,
        CancellationToken cancel
    )
    {
        var card =
            await _store.FindOpenMessage(post, cancel) is { Value.Card: var asked } ? asked
            : await _store.FindPost(post, cancel) is { Name: var name }
                ? (await ShownBy(name, cancel))?.Card
            : null;
        var control =
            card?.Controls.FirstOrDefault(c =>
                c.Action == pressed.Action && c.Payload == pressed.Payload
            ) ?? card?.Controls.FirstOrDefault(c => c.Action == pressed.Action);
        return (control, pressed.Chosen) switch
        {
            (null, _) => null,
            ({ OfPeople: true }, { } person) => Markdown.Of(
                $"{control.Label.TrimEnd('…')} {new UserId(person)}"
            ),
            (_, { } chosen) => control.Options.FirstOrDefault(o => o.Value == chosen)
                is { Text: var text }
                ? Markdown.Typed(text)
                : null,
            _ => Markdown.Typed(control.Label.TrimEnd('…')),
        };
    }

    /// <summary>
    /// Why a post of ours stays as it is, whatever happens; null when it changes. Servers take presses in an archived
    /// channel, and no change of what was pressed; what is for people of ours only changes nowhere else (ASG-4).
    /// </summary>
    public async ValueTask<Markdown?> WhyFrozen(PostId post, CancellationToken cancel)
    {
        if (await _store.FindPost(post, cancel) is not ({ } name, { Channel: var channel }))
        {
            return null;
        }

        try
        {
            return await IsArchived(channel, cancel)
                    ? Markdown.Of($"This channel is archived, so what stands here stays as it is.")
                : await ShownBy(name, cancel) is { IsInternal: true, Outside: null }
                && !await _store
                    .IsAmongUs(_chat, channel, cancel)
                    .WaitAsync(Patience, _clock, cancel)
                    ? Markdown.Of(
                        $"Only our own people may read this, and this channel is not internal any more, so what stands here stays as it was. {Markdown.Code($"/{SlashCommand.Trigger} internal mark here")} makes it internal again."
                    )
                : null;
        }
        catch (Exception silence) when (silence is ChatException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Shows the latest of what stands in a channel and is for people of ours only, and what is missing there: it may have stayed as it was.</summary>
    public async Task ShowInternal(ChannelId channel, CancellationToken cancel)
    {
        foreach (var (name, at) in await _store.LatestPosts(channel, MostShown, cancel))
        {
            if (await ShownBy(name, cancel) is { IsInternal: true })
            {
                await Show(at.Post, cancel);
            }
        }

        foreach (var feature in _features)
        {
            await ((IShowsAgain)_parts.GetRequiredService(feature)).ShowMissing(channel, cancel);
        }
    }

    private async ValueTask<bool> IsArchived(ChannelId channel, CancellationToken cancel)
    {
        if (
            _channels.TryGetValue(channel, out var known)
            && _clock.GetElapsedTime(known.At) < KnownFor
        )
        {
            return known.IsArchived;
        }

        var isArchived =
            await _chat.FindChannel(channel, cancel).WaitAsync(Patience, _clock, cancel) is
            { IsArchived: true };
        if (_channels.Count >= MostKnown)
        {
            _channels.Clear();
        }

        _channels[channel] = (isArchived, _clock.GetTimestamp());
        return isArchived;
    }

    private async ValueTask<Effect.ShowCard?> ShownBy(PostName name, CancellationToken cancel)
    {
        foreach (var feature in _features)
        {
            if (
                await ((IShowsAgain)_parts.GetRequiredService(feature)).Shown(name, cancel) is
                { } effect
            )
            {
                return effect;
            }
        }

        return null;
    }

    /// <summary>What a menu offers is seen by nobody who does not open it, and what a button carries by nobody at all.</summary>
    private static Card Seen(Card card) =>
        card with
        {
            Controls = [.. card.Controls.Select(c => c with { Payload = "", Options = [] })],
        };

    /// <summary>The message in which somebody pressed is settled by that: it says how, and loses its buttons.</summary>
    public async Task Settle(PostId post, Markdown said, CancellationToken cancel)
    {
        while (await _store.FindOpenMessage(post, cancel) is { } open)
        {
            if (await Commit(change => change.Settle(open, new Settlement(said)), cancel))
            {
                return;
            }
        }
    }

    private async Task<bool> Commit(Func<Change, Change> make, CancellationToken cancel) =>
        await _store.Commit(make(new Change(_clock.GetUtcNow(), Actor)), cancel);
}
