using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Sidecar.Tests.Conformance;

/// <summary>A server in the sidecar's place: keeps what Mattermost sends, and answers as the test says.</summary>
internal sealed class RecordingEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Called> _calls = new();
    private readonly Channel<Called> _arrived = Channel.CreateUnbounded<Called>();
    private readonly ConcurrentDictionary<string, Func<Called, Spoken>> _answers = new(
        StringComparer.Ordinal
    );

    private RecordingEndpoint(WebApplication app) => _app = app;

    public IReadOnlyList<Called> Calls => [.. _calls];

    public Called Last => Calls[^1];

    public static async Task<RecordingEndpoint> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var endpoint = new RecordingEndpoint(app);
        app.Map("/{**path}", endpoint.Serve);
        await app.StartAsync();
        return endpoint;
    }

    public string Url(string path) => _app.Urls.First() + path;

    /// <summary>From now on calls of this path are answered with this; an object becomes JSON.</summary>
    public void Answers(string path, object body) =>
        Answers(path, _ => new Spoken(200, "application/json", JsonSerializer.Serialize(body)));

    public void Answers(string path, int status, string contentType, string body) =>
        Answers(path, _ => new Spoken(status, contentType, body));

    public void Answers(string path, Func<Called, Spoken> answer) => _answers[path] = answer;

    /// <summary>The next call that was not awaited yet.</summary>
    public async Task<Called> Next()
    {
        using var patience = Patience.Start();
        return await _arrived.Reader.ReadAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Serve(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var call = new Called(
            http.Request.Method,
            http.Request.Path,
            http.Request.Headers.ToDictionary(
                h => h.Key,
                h => h.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            ),
            await reader.ReadToEndAsync()
        );
        _calls.Enqueue(call);
        var answer = _answers.TryGetValue(call.Path, out var known)
            ? known(call)
            : new Spoken(200, "application/json", "{}");
        _arrived.Writer.TryWrite(call);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        await http.Response.WriteAsync(answer.Body);
    }
}

/// <summary>What the integration says.</summary>
internal sealed record Spoken(int Status, string ContentType, string Body);

/// <summary>A request of Mattermost to the integration.</summary>
internal sealed record Called(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    public JsonElement Json => JsonPaths.Parse(Body);

    /// <summary>The body as a form; repeated fields keep their order.</summary>
    public IReadOnlyDictionary<string, string[]> Form =>
        QueryHelpers
            .ParseQuery(Body)
            .ToDictionary(f => f.Key, f => f.Value.ToArray()!, StringComparer.Ordinal)!;

    /// <summary>One field of the form; empty when it is not there.</summary>
    public string Field(string name) =>
        Form.TryGetValue(name, out var values) ? string.Join('|', values) : "";
}

/// <summary>How long a test waits for what must come, before it fails instead of hanging.</summary>
internal static class Patience
{
    public static CancellationTokenSource Start()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(
            Xunit.TestContext.Current.CancellationToken
        );
        source.CancelAfter(TimeSpan.FromSeconds(20));
        return source;
    }
}
