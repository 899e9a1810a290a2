using System.Globalization;
using System.Net;
using System.Text.Json;
using Sidecar.Settings;

namespace Sidecar.Mattermost.Admin;

/// <summary>What a server tells anybody: that it answers, its version, the time on its clock.</summary>
/// <param name="Version">Null when it does not say.</param>
/// <param name="Clock">The time it told, in whole seconds, UTC; null when it did not.</param>
/// <param name="Asked">When we had its answer, by our clock, UTC.</param>
/// <param name="Took">How long the answer took.</param>
internal sealed record ServerGreeting(
    Version? Version,
    DateTimeOffset? Clock,
    DateTimeOffset Asked,
    TimeSpan Took
)
{
    private const string VersionHeader = "X-Version-Id";
    private const string ClientVersion = "Version";

    // Newer servers need no parameter; older ones refuse to answer without it.
    private const string ClientConfig = "api/v4/config/client?format=old";

    /// <summary>The oldest release that this product is made for.</summary>
    public static Version OldestSupported { get; } = new(10, 11, 0);

    /// <summary>The version supports everything that the product may use.</summary>
    public bool IsSupported => Version is null || Version >= OldestSupported;

    /// <exception cref="SetupException">Nobody answers there, or not a Mattermost.</exception>
    public static async Task<ServerGreeting> Ask(
        HttpClient http,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var started = clock.GetTimestamp();
        try
        {
            using var answer = await http.GetAsync("api/v4/system/ping", cancel);
            var (asked, took) = (clock.GetUtcNow(), clock.GetElapsedTime(started));
            var version = ReadVersion(answer);
            var body = await AnswerBody.Read(answer.Content, cancel);
            return
                version is not null || (answer.StatusCode == HttpStatusCode.OK && Done.IsIn(body))
                ? new ServerGreeting(
                    version ?? await ReadClientVersion(http, cancel),
                    answer.Headers.Date,
                    asked,
                    took
                )
                : throw NoMattermost(http, answer, body);
        }
        catch (Exception failed)
            when (failed is HttpRequestException or IOException
                || (
                    failed is OperationCanceledException or InvalidOperationException
                    && !cancel.IsCancellationRequested
                )
            )
        {
            throw new SetupException(
                $"Mattermost does not answer at {http.BaseAddress}: {NetworkReason.Of(failed)}",
                "Check the address (--url) from this machine, a firewall or proxy in between, and that the server runs.",
                failed
            );
        }
    }

    /// <summary>Reads <c>10.11.2.10.11.2.3f.true</c>: release, build, hash, licence.</summary>
    public static Version? ParseVersion(string text)
    {
        var numbers = text.Split('.')
            .Take(3)
            .Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : -1
            )
            .ToArray();
        return numbers.Length == 3 && numbers.All(n => n >= 0)
            ? new Version(numbers[0], numbers[1], numbers[2])
            : null;
    }

    private static Version? ReadVersion(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(VersionHeader, out var values)
            ? ParseVersion(values.First())
            : null;

    /// <summary>A proxy may take the header away.</summary>
    private static async Task<Version?> ReadClientVersion(HttpClient http, CancellationToken cancel)
    {
        using var answer = await http.GetAsync(ClientConfig, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        var body = await AnswerBody.Read(answer.Content, cancel);
        try
        {
            using var config = JsonDocument.Parse(body.Bytes);
            return
                config.RootElement.ValueKind == JsonValueKind.Object
                && config.RootElement.TryGetProperty(ClientVersion, out var version)
                && version.ValueKind == JsonValueKind.String
                ? ParseVersion(version.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SetupException NoMattermost(
        HttpClient http,
        HttpResponseMessage answer,
        AnswerBody body
    ) =>
        WantsHttps(http, answer, body)
            ? new(
                $"What answers at {http.BaseAddress} takes HTTPS only.",
                "Give the address with https://."
            )
        : answer.Headers.Location is { } elsewhere
            ? new(
                $"{http.BaseAddress} sends callers on to {elsewhere}; a token must not be sent where nobody chose to send it.",
                "Give the address that answers itself, mostly the one with https."
            )
        : new(
            $"What answers at {http.BaseAddress} is not Mattermost: {(int)answer.StatusCode} to api/v4/system/ping.",
            "Give the address that the browser shows before the team's name; a log-in page or gateway before it has to let /api/v4 through."
        );

    /// <summary>Servers say so in words of their own when they are called without it.</summary>
    private static bool WantsHttps(HttpClient http, HttpResponseMessage answer, AnswerBody body) =>
        http.BaseAddress!.Scheme == Uri.UriSchemeHttp
        && answer.StatusCode == HttpStatusCode.BadRequest
        && System
            .Text.Encoding.UTF8.GetString(body.Bytes.Span)
            .Contains("HTTPS", StringComparison.OrdinalIgnoreCase);
}
