using System.Globalization;
using System.Net.Http.Headers;

namespace Sidecar.Mattermost;

/// <summary>
/// How long whoever answered wants to be left alone. Every form that the header has in the wild is understood, and none
/// of them is taken at its word beyond a few minutes: whoever limits us for a day is asked again all the same.
/// </summary>
internal static class ServersWish
{
    /// <summary>No wish is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>From here on a number is a point in time: nobody asks for a pause of thirty years.</summary>
    private const double Epoch = 1e9;
    private const double EpochInMilliseconds = 1e12;

    private static readonly string[] Names =
    [
        "Retry-After",
        "X-Ratelimit-Reset",
        "RateLimit-Reset",
        "X-Rate-Limit-Reset",
    ];

    /// <summary>What HTTP has, of today and of old, and what is found in its place.</summary>
    private static readonly string[] Dates =
    [
        "r",
        "ddd, d MMM yyyy HH:mm:ss zzz",
        "ddd, d MMM yyyy HH:mm:ss 'UTC'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>The wish that an answer's headers hold; null when they hold none that is to come.</summary>
    /// <param name="headers">Of the answer.</param>
    /// <param name="now">Our time; the answer's own goes before it, as it is by that clock that the other side reckons.</param>
    public static TimeSpan? In(HttpResponseHeaders headers, DateTimeOffset? now)
    {
        var here = headers.Date ?? now;
        foreach (var name in Names)
        {
            if (!headers.NonValidated.TryGetValues(name, out var values))
            {
                continue;
            }

            foreach (var value in values)
            {
                if (Read(value, here) is { } wish)
                {
                    return wish;
                }
            }
        }

        return null;
    }

    /// <summary>Reads one value: seconds, a date, or several of them; null for nonsense and for what is over already.</summary>
    public static TimeSpan? Read(string value, DateTimeOffset? now)
    {
        if (One(value, now) is { } whole)
        {
            return Bounded(whole);
        }

        // A date has a comma of its own, so the whole goes first.
        foreach (var part in value.Split(',', ';'))
        {
            if (One(part, now) is { } wish)
            {
                return Bounded(wish);
            }
        }

        return null;
    }

    private static TimeSpan? Bounded(double seconds) =>
        seconds <= 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));

    /// <returns>Seconds, of any size and sign.</returns>
    private static double? One(string text, DateTimeOffset? now)
    {
        var trimmed = text.Trim().Trim('"');
        var number = trimmed.EndsWith('s') ? trimmed[..^1] : trimmed;
        if (
            double.TryParse(
                number,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var seconds
            )
        )
        {
            return double.IsNaN(seconds) ? null : Seconds(seconds, now);
        }

        return Date(trimmed) is { } date && now is { } here ? (date - here).TotalSeconds : null;
    }

    private static double? Seconds(double number, DateTimeOffset? now)
    {
        if (number < Epoch)
        {
            return number;
        }

        var at = number >= EpochInMilliseconds ? number / 1000 : number;
        return now is { } here ? at - here.ToUnixTimeSeconds() : number;
    }

    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Dates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out var date
        )
            ? date
            : null;
}
