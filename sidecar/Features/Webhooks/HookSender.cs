using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Sidecar.Features.Webhooks;

/// <summary>What a receiver made of a delivery.</summary>
/// <param name="Status">What it answered; null when it answered nothing.</param>
/// <param name="Problem">Why it does not count as delivered; empty when it does.</param>
/// <param name="Took">How long it took.</param>
internal sealed record HookAnswer(int? Status, string Problem, TimeSpan Took)
{
    /// <summary>How long it asks to be left alone; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsTaken => Problem.Length == 0;

    /// <summary>It is gone for good and wants nothing more.</summary>
    public bool IsGone => Status == (int)HttpStatusCode.Gone;
}

/// <summary>
/// Sends to receivers: within a time limit, without following redirects, without reading what they have to say, past no
/// proxy, and only where <see cref="HookNetwork"/> allows.
/// </summary>
internal sealed class HookSender : IDisposable
{
    private const int MostHeaders = 16; // KB
    private const int MostDrained = 64 * 1024;

    private readonly OwnMeters _meters = new();
    private readonly HttpClient _http;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _clock;

    public HookSender(WebhookSettings settings, HookNetwork network, TimeProvider clock)
    {
        (_limit, _clock) = (TimeSpan.FromSeconds(settings.TimeoutSeconds), clock);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // A proxy would connect in our place, and to what it connects nobody would look at.
                UseProxy = false,
                ConnectCallback = network.Connect,
                MaxResponseHeadersLength = MostHeaders,
                MaxResponseDrainSize = MostDrained,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                ActivityHeadersPropagator = null,
                MeterFactory = _meters,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Escalate", null));
    }

    /// <param name="address">Where.</param>
    /// <param name="delivery">What.</param>
    /// <param name="keys">What it is signed with.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<HookAnswer> Send(
        string address,
        WebhookDelivery delivery,
        IReadOnlyList<string> keys,
        CancellationToken cancel
    )
    {
        var began = _clock.GetTimestamp();
        var now = _clock.GetUtcNow();
        using var limit = new CancellationTokenSource(_limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Payload))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", WebhookSignature.Seconds(now));
        request.Headers.Add(
            "webhook-signature",
            WebhookSignature.Of(delivery.Id, now, delivery.Payload, keys)
        );
        try
        {
            using var answer = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            return new HookAnswer((int)answer.StatusCode, Judge(answer), Took())
            {
                RetryAfter = After(answer.Headers.RetryAfter, now),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new HookAnswer(
                null,
                $"it did not answer within {_limit.TotalSeconds:0} seconds",
                Took()
            );
        }
        catch (HttpRequestException problem)
        {
            return new HookAnswer(null, Why(problem), Took());
        }

        TimeSpan Took() => _clock.GetElapsedTime(began);
    }

    public void Dispose()
    {
        _http.Dispose();
        _meters.Dispose();
    }

    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(1);

    private static string Judge(HttpResponseMessage answer) =>
        (int)answer.StatusCode switch
        {
            >= 200 and < 300 => "",
            410 => "it answered 410: it is gone and wants nothing more",
            >= 300 and < 400 and var code =>
                $"it answered {code}: redirects are not followed, so name the address that it leads to",
            var code => $"it answered {code}",
        };

    /// <summary>What the receiver wishes, within reason: it may be well again long before.</summary>
    private static TimeSpan? After(RetryConditionHeaderValue? after, DateTimeOffset now)
    {
        TimeSpan? wish = after switch
        {
            { Delta: { } wait } => wait,
            { Date: { } until } when until > now => until - now,
            _ => null,
        };
        return wish > LongestWish ? LongestWish : wish;
    }

    private static string Why(HttpRequestException problem)
    {
        for (Exception? inner = problem; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case HookForbiddenException forbidden:
                    return forbidden.Message;
                case SocketException { SocketErrorCode: SocketError.HostNotFound }:
                    return "its name has no address";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "nothing listens there";
                case System.Security.Authentication.AuthenticationException:
                    return "its certificate can’t be trusted";
            }
        }

        return problem.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => "no secure connection came about",
            HttpRequestError.ConfigurationLimitExceeded => "its answer has too many headers",
            HttpRequestError.InvalidResponse => "what it answered is no HTTP",
            _ => "the connection broke",
        };
    }

    /// <summary>
    /// The client's own figures are about Mattermost, for whoever watches them, and would name receivers here: what there is
    /// to know of receivers <see cref="WebhookMetrics"/> tells.
    /// </summary>
    private sealed class OwnMeters : IMeterFactory
    {
        private readonly List<Meter> _made = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter("Escalate.Webhooks." + options.Name);
            _made.Add(meter);
            return meter;
        }

        public void Dispose() => _made.ForEach(m => m.Dispose());
    }
}
