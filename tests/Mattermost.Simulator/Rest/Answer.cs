using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>What a request is answered with.</summary>
internal sealed record Answer(int Status, byte[] Body, string ContentType = "application/json")
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Answer Json<T>(T value, int status = 200) => new(status, Wire.Bytes(value));

    public static Answer Created<T>(T value) => Json(value, 201);

    public static Answer Ok() => new(200, "{\"status\":\"OK\"}"u8.ToArray());

    public static Answer PlainOk() => new(200, "ok"u8.ToArray(), "text/plain");

    public static Answer Error(AppError error) => Json(error, error.StatusCode);

    public async Task WriteAsync(HttpContext http, string requestId)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = Body.Length;
        http.Response.Headers["X-Request-Id"] = requestId;
        foreach (var (name, value) in Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.Body.WriteAsync(Body);
    }
}
