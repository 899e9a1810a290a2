using System.Globalization;
using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Scheduling;

namespace Sidecar.Features.Assignments;

/// <summary>How check-ins are spoken of.</summary>
internal static class CheckInWords
{
    public static Words Command(string text) => Words.Code($"/{SlashCommand.Trigger} {text}");

    /// <summary><c>ASG-3 Acme</c>.</summary>
    public static Words Name(Assignment assignment) =>
        Words.Of($"**{assignment.Id}** {assignment.CustomerName}");

    public static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Words At(DateTimeOffset at, string zone) =>
        Words.Typed($"{At(at, Zone(zone)):ddd} {Times.At(at, Zone(zone))}");

    /// <summary><c>Tuesdays at 15:00 Europe/Berlin</c>, as the reader's clock shows the next one.</summary>
    public static Words Weekly(CheckInPlan plan, DateTimeOffset next, string zone)
    {
        var own = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Day}s at {plan.Time} {Zone(plan.Zone).Id}"
        );
        var here = At(next, Zone(zone));
        return zone == plan.Zone
            ? Words.Of($"**{own}**")
            : Words.Of(
                $"**{string.Create(CultureInfo.InvariantCulture, $"{here.DayOfWeek}s at {here:HH:mm} {zone}")}** ({own}, whose clock it follows)"
            );
    }

    /// <summary>Where answers are posted besides, behind “posted”: <c>to ~channel</c>, <c>nowhere else</c>.</summary>
    public static Words Place(NamedChannel? place) =>
        place switch
        {
            null => Words.Of($"nowhere else"),
            { Name: "" } => Words.Of(
                $"to the channel that was chosen with {Words.Code("in here")}"
            ),
            { } channel => Words.Of($"to {channel}"),
        };

    public static TimeZoneInfo Zone(string id) => Zones.StoredOrUtc(id);

    private static DateTime At(DateTimeOffset at, TimeZoneInfo zone) => LocalTime.Of(at, zone);
}
