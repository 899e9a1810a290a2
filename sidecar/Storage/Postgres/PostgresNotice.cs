using System.Globalization;

namespace Sidecar.Storage.Postgres;

/// <summary>Whether a commit has something for whoever delivers.</summary>
internal enum NoticedEffects
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>New ones.</summary>
    New,

    /// <summary>Also ones that were set aside and go back to their old place.</summary>
    Released,
}

/// <summary>
/// What a commit tells the other sidecars: only that they should look, since what they see is always read from the tables.
/// </summary>
/// <param name="Sidecar">Who tells.</param>
/// <param name="Effects">What there is to deliver.</param>
/// <param name="Due">The earliest due time that was set, as ticks; null when none was.</param>
internal sealed record PostgresNotice(Guid Sidecar, NoticedEffects Effects, long? Due)
{
    public static PostgresNotice? Of(CommitGroup group, Guid sidecar)
    {
        var effects =
            group.Effects.Values.Any(e => e.IsReleased) ? NoticedEffects.Released
            : group.Effects.Values.Any(e => e.IsNew && e.Row.State == OutboxState.Waiting)
                ? NoticedEffects.New
            : NoticedEffects.None;
        var due = group.Due.Values.Min()?.UtcTicks;
        return effects != NoticedEffects.None || due is not null
            ? new PostgresNotice(sidecar, effects, due)
            : null;
    }

    /// <summary>Null for what another release may send and this one does not know.</summary>
    public static PostgresNotice? Parse(string payload)
    {
        var parts = payload.Split(' ');
        return
            parts is [var sidecar, var effects, var due, ..]
            && Guid.TryParseExact(sidecar, "N", out var id)
            && int.TryParse(effects, NumberStyles.None, CultureInfo.InvariantCulture, out var kind)
            ? new PostgresNotice(
                id,
                (NoticedEffects)Math.Min(kind, (int)NoticedEffects.Released),
                long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                    ? at
                    : null
            )
            : null;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Sidecar:N} {(int)Effects} {Due?.ToString(CultureInfo.InvariantCulture) ?? "-"}"
        );
}
