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
    /// <summary>Only the days were named: the hours stay as they are.</summary>
    public bool KeepsHours { get; private init; }

    /// <summary>What can be written, for messages.</summary>
    public const string Examples =
        "Write them as in `hours 07:00-15:00`, `hours mon-thu 09:00-15:00` or, for the team’s, `hours default`.";

    private const int LongestQuote = 60;
    private const int HalfDay = 12 * 60;

    /// <summary>Reads what was typed.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when it was understood.</param>
    /// <param name="of">The zone of whom they are of: naming it says nothing new. Null when it is not known.</param>
    public static HoursReading? Read(string text, out string problem, TimeZoneInfo? of = null)
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

        var typed = TypedHours.Read(text);
        if (typed.Zone.Length > 0 && !(of is not null && IsSame(typed.KnownZone, of)))
        {
            problem =
                $"Working hours are by the clock of the zone in the Mattermost profile{(of is null ? "" : $", {of.Id}")}: leave “{MarkdownEscaper.Shorten(typed.Zone, LongestQuote)}” out, and write them as that clock shows them. Another zone is chosen in Mattermost, under Settings, Display, Timezone.";
            return null;
        }

        if (typed is TypedHours.DaysOnly { Days: var only })
        {
            return new HoursReading(null, only) { KeepsHours = true };
        }

        if (typed is not TypedHours.OneSpan { From: var from, To: var to, Days: var days })
        {
            problem = WhyNot(typed, text);
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

    private static string WhyNot(TypedHours typed, string text) =>
        typed switch
        {
            TypedHours.Several { OfDays: true } =>
                "Working hours are one span of the day, the same on each of the days: name that span and the days once.",
            TypedHours.Several { Spans: var spans } =>
                $"Working hours are one span of the day, without breaks: {string.Join(" and ", spans.Select(s => $"{s.From}-{s.To}"))} can’t both be kept. {Around(spans)}",
            TypedHours.Unclear { Word: { Length: > 0 } word } =>
                $"I understand the hours, but not “{MarkdownEscaper.Shorten(word, LongestQuote)}” with them: beside a span there are days only, as in `mon-thu` or `mon,wed`.",
            _ =>
                $"I do not understand “{MarkdownEscaper.Shorten(text, LongestQuote)}” as working hours: they go from one time of day to another, between 00:00 and 24:00.",
        };

    private static string Around(ImmutableArray<(TimeOfDay From, TimeOfDay To)> spans)
    {
        var (from, to) = (spans.Min(s => s.From.Minutes), spans.Max(s => s.To.Minutes));
        return from < to ? $"Is {new TimeOfDay(from)}-{new TimeOfDay(to)} meant?" : "";
    }

    private static bool IsSame(TimeZoneInfo? named, TimeZoneInfo own) =>
        named is not null && (named.Id == own.Id || named.HasSameRules(own));
}
