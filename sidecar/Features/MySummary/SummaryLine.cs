using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.MySummary;

/// <summary>How much something of mine hurries (WEEK-2).</summary>
internal enum Urgency
{
    Overdue,
    Due,
    Waiting,
    Mine,
}

/// <summary>Something that is somebody's: what, by when, and what does it.</summary>
/// <param name="Urgency">How much it hurries.</param>
/// <param name="At">When it is or was due, UTC; null when it is not due.</param>
/// <param name="Text">What it is.</param>
/// <param name="Step">What they do next.</param>
internal sealed record SummaryLine(
    Urgency Urgency,
    DateTimeOffset? At,
    Markdown Text,
    SummaryStep Step
)
{
    /// <summary>What stands first among what hurries alike: the lower, the earlier.</summary>
    public int Rank { get; init; } = 9;

    /// <summary>Only people of ours may read it (ASG-4).</summary>
    public bool IsInternal { get; init; }

    /// <summary>What is due within so long counts as due.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    /// <summary>How much something hurries that is due at a time.</summary>
    public static Urgency Of(DateTimeOffset? dueAt, DateTimeOffset now) =>
        dueAt is not { } at ? Urgency.Mine
        // What is due this minute is said to be due now.
        : now - at >= TimeSpan.FromMinutes(1) ? Urgency.Overdue
        : at - now <= Soon ? Urgency.Due
        : Urgency.Mine;

    /// <summary>
    /// What hurries alike, in the order in which it is read. The numbers decide last: the order in which lines were found
    /// may be that of what customers pay, which not every reader may know (X3).
    /// </summary>
    public static IComparer<SummaryLine> InOrder { get; } =
        Comparer<SummaryLine>.Create(
            (one, other) =>
                (one.Rank, one.At ?? DateTimeOffset.MaxValue, one.Step.About.Length).CompareTo(
                    (other.Rank, other.At ?? DateTimeOffset.MaxValue, other.Step.About.Length)
                )
                    is not 0
                        and var order
                    ? order
                    : string.CompareOrdinal(one.Step.About, other.Step.About)
        );

    public Markdown Show(TimeZoneInfo zone, DateTimeOffset now) =>
        Markdown.Of(
            $"- {Text}{(At is { } at ? Markdown.Of($", due {Times.Ahead(at, zone, now)}") : Markdown.None)}: {ReviewWords.Command(Step.Command)}"
        );
}

/// <summary>What somebody does next: as a command to be typed, and as a button.</summary>
/// <param name="Label">On the button.</param>
/// <param name="Command">Without the slash command itself.</param>
/// <param name="About">The number of what it is about: <c>ESC-1</c>.</param>
internal sealed record SummaryStep(string Label, string Command, string About)
{
    /// <summary>The move that it is; its command is a template where the move takes words. Null for anything else.</summary>
    public EscalationMove? Move { get; init; }

    /// <summary>Somebody has to be named in the command, so it can't be run as it stands.</summary>
    public bool NamesSomebody { get; init; }

    /// <summary>It only shows what it is about.</summary>
    public bool OnlyShows { get; init; }

    /// <summary>Nothing but to read what it is about.</summary>
    public static SummaryStep Show(string command, string about) =>
        new("Show", command, about) { OnlyShows = true };

    /// <summary>A move.</summary>
    public static SummaryStep Of(EscalationMove move, EscalationId id) =>
        new(MoveText.LabelOf(move), move.Command(id), $"{id}") { Move = move };
}
