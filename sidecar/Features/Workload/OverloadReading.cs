using System.Collections.Frozen;
using Sidecar.Features.Availability;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Workload;

/// <summary>What people write behind <c>overload</c> that is not yet what they need.</summary>
internal static class OverloadReading
{
    private static readonly FrozenSet<string> Ends = new[]
    {
        "end",
        "ended",
        "done",
        "stop",
        "finished",
        "clear",
        "resolved",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>It fits again: <c>off</c>, <c>none</c>, <c>done</c>.</summary>
    public static bool IsOver(string typed) =>
        NoneWord.Is(typed) || Ends.Contains(BareWord.Of(typed));

    /// <summary>The kind alone, as the form calls it, or nothing but that there is too much; null for anything else.</summary>
    public static OverloadKind? KindOf(string typed) =>
        ChoiceWords.Is(
            typed,
            Overload.Label(OverloadKind.OutsideHours),
            "outside hours",
            "outside usual hours",
            "outside working hours"
        )
            ? OverloadKind.OutsideHours
        : ChoiceWords.Is(
            typed,
            Overload.Label(OverloadKind.TooMuchWork),
            Overload.Label(null),
            "too much",
            "too much to do",
            "overloaded"
        )
            ? OverloadKind.TooMuchWork
        : null;
}
