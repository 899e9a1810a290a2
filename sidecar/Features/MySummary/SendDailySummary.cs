using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.MySummary;

/// <summary>It is time for somebody's daily summary (WEEK-2).</summary>
internal sealed class SendDailySummary(
    Store store,
    Summaries summaries,
    PeopleTimes times,
    PeopleDirectory people,
    TimeProvider clock
) : IDueTask
{
    public static string Kind => "me.daily";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var person = new UserId(call.Id);
        while (true)
        {
            var now = clock.GetUtcNow();
            var read = await store.Find(DailySummary.Kind, person.Value, cancel);
            var change = new Change(now, Kind);
            if (read is null)
            {
                change.Due(Kind, person.Value, at: null);
            }
            else
            {
                await Look(change, read, now, cancel);
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    private async Task Look(
        Change change,
        Versioned<DailySummary> read,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var daily = read.Value;
        var person = daily.Person;
        var time = await times.Of(person, cancel);
        if (!daily.IsSentAt(now, time) || !await IsHere(person, cancel))
        {
            // The document is named so that whoever changes the time meanwhile is not overruled.
            change
                .Replace(DailySummary.Kind, read, daily)
                .Due(Kind, person.Value, daily.AfterLook(now, time));
            return;
        }

        var next = daily with { LastOn = LocalTime.DayOf(now, time.Zone) };
        change
            .Replace(DailySummary.Kind, read, next)
            .Due(Kind, person.Value, next.NextAfter(now, time.Zone));
        var summary = await summaries.Of(person, cancel);
        if (!summary.IsEmpty)
        {
            change.Do(
                new Effect.TellPerson(
                    person,
                    Markdown.Lines([
                        Markdown.Of(
                            $":sunny: Your day, {Sidecar.Time.CalendarDay.Write(LocalTime.DayOf(now, time.Zone))}"
                        ),
                        summary.Show(time.Zone),
                    ])
                )
                {
                    About = "daily summary",
                    IsInternal = summary.HoldsInternal,
                }
            );
        }
    }

    private async Task<bool> IsHere(UserId person, CancellationToken cancel) =>
        await people.Find(person, cancel) is { IsDeactivated: false, IsGuest: false };
}
