using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sidecar.Tests.Api.Client;

/// <summary>The part of the client that no description writes: how a request is sent.</summary>
internal sealed partial class EscalateClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly HttpClient _http;

    public EscalateClient(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answered<T>> Send<T>(
        string method,
        string path,
        IEnumerable<(string Name, object? Value)> query,
        IEnumerable<(string Name, string? Value)> headers,
        object? body
    )
    {
        var parameters = query
            .Where(q => q.Value is not null)
            .Select(q => $"{q.Name}={Uri.EscapeDataString(Text(q.Value!))}");
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            $"{path}?{string.Join('&', parameters)}".TrimEnd('?')
        );
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(
                JsonSerializer.Serialize(body, Json),
                Encoding.UTF8,
                "application/json"
            );
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? new Answered<T>(
                JsonSerializer.Deserialize<T>(text, Json),
                answer.Headers.ETag?.ToString(),
                null
            )
            : new Answered<T>(default, null, JsonSerializer.Deserialize<Problem>(text, Json));
    }

    private static string Text(object value) =>
        value switch
        {
            true => "true",
            false => "false",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}

/// <summary>What came of a call: a value with its version, or a problem.</summary>
internal sealed record Answered<T>(T? Value, string? Tag, Problem? Problem);
