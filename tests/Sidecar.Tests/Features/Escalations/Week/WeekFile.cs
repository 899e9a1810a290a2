using System.Globalization;
using System.Text;

namespace Sidecar.Tests.Features.Escalations.Week;

/// <summary>The transcript as a file that people read.</summary>
internal static class WeekFile
{
    public const string Name = "Features/Escalations/Week/sev1-week.md";

    private const string Introduction = """
        # The week of a Sev 1

        Everything that people see of one Sev 1 in Mattermost, from the first message to the last task, in order. A test
        plays it and compares it with this file; `GOLDEN=write` writes it anew.

        - **Times** in headings and before posts are the team's: Europe/Berlin. Inside of messages they are as the product wrote them.
        - **People**: `@tam` (Europe/London), `@engineer`, on duty, and `@lead`, DE lead (Europe/Berlin), `@backup` of the engineer (Asia/Kolkata), `@executive` (America/New_York), `@cslead`, CS lead (Europe/London), `@csm`, who has left the team, `@admin`.
        - **Holidays**: Good Friday, 3 April, and Easter Monday, 6 April. Updates of Sev 1 go to ~outages too.
        - A post that is changed in place is told by what is gone (−) and what came (+). `[Button]`, `[Menu ▾ options]`, `[~~greyed button~~]`.

        """;

    public static string Write(IReadOnlyList<ToldStep> steps) =>
        Write(steps, Introduction, SevOneWeek.Berlin);

    /// <summary>Another transcript, with its own words in front.</summary>
    public static string Write(
        IReadOnlyList<ToldStep> steps,
        string introduction,
        TimeZoneInfo zone
    )
    {
        var text = new StringBuilder(introduction);
        DateOnly? day = null;
        foreach (var (told, number) in steps.Select((s, i) => (s, i + 1)))
        {
            var at = new DateTimeOffset(told.Step.At, zone.GetUtcOffset(told.Step.At));
            if (DateOnly.FromDateTime(told.Step.At) is var on && on != day)
            {
                day = on;
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"\n## {at:dddd d MMMM yyyy} ({zone.Id}, UTC{at:zzz})\n"
                );
            }

            text.Append('\n').Append(Write(told, number));
        }

        return text.ToString();
    }

    public static string Write(ToldStep told, int number, bool withAnswer = true)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"### {number}. {told.Step.At:ddd HH:mm} {told.Step.Title}\n"
        );
        if (withAnswer && told.Answer.Length > 0)
        {
            text.Append("\n*Only they read:*\n\n");
            foreach (var line in told.Answer.Split('\n'))
            {
                text.Append(line.Length == 0 ? ">\n" : $"> {line}  \n");
            }
        }

        foreach (var place in told.Places)
        {
            text.Append('\n').Append(place).Append('\n');
        }

        if (told.Places.Count == 0)
        {
            text.Append("\n*Nothing is posted.*\n");
        }

        return text.ToString();
    }
}
