using Sidecar.Features.Assignments.Reviews;
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

/// <summary>Something that is somebody's: what, by when, and the command that does it.</summary>
/// <param name="Urgency">How much it hurries.</param>
/// <param name="At">When it is or was due, UTC; null when it is not due.</param>
/// <param name="Text">What it is.</param>
/// <param name="Command">What does it, without the slash command itself.</param>
internal sealed record SummaryLine(
    Urgency Urgency,
    DateTimeOffset? At,
    Markdown Text,
    string Command
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
        : at <= now ? Urgency.Overdue
        : at - now <= Soon ? Urgency.Due
        : Urgency.Mine;

    public Markdown Show(TimeZoneInfo zone, DateTimeOffset now) =>
        Markdown.Of(
            $"- {Text}{(At is { } at ? Markdown.Of($", due {Times.Ahead(at, zone, now)}") : Markdown.None)}: {ReviewWords.Command(Command)}"
        );
}
