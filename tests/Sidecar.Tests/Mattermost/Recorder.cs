using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Sidecar.Tests.Mattermost;

/// <summary>An integration in the sidecar's place: keeps what Mattermost sends, answers what it is told to.</summary>
internal sealed class Recorder : HttpMessageHandler
{
    private readonly ConcurrentQueue<ReceivedByIntegration> received = new();

    public static Uri Url(string path) => new("http://127.0.0.1:9099" + path);

    public IReadOnlyList<ReceivedByIntegration> Received => [.. received];

    public ReceivedByIntegration Last => Received[^1];

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public string ContentType { get; set; } = "application/json";

    public string Body { get; set; } = "{}";

    public void Answers(object body) => Body = JsonSerializer.Serialize(body);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null
            ? ""
            : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request
            .Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(
                h => h.Key,
                h => string.Join(", ", h.Value),
                StringComparer.OrdinalIgnoreCase
            );
        received.Enqueue(
            new ReceivedByIntegration(
                request.Method.Method,
                request.RequestUri!.PathAndQuery,
                headers,
                body
            )
        );
        var answer = new HttpResponseMessage(Status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)),
        };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return answer;
    }
}

internal sealed record ReceivedByIntegration(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body
);
