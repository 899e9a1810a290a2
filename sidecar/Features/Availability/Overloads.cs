using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Availability;

/// <summary>Who is overloaded (ASG-11): asked before work is given to somebody or suggested for them.</summary>
internal sealed class Overloads(Store store, TimeProvider clock)
{
    /// <summary>That somebody is overloaded; null when they are not.</summary>
    public async ValueTask<Overload?> Find(UserId person, CancellationToken cancel) =>
        (await store.Find(Overload.Stored, person.Value, cancel))?.Value;

    public async ValueTask<NamedChannel?> Channel(CancellationToken cancel) =>
        (await store.Find(HelpChannel.Stored, HelpChannel.Subject, cancel))?.Value.Channel;

    /// <summary>Somebody is overloaded from now on; saying it again replaces what they need.</summary>
    /// <param name="next">Who, why.</param>
    /// <param name="act">Names the act, which is done once however often it is delivered.</param>
    /// <param name="tell">What is done in the chat.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task Mark(
        Overload next,
        string act,
        IReadOnlyList<Effect> tell,
        CancellationToken cancel
    )
    {
        while (await store.Find(IdempotencyRecord.Kind, act, cancel) is null)
        {
            var read = await store.Find(Overload.Stored, next.Person.Value, cancel);
            var change = new Change(clock.GetUtcNow(), next.Person.Value)
                .Add(
                    IdempotencyRecord.Kind,
                    act,
                    new IdempotencyRecord(next.Person.Value, next.Since)
                )
                .Record(
                    Overload.SubjectOf(next.Person),
                    new OverloadFact.Marked(next.Person, next.Kind, next.Need),
                    OverloadJson.Default.OverloadFact
                );
            _ = read is null
                ? change.Add(Overload.Stored, next.Person.Value, next)
                : change.Replace(Overload.Stored, read, next with { Since = read.Value.Since });
            foreach (var effect in tell)
            {
                change.Do(effect);
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    /// <summary>It is over.</summary>
    /// <returns>What it was; null when there was none.</returns>
    public async Task<Overload?> End(
        UserId person,
        UserId by,
        Func<Overload, NamedChannel?, IEnumerable<Effect>> tell,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (await store.Find(Overload.Stored, person.Value, cancel) is not { } read)
            {
                return null;
            }

            var change = new Change(clock.GetUtcNow(), by.Value)
                .Delete(Overload.Stored, read)
                .Record(
                    Overload.SubjectOf(person),
                    new OverloadFact.Relieved(by, person, read.Value.Since),
                    OverloadJson.Default.OverloadFact
                );
            foreach (var effect in tell(read.Value, await Channel(cancel)))
            {
                change.Do(effect);
            }

            if (await store.Commit(change, cancel))
            {
                return read.Value;
            }
        }
    }

    /// <summary>Sets where engineers ask for help, or takes it away.</summary>
    public async Task SetChannel(
        NamedChannel? channel,
        UserId by,
        Effect? greeting,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var read = await store.Find(HelpChannel.Stored, HelpChannel.Subject, cancel);
            if (read?.Value.Channel == channel)
            {
                return;
            }

            var change = new Change(clock.GetUtcNow(), by.Value).Record(
                HelpChannel.Subject,
                new OverloadFact.ChannelSet(by, read?.Value.Channel, channel),
                OverloadJson.Default.OverloadFact
            );
            _ = (read, channel) switch
            {
                (null, { } to) => change.Add(
                    HelpChannel.Stored,
                    HelpChannel.Subject,
                    new HelpChannel(to)
                ),
                ({ } before, { } to) => change.Replace(
                    HelpChannel.Stored,
                    before,
                    new HelpChannel(to)
                ),
                ({ } before, null) => change.Delete(HelpChannel.Stored, before),
                _ => change,
            };
            if (greeting is not null)
            {
                change.Do(greeting);
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }
}
