using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Measures;
using Sidecar.Interactions;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Measuring;

/// <summary>
/// Reads figures as people type them in one line, in any order:
/// <c>seats 450/500 mau 300 dau 120 on 2026-01-31</c>.
/// </summary>
internal static class MeasurementLine
{
    /// <summary>What can be typed, for the sentence that refuses something else.</summary>
    public const string Example = "seats 450/500 mau 300 dau 120 on 2026-01-31";

    /// <param name="typed">What follows the customer.</param>
    /// <param name="today">The date in the customer's zone: the day that is meant when none is named.</param>
    /// <returns>What was said, or what is wrong as a sentence.</returns>
    public static (MeasurementDraft? Draft, string? Problem) Read(string typed, DateOnly today)
    {
        var rest = new Queue<string>(
            CommandLine
                .Read(
                    typed
                        .Replace("n/a", NoneWord.Text, StringComparison.OrdinalIgnoreCase)
                        .Replace("/", " / ", StringComparison.Ordinal)
                        .Replace('=', ' ')
                )
                .Words.Select(word => word.Value)
        );
        var counts = ImmutableDictionary.CreateBuilder<Figure, long?>();
        var (on, isMeant) = (today, false);
        while (rest.TryDequeue(out var word))
        {
            var problem = Bare(word) switch
            {
                "on" or "date" or "day" => ReadDay(rest, today, ref on),
                "seats" => ReadSeats(rest, counts),
                "of" or "and" => null,
                MeasurementDraft.Anyway => Mean(ref isMeant),
                _ when FigureKinds.Named.FirstOrDefault(k => k.IsCalled(word)) is { } kind =>
                    ReadCount(rest, kind, counts),
                _ => Unknown(word),
            };
            if (problem is not null)
            {
                return (null, problem);
            }
        }

        return counts.Count > 0
            ? (new MeasurementDraft(on, counts.ToImmutable()) { IsBeyondSeats = isMeant }, null)
            : (
                null,
                $"Which figures? Write them as in `{Example}`; those you leave out stay as they are."
            );
    }

    private static string? Mean(ref bool isMeant)
    {
        isMeant = true;
        return null;
    }

    private static string? ReadDay(Queue<string> rest, DateOnly today, ref DateOnly on)
    {
        // A date may be of several words, and may hold slashes that were cut off: the longest that is one is taken.
        var words = rest.TakeWhile(word => !IsName(word)).Take(5).ToList();
        for (var length = words.Count; length > 0; length--)
        {
            var typed = string.Join(' ', words.Take(length))
                .Replace(" / ", "/", StringComparison.Ordinal);
            if (CalendarDay.ReadPassed(typed, today, out _) is { } day)
            {
                on = day;
                for (; length > 0; length--)
                {
                    rest.Dequeue();
                }

                return day > today
                    ? $"{CalendarDay.Write(day)} has not come yet where the customer is; it is {CalendarDay.Write(today)} there."
                    : null;
            }
        }

        if (words.Count == 0)
        {
            return $"On which day? Write it as in {CalendarDay.Examples}.";
        }

        CalendarDay.ReadPassed(
            string.Join(' ', words).Replace(" / ", "/", StringComparison.Ordinal),
            today,
            out var problem
        );
        return problem;
    }

    private static string? ReadSeats(
        Queue<string> rest,
        ImmutableDictionary<Figure, long?>.Builder counts
    )
    {
        if (ReadCount(rest, Figure.SeatsDeployed.Kind(), counts) is { } problem)
        {
            return problem;
        }

        if (rest.TryPeek(out var next) && next is "/" or "of")
        {
            rest.Dequeue();
            return ReadCount(rest, Figure.SeatsPurchased.Kind(), counts);
        }

        return "“seats” takes two numbers, those deployed and those purchased, as in `seats 450/500`; for one of them write `deployed 450` or `purchased 500`.";
    }

    private static string? ReadCount(
        Queue<string> rest,
        FigureKind kind,
        ImmutableDictionary<Figure, long?>.Builder counts
    )
    {
        if (!rest.TryDequeue(out var word))
        {
            return $"How many? Write {kind.Label} as in `{kind.Code} 450`.";
        }

        if (NoneWord.Is(word))
        {
            counts[kind.Figure] = null;
            return null;
        }

        if (MeasurementDraft.ReadCount(word, out var problem) is not { } count)
        {
            return problem;
        }

        counts[kind.Figure] = count;
        return null;
    }

    private static string Unknown(string word)
    {
        var bare = Bare(word);
        var nearest = FigureKinds
            .Named.Select(k => k.Code)
            .Append("seats")
            .Append("on")
            .Select(code =>
                (Code: code, Away: Spelling.Within(bare, code, Math.Max(1, code.Length / 3)))
            )
            .Where(code => code.Away is not null)
            .OrderBy(code => code.Away)
            .Select(code => code.Code)
            .FirstOrDefault();
        var meant = nearest is null ? "" : $" Did you mean `{nearest}`?";
        return $"I don’t know the figure “{MarkdownEscaper.Shorten(word, 40)}”.{meant} Write figures as in `{Example}`.";
    }

    private static bool IsName(string word) =>
        Bare(word) is "seats" or "on" or MeasurementDraft.Anyway
        || FigureKinds.Named.Any(k => k.IsCalled(word));

    private static string Bare(string word) => word.Trim(':', ',', ';').ToLowerInvariant();
}
