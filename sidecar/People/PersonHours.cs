using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.People;

/// <summary>When somebody works, as they set it themselves. Who set nothing has the team's hours.</summary>
/// <param name="Person">Who.</param>
/// <param name="Hours">By the clock of their own zone; null for the team's.</param>
/// <param name="Days">Their working days; null for the team's.</param>
internal sealed record PersonHours(
    UserId Person,
    WorkingHours? Hours,
    ImmutableArray<DayOfWeek>? Days
)
{
    public static DocumentKind<PersonHours> Kind { get; } =
        new("person-hours", PersonHoursJson.Default.PersonHours);

    /// <summary>What the audit trail files somebody's hours under.</summary>
    public static string SubjectOf(UserId person) => "hours/" + person.Value;

    public static PersonHours Unset(UserId person) => new(person, null, null);

    /// <summary>The team's calendar as it is theirs.</summary>
    public WorkingTime Of(WorkingTime team) =>
        Hours is null && Days is null
            ? team
            : team.With(Hours ?? team.Hours, Days is { } days ? (DayOfWeek[])[.. days] : null);

    /// <summary>The same hours and days.</summary>
    public bool IsSame(PersonHours other) =>
        Hours == other.Hours
        && (Days ?? []).SequenceEqual(other.Days ?? [])
        && Days.HasValue == other.Days.HasValue;
}

/// <summary>Somebody's hours were set, for the audit trail (ALL-4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Set), "hoursSet")]
internal abstract record PersonHoursFact(UserId By)
{
    public sealed record Set(
        UserId By,
        UserId Person,
        WorkingHours? Hours,
        ImmutableArray<DayOfWeek>? Days,
        WorkingHours? HoursBefore,
        ImmutableArray<DayOfWeek>? DaysBefore
    ) : PersonHoursFact(By);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(PersonHours))]
[JsonSerializable(typeof(PersonHoursFact))]
internal sealed partial class PersonHoursJson : JsonSerializerContext;
