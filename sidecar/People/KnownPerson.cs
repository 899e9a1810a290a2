using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.People;

/// <summary>What we know of somebody's account.</summary>
/// <param name="Id">Who.</param>
/// <param name="Username">The name after the at sign.</param>
internal sealed record KnownPerson(UserId Id, string Username)
{
    /// <summary>Mattermost's system administrators, as far as they were ever asked for, by name.</summary>
    public static DocumentIndex<KnownPerson> Administrators { get; } =
        new(
            "administrators",
            p =>
                p is { IsSystemAdmin: true, IsDeactivated: false }
                    ? [IndexKey.Empty.Then(p.Username)]
                    : []
        );

    public static DocumentKind<KnownPerson> Kind { get; } =
        new("person", PeopleJson.Default.KnownPerson) { Indexes = [Administrators] };

    /// <summary>IANA name of the zone in their profile.</summary>
    public string? TimeZone { get; init; }

    public bool IsBot { get; init; }

    public bool IsDeactivated { get; init; }

    public bool IsSystemAdmin { get; init; }

    public bool IsGuest { get; init; }

    /// <summary>A member of no team in which the product is.</summary>
    public bool IsOutside { get; init; }

    /// <summary>None of ours any more: deactivated, a guest, or in no team of ours.</summary>
    [JsonIgnore]
    public bool IsGone => IsDeactivated || IsGuest || IsOutside;

    /// <summary>
    /// Whether Mattermost was asked for <see cref="IsSystemAdmin"/> and <see cref="IsGuest"/>: version 0.1.0 did not.
    /// Until then nothing may be allowed.
    /// </summary>
    public bool StandingIsKnown { get; init; }

    /// <summary>When Mattermost was asked; null when only the name is known, from something they did.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When Mattermost last told their name and what their account is, in this life of the process.</summary>
    [JsonIgnore]
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>When Mattermost last told all that rights depend on, in this life of the process.</summary>
    [JsonIgnore]
    public DateTimeOffset? StandingAt { get; init; }

    /// <summary>How often Mattermost has said that something about them changed.</summary>
    [JsonIgnore]
    public int Doubts { get; init; }

    /// <summary>How many of the <see cref="Doubts"/> had come when Mattermost was asked last.</summary>
    [JsonIgnore]
    public int Settled { get; init; }

    /// <summary>Mattermost has said since that something changed.</summary>
    [JsonIgnore]
    public bool IsDoubted => Doubts != Settled;

    /// <summary>Until when Mattermost is not asked again in the background: an answer is awaited, or none came.</summary>
    [JsonIgnore]
    public DateTimeOffset? LeftAloneUntil { get; init; }

    /// <summary>What the store knows is in here.</summary>
    [JsonIgnore]
    public bool IsRead { get; init; }

    public ChatPerson ToChatPerson() =>
        new(Id, Username, TimeZone, IsBot, IsDeactivated)
        {
            IsSystemAdmin = IsSystemAdmin,
            IsGuest = IsGuest,
            IsOutside = IsOutside,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
[JsonSerializable(typeof(KnownPerson))]
internal sealed partial class PeopleJson : JsonSerializerContext;
