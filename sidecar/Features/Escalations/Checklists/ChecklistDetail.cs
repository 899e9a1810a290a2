using System.Collections.Immutable;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary>How much a checklist shows, so that it fits.</summary>
/// <param name="TitleLength">Of a task or stage.</param>
/// <param name="ReasonLength">Of a skipped task; 0: none is shown.</param>
/// <param name="OptionLength">Of a task in a menu.</param>
/// <param name="Tasks">So many tasks have a line of their own.</param>
/// <param name="Options">So many are in a menu.</param>
/// <param name="Buttons">So many of those that come next have a button of their own.</param>
internal sealed record ChecklistDetail(
    int TitleLength,
    int ReasonLength,
    int OptionLength,
    int Tasks,
    int Options,
    int Buttons = 0
)
{
    public static ChecklistDetail Everything { get; } = new(150, 150, 60, 100, 20, 3);

    /// <summary>So many tasks are checked off from the menu (U11).</summary>
    public int CheckedOff => Math.Min(Options, 12);

    /// <summary>
    /// From everything to what is needed next; the last one fits always. Titles get shorter before buttons go and tasks leave the
    /// menus. A menu that nobody would scroll through ends before: its last entry opens a form with all of them.
    /// </summary>
    public static ImmutableArray<ChecklistDetail> All { get; } =
    [
        Everything,
        new(100, 80, 50, 100, 20, 3),
        new(70, 50, 40, 100, 20, 3),
        new(55, 40, 36, 60, 20, 3),
        new(45, 30, 32, 45, 20, 3),
        new(45, 30, 28, 36, 20, 3),
        new(36, 20, 26, 36, 16, 3),
        new(36, 20, 26, 30, 12, 2),
        new(36, 20, 28, 36, 20),
        new(36, 20, 28, 30, 20),
        new(30, 0, 26, 28, 20),
        new(26, 0, 24, 20, 12),
        new(22, 0, 20, 12, 8),
        new(18, 0, 16, 6, 5),
    ];
}
