using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sidecar.Mattermost;

/// <summary>
/// One request to Mattermost's REST API and its answer, typed; every failure becomes a
/// <see cref="MattermostException"/>. Used with the bot's token by the product and with an administrator's by set-up.
/// </summary>
/// <param name="http">With the server's address as base, a slash at its end (servers may live below a path); a token is sent with each request, never kept in the client.</param>
/// <param name="token">The access token.</param>
/// <param name="seen">Told the headers of every answer; the server's time is among them.</param>
internal sealed class MattermostHttp(
    HttpClient http,
    string token,
    Action<HttpResponseHeaders>? seen = null
)
{
    /// <summary>Sends a request whose answer matters.</summary>
    public async Task<TAnswer> Send<TAnswer>(
        HttpMethod method,
        string path,
        HttpContent? body,
        JsonTypeInfo<TAnswer> answer,
        CancellationToken cancel
    )
    {
        using var response = await Exchange(method, path, body, cancel);
        try
        {
            return await response.Content.ReadFromJsonAsync(answer, cancel)
                ?? throw new JsonException("The answer is null.");
        }
        catch (Exception problem)
            when (problem is JsonException or HttpRequestException or IOException)
        {
            throw new MattermostException(
                response.StatusCode,
                null,
                $"{method} {path}: unreadable answer",
                problem
            );
        }
    }

    /// <summary>Sends a request of which only the success matters.</summary>
    public async Task Send(
        HttpMethod method,
        string path,
        HttpContent? body,
        CancellationToken cancel
    ) => (await Exchange(method, path, body, cancel)).Dispose();

    /// <summary>Copies an answer that may be large, as it comes.</summary>
    /// <returns>False when it is larger than allowed; what was copied until then is not all of it.</returns>
    public async Task<bool> Copy(string path, Stream to, long atMost, CancellationToken cancel)
    {
        using var response = await Exchange(HttpMethod.Get, path, null, cancel, isLarge: true);
        if (response.Content.Headers.ContentLength > atMost)
        {
            return false;
        }

        await using var from = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[64 * 1024];
        for (var copied = 0L; ; )
        {
            int read;
            try
            {
                read = await from.ReadAsync(buffer, cancel);
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException)
            {
                throw new MattermostException(
                    null,
                    null,
                    $"GET {path}: the answer broke off ({problem.Message})",
                    problem
                );
            }

            copied += read;
            if (read == 0 || copied > atMost)
            {
                return read == 0;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
    }

    /// <summary>A JSON body.</summary>
    public static HttpContent Json<T>(T value, JsonTypeInfo<T> type) =>
        JsonContent.Create(value, type);

    private async Task<HttpResponseMessage> Exchange(
        HttpMethod method,
        string path,
        HttpContent? body,
        CancellationToken cancel,
        bool isLarge = false
    )
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/')) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(
                request,
                isLarge
                    ? HttpCompletionOption.ResponseHeadersRead
                    : HttpCompletionOption.ResponseContentRead,
                cancel
            );
        }
        catch (Exception problem)
            when (problem is HttpRequestException or IOException
                || (problem is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            throw new MattermostException(
                null,
                null,
                $"{method} {path}: no answer ({problem.Message})",
                problem
            );
        }

        seen?.Invoke(response.Headers);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Refusal(method, path, response, cancel);
        }
    }

    private static async Task<MattermostException> Refusal(
        HttpMethod method,
        string path,
        HttpResponseMessage response,
        CancellationToken cancel
    )
    {
        AppError? error = null;
        try
        {
            error = await response.Content.ReadFromJsonAsync(
                MattermostErrorJson.Default.AppError,
                cancel
            );
        }
        catch (Exception problem)
            when (problem is JsonException or HttpRequestException or IOException)
        {
            // Rate limits and proxies answer in plain text: the status tells enough.
        }

        var said = error is null ? response.ReasonPhrase : $"{error.Message} [{error.Id}]";
        return new MattermostException(
            response.StatusCode,
            error?.Id,
            $"{method} {path}: {(int)response.StatusCode} {said}"
        )
        {
            RetryAfter = RetryAfter(response.Headers),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.RetryAfter?.Delta is { } delta)
        {
            return delta;
        }

        return
            headers.TryGetValues("X-Ratelimit-Reset", out var reset)
            && int.TryParse(
                reset.First(),
                System.Globalization.CultureInfo.InvariantCulture,
                out var seconds
            )
            && seconds is >= 0 and < 3600
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}

/// <summary>Mattermost did not do what was asked, or nobody knows whether it did.</summary>
/// <param name="status">The HTTP status; null when no answer came.</param>
/// <param name="errorId">Mattermost's name of the error, <c>api.context.permissions.app_error</c>.</param>
/// <param name="message">Request line and what was said; holds no secret.</param>
internal sealed class MattermostException(
    HttpStatusCode? status,
    string? errorId,
    string message,
    Exception? inner = null
) : Exception(message, inner)
{
    public HttpStatusCode? Status { get; } = status;

    public string? ErrorId { get; } = errorId;

    /// <summary>How long to leave the server alone, when it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Mattermost's own form of an error.</summary>
internal sealed record AppError(string? Id, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AppError))]
internal sealed partial class MattermostErrorJson : JsonSerializerContext;
