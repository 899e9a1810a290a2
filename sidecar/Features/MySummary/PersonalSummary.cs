using System.Collections.Immutable;
using Sidecar.Text;

namespace Sidecar.Features.MySummary;

/// <summary>What is somebody's at a moment: overdue, due, what waits for them, the rest (WEEK-2).</summary>
/// <param name="Lines">In any order.</param>
/// <param name="Now">The moment, UTC.</param>
internal sealed record PersonalSummary(ImmutableArray<SummaryLine> Lines, DateTimeOffset Now)
{
    // Each line has some 200 characters, and a message 16,000.
    private const int ShownOfEach = 15;

    private static readonly ImmutableArray<(Urgency Urgency, Markdown Title)> Parts =
    [
        (Urgency.Overdue, Markdown.Of($":red_circle: **Overdue**")),
        (Urgency.Due, Markdown.Of($":large_orange_circle: **Due within a day**")),
        (Urgency.Waiting, Markdown.Of($":raised_hand: **Waiting for you**")),
        (Urgency.Mine, Markdown.Of($"**Yours**")),
    ];

    public bool IsEmpty => Lines.IsEmpty;

    public bool HoldsInternal => Lines.Any(l => l.IsInternal);

    public Markdown Show(TimeZoneInfo zone) =>
        Markdown.Lines([
            .. Parts.SelectMany(part =>
                Part(part.Title, [.. Lines.Where(l => l.Urgency == part.Urgency)], zone)
            ),
        ]);

    private IEnumerable<Markdown> Part(
        Markdown title,
        ImmutableArray<SummaryLine> lines,
        TimeZoneInfo zone
    )
    {
        if (lines.IsEmpty)
        {
            yield break;
        }

        yield return Markdown.Of($"{title} ({lines.Length})");
        foreach (var line in lines.Order(SummaryLine.InOrder).Take(ShownOfEach))
        {
            yield return line.Show(zone, Now);
        }

        if (lines.Length > ShownOfEach)
        {
            yield return Markdown.Of($"- and {lines.Length - ShownOfEach} more");
        }
    }
}
