using System.Net;
using Sidecar.Mattermost;
using Sidecar.Metrics;

namespace Sidecar.Hosting;

/// <summary>
/// <c>/metrics</c>, for Prometheus. With a token it answers whoever has it. Without one it answers programs of this
/// machine only, and of them only those that ask by themselves: a proxy, a browser or a Mattermost here that was told to
/// ask would carry the answer to somebody else.
/// </summary>
internal sealed partial class MetricsEndpoint(
    PrometheusCollector collector,
    string? token,
    ILogger<MetricsEndpoint> log
)
{
    public const string Path = "/metrics";
    private const string Scheme = "Bearer ";

    /// <summary>What asks for others has at least one of these. Mattermost sends a token with each slash command.</summary>
    private static readonly string[] OfOthers =
    [
        "Authorization",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "Origin",
        "Referer",
        "Sec-Fetch-Site",
    ];

    private readonly RequestVerifier? _token = token is null ? null : new RequestVerifier([token]);
    private int _refused;

    /// <param name="app">Where it is served.</param>
    /// <param name="token">What Prometheus proves itself with; null when only this machine may ask.</param>
    /// <exception cref="ArgumentException">The token is too short.</exception>
    public static void Map(WebApplication app, string? token)
    {
        var endpoint = new MetricsEndpoint(
            // Made now: what is counted before anybody asks counts, too.
            app.Services.GetRequiredService<PrometheusCollector>(),
            token,
            app.Services.GetRequiredService<ILogger<MetricsEndpoint>>()
        );
        app.MapGet(Path, http => endpoint.Answer(http).ExecuteAsync(http));
    }

    private IResult Answer(HttpContext http)
    {
        if (!(_token is null ? IsOfThisMachine(http) : Shows(_token, http.Request)))
        {
            if (Interlocked.Exchange(ref _refused, 1) == 0)
            {
                Log.Refused(log, http.Connection.RemoteIpAddress);
            }

            return Results.Unauthorized();
        }

        var (text, type) = collector.Collect(
            http.Request.Headers.Accept.ToString(),
            ProductVersion.Current
        );
        return Results.Text(text, type);
    }

    private static bool Shows(RequestVerifier token, HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var shown = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
        return token.Accepts(shown);
    }

    private static bool IsOfThisMachine(HttpContext http) =>
        IsLoopback(http.Connection.RemoteIpAddress)
        && IsLoopback(http.Connection.LocalIpAddress)
        && IsLoopback(http.Request.Host.Host)
        && !http.Request.QueryString.HasValue
        && !OfOthers.Any(http.Request.Headers.ContainsKey)
        && !http.Request.Headers.Keys.Any(name =>
            name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
        );

    // A name that only leads here may be anybody's; a page of theirs could ask under it.
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IsLoopback(address));

    private static bool IsLoopback(IPAddress? address) =>
        address is not null
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "/metrics was not given to {Address}: it takes the token in ESCALATE_METRICS_TOKEN, or, when there is none, a direct request from this machine. Said once."
        )]
        public static partial void Refused(ILogger log, IPAddress? address);
    }
}
