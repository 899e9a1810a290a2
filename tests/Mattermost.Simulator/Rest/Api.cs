using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mattermost.Simulator;

/// <summary>Maps the modelled endpoints and takes every request through the same steps.</summary>
internal sealed class Api(WebApplication app, World world, Faults faults, OpenApiCheck? check)
{
    public void Get(string path, Func<Call, Answer> handle) => Map("GET", path, handle);

    public void Post(string path, Func<Call, Answer> handle) => Map("POST", path, handle);

    public void Put(string path, Func<Call, Answer> handle) => Map("PUT", path, handle);

    public void Patch(string path, Func<Call, Answer> handle) => Map("PATCH", path, handle);

    public void Delete(string path, Func<Call, Answer> handle) => Map("DELETE", path, handle);

    public void Post(string path, Func<Call, Task<Answer>> handle) =>
        Map("POST", path, handle, needsSession: true);

    /// <summary>Endpoints that answer without a login.</summary>
    public void Open(string method, string path, Func<Call, Answer> handle) =>
        Map(method, path, call => Task.FromResult(handle(call)), needsSession: false);

    public void OpenAsync(string method, string path, Func<Call, Task<Answer>> handle) =>
        Map(method, path, handle, needsSession: false);

    private void Map(string method, string path, Func<Call, Answer> handle) =>
        Map(method, path, call => Task.FromResult(handle(call)), needsSession: true);

    /// <summary>A question that servers answer and their description does not have.</summary>
    public void Undescribed(string path, Func<Call, Answer> handle)
    {
        Func<Call, Task<Answer>> answer = call => Task.FromResult(handle(call));
        app.MapMethods(
            path,
            ["GET"],
            http => ServeAsync(http, answer, needsSession: true, described: null)
        );
    }

    private void Map(string method, string path, Func<Call, Task<Answer>> handle, bool needsSession)
    {
        var described = check?.Operation(method, path);
        app.MapMethods(path, [method], http => ServeAsync(http, handle, needsSession, described));
    }

    /// <summary>Anything else below /api/v4 is refused in a way that a test notices.</summary>
    public void RefuseTheRest() =>
        app.MapFallback(
            "/api/v4/{**rest}",
            http =>
                ServeAsync(
                    http,
                    call =>
                    {
                        world.Violations.Add(
                            $"{http.Request.Method} {http.Request.Path}: not modelled by the stand-in"
                        );
                        throw Refuse.With("api.context.404.app_error", 404);
                    },
                    needsSession: false,
                    described: null
                )
        );

    private async Task ServeAsync(
        HttpContext http,
        Func<Call, Task<Answer>> handle,
        bool needsSession,
        DescribedOperation? described
    )
    {
        // The server's clock is the one that posts are dated by; Kestrel would tell the real time.
        http.Response.Headers.Date = world
            .Options.Time.GetUtcNow()
            .ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var call = new Call(world, http, await BodyAsync(http.Request));
        Ephemerals.CurrentRequest.Value = call.RequestId;
        var fault = faults.Take(http.Request.Method, http.Request.Path.Value ?? "", call.BodyText);
        Answer answer;
        try
        {
            answer =
                fault is not null && await fault.BeforeAsync(http) is { } instead
                    ? instead
                    : await AnswerAsync(call, handle, needsSession, described);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            Record(call, 0);
            return;
        }

        if (fault is { CutsBefore: true } or { CutsAfter: true })
        {
            Record(call, 0);
            http.Abort();
            return;
        }

        Record(call, answer.Status);
        if (world.Version.SendsSecurityHeaders)
        {
            http.Response.Headers["Permissions-Policy"] = "";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            http.Response.Headers.XContentTypeOptions = "nosniff";
        }

        // Release, build, hash of the client configuration, licence.
        http.Response.Headers["X-Version-Id"] =
            $"{world.Version.Text}.{world.Version.Text}.0.false";
        await answer.WriteAsync(http, call.RequestId);
    }

    private async Task<Answer> AnswerAsync(
        Call call,
        Func<Call, Task<Answer>> handle,
        bool needsSession,
        DescribedOperation? described
    )
    {
        Answer answer;
        try
        {
            call.Authenticate(needsSession);
            DemandSmallBody(call);
            if (faults.Limits.Refuses(call) is { } refusal)
            {
                return refusal;
            }

            described?.CheckRequest(call);
            answer = await handle(call);
        }
        catch (RefusedException refused)
        {
            answer = Answer.Error(refused.Error with { RequestId = call.RequestId });
            if (
                refused.Error.Id == "api.context.404.app_error"
                && !world.Version.SendsNotFoundAsJson
            )
            {
                answer = answer with { ContentType = "text/plain" };
            }
        }

        described?.CheckAnswer(call, answer);
        return answer;
    }

    private void DemandSmallBody(Call call)
    {
        var path = call.Http.Request.Path;
        if (
            world.Config.Current.MaxRequestBytes is > 0 and var most
            && call.RawBody.Length > most
            && path.StartsWithSegments("/api/v4", StringComparison.Ordinal)
            && !path.StartsWithSegments("/api/v4/files", StringComparison.Ordinal)
        )
        {
            throw Refuse.With("api.context.request_body_too_large.app_error", 413);
        }
    }

    private void Record(Call call, int status)
    {
        // The log says whose request it was, also when a fault kept it from being served.
        call.Authenticate(demanded: false);
        var request = call.Http.Request;
        world.Requests.Add(
            new ReceivedRequest(
                request.Method,
                request.Path.Value ?? "",
                request.QueryString.Value ?? "",
                call.Token,
                call.Caller?.Username ?? "",
                request.HasFormContentType ? "" : call.BodyText,
                status,
                call.RequestId,
                world.Options.Time.GetUtcNow()
            )
        );
        world.Changes.Signal();
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 || HttpMethods.IsGet(request.Method) || IsUpload(request))
        {
            return [];
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    private static bool IsUpload(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            is true;
}
