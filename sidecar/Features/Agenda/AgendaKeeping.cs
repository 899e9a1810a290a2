using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.AgendaItems;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Agenda;

/// <summary>Makes agendas of what all features have, and keeps the posted one.</summary>
internal sealed class AgendaKeeping(
    Store store,
    IEnumerable<IAgendaSource> sources,
    PeopleDirectory people
) : IShowsAgain
{
    public IReadOnlyList<IAgendaSource> Sources { get; } = [.. sources];

    /// <summary>What there is to talk about, in order.</summary>
    public async ValueTask<ImmutableArray<ShownSection>> Sections(
        AgendaReader reader,
        CancellationToken cancel
    )
    {
        var sections = new List<AgendaSection>();
        foreach (var source in Sources)
        {
            sections.AddRange(await source.Sections(reader, cancel));
        }

        return [.. sections.OrderBy(s => s.Order).Select(ShownSection.Of)];
    }

    /// <summary>The meeting that began last before a moment; null when none did.</summary>
    public async ValueTask<AgendaMeeting?> Last(DateTimeOffset before, CancellationToken cancel) =>
        (await Latest(cancel)).FirstOrDefault(m => m.Value.BeginsAt < before)?.Value;

    /// <summary>The meeting whose agenda is posted and that has not begun; null when there is none.</summary>
    public async ValueTask<Versioned<AgendaMeeting>?> Upcoming(
        DateTimeOffset now,
        CancellationToken cancel
    ) => (await Latest(cancel)).FirstOrDefault(m => m.Value.BeginsAt > now);

    private async ValueTask<IReadOnlyList<Versioned<AgendaMeeting>>> Latest(
        CancellationToken cancel
    ) =>
        (
            await store.List(
                AgendaMeeting.Kind,
                AgendaMeeting.ByTime,
                IndexKey.Empty,
                null,
                5,
                cancel
            )
        ).Items;

    public ValueTask<Versioned<AgendaMeeting>?> Find(string id, CancellationToken cancel) =>
        store.Find(AgendaMeeting.Kind, id, cancel);

    public static string IdOf(DateTimeOffset beginsAt) =>
        beginsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HHmm'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// The effect that shows a meeting's agenda. Who is named is not pinged each time that it changes; where others could
    /// read it nothing is shown (ASG-4).
    /// </summary>
    public async ValueTask<Effect> Show(
        AgendaMeeting meeting,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var text = AgendaText.Of(meeting);
        await people.TryToKnow([.. text.Mentioned()], cancel);
        return new Effect.ShowCard(
            meeting.Post,
            meeting.Channel.Id,
            Thread: null,
            text.WithoutPings(people.NameOf),
            AgendaText.Card(meeting, now)
        )
        {
            About = "the weekly agenda",
            ChosenFor = "the weekly agenda",
            IsInternal = true,
        };
    }

    public async Task<bool> ShowAgain(PostName post, CancellationToken cancel)
    {
        while (
            post.Value.Split('/') is ["agenda", var id, _]
            && await Find(id, cancel) is { } read
            && read.Value.Post == post
        )
        {
            var change = new Change(read.Value.BeginsAt, "shown-again")
                .Replace(AgendaMeeting.Kind, read, read.Value)
                .Do(await Show(read.Value, read.Value.BeginsAt, cancel));
            if (await store.Commit(change, cancel))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>
/// The agenda is posted some time before the meeting, kept current until it begins, and stays then as it is; the next
/// meeting follows. A meeting that began while nobody ran is passed over.
/// </summary>
internal sealed class KeepAgenda(Store store, AgendaKeeping agenda, WorkingTime team) : IDueTask
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    public static string Kind => "agenda.weekly";

    /// <summary>When it is first looked at after a plan was made or changed.</summary>
    public static DateTimeOffset? FirstLook(
        AgendaPlan plan,
        DateTimeOffset now,
        WorkingTime team
    ) =>
        plan.NextAfter(now, team) is { } next
            ? next - plan.Ahead > now
                ? next - plan.Ahead
                : now
            : null;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        while (!await store.Commit(await Look(call, cancel), cancel)) { }
    }

    private async Task<Change> Look(DueCall call, CancellationToken cancel)
    {
        var now = call.Now;
        var change = new Change(now, Kind);
        if (
            await store.Find(AgendaPlan.Kind, AgendaPlan.Id, cancel) is not { Value: var plan } read
        )
        {
            return change.Due(Kind, call.Id, null);
        }

        // Whoever changes the plan meanwhile is not overruled.
        change.Replace(AgendaPlan.Kind, read, plan);
        // The one that begins at this very moment is the one that is frozen now.
        var begins =
            plan.NextAfter(now - LookEvery, team) is { } near && near <= now
                ? near
                : plan.NextAfter(now, team);
        if (begins is not { } at)
        {
            return change.Due(Kind, call.Id, null);
        }

        if (now >= at)
        {
            await Freeze(change, AgendaKeeping.IdOf(at), now, cancel);
            var next = plan.NextAfter(now, team);
            return change.Due(
                Kind,
                call.Id,
                next is null ? null : Later(next.Value - plan.Ahead, now)
            );
        }

        if (now < at - plan.Ahead)
        {
            return change.Due(Kind, call.Id, at - plan.Ahead);
        }

        await Refresh(change, plan, at, now, cancel);
        return change.Due(Kind, call.Id, now + LookEvery < at ? now + LookEvery : at);
    }

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset now) =>
        at > now ? at : now + LookEvery;

    private async Task Refresh(
        Change change,
        AgendaPlan plan,
        DateTimeOffset at,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var id = AgendaKeeping.IdOf(at);
        var known = await agenda.Find(id, cancel);
        var last = known is null ? await agenda.Last(at, cancel) : null;
        var meeting =
            known?.Value
            ?? new AgendaMeeting(id, at, plan.Zone.Id, plan.Channel)
            {
                Before = last?.Sections ?? [],
                IsFirst = last is null,
            };
        var next = meeting with
        {
            Sections = await agenda.Sections(new AgendaReader(now, MayReadRevenue: false), cancel),
            Channel = plan.Channel,
            Zone = plan.Zone.Id,
        };
        if (
            known is not null
            && AgendaText.Of(next) == AgendaText.Of(meeting)
            && next.Post == meeting.Post
        )
        {
            return;
        }

        if (known is not null && next.Post != meeting.Post)
        {
            change.Do(Moved(meeting, next));
        }

        _ = known is null
            ? change
                .Add(AgendaMeeting.Kind, id, next)
                .Due(CloseAgenda.Kind, id, at + AgendaMeeting.NotesFor)
            : change.Replace(AgendaMeeting.Kind, known, next);
        change.Do(await agenda.Show(next, now, cancel));
    }

    /// <summary>It begins: once more as it stands now, and no more.</summary>
    private async Task Freeze(
        Change change,
        string id,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (await agenda.Find(id, cancel) is not { Value: var meeting } read)
        {
            return;
        }

        var next = meeting with
        {
            Sections = await agenda.Sections(new AgendaReader(now, MayReadRevenue: false), cancel),
        };
        change.Replace(AgendaMeeting.Kind, read, next).Do(await agenda.Show(next, now, cancel));
    }

    private static Effect.ShowCard Moved(AgendaMeeting from, AgendaMeeting to) =>
        new(
            from.Post,
            from.Channel.Id,
            Thread: null,
            Markdown.Of($"The weekly agenda is in {to.Channel} now."),
            new Card(Markdown.Of($"Moved"), Tone.Neutral)
        )
        {
            About = "the weekly agenda",
        };
}

/// <summary>Some time after the meeting no note is taken any more: its post shows those that were.</summary>
internal sealed class CloseAgenda(Store store, AgendaKeeping agenda) : IDueTask
{
    public static string Kind => "agenda.close";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        Change change;
        do
        {
            change = new Change(call.Now, Kind).Due(Kind, call.Id, null);
            if (await agenda.Find(call.Id, cancel) is { Value: { IsClosed: false } meeting } read)
            {
                var closed = meeting with { IsClosed = true };
                change
                    .Replace(AgendaMeeting.Kind, read, closed)
                    .Do(await agenda.Show(closed, call.Now, cancel));
            }
        } while (!await store.Commit(change, cancel));
    }
}
