using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Features.Tokens;
using Sidecar.Mattermost;
using Sidecar.Storage;

namespace Sidecar.Api;

/// <summary>
/// The REST API: a door like Mattermost's. It verifies the token first, then how fast it may go on and what it is for, then
/// the request's form; then the same use cases decide by the same rights as in the chat (API-1, API-2).
/// </summary>
internal sealed partial class ApiDoor(
    TokenStore tokens,
    TokenRateLimit rate,
    IdempotencyKeys keys,
    ActMetrics acts,
    IServiceProvider parts,
    TimeProvider clock,
    ILogger<ApiDoor> log
)
{
    public const string Root = "/api/v1";
    private const string Door = "api";
    private const string Scheme = "Bearer ";
    private const string Json = "application/json";
    public const string Csv = "text/csv";
    private const string Replayed = "Idempotency-Replayed";
    private const string ProblemJson = "application/problem+json";

    /// <summary>Serves all operations, and says of everything else below the root that it is not there.</summary>
    public static void Map(WebApplication app, ImmutableArray<ApiOperation> operations)
    {
        foreach (var operation in operations)
        {
            app.MapMethods(
                Root + operation.Path,
                [operation.Method],
                http => OfApp().Answer(operation, http)
            );
        }

        RequestDelegate notThere = http => OfApp().NotThere(operations, http);
        app.Map(Root + "/{**rest}", notThere);

        ApiDoor OfApp() => app.Services.GetRequiredService<ApiDoor>();
    }

    private async Task NotThere(ImmutableArray<ApiOperation> operations, HttpContext http)
    {
        var path = http.Request.Path.Value![Root.Length..];
        var allowed = string.Join(
            ", ",
            operations.Where(o => IsAt(o.Path, path)).Select(o => o.Method).Distinct()
        );
        if (allowed.Length > 0)
        {
            http.Response.Headers.Allow = allowed;
        }

        await Write(
            http,
            allowed.Length > 0 ? ApiProblem.MethodNotAllowed(allowed) : ApiProblem.NoSuchPath
        );
    }

    private static bool IsAt(string pattern, string path)
    {
        var (wanted, have) = (pattern.Split('/'), path.Split('/'));
        return wanted.Length == have.Length
            && wanted.Zip(have).All(p => p.First is ['{', ..] || p.First == p.Second);
    }

    private async Task Answer(ApiOperation operation, HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        try
        {
            await Verified(operation, http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException problem)
        {
            await Write(
                http,
                problem.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? ApiProblem.TooLarge(RequestReading.LargestBody)
                    : ApiProblem.Invalid("body", "The request could not be read.")
            );
        }
        catch (TakenOverException)
        {
            await Write(http, ApiProblem.InProgress);
        }
        catch (Exception problem)
        {
            await Write(http, Fault(operation, problem));
        }
    }

    private async Task Verified(ApiOperation operation, HttpContext http)
    {
        var cancel = http.RequestAborted;
        if (await Shown(http.Request, cancel) is not { } token)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await Write(http, ApiProblem.Unauthorized);
            return;
        }

        var now = clock.GetUtcNow();
        var left = await rate.Spend(token.Id, operation.Cost, now, cancel);
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = rate.Policy;
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"token\";r={left.Requests};t={left.WaitSeconds}"
        );
        if (left.Wait is not null)
        {
            acts.TooFast(Door);
            await Write(http, ApiProblem.TooFast(left.WaitSeconds));
            return;
        }

        if (operation.Scope is { } scope && !token.Allows(scope))
        {
            await Write(http, ApiProblem.NotInScope(scope.Code));
            return;
        }

        await Understood(operation, token, now, http);
    }

    private async ValueTask<ApiToken?> Shown(HttpRequest request, CancellationToken cancel)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await tokens.Find(header[Scheme.Length..].Trim(), cancel)
            : null;
    }

    private async Task Understood(
        ApiOperation operation,
        ApiToken token,
        DateTimeOffset now,
        HttpContext http
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var (body, problem) = await Read(operation, http.Request, values);
        var sent = http.Request.Headers[IdempotencyKeys.Header].ToString();
        if (problem is null && operation.NeedsIdempotencyKey && !IdempotencyKeys.IsOne(sent))
        {
            problem = ApiProblem.Invalid(
                IdempotencyKeys.Header,
                "Send this header with up to 255 visible characters, such as a new UUID: then the request can be sent again, and is done once."
            );
        }

        var match = http.Request.Headers.IfMatch.ToString();
        if (problem is null && operation.NeedsIfMatch && match.Length == 0)
        {
            problem = ApiProblem.NeedsIfMatch;
        }

        if (problem is not null)
        {
            await Write(http, problem);
            return;
        }

        var key = operation.NeedsIdempotencyKey ? sent : null;
        var call = new ApiCall(
            token,
            key is null
                ? $"api:{token.Id}:{RandomNumberGenerator.GetHexString(32, lowercase: true)}"
                : IdempotencyKeys.ActOf(token, key),
            now,
            values,
            match is "" or "*" ? null : match
        );
        // Whatever is committed from here on is in the trail under the token's name as well.
        new ActedThrough(token.Id.ToString(), token.Name).Begin();
        await (key is null ? Run(operation, call, http) : Once(operation, call, body, http));
    }

    private static async ValueTask<(byte[] Body, ApiProblem? Problem)> Read(
        ApiOperation operation,
        HttpRequest request,
        Dictionary<string, string> values
    )
    {
        if (RequestReading.Read(operation, request, values) is { } wrong)
        {
            return ([], wrong);
        }

        if (operation.Body.IsEmpty)
        {
            return ([], null);
        }

        if (!request.HasJsonContentType())
        {
            return ([], ApiProblem.NotJson);
        }

        return await RequestReading.Bytes(request, request.HttpContext.RequestAborted) is { } body
            ? (body, RequestReading.Read(operation, body, values))
            : ([], ApiProblem.TooLarge(RequestReading.LargestBody));
    }

    /// <summary>A request with a key: done once, and answered the same each time that it is sent.</summary>
    private async Task Once(ApiOperation operation, ApiCall call, byte[] body, HttpContext http)
    {
        var cancel = http.RequestAborted;
        var request = IdempotencyKeys.Digest([
            .. Encoding.UTF8.GetBytes($"{operation.Method} {http.Request.Path}\n"),
            .. body,
        ]);
        var actor = call.User.Value;
        var keyed = await keys.Begin(call.Act, request, actor, call.At, cancel);
        switch (keyed)
        {
            case KeyedRequest.OfRefused { Why: var why }:
                await Write(http, why);
                break;
            case KeyedRequest.OfAnswered { Before: var before }:
                http.Response.Headers[Replayed] = "true";
                await Write(http, before);
                break;
            case KeyedRequest.OfDone { Kept: var done }:
                http.Response.Headers[Replayed] = "true";
                await Answered(operation, operation.Again!, call, done, mark: null, http);
                break;
            case KeyedRequest.OfBegun { Kept: var kept } begun:
                await Answered(operation, operation.Run, call, kept, begun.Mark(call.Act), http);
                break;
        }
    }

    /// <summary>Answers, and keeps the answer.</summary>
    private async Task Answered(
        ApiOperation operation,
        Func<IServiceProvider, ApiCall, CancellationToken, Task<ApiAnswer>> run,
        ApiCall call,
        KeptAnswer begun,
        DoneMark? mark,
        HttpContext http
    )
    {
        KeptAnswer? kept = null;
        try
        {
            // Whoever hangs up half way has asked for it all the same.
            var answer = await run(parts, call, CancellationToken.None);
            if (answer is ApiAnswer.OfValue value)
            {
                kept = Kept(operation, value);
                await Write(http, kept);
            }
            else
            {
                await Write(http, ((ApiAnswer.OfProblem)answer).Problem);
            }
        }
        finally
        {
            mark?.End();
            await keys.End(call.Act, call.User.Value, begun, kept, CancellationToken.None);
        }
    }

    private async Task Run(ApiOperation operation, ApiCall call, HttpContext http)
    {
        switch (await operation.Run(parts, call, http.RequestAborted))
        {
            case ApiAnswer.OfValue value:
                if (value.Next is { } next)
                {
                    http.Response.Headers.Link = $"<{NextPage(http.Request, next)}>; rel=\"next\"";
                }

                await (
                    operation.Csv is { } csv
                        ? WriteEither(operation, csv, value, http)
                        : Write(http, Kept(operation, value))
                );
                break;
            case ApiAnswer.OfProblem no:
                await Write(http, no.Problem);
                break;
        }
    }

    /// <summary>As a table for whoever would rather have that than JSON.</summary>
    private async Task WriteEither(
        ApiOperation operation,
        Func<object, Stream, CancellationToken, Task> csv,
        ApiAnswer.OfValue value,
        HttpContext http
    )
    {
        http.Response.Headers.Vary = "Accept";
        if (!WantsCsv(http.Request))
        {
            await Write(http, Kept(operation, value));
            return;
        }

        using var table = new MemoryStream();
        await csv(value.Content, table, http.RequestAborted);
        await Write(http, Kept(operation, value, table.ToArray()), $"{Csv}; charset=utf-8");
    }

    private static bool WantsCsv(HttpRequest request)
    {
        var (csv, json) = (0.0, 0.0);
        foreach (var accepted in request.GetTypedHeaders().Accept)
        {
            var quality = accepted.Quality ?? 1;
            csv = accepted.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase)
                ? Math.Max(csv, quality)
                : csv;
            json = accepted.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
                ? Math.Max(json, quality)
                : json;
        }

        return csv > json;
    }

    private static KeptAnswer Kept(ApiOperation operation, ApiAnswer.OfValue value) =>
        Kept(
            operation,
            value,
            JsonSerializer.SerializeToUtf8Bytes(value.Content, operation.Result)
        );

    private static KeptAnswer Kept(ApiOperation operation, ApiAnswer.OfValue value, byte[] body)
    {
        return new KeptAnswer("", default)
        {
            Status = operation.Success,
            Body = Encoding.UTF8.GetString(body),
            Location = value.Location is { } place ? Root + place : null,
            Tag = ETag.Of(body),
        };
    }

    private static string NextPage(HttpRequest request, string cursor)
    {
        var others = request
            .Query.Where(q => q.Key != Paging.CursorName)
            .Select(q =>
                $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}"
            );
        return $"{request.PathBase}{request.Path}?{string.Join('&', others.Append($"{Paging.CursorName}={Uri.EscapeDataString(cursor)}"))}";
    }

    private async Task Write(HttpContext http, KeptAnswer answer, string type = Json)
    {
        var response = http.Response;
        response.Headers.ETag = answer.Tag;
        if (answer.Location is { } place)
        {
            response.Headers.Location = place;
        }

        acts.Answered(Door, answer.Status!.Value);
        if (
            HttpMethods.IsGet(http.Request.Method)
            && http.Request.Headers.IfNoneMatch.ToString() is { Length: > 0 } known
            && (
                known == "*"
                || known
                    .Split(',', StringSplitOptions.TrimEntries)
                    .Any(tag =>
                        (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag)
                        == answer.Tag
                    )
            )
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = answer.Status.Value;
        response.ContentType = type;
        var body = Encoding.UTF8.GetBytes(answer.Body);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private async Task Write(HttpContext http, ApiProblem problem)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        acts.Answered(Door, problem.Status);
        if (problem.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = ProblemJson;
        await http.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(problem, ApiProblemJson.Default.ApiProblem),
            http.RequestAborted
        );
    }

    private ApiProblem Fault(ApiOperation operation, Exception problem)
    {
        acts.Failed(Door, problem);
        var reference = RandomNumberGenerator.GetHexString(6, lowercase: true);
        switch (problem)
        {
            case StoreUnwritableException:
                Log.Failed(log, operation.Id, reference, problem);
                return ApiProblem.Unavailable(
                    $"Nothing was changed: the product can't write to its disk right now, reading still works (ref {reference}).",
                    reference
                );
            case StoreUncertainException:
                Log.Failed(log, operation.Id, reference, problem);
                return ApiProblem.Unavailable(
                    $"The database was lost while this was being saved, and nobody can say yet whether it was (ref {reference}).",
                    reference
                );
            case ChatException:
                Log.ChatFailed(log, operation.Id, reference, problem);
                return ApiProblem.Unavailable(
                    $"Mattermost did not answer a question that this needs. Try again in a moment (ref {reference}).",
                    reference
                );
            default:
                Log.Failed(log, operation.Id, reference, problem);
                return ApiProblem.Fault(reference);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Operation} over the API failed (ref {Reference})"
        )]
        public static partial void Failed(
            ILogger log,
            string operation,
            string reference,
            Exception problem
        );

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "{Operation} over the API: Mattermost did not answer (ref {Reference})"
        )]
        public static partial void ChatFailed(
            ILogger log,
            string operation,
            string reference,
            Exception problem
        );
    }
}
