using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>Parts of sentences about status updates.</summary>
internal static class UpdateWords
{
    /// <summary><c>due</c>, <c>15 min overdue</c>.</summary>
    public static string Lateness(TimeSpan overdue) =>
        overdue < TimeSpan.FromMinutes(1) ? "due" : $"{Times.Length(overdue)} overdue";

    /// <summary>Who was told, step by step.</summary>
    public static Markdown Told(ImmutableArray<ToldStep> told) =>
        told.Select(step => Markdown.Of($" {Label(step.Step)}: {People(step.People)}."))
            .Aggregate(Markdown.None, (all, next) => Markdown.Of($"{all}{next}"));

    public static Markdown People(ImmutableArray<ToldPerson> people) =>
        people.IsEmpty
            ? Markdown.Of($"nobody (nobody is named for it)")
            : EscalationWords.List([.. people.Select(p => p.Person)]);

    private static Markdown Label(UpdateStep step) =>
        step switch
        {
            UpdateStep.Owner => Markdown.Of($"Asked"),
            UpdateStep.Channel => Markdown.Of($"Reminded here"),
            _ => Markdown.Of($"Told as DE lead"),
        };
}

/// <summary>The age of an incident as the template writes it, in hours: <c>3.5 hours</c>; in its first one, minutes.</summary>
internal readonly record struct IncidentHours(TimeSpan Age) : IWritten
{
    public override string ToString()
    {
        // Cut, not rounded: an incident is never older than it is.
        var tenths = Age.Ticks / (TimeSpan.TicksPerHour / 10);
        return tenths switch
        {
            < 10 when Age < TimeSpan.FromMinutes(1) => "less than a minute",
            < 10 => string.Create(CultureInfo.InvariantCulture, $"{(int)Age.TotalMinutes} min"),
            10 => "1 hour",
            _ => string.Create(CultureInfo.InvariantCulture, $"{tenths / 10m:0.#} hours"),
        };
    }
}

/// <summary>Zones as facts keep them.</summary>
internal static class UpdateZone
{
    /// <summary>The zone of that name; UTC where this machine does not know it any more.</summary>
    public static TimeZoneInfo Of(string? name) =>
        name is null ? TimeZoneInfo.Utc : Zones.StoredOrUtc(name);
}
