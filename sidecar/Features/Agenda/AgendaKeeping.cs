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
    PeopleDirectory people,
    TimeProvider clock
) : IShowsAgain
{
    private const int Looked = 20;

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
        (await Latest(cancel))
            .FirstOrDefault(m => !m.Value.IsCalledOff && m.Value.BeginsAt < before)
            ?.Value;

    /// <summary>The meeting whose agenda is posted and that has not begun; null when there is none.</summary>
    public async ValueTask<Versioned<AgendaMeeting>?> Upcoming(
        DateTimeOffset now,
        CancellationToken cancel
    ) => (await Latest(cancel)).FirstOrDefault(m => !m.Value.IsCalledOff && m.Value.BeginsAt > now);

    /// <summary>Meetings that have begun, and whose agendas are still kept current: one, or none.</summary>
    public async ValueTask<IReadOnlyList<Versioned<AgendaMeeting>>> Begun(
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        [
            .. (await Latest(cancel)).Where(m =>
                m.Value is { IsCalledOff: false, IsClosed: false, FrozenAt: null }
                && m.Value.BeginsAt <= now
            ),
        ];

    /// <summary>Meetings that were not held, and with whose notes no other one has gone on: the earliest first.</summary>
    /// <param name="since">Older ones nobody waits for.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyList<Versioned<AgendaMeeting>>> LeftOver(
        DateTimeOffset since,
        CancellationToken cancel
    ) =>
        [
            .. (await Latest(cancel))
                .Where(m =>
                    m.Value is { IsCalledOff: true, TakenTo: null, Notes.IsEmpty: false }
                    && m.Value.BeginsAt >= since
                )
                .Reverse(),
        ];

    private async ValueTask<IReadOnlyList<Versioned<AgendaMeeting>>> Latest(
        CancellationToken cancel
    ) =>
        (
            await store.List(
                AgendaMeeting.Kind,
                AgendaMeeting.ByTime,
                IndexKey.Empty,
                null,
                Looked,
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
            // That it is not held names nobody; notes do.
            IsInternal = !meeting.IsCalledOff || !meeting.Notes.IsEmpty,
        };
    }

    public async ValueTask<Effect.ShowCard?> Shown(PostName post, CancellationToken cancel) =>
        await Of(post, cancel) is { Value: var meeting }
            ? await Show(meeting, clock.GetUtcNow(), cancel) as Effect.ShowCard
            : null;

    public async Task<bool> ShowAgain(PostName post, CancellationToken cancel)
    {
        while (await Of(post, cancel) is { } read)
        {
            var now = clock.GetUtcNow();
            var change = new Change(now, "shown-again")
                .Replace(AgendaMeeting.Kind, read, read.Value)
                .Do(await Show(read.Value, now, cancel));
            if (await store.Commit(change, cancel))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<Versioned<AgendaMeeting>?> Of(
        PostName post,
        CancellationToken cancel
    ) =>
        post.Value.Split('/') is ["agenda", var id, _]
        && await Find(id, cancel) is { } read
        && read.Value.Post == post
            ? read
            : null;
}

/// <summary>
/// The agenda is posted some time before the meeting, kept current until it begins, and stays then as it is; the next
/// meeting follows. A meeting that began while nobody ran is passed over; one whose agenda was posted before is brought
/// to its end as soon as somebody runs.
/// </summary>
internal sealed class KeepAgenda(Store store, AgendaKeeping agenda, WorkingTime team) : IDueTask
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CarriedFor = TimeSpan.FromDays(30);

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
        foreach (var begun in await agenda.Begun(now, cancel))
        {
            await Freeze(change, begun, now, cancel);
        }

        if (plan.NextAfter(now, team) is not { } at)
        {
            return change.Due(Kind, call.Id, null);
        }

        if (now < at - plan.Ahead)
        {
            return change.Due(Kind, call.Id, at - plan.Ahead);
        }

        await Refresh(change, plan, at, now, cancel);
        return change.Due(Kind, call.Id, now + LookEvery < at ? now + LookEvery : at);
    }

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
        // One that was called off, and is held after all, begins anew.
        var isNew = known is not { Value.IsCalledOff: false };
        var meeting = isNew
            ? await Begin(change, plan, at, known?.Value, now, cancel)
            : known!.Value;
        var next = meeting with
        {
            Sections = await agenda.Sections(new AgendaReader(now, MayReadRevenue: false), cancel),
            Channel = plan.Channel,
            Zone = plan.Zone.Id,
        };
        if (!isNew && AgendaText.Of(next) == AgendaText.Of(meeting) && next.Post == meeting.Post)
        {
            return;
        }

        if (known is not null && next.Post != known.Value.Post)
        {
            change.Do(Moved(known.Value, next));
        }

        _ = known is null
            ? change.Add(AgendaMeeting.Kind, id, next)
            : change.Replace(AgendaMeeting.Kind, known, next);
        if (isNew)
        {
            change.Due(CloseAgenda.Kind, id, at + AgendaMeeting.NotesFor);
        }

        change.Do(await agenda.Show(next, now, cancel));
    }

    /// <summary>Its agenda is posted for the first time; notes of one that was to be held instead go along.</summary>
    private async Task<AgendaMeeting> Begin(
        Change change,
        AgendaPlan plan,
        DateTimeOffset at,
        AgendaMeeting? before,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var id = AgendaKeeping.IdOf(at);
        var last = await agenda.Last(at, cancel);
        var notes = before is { TakenTo: null } ? before.Notes : [];
        foreach (
            var left in (await agenda.LeftOver(now - CarriedFor, cancel)).Where(m => m.Id != id)
        )
        {
            notes = notes.AddRange(left.Value.Notes);
            change.Replace(AgendaMeeting.Kind, left, left.Value with { TakenTo = id });
        }

        return new AgendaMeeting(id, at, plan.Zone.Id, plan.Channel)
        {
            Before = last?.Sections ?? [],
            IsFirst = last is null,
            Notes = notes,
        };
    }

    /// <summary>
    /// It has begun: once more as it stands now, and no more. After its end nobody wants to read in it how things stand by
    /// then.
    /// </summary>
    private async Task Freeze(
        Change change,
        Versioned<AgendaMeeting> read,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var next = read.Value with { FrozenAt = now };
        if (now < next.BeginsAt + AgendaMeeting.NotesFor)
        {
            next = next with
            {
                Sections = await agenda.Sections(
                    new AgendaReader(now, MayReadRevenue: false),
                    cancel
                ),
            };
        }

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
