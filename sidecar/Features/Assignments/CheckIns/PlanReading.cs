using Sidecar.Features.Assignments.Domain;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>A weekly time as people write it: <c>tue 14:00</c>, <c>every Tuesday at 2pm</c>, <c>thu 9am ET</c>.</summary>
internal static class PlanReading
{
    public const string Examples =
        "Write it as in `tue 14:00`, `thursdays at 9am` or `wed 9am ET`.";
    private const int LongestQuote = 60;

    /// <summary>As somebody in a zone would write it.</summary>
    public static string Written(CheckInPlan plan, string zone)
    {
        var day = plan.Day.ToString()[..3].ToLowerInvariant();
        return plan.Zone == zone ? $"{day} {plan.Time}" : $"{day} {plan.Time} {plan.Zone}";
    }

    /// <summary>Reads a weekday and a time, in the person’s zone unless one is written; null with what is wrong.</summary>
    public static CheckInPlan? Read(string text, PersonTime person, out string problem)
    {
        if (TypedClock.Weekly(text, person.Hours, out problem) is not var (day, time, zone))
        {
            problem =
                problem.Length > 0
                    ? problem
                    : $"“{MarkdownEscaper.Shorten(text, LongestQuote)}” is not a weekday and time. {Examples}";
            return null;
        }

        return new CheckInPlan(day, time, (zone ?? person.Zone).Id);
    }
}
