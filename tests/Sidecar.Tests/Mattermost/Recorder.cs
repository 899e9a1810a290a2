using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sidecar.Tests.Mattermost;

/// <summary>A server in the sidecar's place: keeps what Mattermost sends, answers what it is told to.</summary>
internal sealed class Recorder : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedByIntegration> received = new();
    private readonly WebApplication app;

    private Recorder(WebApplication app) => this.app = app;

    public IReadOnlyList<ReceivedByIntegration> Received => [.. received];

    public ReceivedByIntegration Last => Received[^1];

    public int Status { get; set; } = 200;

    public string ContentType { get; set; } = "application/json";

    public string Body { get; set; } = "{}";

    /// <summary>Awaited before the answer is given, so that a test can hold it back.</summary>
    public Func<CancellationToken, Task> BeforeAnswering { get; set; } = _ => Task.CompletedTask;

    public static async Task<Recorder> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var recorder = new Recorder(server);
        server.Map("/{**path}", recorder.AnswerAsync);
        await server.StartAsync();
        return recorder;
    }

    public Uri Url(string path) => new(app.Urls.First() + path);

    /// <summary>Answers as recorded: a status, a media type, a body; or a bare object with status 200.</summary>
    public void Answers(JsonElement recorded)
    {
        var isEnvelope = recorded.TryGetProperty("status", out var status);
        Status = isEnvelope ? status.GetInt32() : 200;
        ContentType =
            isEnvelope && recorded.TryGetProperty("content_type", out var type)
                ? type.GetString()!
                : "application/json";
        Body =
            !isEnvelope ? recorded.GetRawText()
            : !recorded.TryGetProperty("body", out var body) ? ""
            : body.ValueKind is JsonValueKind.String ? body.GetString()!
            : body.GetRawText();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = http.Request.Headers.ToDictionary(
            h => h.Key,
            h => h.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        received.Enqueue(
            new ReceivedByIntegration(
                http.Request.Method,
                http.Request.Path + http.Request.QueryString.ToString(),
                headers,
                body
            )
        );
        await BeforeAnswering(http.RequestAborted);
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        await http.Response.WriteAsync(Body);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

internal sealed record ReceivedByIntegration(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body
);
