using System.IO.Compression;
using System.Text;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// What stands between the product and Mattermost, played by WireMock: it passes everything on, but for the requests to
/// which it gives an answer of its own.
/// </summary>
internal sealed class Gateway : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Trick> _tricks = [];
    private readonly WireMockServer _server = WireMockServer.Start(
        new WireMockServerSettings { MaxRequestLogCount = 10, DisableJsonBodyParsing = true }
    );
    private readonly HttpClient _onward;

    /// <param name="behind">Mattermost's address.</param>
    public Gateway(Uri behind)
    {
        _onward = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = behind,
        };
        _server.Given(Request.Create()).RespondWith(Response.Create().WithCallback(Answer));
    }

    public Uri Url => new(_server.Url! + "/");

    /// <summary>How many answers were its own.</summary>
    public int Struck { get; private set; }

    /// <summary>The next requests that fit get this answer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="fits">Which, by method and path.</param>
    /// <param name="answer">What is answered.</param>
    /// <param name="arrives">Whether Mattermost gets the request all the same: then only its answer is lost.</param>
    /// <param name="says">What has to be in the request's body.</param>
    public void Next(
        int count,
        Func<string, string, bool> fits,
        Between answer,
        bool arrives = false,
        string says = ""
    )
    {
        lock (_gate)
        {
            _tricks.Add(new Trick(fits, answer, arrives, says) { Left = count });
        }
    }

    /// <summary>From now on it passes everything on.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _tricks.Clear();
        }
    }

    public void Dispose()
    {
        _server.Stop();
        _server.Dispose();
        _onward.Dispose();
    }

    private Trick? Find(IRequestMessage request)
    {
        lock (_gate)
        {
            var trick = _tricks.Find(t =>
                t.Left > 0
                && t.Fits(request.Method, request.Path)
                && Body(request).Contains(t.Says, StringComparison.Ordinal)
            );
            if (trick is not null)
            {
                trick.Left--;
                Struck++;
            }

            return trick;
        }
    }

    private async Task<IResponseMessage> Answer(IRequestMessage request)
    {
        var trick = Find(request);
        var real = trick is null || trick.Arrives ? await PassOn(request) : null;
        return trick?.Answer.ToMessage() ?? real!;
    }

    private async Task<ResponseMessage> PassOn(IRequestMessage request)
    {
        using var passed = new HttpRequestMessage(
            new HttpMethod(request.Method),
            new Uri(request.Url).PathAndQuery.TrimStart('/')
        );
        if (request.BodyAsBytes is { Length: > 0 } body)
        {
            passed.Content = new ByteArrayContent(body);
        }

        foreach (
            var (name, values) in request.Headers ?? new Dictionary<string, WireMockList<string>>()
        )
        {
            _ =
                name is "Host" or "Content-Length" or "Connection"
                || passed.Headers.TryAddWithoutValidation(name, values)
                || passed.Content?.Headers.TryAddWithoutValidation(name, values) == true;
        }

        using var real = await _onward.SendAsync(passed);
        var answer = new Between(
            "Mattermost's",
            (int)real.StatusCode,
            real.Content.Headers.ContentType?.ToString(),
            await real.Content.ReadAsByteArrayAsync(),
            [
                .. real
                    .Headers.NonValidated.Where(h => h.Key is not ("Transfer-Encoding" or "Server"))
                    .Select(h => (h.Key, h.Value.ToString())),
                // The time that stands on it is that of this machine, not of the stand-in.
                ("Age", "1"),
            ]
        );
        return answer.ToMessage();
    }

    private static string Body(IRequestMessage request) =>
        request.BodyAsBytes is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    private sealed record Trick(
        Func<string, string, bool> Fits,
        Between Answer,
        bool Arrives,
        string Says
    )
    {
        public int Left { get; set; }
    }
}

