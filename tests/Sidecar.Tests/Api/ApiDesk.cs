using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sidecar.Tests.Features.Tokens;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>A program with a token.</summary>
internal sealed class ApiDesk : IDisposable
{
    /// <summary>No limit ever lets go while the clock stands still.</summary>
    public const string Unlimited =
        """{ "api": { "requestsPerSecond": 100000, "burst": 1000000 }, "incidents": { "startByThemselves": false } }""";

    private readonly HttpClient _http;
    private int _keys;

    public ApiDesk(Desk desk, string? token)
    {
        _http = new HttpClient { BaseAddress = desk.Address };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                token
            );
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public HttpClient Http => _http;

    /// <summary>A program of somebody's.</summary>
    public static async Task<ApiDesk> Of(Desk desk, string who, string words = "test write") =>
        new(desk, await desk.MakesToken(who, words));

    public Task<ApiReply> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    /// <summary>Posts with a key of its own, unless one is given.</summary>
    public Task<ApiReply> Post(
        string path,
        object? body,
        params (string Name, string Value)[] headers
    ) =>
        Send(
            HttpMethod.Post,
            path,
            body,
            headers.Any(h => h.Name == "Idempotency-Key")
                ? headers
                : [.. headers, ("Idempotency-Key", $"key-{Interlocked.Increment(ref _keys)}")]
        );

    public Task<ApiReply> Patch(string path, object? body, string? match = null) =>
        Send(HttpMethod.Patch, path, body, match is null ? [] : [("If-Match", match)]);

    public async Task<ApiReply> Send(
        HttpMethod method,
        string path,
        object? body,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(
            method,
            path.StartsWith('/') && !path.StartsWith("/api", StringComparison.Ordinal)
                ? "/api/v1" + path
                : path
        );
        if (body is not null)
        {
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body),
                Encoding.UTF8,
                "application/json"
            );
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return new ApiReply(
            (int)answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType ?? "",
            text,
            answer.Headers.ToDictionary(
                h => h.Key,
                h => string.Join(", ", h.Value),
                StringComparer.OrdinalIgnoreCase
            )
        );
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What came back.</summary>
internal sealed record ApiReply(
    int Status,
    string Type,
    string Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>A member as text; null when it is null, which tests that mind it look for.</summary>
    public string this[string member] =>
        Json.GetProperty(member) is { ValueKind: not JsonValueKind.Null } value
            ? value.ToString()
            : null!;

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];

    public IReadOnlyList<string> Ids => [.. Items.Select(i => i.GetProperty("id").GetString()!)];

    public string Tag => Headers["ETag"];
}
