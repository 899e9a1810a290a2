using System.Globalization;
using System.Runtime.InteropServices;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Which task of a checklist: stage and place in it, both from 1, written <c>2.3</c>; or a whole stage, written <c>2</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TaskNumber(int Stage, int Place) : IWritten
{
    /// <summary>Reads what people write: <c>2.3</c>, <c>#2.3</c>, <c>2-3</c>, <c>2,3</c>; null when it is none.</summary>
    public static TaskNumber? Read(string typed)
    {
        var parts = BareWord.Of(typed).TrimStart('#').Split('.', ',', '-', '–', '/');
        return
            parts is [var stage, var place]
            && int.TryParse(stage, NumberStyles.None, CultureInfo.InvariantCulture, out var s)
            && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var p)
            && s > 0
            && p > 0
            ? new TaskNumber(s, p)
            : null;
    }

    /// <summary>All tasks of a stage.</summary>
    public static TaskNumber Whole(int stage) => new(stage, 0);

    /// <summary>All tasks of the stage are meant.</summary>
    public bool IsStage => Place == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        IsStage
            ? Stage.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Stage}.{Place}");
}
