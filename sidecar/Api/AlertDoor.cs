using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Alerts;
using Sidecar.Features.Customers.Domain;
using Sidecar.Mattermost;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Api;

/// <summary>
/// <c>/hooks/{name}</c>: monitoring comes in (HOOK-2). The token is verified first, then what was sent is read: as
/// Alertmanager and Grafana send it, or in the plain form.
/// </summary>
internal sealed partial class AlertDoor(
    Store store,
    TakeAlerts alerts,
    RoleStore roles,
    PersonalRateLimit pace,
    ActMetrics acts,
    TimeProvider clock,
    ILogger<AlertDoor> log
)
{
    public const string Path = "/hooks/{name}";
    private const string Door = "hook";
    private const string Scheme = "Bearer ";

    public static void Map(WebApplication app) =>
        app.MapPost(Path, http => app.Services.GetRequiredService<AlertDoor>().Answer(http));

    private async Task Answer(HttpContext http)
    {
        ApiProblem? problem;
        try
        {
            var (taken, refused) = await Take(http);
            if (taken is not null)
            {
                acts.Answered(Door, StatusCodes.Status200OK);
                http.Response.ContentType = "application/json";
                await http.Response.Body.WriteAsync(
                    JsonSerializer.SerializeToUtf8Bytes(taken, AlertDoorJson.Default.TakenAlerts),
                    http.RequestAborted
                );
                return;
            }

            problem = refused!;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException)
        {
            problem = ApiProblem.Invalid("body", "The request could not be read.");
        }
        catch (Exception fault)
        {
            var reference = RandomNumberGenerator.GetHexString(6, lowercase: true);
            acts.Failed(Door, fault);
            Log.Failed(log, reference, fault);
            problem = fault is StoreUnwritableException or StoreUncertainException or ChatException
                ? ApiProblem.Unavailable(
                    $"It is not possible right now (ref {reference}).",
                    reference
                )
                : ApiProblem.Fault(reference);
        }

        acts.Answered(Door, problem.Status);
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json";
        await http.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(problem, ApiProblemJson.Default.ApiProblem),
            http.RequestAborted
        );
    }

    private async Task<(TakenAlerts? Taken, ApiProblem? Problem)> Take(HttpContext http)
    {
        var cancel = http.RequestAborted;
        if (await Verified(http, cancel) is not { } source)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return (null, ApiProblem.Unauthorized);
        }

        if (await pace.TooFast(source.Owner, clock.GetUtcNow(), cancel) is not null)
        {
            http.Response.Headers.RetryAfter = "10";
            return (null, ApiProblem.TooFast(10));
        }

        if (await RequestReading.Bytes(http.Request, cancel) is not { } body)
        {
            return (null, ApiProblem.TooLarge(RequestReading.LargestBody));
        }

        var (sent, problem) = AlertReading.Read(body);
        if (problem is not null)
        {
            return (null, problem);
        }

        // Whoever hangs up half way has told it all the same.
        return (await alerts.Take(source, sent, CancellationToken.None), null);
    }

    private async ValueTask<AlertSource?> Verified(HttpContext http, CancellationToken cancel)
    {
        var name = $"{http.Request.RouteValues["name"]}";
        var header = http.Request.Headers.Authorization.ToString();
        return
            AlertSource.IsName(name)
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && await store.Find(AlertSource.Kind, name, cancel) is { Value: var source }
            && source.Accepts(header[Scheme.Length..].Trim())
            && await roles.Of(source.Owner, cancel) is { IsGuest: false, IsOutside: false }
            ? source
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Alerts could not be taken (ref {Reference})"
        )]
        public static partial void Failed(ILogger log, string reference, Exception problem);
    }
}

