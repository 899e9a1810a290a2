using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.People;

/// <summary>When people work and whether they are away: what is asked before anybody is asked (UPD-4, WEEK-3).</summary>
internal sealed class PeopleTimes(
    Store store,
    PeopleDirectory people,
    KnownPresences presences,
    WorkingTime team,
    TimeProvider clock
)
{
    /// <summary>Somebody's time. Whatever Mattermost does, there is an answer within seconds.</summary>
    public async ValueTask<PersonTime> Of(UserId person, CancellationToken cancel) =>
        (await Of([person], cancel))[0];

    /// <summary>The same for several, in their order, for whom Mattermost is asked together.</summary>
    public async ValueTask<IReadOnlyList<PersonTime>> Of(
        IReadOnlyList<UserId> several,
        CancellationToken cancel
    )
    {
        await people.TryToKnow(several, cancel);
        var away = await presences.Of(several, cancel);
        var times = new List<PersonTime>(several.Count);
        foreach (var person in several)
        {
            var calendar = (await Hours(person, cancel)).Of(team);
            times.Add(
                new PersonTime(
                    person,
                    await people.ZoneOf(person, cancel),
                    calendar.Hours,
                    calendar,
                    people.IsGone(person) ? Absence.Gone : away.GetValueOrDefault(person)
                )
            );
        }

        return times;
    }

    /// <summary>What somebody set themselves.</summary>
    public async ValueTask<PersonHours> Hours(UserId person, CancellationToken cancel) =>
        (await store.Find(PersonHours.Kind, person.Value, cancel))?.Value
        ?? PersonHours.Unset(person);

    /// <summary>Sets somebody's hours, in the audit trail too.</summary>
    /// <param name="next">From earlier than to, at least one day.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="told">What the person is told when it was somebody else.</param>
    /// <param name="cancel">Gives up; then nothing was set.</param>
    /// <returns>False when they had these already.</returns>
    public async Task<bool> Set(
        PersonHours next,
        UserId by,
        Sidecar.Text.Markdown told,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var read = await store.Find(PersonHours.Kind, next.Person.Value, cancel);
            var before = read?.Value ?? PersonHours.Unset(next.Person);
            if (before.IsSame(next))
            {
                return false;
            }

            var change = new Change(clock.GetUtcNow(), by.Value);
            _ = read is null
                ? change.Add(PersonHours.Kind, next.Person.Value, next)
                : change.Replace(PersonHours.Kind, read, next);
            change.Record(
                PersonHours.SubjectOf(next.Person),
                new PersonHoursFact.Set(
                    by,
                    next.Person,
                    next.Hours,
                    next.Days,
                    before.Hours,
                    before.Days
                ),
                PersonHoursJson.Default.PersonHoursFact
            );
            if (by != next.Person)
            {
                change.Do(
                    new Effect.TellPerson(next.Person, told)
                    {
                        About = "working hours",
                        OnBehalfOf = by,
                    }
                );
            }

            if (await store.Commit(change, cancel))
            {
                return true;
            }
        }
    }
}