/// <summary>An answer that is not Mattermost's.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Status">Its status.</param>
/// <param name="Type">Its content type, as it stands in the header.</param>
/// <param name="Body">Its body.</param>
/// <param name="Headers">More headers, as they stand.</param>
internal sealed record Between(
    string Name,
    int Status,
    string? Type,
    byte[] Body,
    IReadOnlyList<(string Name, string Value)> Headers
)
{
    private const string Page =
        "<!doctype html><html><head><title>Sign in</title></head><body>Sign in</body></html>";

    /// <summary>Each kind that is known, by its name.</summary>
    public static IReadOnlyDictionary<string, Between> All { get; } =
        Kinds().ToDictionary(b => b.Name, StringComparer.Ordinal);

    public FaultType Fault { get; init; } = FaultType.NONE;

    public static Between Of(
        string name,
        int status,
        string? type = null,
        string body = "",
        params (string Name, string Value)[] headers
    ) => new(name, status, type, Encoding.UTF8.GetBytes(body), headers);

    public ResponseMessage ToMessage()
    {
        var message = new ResponseMessage
        {
            StatusCode = Status,
            FaultType = Fault,
            Headers = new Dictionary<string, WireMockList<string>>(),
            BodyData = new BodyData { DetectedBodyType = BodyType.Bytes, BodyAsBytes = Body },
        };
        if (Type is not null)
        {
            message.AddHeader("Content-Type", Type);
        }

        foreach (var (name, value) in Headers)
        {
            message.AddHeader(name, value);
        }

        return message;
    }

    private static IEnumerable<Between> Kinds()
    {
        yield return Of("a log-in page", 200, "text/html; charset=utf8", Page);
        yield return Of("a page of a gateway", 502, "text/html; charset=utf8", Page);
        yield return Of("a charset that is none", 503, "text/plain; charset=klingon-8", "no");
        yield return Of("a charset in quotes", 500, "text/html; charset=\"utf-8", Page);
        yield return Of("a type that is none", 500, ";;;", Page);
        yield return Of("wide letters", 200, "application/json; charset=utf-16", "{\0\"\0}\0");
        yield return Of("nothing at all", 200);
        yield return Of("nothing, said so", 204);
        yield return Of("not modified", 304);
        yield return Of("an empty object", 200, "application/json", "{}");
        yield return Of("null", 200, "application/json", "null");
        yield return Of("an empty list", 200, "application/json", "[]");
        yield return Of("a number", 200, "application/json", "42");
        yield return Of("an id without a name", 200, "application/json", """{"id":""}""");
        yield return Of("another's health", 200, "application/json", """{"status":"UP"}""");
        yield return Of("half an answer", 200, "application/json", """{"id":"abcdefghijklm""");
        yield return Of("two answers", 200, "application/json", """{"id":"a"}{"id":"b"}""");
        yield return Of(
            "packed in name only",
            200,
            "application/json",
            """{"id":"a"}""",
            ("Content-Encoding", "gzip")
        );
        yield return new Between(
            "a packed page",
            200,
            "text/html",
            Packed(Page),
            [("Content-Encoding", "gzip")]
        );
        yield return Of("a way on", 302, null, "", ("Location", "https://login.example/"));
        yield return Of("a way on for ever", 308, null, "", ("Location", "/elsewhere"));
        yield return Of("a way on to nowhere", 301, null, "", ("Location", "http://[::"));
        yield return Of("a bad request", 400, "text/html", Page);
        yield return Of(
            "a password asked for",
            401,
            "text/html",
            Page,
            ("WWW-Authenticate", "Basic realm=\"intranet\"")
        );
        yield return Of("a filter", 403, "text/html", Page);
        yield return Of("not found by a proxy", 404, "text/html", Page);
        yield return Of("a proxy's own password", 407, "text/html", Page);
        yield return Of("a limit of a proxy", 413, "text/html", Page);
        yield return Of("misdirected", 421, "text/html", Page);
        yield return Of("a captive portal", 511, "text/html", Page);
        yield return Of("a status of nobody's", 599, "text/plain", "?");
        yield return Of("not implemented by a proxy", 501, "text/html", Page);
        yield return Of("another's error", 400, "application/json", """{"id":"12345"}""");
        yield return Of("another's error's number", 403, "application/json", """{"id":12345}""");
        yield return Of(
            "another's error further in",
            404,
            "application/json",
            """{"error":{"id":"api.some.thing.app_error"}}"""
        );
        yield return Of("an error in a list", 403, "application/json", """[{"id":"a.b"}]""");
        yield return Of("broken letters", 500, "application/json", "{\"id\":\"a.b\\ud800\"}");
        yield return Of("a fault", 500, "text/plain", "panic");
        yield return Of("a pause without an end", 503, null, "", ("Retry-After", "soon"));
        yield return Of("a pause of a day", 503, null, "", ("Retry-After", "86400"));
        yield return Of("too many", 429, "text/plain", "limit exceeded");
        yield return Of("a line that is cut", 200) with
        {
            Fault = FaultType.EMPTY_RESPONSE,
        };
        yield return Of("a broken line", 200) with
        {
            Fault = FaultType.MALFORMED_RESPONSE_CHUNK,
        };
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
