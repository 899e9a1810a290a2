using System.Globalization;
using Benchmarks.Stores;
using Sidecar.Features.Customers.Measures;
using Sidecar.Features.Escalations.Domain;

namespace Benchmarks.Load;

/// <summary>The commands that are measured, a line each: its name in the report, what is typed, what every right answer contains.</summary>
internal static class RequestTable
{
    /// <summary>Measured against an empty endpoint.</summary>
    public static IReadOnlyList<TypedCommand> Reads { get; } =
    [
        new("`show`", turn => $"show {turn.Any}", "Raised by"),
        new("`list`", _ => "list", "Open escalations ("),
        new("`list mine`", _ => "list mine", "Open escalations that you own"),
        new(
            "the panel’s first page",
            _ => "panel \u2063" + """{"v":2,"get":"list","of":"open"}""",
            "\"items\":[{\"id\":\"ESC-"
        ),
        new("`why`", turn => $"why {turn.AnOpen}", "Its score is"),
        new("`find`, a word in all", _ => $"find {SeededWords.Common}", Found),
        new("`find`, a rare word", turn => $"find {SeededWords.Rare(turn.Any.Number)}", Found),
        new("`find`, two words", turn => $"find {SeededWords.Two(turn.Number)}", Found),
        new(
            "`find`, three, broken off",
            turn => $"find {SeededWords.BrokenOff(turn.Number)}",
            Found
        ),
    ];

    /// <summary>Measured against bare SQLite; each commits before it is answered.</summary>
    public static IReadOnlyList<TypedCommand> Writes { get; } =
    [
        new("`ack`", turn => turn.TakeWaiting() is { } id ? $"ack {id}" : null, "You acknowledged"),
        new(
            "`new`",
            turn =>
                turn.TakeNewcomer() is { } customer
                    ? Text($"new {customer} sev2 Slow search on node {turn.Number}")
                    : null,
            "Raised as"
        ),
    ];

    private const string Found = ", the latest first";

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A command that is typed again and again, by another person each time.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Text">What follows <c>/escalate</c>; null when there is nothing left to ask for.</param>
/// <param name="Expected">What every right answer contains.</param>
internal sealed record TypedCommand(string Name, Func<Turn, string?> Text, string Expected);

/// <summary>What a command can be about at a turn.</summary>
/// <param name="Plan">What is in the store.</param>
/// <param name="Number">Which turn it is.</param>
/// <param name="TakeWaiting">An escalation that nobody has acknowledged, given once; null when all are gone.</param>
/// <param name="TakeNewcomer">A customer without an escalation, given once; null when all are gone.</param>
internal sealed record Turn(
    SeedPlan Plan,
    long Number,
    Func<EscalationId?> TakeWaiting,
    Func<string?> TakeNewcomer
)
{
    /// <summary>One escalation after the other, without a pattern.</summary>
    public EscalationId Any => new(SeedPlan.Scattered(Number, Plan.Escalations));

    /// <summary>One open escalation after the other, without a pattern.</summary>
    public EscalationId AnOpen => Plan.AnOpen(Number);
}
