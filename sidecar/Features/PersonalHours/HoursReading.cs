using System.Collections.Immutable;
using Sidecar.Interactions;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.PersonalHours;

/// <summary>Working hours as people write them: <c>07:00-15:00</c>, <c>mon-thu 9-15</c>, <c>9am-5pm</c>, <c>default</c>.</summary>
/// <param name="Hours">Null for the team's.</param>
/// <param name="Days">Null for the team's.</param>
internal sealed record HoursReading(WorkingHours? Hours, ImmutableArray<DayOfWeek>? Days)
{
    /// <summary>What can be written, for messages.</summary>
    public const string Examples =
        "Write them as in `hours 07:00-15:00`, `hours mon-thu 09:00-15:00` or, for the team’s, `hours default`.";

    private const int LongestQuote = 60;
    private const int HalfDay = 12 * 60;

    /// <summary>Reads what was typed.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when it was understood.</param>
    public static HoursReading? Read(string text, out string problem)
    {
        problem = "";
        if (BareWord.Is(text, "never"))
        {
            problem =
                "Working hours can’t be none at all: who is away says so in Mattermost, as out of office or do not disturb.";
            return null;
        }

        if (BareWord.Is(text, "default") || NoneWord.Is(text))
        {
            return new HoursReading(null, null);
        }

        if (TypedClock.Hours(text) is not var (from, to, days))
        {
            problem = TypedClock.ZoneOfHours(text) is { } zone
                ? $"Working hours are by the clock of the zone in the Mattermost profile: leave “{MarkdownEscaper.Shorten(zone, LongestQuote)}” out, and write them as that clock shows them."
                : $"I do not understand “{MarkdownEscaper.Shorten(text, LongestQuote)}” as working hours: they go from one time of day to another, between 00:00 and 24:00.";
            return null;
        }

        if (from.Minutes >= to.Minutes)
        {
            // 9:00-05:00 is rather meant by the clock of twelve hours, 17-9 the other way round.
            var (begin, end) =
                from.Minutes < 13 * 60 && to.Minutes + HalfDay > from.Minutes
                    ? (from, new TimeOfDay(to.Minutes + HalfDay))
                    : (to, from);
            problem =
                from.Minutes > to.Minutes && to.Minutes > 0
                    ? $"Work that begins at {from} can’t end at {to}: is {begin}-{end} meant? Hours over midnight are not kept; the end has to be later on the same day, up to 24:00."
                    : $"Work that begins at {from} can’t end at {to}: the end has to be later on the same day, up to 24:00.";
            return null;
        }

        return new HoursReading(new WorkingHours { From = from, To = to }, days);
    }
}
