using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>The links that we have put above an incident's channel. Its document's id is the escalation's.</summary>
/// <param name="Made">They, also those that somebody has taken away since: these do not come back.</param>
internal sealed record ChannelBookmarks(ImmutableArray<Bookmark> Made)
{
    /// <summary>The server takes none: it is not asked again.</summary>
    public bool IsRefused { get; init; }

    public static DocumentKind<ChannelBookmarks> Kind { get; } =
        new("incident-bookmarks", BookmarksJson.Default.ChannelBookmarks);
}

/// <summary>
/// Above an incident's channel stand the links that whoever works in it looks for: its card, and the customer's
/// (DLG-3). Only newer servers with a licence have such; elsewhere nothing is missing, nothing is said, and it is asked
/// for once for each incident.
/// </summary>
internal sealed class BookmarkChannel(
    Store store,
    EscalationStore book,
    CustomerStore customers,
    SharedPosts posts,
    IChat chat
) : IDueTask
{
    /// <summary>The card that is linked is posted first, most often within a second.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    public static string Kind => "escalation.bookmarks";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        if (
            EscalationId.Read(call.Id) is { } id
            && await book.Find(id, cancel) is { Value: { IsOver: false } escalation }
            && escalation.Incident?.Channel is { Id: var channel }
        )
        {
            await Bring(escalation, channel, call, cancel);
            return;
        }

        await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
    }

    private async Task Bring(
        Escalation escalation,
        ChannelId channel,
        DueCall call,
        CancellationToken cancel
    )
    {
        var read = await store.Find(ChannelBookmarks.Kind, call.Id, cancel);
        var known = read?.Value ?? new ChannelBookmarks([]);
        DateTimeOffset? again = null;
        if (!known.IsRefused)
        {
            try
            {
                if (await Wanted(escalation, channel, cancel) is { } wanted)
                {
                    known = new ChannelBookmarks(await Bring(channel, known.Made, wanted, cancel));
                }
                else
                {
                    // The card is on its way.
                    again = call.Now + LookAgain;
                }
            }
            catch (ChatException refused)
                when (refused.Problem is ChatProblem.Refused or ChatProblem.Missing)
            {
                // The server has none, or the bot may not make them: nothing is missing without.
                known = known with
                {
                    IsRefused = true,
                };
            }
            catch (ChatException)
            {
                again = call.Now + LookAgain;
            }
        }

        var change = new Change(call.Now, Kind).Due(Kind, call.Id, again);
        _ = read is null
            ? change.Add(ChannelBookmarks.Kind, call.Id, known)
            : change.Replace(ChannelBookmarks.Kind, read, known);
        await store.Commit(change, cancel);
    }

    /// <summary>What shall stand there; null when it is not known yet.</summary>
    private async Task<ImmutableArray<Bookmark>?> Wanted(
        Escalation escalation,
        ChannelId channel,
        CancellationToken cancel
    )
    {
        var card = await store.Find(PostedPosts.Kind, escalation.CardInChannel.Value, cancel);
        if (card is null)
        {
            return null;
        }

        var links = ImmutableArray.CreateBuilder<Bookmark>();
        links.Add(new Bookmark($"{escalation.Id}", await posts.LinkTo(card.Value.Post, cancel)));

        // Where the customer's links lead is for people of ours.
        if (
            await customers.Read(escalation.Customer, cancel) is { Value: var customer }
            && await chat.Audience(channel, cancel) is { HasGuests: false, IsShared: false }
        )
        {
            links.AddRange(Of(customer));
        }

        return links.ToImmutable();
    }

    private static IEnumerable<Bookmark> Of(Customer customer)
    {
        (string Title, string? Address)[] named =
        [
            ("Tickets", customer.TicketsLink),
            ("CRM", customer.CrmLink),
            ("Success platform", customer.SuccessLink),
        ];
        foreach (var (title, address) in named)
        {
            if (!string.IsNullOrEmpty(address))
            {
                yield return new Bookmark(title, address);
            }
        }

        var designs = customer.DesignDocuments;
        for (var i = 0; i < designs.Length; i++)
        {
            yield return new Bookmark(
                designs.Length == 1
                    ? "Technical design"
                    : string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"Technical design {i + 1}"
                    ),
                designs[i]
            );
        }
    }

    /// <summary>One that was made and is gone was taken away by somebody, and stays away.</summary>
    private async Task<ImmutableArray<Bookmark>> Bring(
        ChannelId channel,
        ImmutableArray<Bookmark> made,
        ImmutableArray<Bookmark> wanted,
        CancellationToken cancel
    )
    {
        var there = await chat.Bookmarks(channel, cancel);
        var now = ImmutableArray.CreateBuilder<Bookmark>();
        foreach (var bookmark in wanted)
        {
            var before =
                made.FirstOrDefault(b => b.Title == bookmark.Title)
                ?? there.FirstOrDefault(b => b.Title == bookmark.Title);
            var isGone = before is not null && there.All(b => b.Id != before.Id);
            now.Add(
                before is null ? await chat.Bookmark(channel, bookmark, cancel)
                : isGone || before.Address == bookmark.Address ? before
                : await Change(channel, before, bookmark.Address, cancel)
            );
        }

        foreach (
            var old in there.Where(b =>
                made.Any(m => m.Id == b.Id) && wanted.All(w => w.Title != b.Title)
            )
        )
        {
            await chat.RemoveBookmark(channel, old, cancel);
        }

        return now.ToImmutable();
    }

    private async Task<Bookmark> Change(
        ChannelId channel,
        Bookmark before,
        string address,
        CancellationToken cancel
    )
    {
        try
        {
            return await chat.Bookmark(channel, before with { Address = address }, cancel);
        }
        catch (ChatException gone) when (gone.Problem == ChatProblem.Missing)
        {
            // Somebody took it away at this moment.
            return before;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ChannelBookmarks))]
internal sealed partial class BookmarksJson : JsonSerializerContext;