/// <summary>
/// Reads what monitoring sends. Alertmanager and Grafana agree on <c>alerts</c> with <c>status</c>, <c>labels</c>,
/// <c>annotations</c>, <c>startsAt</c> and <c>fingerprint</c>; the plain form is one alert with <c>key</c>, <c>title</c>.
/// </summary>
internal static class AlertReading
{
    private const int LongestKey = 500;
    private const int LongestText = 3000;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        MaxDepth = 64,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>
    /// All that can be read. An alert is never refused for a letter, a field that is missing or another that came with
    /// it: what is wrong may be somebody's outage.
    /// </summary>
    public static (IReadOnlyList<SentAlert> Alerts, ApiProblem? Problem) Read(
        ReadOnlyMemory<byte> body
    )
    {
        try
        {
            using var json = JsonDocument.Parse(WholeCharacters.Of(body.Span), Lenient);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return Wrong("body", "The body is an object.");
            }

            var several = Member(root, "alerts");
            JsonElement[] sent =
                several.ValueKind == JsonValueKind.Array ? [.. several.EnumerateArray()] : [root];
            var alerts = new List<SentAlert>();
            ApiProblem? first = null;
            for (var i = 0; i < sent.Length; i++)
            {
                var at = several.ValueKind == JsonValueKind.Array ? $"/alerts/{i}" : "";
                var (alert, problem) = Read(sent[i], at);
                first ??= problem;
                if (alert is not null)
                {
                    alerts.Add(alert);
                }
            }

            return alerts.Count == 0 && first is not null ? ([], first) : (alerts, null);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return Wrong("body", "This is not JSON that can be read.");
        }
    }

    private static (SentAlert?, ApiProblem?) Read(JsonElement sent, string at)
    {
        if (sent.ValueKind != JsonValueKind.Object)
        {
            return (null, ApiProblem.Invalid(at, "An alert is an object."));
        }

        var (labels, notes) = (Member(sent, "labels"), Member(sent, "annotations"));
        var said =
            Text(sent, "title")
            ?? Text(notes, "summary")
            ?? Text(notes, "message")
            ?? Text(labels, "alertname");
        var named = Text(sent, "key") ?? Text(sent, "fingerprint") ?? Named(labels);
        var (title, key) = (said ?? named, named ?? said);
        if (title is null || key is null)
        {
            return (
                null,
                ApiProblem.Invalid(
                    $"{at}/title",
                    "Say in a sentence what is wrong: title, or annotations.summary, or labels.alertname; and name it by key or fingerprint, the same for its end."
                )
            );
        }

        // Whatever word another monitoring has for it: only its end is no alert.
        var isFiring =
            Text(sent, "status") is not { } status
            || !Ends.Contains(status, StringComparer.OrdinalIgnoreCase);
        return (
            new SentAlert(Short(key), isFiring, title)
            {
                Details = Cut(
                    Text(sent, "details") ?? Text(notes, "description") ?? Text(sent, "valueString")
                ),
                Severity = Text(sent, "severity") ?? Text(labels, "severity"),
                Customer = Text(sent, "customer") ?? Text(labels, "customer"),
                Link = Cut(
                    Text(sent, "link")
                        ?? Text(notes, "runbook_url")
                        ?? Text(sent, "panelURL")
                        ?? Text(sent, "dashboardURL")
                        ?? Text(sent, "generatorURL")
                ),
                StartedAt = Text(sent, "startsAt") is { } began ? ApiField.Moment(began) : null,
            },
            null
        );
    }

    private static readonly string[] Ends = ["resolved", "ok", "inactive", "normal"];

    /// <summary>What is too long for a key is another for each key all the same.</summary>
    private static string Short(string key) =>
        key.Length <= LongestKey
            ? key
            : Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    // Without a fingerprint, what an alert is called by its labels names it.
    private static string? Named(JsonElement labels) =>
        labels.ValueKind == JsonValueKind.Object
            ? string.Join(
                ',',
                labels
                    .EnumerateObject()
                    .Select(l => $"{l.Name}={l.Value}")
                    .Order(StringComparer.Ordinal)
            )
                is { Length: > 0 } all
                ? all
                : null
            : null;

    private static string Cut(string? text) =>
        text is null ? "" : MarkdownEscaper.Shorten(text, LongestText);

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } value
        && value.GetString()?.Trim() is { Length: > 0 } text
            ? text
            : null;

    private static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member)
            ? member
            : default;

    private static (IReadOnlyList<SentAlert>, ApiProblem?) Wrong(string where, string what) =>
        ([], ApiProblem.Invalid(where, what));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TakenAlerts))]
internal sealed partial class AlertDoorJson : JsonSerializerContext;
