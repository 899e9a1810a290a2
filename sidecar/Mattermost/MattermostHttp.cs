using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sidecar.Mattermost;

/// <summary>
/// One request to Mattermost's REST API and its answer, typed; every failure becomes a
/// <see cref="MattermostException"/>. Used with the bot's token by the product and with an administrator's by set-up.
/// </summary>
/// <remarks>
/// Much stands between: whatever arrives is an answer of Mattermost's only when it looks like one. A page in the place of
/// an answer is no success, and a status without Mattermost's own error is no refusal.
/// </remarks>
/// <param name="http">With the server's address as base, a slash at its end (servers may live below a path); a token is sent with each request, never kept in the client.</param>
/// <param name="token">The access token.</param>
/// <param name="seen">Told the headers of every answer of Mattermost's; the server's time is among them.</param>
/// <param name="clock">Tells how far off a date is until which we are to wait.</param>
internal sealed class MattermostHttp(
    HttpClient http,
    string token,
    Action<HttpResponseHeaders>? seen = null,
    TimeProvider? clock = null
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
        var arrived = await Arrived(method, path, response, cancel);
        TAnswer read;
        try
        {
            if (arrived.Flaw is not null)
            {
                throw new JsonException(arrived.Flaw);
            }

            read =
                JsonSerializer.Deserialize(arrived.Bytes.Span, answer)
                ?? throw new JsonException("The answer is null.");
        }
        catch (Exception unreadable)
        {
            throw Unreadable(method, path, response, arrived, unreadable);
        }

        seen?.Invoke(response.Headers);
        return read;
    }

    /// <summary>Sends a request of which only the success matters.</summary>
    public Task Send(HttpMethod method, string path, HttpContent? body, CancellationToken cancel) =>
        Send(method, path, body, MattermostErrorJson.Default.Done, cancel);

    /// <summary>Sends something that Mattermost answers in plain text: <c>ok</c>.</summary>
    public async Task Tell(string path, HttpContent body, CancellationToken cancel)
    {
        using var response = await Exchange(HttpMethod.Post, path, body, cancel);
        if (MediaType(response).Contains("html", StringComparison.OrdinalIgnoreCase))
        {
            throw Unreadable(HttpMethod.Post, path, response, new AnswerBody(default, null), null);
        }
    }

    /// <summary>Copies an answer that may be large, as it comes.</summary>
    /// <returns>False when it is larger than allowed; what was copied until then is not all of it.</returns>
    public async Task<bool> Copy(string path, Stream to, long atMost, CancellationToken cancel)
    {
        using var response = await Exchange(HttpMethod.Get, path, null, cancel);
        // Mattermost gives no file out as a page, whatever was uploaded: so this is somebody's log-in page.
        if (MediaType(response).Contains("html", StringComparison.OrdinalIgnoreCase))
        {
            throw Unreadable(HttpMethod.Get, path, response, new AnswerBody(default, null), null);
        }

        if (response.Content.Headers.ContentLength > atMost)
        {
            return false;
        }

        try
        {
            await using var from = await response.Content.ReadAsStreamAsync(cancel);
            var buffer = new byte[64 * 1024];
            for (var copied = 0L; ; )
            {
                var read = await Part(from, buffer, path, cancel);
                copied += read;
                if (read == 0 || copied > atMost)
                {
                    return read == 0;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }
        catch (HttpRequestException broken)
        {
            throw NoAnswer(HttpMethod.Get, path, broken);
        }
    }

    /// <summary>A JSON body, written at once: what can't be written is our fault, not the network's.</summary>
    public static HttpContent Json<T>(T value, JsonTypeInfo<T> type) =>
        Json(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A JSON body that was written before.</summary>
    public static HttpContent Json(byte[] written)
    {
        var content = new ByteArrayContent(written);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }

    private static async Task<int> Part(
        Stream from,
        byte[] buffer,
        string path,
        CancellationToken cancel
    )
    {
        try
        {
            return await from.ReadAsync(buffer, cancel);
        }
        catch (Exception broken) when (!cancel.IsCancellationRequested)
        {
            throw new MattermostException(
                null,
                null,
                $"GET {path}: the answer broke off ({NetworkReason.Of(broken)})",
                broken
            );
        }
    }

    private async Task<HttpResponseMessage> Exchange(
        HttpMethod method,
        string path,
        HttpContent? body,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/')) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancel
            );
        }
        catch (Exception problem) when (!cancel.IsCancellationRequested)
        {
            throw NoAnswer(method, path, problem);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Refusal(method, path, response, cancel);
        }
    }

    /// <summary>The client's own patience ends with the headers; what follows them may take no longer.</summary>
    private async Task<AnswerBody> Arrived(
        HttpMethod method,
        string path,
        HttpResponseMessage response,
        CancellationToken cancel
    )
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(http.Timeout);
        try
        {
            return await AnswerBody.Read(response.Content, late.Token);
        }
        catch (OperationCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            throw NoAnswer(method, path, slow);
        }
    }

    private static MattermostException NoAnswer(
        HttpMethod method,
        string path,
        Exception problem
    ) => new(null, null, $"{method} {path}: no answer ({NetworkReason.Of(problem)})", problem);

    private async Task<MattermostException> Refusal(
        HttpMethod method,
        string path,
        HttpResponseMessage response,
        CancellationToken cancel
    )
    {
        var error = AppError.In(await Arrived(method, path, response, cancel));
        if (error is not null)
        {
            seen?.Invoke(response.Headers);
        }

        var said = error is null
            ? $"{Phrase(response)} (not Mattermost's own words: something in front of it answers)"
            : $"{error.Message} [{error.Id}]";
        return new MattermostException(
            response.StatusCode,
            error?.Id,
            $"{method} {path}: {(int)response.StatusCode} {said}"
        )
        {
            RetryAfter = Wish(response),
        };
    }

    private MattermostException Unreadable(
        HttpMethod method,
        string path,
        HttpResponseMessage response,
        AnswerBody arrived,
        Exception? problem
    )
    {
        var isOtherShape = arrived.IsJson;
        var what =
            arrived.Flaw is { } flaw ? $"the answer is not whole: {flaw}"
            : isOtherShape ? "JSON of another shape"
            : MediaType(response) is { Length: > 0 } type ? $"no JSON but {type}"
            : "no JSON";
        return new MattermostException(
            response.StatusCode,
            null,
            $"{method} {path}: unreadable answer, {(int)response.StatusCode} with {what}",
            problem
        )
        {
            RetryAfter = Wish(response),
            IsOtherShape = isOtherShape,
        };
    }

    private TimeSpan? Wish(HttpResponseMessage response) =>
        ServersWish.In(response.Headers, clock?.GetUtcNow());

    private static string MediaType(HttpResponseMessage response) =>
        Harmless(response.Content.Headers.ContentType?.MediaType);

    private static string Phrase(HttpResponseMessage response) => Harmless(response.ReasonPhrase);

    /// <summary>What anybody in between may have written goes into logs: short, and of plain letters.</summary>
    private static string Harmless(string? text) =>
        string.Concat((text ?? "").Where(c => c is >= ' ' and <= '~').Take(60));
}

