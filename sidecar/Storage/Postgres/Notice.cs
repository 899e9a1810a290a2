using System.Globalization;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// What a commit tells the other sidecars: only that they should look, since what they see is always read from the tables.
/// </summary>
/// <param name="Sidecar">Who tells.</param>
/// <param name="HasEffects">There are effects to deliver.</param>
/// <param name="Due">The earliest due time that was set, as ticks; null when none was.</param>
internal sealed record Notice(Guid Sidecar, bool HasEffects, long? Due)
{
    public static Notice? Of(CommitGroup group, Guid sidecar)
    {
        var hasEffects = group.Effects.Values.Any(e =>
            e.IsChanged && e.Row.State == OutboxState.Waiting
        );
        var due = group.Due.Values.Min()?.UtcTicks;
        return hasEffects || due is not null ? new Notice(sidecar, hasEffects, due) : null;
    }

    /// <summary>Null for what another release may send and this one does not know.</summary>
    public static Notice? Parse(string payload)
    {
        var parts = payload.Split(' ');
        return
            parts is [var sidecar, var effects, var due, ..]
            && Guid.TryParseExact(sidecar, "N", out var id)
            ? new Notice(
                id,
                effects == "1",
                long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                    ? at
                    : null
            )
            : null;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Sidecar:N} {(HasEffects ? 1 : 0)} {Due?.ToString(CultureInfo.InvariantCulture) ?? "-"}"
        );
}
