namespace Sidecar.Time.Calendars;

/// <summary>A day on which nobody works.</summary>
/// <param name="Date">The day, as the calendar on the wall shows it.</param>
/// <param name="Name">What it is called: <c>New Year's Day</c>.</param>
public sealed record Holiday(DateOnly Date, string Name);
