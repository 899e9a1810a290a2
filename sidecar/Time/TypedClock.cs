namespace Sidecar.Time;

/// <summary>
/// Times of the day without a day, as people type them, by the same words as <see cref="TypedTime"/>: <c>8:30 am</c>,
/// <c>noon</c>, <c>17</c>. Hours, from one time to another, are <see cref="TypedHours"/>.
/// </summary>
public static class TypedClock
{
    private static readonly WorkingHours AnyHours = new();

    /// <summary>A time of the day, to the minute; null when it is none.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="workday">What “end of day” means.</param>
    public static TimeOfDay? Read(string text, WorkingHours? workday = null)
    {
        if (TypedWords.Of(text) is not { Length: > 0 } words)
        {
            return null;
        }

        var hours = workday ?? AnyHours;
        return
            (TypedClocks.Read(words, hours) ?? TypedPhrases.Read(words, hours))
                is { Piece: TypedPiece.TimePiece time, Words: var taken }
            && taken == words.Length
            ? Minutes(time.SinceMidnight)
            : null;
    }

    /// <summary>A weekday and a time that come every week; null when it is something else.</summary>
    /// <returns>The zone is null when none was typed.</returns>
    public static (DayOfWeek Day, TimeOfDay Time, TimeZoneInfo? Zone)? Weekly(
        string text,
        WorkingHours workday,
        out string problem
    )
    {
        problem = "";
        TypedWord[] words =
        [
            .. (TypedWords.Of(text) ?? []).Where(w =>
                w.Plain is not ("every" or "each" or "weekly")
            ),
        ];
        if (words.Length == 0)
        {
            return null;
        }

        var (meaning, why) = TypedMeaning.Of(words, workday);
        problem = why is { IsDoubt: true } ? why.Problem : "";
        return
            meaning?.Weekly is var (day, time, zone) && Minutes(time) is { Minutes: < 24 * 60 } at
            ? (day, at, zone)
            : null;
    }

    private static TimeOfDay? Minutes(TimeSpan time) =>
        time.Seconds == 0 ? new TimeOfDay((int)time.TotalMinutes) : null;
}
