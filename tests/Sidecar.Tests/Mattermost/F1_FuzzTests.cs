using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Whatever arrives is classified, and only what Mattermost says is a verdict: answers made by chance.</summary>
public sealed class F1_FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 4_000;

    private static readonly string[] Bodies =
    [
        """{"id":"api.context.permissions.app_error","message":"no","status_code":403}""",
        """{"id":"abcdefghijklmnopqrstuvwxyz","channel_id":"a","props":{"escalate_effect":"e"}}""",
        """{"status":"OK"}""",
        """{"order":["a"],"posts":{"a":{"id":"a","user_id":"b"}}}""",
        """[{"id":"a","username":"b"},null,{"id":7}]""",
        "<html><body>502 Bad Gateway</body></html>",
        "limit exceeded",
        "null",
        "",
    ];

    private static readonly string[] HeaderNames =
    [
        "Content-Type",
        "Content-Encoding",
        "Content-Length",
        "Content-Language",
        "Retry-After",
        "X-Ratelimit-Reset",
        "Date",
        "Age",
        "Location",
        "Set-Cookie",
        "WWW-Authenticate",
        "X-Version-Id",
    ];

    private static readonly string[] HeaderValues =
    [
        "application/json",
        "application/json; charset=utf8",
        "text/html; charset=\"",
        "gzip",
        "br, gzip",
        "deflate",
        "identity",
        "86400",
        "-1",
        "Mon, 02 Mar 2026 09:00:30 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 0001 00:00:00 GMT",
        "99999999999999999999",
        "\u00e9\u0080",
        ";;",
        "",
    ];

    public static TheoryData<long> Seeds => [.. Enumerable.Range(1, 4).Select(i => (long)i)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task F1_Whatever_arrives_is_classified_and_never_throws(long seed)
    {
        output.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        var clock = new ManualClock();
        var server = new ServerClock(clock);
        using var network = new Answering(() => Any(chance));
        using var client = new HttpClient(network) { BaseAddress = new Uri("http://mm.example/") };
        var http = new MattermostHttp(client, "token", server.Saw, clock);
        for (var round = 0; round < Rounds; round++)
        {
            if (await Fails(http, chance.Below(4)) is not { } problem)
            {
                continue;
            }

            var understood = ChatProblems.From(problem);
            understood.RetryAfter?.ShouldBeInRange(TimeSpan.FromTicks(1), ServersWish.Longest);
            if (problem.ErrorId is null && problem.Status != HttpStatusCode.TooManyRequests)
            {
                understood.Problem.ShouldBe(ChatProblem.Uncertain, problem.Message);
            }
            else if (problem.ErrorId is not null)
            {
                network.Last.ShouldContain(problem.ErrorId);
            }

            problem.Message.ShouldNotContain("token");
            server.NotAfter(clock.GetUtcNow()).ShouldBeGreaterThan(0);
        }
    }

    /// <returns>Nothing when it was taken for a success.</returns>
    private static async Task<MattermostException?> Fails(MattermostHttp http, int kind)
    {
        try
        {
            await (
                kind switch
                {
                    0 => http.Send(HttpMethod.Post, "x", null, ChatWire.Json.WirePost, Cancel),
                    1 => http.Send(HttpMethod.Get, "x", null, ChatWire.Json.ReadPosts, Cancel),
                    2 => http.Send(
                        HttpMethod.Get,
                        "x",
                        null,
                        ChatWire.Json.IReadOnlyListWireUser,
                        Cancel
                    ),
                    _ => http.Send(HttpMethod.Put, "x", null, Cancel),
                }
            );
            return null;
        }
        catch (MattermostException problem)
        {
            return problem;
        }
    }

    private static HttpResponseMessage Any(Seeded chance)
    {
        var body = Encoding.UTF8.GetBytes(Bodies[chance.Below(Bodies.Length)]);
        for (var changes = chance.Below(4); changes > 1 && body.Length > 0; changes--)
        {
            body[chance.Below(body.Length)] = (byte)chance.Below(256);
        }

        var length = chance.Below(4) == 0 ? chance.Below(body.Length + 1) : body.Length;
        var answer = new HttpResponseMessage((HttpStatusCode)(200 + chance.Below(400)))
        {
            Content = new ByteArrayContent(body, 0, length),
        };
        for (var headers = chance.Below(5); headers > 0; headers--)
        {
            var name = HeaderNames[chance.Below(HeaderNames.Length)];
            var value = HeaderValues[chance.Below(HeaderValues.Length)];
            _ =
                answer.Headers.TryAddWithoutValidation(name, value)
                || answer.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    private sealed class Answering(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        public string Last { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var made = answer();
            Last = Encoding.UTF8.GetString(
                await made.Content.ReadAsByteArrayAsync(cancellationToken)
            );
            return made;
        }
    }
}
