using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Talks to the REST API with somebody's token, or without one.</summary>
internal sealed class RestClient(Uri server, string token = "")
{
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false }
    );

    public string Token => token;

    public Task<Answered> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answered> Post(string path, object? body = null) =>
        Send(HttpMethod.Post, path, body);

    public Task<Answered> Put(string path, object? body = null) => Send(HttpMethod.Put, path, body);

    public Task<Answered> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <param name="method">GET, POST, …</param>
    /// <param name="path">Below /api/v4, or a whole address.</param>
    /// <param name="body">Content as it is, or anything that becomes JSON.</param>
    public async Task<Answered> Send(HttpMethod method, string path, object? body = null)
    {
        var url = path.StartsWith("http", StringComparison.Ordinal)
            ? new Uri(path)
            : new Uri(
                server,
                path.StartsWith("/hooks/commands/", StringComparison.Ordinal)
                    ? path
                    : "/api/v4" + path
            );
        using var request = new HttpRequestMessage(method, url);
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        request.Content =
            body as HttpContent ?? (body is null ? null : JsonContent.Create(body, body.GetType()));
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Read(response);
    }

    /// <summary>The same, and it must succeed: for what a test only prepares.</summary>
    public async Task<JsonElement> Done(HttpMethod method, string path, object? body = null)
    {
        var answer = await Send(method, path, body);
        return answer.Status < 300
            ? answer.Body
            : throw new InvalidOperationException(
                $"{method} {path}: {answer.Status} {answer.Body.GetRawText()}"
            );
    }

    private static async Task<Answered> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Answered(
            (int)response.StatusCode,
            JsonPaths.Parse(isJson && text.Length > 0 ? text : JsonSerializer.Serialize(text)),
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    h => h.Key,
                    h => string.Join(", ", h.Value),
                    StringComparer.OrdinalIgnoreCase
                )
        );
    }
}
