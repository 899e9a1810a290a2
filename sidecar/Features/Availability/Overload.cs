using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Availability;

/// <summary>Somebody has more to do than fits (ASG-11). The document is there for as long as it is so.</summary>
/// <param name="Person">Who.</param>
/// <param name="Kind">What it is about; null when they did not say.</param>
/// <param name="Need">What they need help with, as typed.</param>
/// <param name="Since">Since when, UTC.</param>
internal sealed record Overload(
    UserId Person,
    OverloadKind? Kind,
    string Need,
    DateTimeOffset Since
)
{
    public const int MaxNeedLength = 2000;

    private const int Quotable = 120;

    /// <summary>What they said, and since when.</summary>
    [JsonIgnore]
    public Markdown About =>
        Markdown.Of(
            $"{Label(Kind)}, since {Times.At(Since, TimeZoneInfo.Utc)}: “{MarkdownEscaper.Shorten(Need.ReplaceLineEndings(" "), Quotable)}”"
        );

    public static string Label(OverloadKind? kind) =>
        kind switch
        {
            OverloadKind.TooMuchWork => "too much work",
            OverloadKind.OutsideHours => "work outside usual hours",
            _ => "more than fits",
        };

    public static DocumentKind<Overload> Stored { get; } =
        new("overload", OverloadJson.Default.Overload);

    /// <summary>What the audit trail files it under.</summary>
    public static string SubjectOf(UserId person) => "overload/" + person.Value;
}

/// <summary>What is too much.</summary>
internal enum OverloadKind
{
    TooMuchWork,
    OutsideHours,
}

/// <summary>Where engineers ask for help with their load. One for the whole product.</summary>
internal sealed record HelpChannel(NamedChannel Channel)
{
    public const string Subject = "overload/channel";

    public static DocumentKind<HelpChannel> Stored { get; } =
        new("overload-channel", OverloadJson.Default.HelpChannel);
}

/// <summary>What happened about overload, for the audit trail (ALL-4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Marked), "overloaded")]
[JsonDerivedType(typeof(Relieved), "overloadOver")]
[JsonDerivedType(typeof(ChannelSet), "overloadChannelSet")]
internal abstract record OverloadFact(UserId By)
{
    public sealed record Marked(UserId By, OverloadKind? Kind, string Need) : OverloadFact(By);

    public sealed record Relieved(UserId By, UserId Person, DateTimeOffset Since)
        : OverloadFact(By);

    public sealed record ChannelSet(UserId By, NamedChannel? From, NamedChannel? To)
        : OverloadFact(By);
}

/// <summary>Work is given to somebody who said that they have too much (ASG-11).</summary>
/// <param name="Who">Since when they are, and why.</param>
/// <param name="What">What would be given to them.</param>
/// <param name="Anyway">The command that does it all the same, without the slash command itself.</param>
internal sealed record IsOverloaded(Overload Who, Markdown What, string Anyway)
    : Refusal(
        Markdown.Of(
            $"{Who.Person} said that they are overloaded ({Who.About}), so {What} was not given to them. {Markdown.Code($"/{SlashCommand.Trigger} {Anyway}")} does it all the same."
        )
    );

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Overload))]
[JsonSerializable(typeof(OverloadFact))]
[JsonSerializable(typeof(HelpChannel))]
internal sealed partial class OverloadJson : JsonSerializerContext;
