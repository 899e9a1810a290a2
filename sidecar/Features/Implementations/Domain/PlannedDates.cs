using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>The days that are planned (IMP-4, IMP-6); null: not yet.</summary>
internal sealed record PlannedDates
{
    /// <summary>IE, CE and AE talk about the customer and plan the introduction.</summary>
    public DateOnly? InternalMeeting { get; init; }

    /// <summary>The contract is expected to be signed.</summary>
    public DateOnly? Contract { get; init; }

    /// <summary>The customer meets the implementation team.</summary>
    public DateOnly? Introduction { get; init; }

    public DateOnly? KickOff { get; init; }

    /// <summary>The TA's partnership kick-off, with which the kick-off preferably falls together.</summary>
    public DateOnly? PartnershipKickOff { get; init; }

    /// <summary>The deployment is to be complete.</summary>
    public DateOnly? Target { get; init; }

    /// <summary>In the order in which they usually come, by the fields of the form.</summary>
    public static ImmutableArray<ExpectedDate> All { get; } =
    [
        new(
            "internal_meeting",
            "Internal meeting",
            d => d.InternalMeeting,
            (d, on) => d with { InternalMeeting = on }
        ),
        new(
            "contract",
            "Contract to be signed",
            d => d.Contract,
            (d, on) => d with { Contract = on }
        ),
        new(
            "introduction",
            "Introduction",
            d => d.Introduction,
            (d, on) => d with { Introduction = on }
        ),
        new("kick_off", "Kick-off", d => d.KickOff, (d, on) => d with { KickOff = on }),
        new(
            "partnership",
            "Partnership kick-off",
            d => d.PartnershipKickOff,
            (d, on) => d with { PartnershipKickOff = on }
        ),
        new("target", "Target completion", d => d.Target, (d, on) => d with { Target = on }),
    ];

    /// <summary>Internal meeting, introduction and kick-off, which a hand-off in needs (IMP-4).</summary>
    public static ImmutableArray<ExpectedDate> Meetings { get; } = [All[0], All[2], All[3]];

    /// <summary>Those of the hand-off in that have no date yet.</summary>
    [JsonIgnore]
    public ImmutableArray<ExpectedDate> Missing =>
        [.. Meetings.Where(meeting => meeting.Of(this) is null)];
}

/// <summary>A day that is planned.</summary>
/// <param name="Code">The field of the form.</param>
/// <param name="Label">Above the field; at most 24 characters.</param>
/// <param name="Of">The day.</param>
/// <param name="With">The dates with another day there.</param>
internal sealed record ExpectedDate(
    string Code,
    string Label,
    Func<PlannedDates, DateOnly?> Of,
    Func<PlannedDates, DateOnly?, PlannedDates> With
);
