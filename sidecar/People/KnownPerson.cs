using System.Text.Json.Serialization;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.People;

/// <summary>What we know of somebody's account.</summary>
/// <param name="Id">Who.</param>
/// <param name="Username">The name after the at sign.</param>
internal sealed record KnownPerson(UserId Id, string Username)
{
    public static DocumentKind<KnownPerson> Kind { get; } =
        new("person", PeopleJson.Default.KnownPerson);

    /// <summary>IANA name of the zone in their profile.</summary>
    public string? TimeZone { get; init; }

    public bool IsBot { get; init; }

    public bool IsDeactivated { get; init; }

    /// <summary>When Mattermost was asked; null when only the name is known, from something they did.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>What the store knows is in here.</summary>
    [JsonIgnore]
    public bool IsRead { get; init; }

    public ChatPerson ToChatPerson() => new(Id, Username, TimeZone, IsBot, IsDeactivated);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
[JsonSerializable(typeof(KnownPerson))]
internal sealed partial class PeopleJson : JsonSerializerContext;