/// <summary>Mattermost did not do what was asked, or nobody knows whether it did.</summary>
/// <param name="status">The HTTP status; null when no answer came.</param>
/// <param name="errorId">Mattermost's name of the error, <c>api.context.permissions.app_error</c>; null when it was not Mattermost that answered.</param>
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

    /// <summary>How long to leave the server alone, when it said so; never more than a few minutes.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The answer was whole and JSON, and yet nothing that is understood: asked again it would be the same.</summary>
    public bool IsOtherShape { get; init; }

    /// <summary>Mattermost itself said so. A proxy's status of the same number means nothing about what was asked.</summary>
    public bool Is(HttpStatusCode refusal) => ErrorId is not null && Status == refusal;
}

/// <summary>Mattermost's own form of an error.</summary>
internal sealed record AppError(string? Id, string? Message)
{
    private const int LongestId = 200;

    /// <summary>The error in an answer; null when the answer is not Mattermost's.</summary>
    public static AppError? In(AnswerBody answer)
    {
        try
        {
            var error = JsonSerializer.Deserialize(
                answer.Bytes.Span,
                MattermostErrorJson.Default.AppError
            );
            return error is { Id: { } id } && IsName(id) ? error : null;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>They are names with dots in them; what others call an id is a number, a code or a trace.</summary>
    private static bool IsName(string id) =>
        id.Length <= LongestId
        && id.Contains('.', StringComparison.Ordinal)
        && char.IsAsciiLetter(id[0])
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}

/// <summary>
/// What Mattermost answers when something was done: that it was, or the thing itself. An empty object, a page or a list
/// is nobody's success.
/// </summary>
internal sealed record Done(string? Status, string? Id, string? UserId) : IJsonOnDeserialized
{
    /// <summary>The answer says so.</summary>
    public static bool IsIn(AnswerBody answer)
    {
        try
        {
            return answer.Flaw is null
                && JsonSerializer.Deserialize(answer.Bytes.Span, MattermostErrorJson.Default.Done)
                    is not null;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public void OnDeserialized()
    {
        var isDone = string.Equals(Status, "OK", StringComparison.OrdinalIgnoreCase);
        if (!isDone && string.IsNullOrEmpty(Id) && string.IsNullOrEmpty(UserId))
        {
            throw new JsonException("It does not say that it was done.");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AppError))]
[JsonSerializable(typeof(Done))]
internal sealed partial class MattermostErrorJson : JsonSerializerContext;
