using System.Net.Http.Json;
using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>The HTTP side of a user's client.</summary>
internal sealed class ClientConnection(World world, HttpClient http, string token)
{
    public async Task<Sent> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (body is HttpContent content)
        {
            request.Content = content;
        }
        else if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Default);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        var json = isJson ? Wire.Parse(text) : Wire.Element(text);
        var error = response.IsSuccessStatusCode ? null : ErrorIn(json, (int)response.StatusCode);
        var requestId = response.Headers.TryGetValues("X-Request-Id", out var ids)
            ? ids.First()
            : "-";
        return new Sent(
            (int)response.StatusCode,
            json,
            error,
            world.Ephemerals.CausedBy(requestId)
        );
    }

    private static AppError ErrorIn(JsonElement json, int status) =>
        json.ValueKind is JsonValueKind.Object
            ? json.Deserialize<AppError>(Wire.Options)!
            : new AppError("", json.ToString(), status);
}

/// <summary>What came back to a client, and what its user was shown because of it.</summary>
internal sealed record Sent(
    int Status,
    JsonElement Body,
    AppError? Error,
    IReadOnlyList<Post> Ephemerals
);
