using System.Globalization;

namespace Sidecar.Time;

/// <summary>What all pieces of a typed time mean together.</summary>
internal sealed partial record TypedMeaning
{
    private const int MostYears = 2;
    private const int MostDays = (MostYears + 1) * 366;
    private static readonly TimeSpan Evening = TimeSpan.FromHours(20);
    private static readonly TimeSpan NightEnds = TimeSpan.FromHours(5);
    private static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);

    // What can be read in several ways is read by the first: 31 jan is a date before 31 is a time.
    private static readonly TypedReader[] Readers =
    [
        TypedSpans.Read,
        TypedPhrases.Read,
        TypedLengths.Read,
        TypedDates.Spelled,
        TypedDates.Written,
        TypedClocks.Read,
        TypedPhrases.Weekday,
        TypedZones.Read,
    ];

    private TypedDay? Day { get; init; }

    private TypedPiece.Weekday? Weekday { get; init; }

    private TypedPiece.TimePiece? Time { get; init; }

    private TypedPiece.LengthPiece? Length { get; init; }

    private TimeZoneInfo? Zone { get; init; }

    private bool IsAgo { get; init; }

    private TypedPiece.DayOrTime? Open { get; init; }

    /// <summary>Only days were said, no time of a day and no zone.</summary>
    public bool IsOfDays =>
        Time is null && Zone is null && (Length is null || Length.Span == TimeSpan.Zero);

    /// <summary>The day is one of a month, and it was not said of which: <c>27th</c> may as well count something.</summary>
    public bool IsOfAnyMonth => Day is TypedDay.OfMonth;

    /// <summary>A weekday and a time, and nothing more but perhaps a zone; null when that is not what was said.</summary>
    public (DayOfWeek Day, TimeSpan Time, TimeZoneInfo? Zone)? Weekly =>
        this is { Weekday: { IsNextWeeks: false, IsLast: false } day, Time: { } time }
        && this is { Day: null, Length: null }
            ? (day.Which, time.SinceMidnight, Zone)
            : null;

    /// <summary>Reads all words, or says which can't be.</summary>
    public static (TypedMeaning? Meaning, TypedTime.Unclear? Problem) Of(
        TypedWord[] words,
        WorkingHours workday,
        bool isDay = false
    )
    {
        var meaning = new TypedMeaning();
        for (var at = 0; at < words.Length; )
        {
            var rest = words[at..];
            var taken = Readers
                .Select(read => read(rest, workday))
                .FirstOrDefault(t => t is not null);
            if (taken is null)
            {
                return (null, TypedProblems.NotUnderstood(rest));
            }

            var read = rest[..taken.Words];
            if (taken.Piece is TypedPiece.Doubtful doubtful)
            {
                return (null, TypedProblems.Doubtful(read, doubtful.Why, doubtful.SaysHow));
            }

            if (meaning.With(taken.Piece) is not { } more)
            {
                return (null, TypedProblems.TooMuch(read));
            }

            meaning = more;
            at += taken.Words;
        }

        return meaning is not { Open: { } open, Day: null, Weekday: null, Length: null } || !isDay
                ? meaning.Settled(words)
            : open.Doubt is { } doubt
                ? (null, TypedProblems.Doubtful(words, doubt.Why, doubt.SaysHow))
            : (meaning with { Open = null, Day = open.AsDay.Which }).Settled(words);
    }

    /// <summary>When it is.</summary>
    public TypedTime At(string text, DateTimeOffset now, TimeZoneInfo own, WorkingHours workday)
    {
        var zone = Zone ?? own;
        var moment = Length is null ? OfDay(now, zone, workday) : OfLength(now, zone);
        return moment switch
        {
            null => TypedProblems.TooFar(text, MostYears),
            { } there when Contradiction(there, zone) is { } why => TypedProblems.Contradiction(
                text,
                why
            ),
            // “in 0 minutes” is now, and has not passed.
            { } there when there == now && Length is not null => new TypedTime.Understood(
                there,
                zone
            ),
            { } there => Judged(text, there, now, zone),
        };
    }

    /// <summary>A moment that is to come, or what is wrong with that.</summary>
    public static TypedTime Judged(
        string text,
        DateTimeOffset moment,
        DateTimeOffset now,
        TimeZoneInfo zone
    ) =>
        moment > now.AddYears(MostYears) ? TypedProblems.TooFar(text, MostYears)
        : moment <= now ? TypedProblems.Past(text, moment, zone)
        : new TypedTime.Understood(moment, zone);

    /// <summary>One piece more; null when it has one of that kind.</summary>
    private TypedMeaning? With(TypedPiece piece) =>
        piece switch
        {
            TypedPiece.DayPiece day => Day is null ? this with { Day = day.Which } : null,
            TypedPiece.Weekday day => Weekday is null ? this with { Weekday = day } : null,
            TypedPiece.TimePiece time => Time is null ? this with { Time = time } : null,
            TypedPiece.ZonePiece zone => Zone is null ? this with { Zone = zone.Which } : null,
            TypedPiece.Ago => Length is null || IsAgo ? null : this with { IsAgo = true },
            TypedPiece.DayOrTime open => Open is null ? this with { Open = open } : null,
            TypedPiece.LengthPiece length => this with
            {
                Length = new TypedPiece.LengthPiece(
                    (Length?.Days ?? 0) + length.Days,
                    (Length?.Span ?? TimeSpan.Zero) + length.Span
                ),
            },
            _ => null,
        };

    /// <summary>What can be a day or a time is what is missing; and there must be something, and nothing against it.</summary>
    private (TypedMeaning?, TypedTime.Unclear?) Settled(TypedWord[] words)
    {
        if (Open is { } open)
        {
            var hasDay = Day is not null || Weekday is not null || Length is not null;
            return (hasDay, Time is not null) switch
            {
                (true, false) => (this with { Open = null, Time = open.AsTime }).Settled(words),
                (false, true) => (this with { Open = null, Day = open.AsDay.Which }).Settled(words),
                (true, true) => (null, TypedProblems.TooMuch(words)),
                _ => (
                    null,
                    TypedProblems.Doubtful(
                        words,
                        "can be a date or a time; write the date as 2026-01-31 or the time with a colon"
                    )
                ),
            };
        }

        var isEmpty = Day is null && Weekday is null && Time is null && Length is null;
        var isMixed =
            Length is { } length
            && (
                Day is not null
                || Weekday is not null
                || (Time is not null && (length.Days == 0 || length.Span != TimeSpan.Zero))
            );
        return isEmpty ? (null, TypedProblems.NotUnderstood(words))
            : isMixed ? (null, TypedProblems.TooMuch(words))
            : (this, null);
    }

    private DateTimeOffset? OfLength(DateTimeOffset now, TimeZoneInfo zone)
    {
        var length = Length!;
        if (length.Days > MostDays || length.Span > TimeSpan.FromDays(MostDays))
        {
            return null;
        }

        var sign = IsAgo ? -1 : 1;
        if (length.Days == 0)
        {
            return now.ToUniversalTime() + (sign * length.Span);
        }

        var local = LocalTime.Of(now, zone).AddDays(sign * length.Days);
        return LocalTime.First(Time is { } time ? local.Date + time.SinceMidnight : local, zone)
            + (sign * length.Span);
    }

    private DateTimeOffset? OfDay(DateTimeOffset now, TimeZoneInfo zone, WorkingHours workday)
    {
        var today = LocalTime.DayOf(now, zone);
        var time = TimeOn(workday);
        DateTimeOffset On(DateOnly day) => LocalTime.First(day.ToDateTime(default) + time, zone);

        if (Date(today) is { } date)
        {
            return Math.Abs(date.DayNumber - today.DayNumber) > MostDays && date > today
                ? null
                : On(date);
        }

        // A time alone, or a weekday: the next one there is.
        var (first, step) = Weekday is { } day ? (Weeks.First(today, day.Which), 7) : (today, 1);
        return On(first) > now ? On(first) : On(first.AddDays(step));
    }

    /// <summary>The date that was said; null when only a time or a weekday was.</summary>
    private DateOnly? Date(DateOnly today) =>
        Day switch
        {
            TypedDay.NextWeek when Weekday is { } day => Weeks.InNextWeek(today, day.Which),
            TypedDay.Tonight when Time is { } time && time.SinceMidnight < NightEnds =>
                today.AddDays(1),
            { } day => day.On(today),
            null when Weekday is { IsNextWeeks: true } day => Weeks.InNextWeek(today, day.Which),
            null when Weekday is { IsLast: true } day => Weeks.Last(today.AddDays(-1), day.Which),
            null => null,
        };

    private TimeSpan TimeOn(WorkingHours workday) =>
        (Day, Time) switch
        {
            (TypedDay.Tonight, null) => Evening,
            (TypedDay.Tonight, { HalfIsOpen: true } time)
                when time.SinceMidnight >= NightEnds && time.SinceMidnight < HalfDay =>
                time.SinceMidnight + HalfDay,
            (_, { } time) => time.SinceMidnight,
            _ => TimeSpan.FromMinutes(workday.From.Minutes),
        };

    /// <summary>A weekday beside a date has to be that date's.</summary>
    private string? Contradiction(DateTimeOffset moment, TimeZoneInfo zone)
    {
        if (Day is null or TypedDay.NextWeek || Weekday is not { } weekday)
        {
            return null;
        }

        // Midnight, 24:00, is the next day's already.
        var isMidnight = Time?.SinceMidnight == TimeSpan.FromDays(1);
        var day = LocalTime.DayOf(isMidnight ? moment.AddTicks(-1) : moment, zone);
        return day.DayOfWeek == weekday.Which
            ? null
            : $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} is a {day.DayOfWeek}, not a {weekday.Which}";
    }
}
