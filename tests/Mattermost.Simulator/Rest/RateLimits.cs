using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>Mattermost's rate limiter, roughly: so many requests per token in each second of the server's clock.</summary>
internal sealed class RateLimits(SimulatorOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Second, int Used)> windows = new(
        StringComparer.Ordinal
    );

    public int? PerSecond { get; set; } = options.RequestsPerSecond;

    public Answer? Refuses(Call call)
    {
        if (PerSecond is not { } limit || call.Token.Length == 0)
        {
            return null;
        }

        var now = options.Time.GetUtcNow();
        var second = now.ToUnixTimeSeconds();
        int used;
        lock (gate)
        {
            var window = windows.GetValueOrDefault(call.Token);
            used = window.Second == second ? window.Used + 1 : 1;
            windows[call.Token] = (second, used);
        }

        if (used > limit)
        {
            return Refusal(call.Http, limit, TimeSpan.FromSeconds(1));
        }

        Headers(call.Http, limit, limit - used, TimeSpan.FromSeconds(1));
        return null;
    }

    public static Answer Refusal(HttpContext http, int limit, TimeSpan resetAfter)
    {
        Headers(http, limit, 0, resetAfter);
        http.Response.Headers.RetryAfter = Seconds(resetAfter);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return new Answer(429, "limit exceeded\n"u8.ToArray(), "text/plain; charset=utf-8");
    }

    private static void Headers(HttpContext http, int limit, int remaining, TimeSpan reset)
    {
        http.Response.Headers["X-Ratelimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Ratelimit-Remaining"] = remaining.ToString(
            CultureInfo.InvariantCulture
        );
        http.Response.Headers["X-Ratelimit-Reset"] = Seconds(reset);
    }

    private static string Seconds(TimeSpan span) =>
        ((int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
