using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.MySummary;

/// <summary>Somebody wants their summary every working day (WEEK-2).</summary>
/// <param name="Person">Who.</param>
/// <param name="At">At which time, by the clock of their zone.</param>
internal sealed record DailySummary(UserId Person, TimeOfDay At)
{
    /// <summary>What comes so much later than it should, because nothing ran, waits for working hours (WEEK-3).</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    public static DocumentKind<DailySummary> Kind { get; } =
        new("daily-summary", SummaryJson.Default.DailySummary);

    /// <summary>The last day that was dealt with, where they are: each is once.</summary>
    public DateOnly? LastOn { get; init; }

    /// <summary>When the next one comes, UTC: on the next day that was not dealt with.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = LocalTime.DayOf(now, zone);
        var at = OnDay(day, zone);
        return at > now && !(LastOn >= day) ? at : OnDay(day.AddDays(1), zone);
    }

    /// <summary>
    /// Whether it is sent now: it is time for today's, which was not sent, on a working day of theirs, and they are not
    /// away. One that is late comes in their working hours or not at all.
    /// </summary>
    public bool IsSentAt(DateTimeOffset now, PersonTime time)
    {
        var day = LocalTime.DayOf(now, time.Zone);
        var at = OnDay(day, time.Zone);
        return at <= now
            && !(LastOn >= day)
            && time.Absence is not { IsLong: true }
            && IsWorkingDay(day, time)
            && (now - at < Late || time.Calendar.IsWorkingTime(now, time.Zone));
    }

    /// <summary>
    /// When it is to be looked at again, UTC: today's that came too early for working hours comes with them.
    /// </summary>
    public DateTimeOffset AfterLook(DateTimeOffset now, PersonTime time)
    {
        var day = LocalTime.DayOf(now, time.Zone);
        return
            NextAfter(now, time.Zone) is var next
            && IsLateButToday(now, time)
            && time.Calendar.NextWorkingTime(now, time.Zone) is var opens
            && LocalTime.DayOf(opens, time.Zone) == day
            ? opens
            : next;
    }

    private bool IsLateButToday(DateTimeOffset now, PersonTime time)
    {
        var day = LocalTime.DayOf(now, time.Zone);
        return OnDay(day, time.Zone) <= now
            && !(LastOn >= day)
            && time.Absence is not { IsLong: true }
            && IsWorkingDay(day, time)
            && !time.Calendar.IsWorkingTime(now, time.Zone);
    }

    private static bool IsWorkingDay(DateOnly day, PersonTime time) =>
        time.Calendar.IsWorkingTime(
            LocalTime.First(time.Calendar.Hours.From.On(day), time.Zone),
            time.Zone
        );

    private DateTimeOffset OnDay(DateOnly day, TimeZoneInfo zone) =>
        LocalTime.First(At.On(day), zone);
}

/// <summary>A change of it, for the audit trail (ALL-4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Set), "dailySummarySet")]
internal abstract record DailySummaryFact(UserId By)
{
    /// <param name="To">At which time; null: not any more.</param>
    public sealed record Set(UserId By, TimeOfDay? From, TimeOfDay? To) : DailySummaryFact(By);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(DailySummary))]
[JsonSerializable(typeof(DailySummaryFact))]
internal sealed partial class SummaryJson : JsonSerializerContext;
