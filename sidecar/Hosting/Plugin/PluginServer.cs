using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;

namespace Sidecar.Hosting.Plugin;

/// <summary>
/// A server without a port: requests come from Mattermost and go through the same application as those that Kestrel
/// takes.
/// </summary>
internal sealed class PluginServer : IServer
{
    private Func<IFeatureCollection, Task>? _serve;

    /// <summary>What a program sends instead of <c>Authorization</c>, which Mattermost takes for its own.</summary>
    public const string TokenHeader = "X-Escalate-Authorization";

    /// <summary>A megabyte comes in this time over any line that people work with.</summary>
    private static readonly TimeSpan BodyComesWithin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What may be asked through Mattermost, by anybody who reaches it. All else is for this machine or comes by its own
    /// door.
    /// </summary>
    private static readonly string[] Open =
    [
        Inbound.ActionPath,
        Inbound.DialogPath,
        Inbound.LookUpPath,
        CompletionDoor.Path,
        "/api/",
        "/hooks/",
    ];

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(
        IHttpApplication<TContext> application,
        CancellationToken cancellationToken
    )
        where TContext : notnull
    {
        _serve = async features =>
        {
            var context = application.CreateContext(features);
            Exception? problem = null;
            try
            {
                await application.ProcessRequestAsync(context);
            }
            catch (Exception thrown)
            {
                problem = thrown;
                throw;
            }
            finally
            {
                application.DisposeContext(context, problem);
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _serve = null;
        return Task.CompletedTask;
    }

    public void Dispose() => _serve = null;

    /// <summary>Answers one request.</summary>
    public async Task Serve(
        PluginRequest request,
        PluginResponse response,
        CancellationToken cancel
    )
    {
        if (_serve is not { } serve)
        {
            response.Status = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (
            Target(request.Address) is not { } target
            || !Open.Any(door => target.Path.StartsWith(door, StringComparison.Ordinal))
        )
        {
            response.Status = StatusCodes.Status404NotFound;
            return;
        }

        // Clicks and forms are of somebody: nobody's would be read first and refused then.
        if (
            request.User is null
            && (target.Path is Inbound.ActionPath or Inbound.DialogPath or Inbound.LookUpPath)
        )
        {
            response.Status = StatusCodes.Status401Unauthorized;
            return;
        }

        using var slow = new CancellationTokenSource(BodyComesWithin);
        var limit = new BodyLimit { MaxRequestBodySize = Inbound.LargestBody };
        var sent = new PluginResponseFeature(response, cancel);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(
            new HttpRequestFeature
            {
                Protocol = "HTTP/1.1",
                Scheme = "http",
                Method = request.Method,
                Path = target.Path,
                QueryString = target.Query,
                RawTarget = request.Address,
                Headers = Headers(request),
                Body = new LimitedBody(request.Body, limit, slow.Token),
            }
        );
        features.Set<IHttpResponseFeature>(sent);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(sent.Body));
        features.Set<IHttpRequestLifetimeFeature>(
            new HttpRequestLifetimeFeature { RequestAborted = cancel }
        );
        // Nobody's address: what is for this machine only is not for whoever can reach Mattermost.
        features.Set<IHttpConnectionFeature>(
            new HttpConnectionFeature { RemoteIpAddress = IPAddress.None }
        );
        features.Set<IHttpMaxRequestBodySizeFeature>(limit);
        features.Set(new VouchedUser(request.User));
        try
        {
            await serve(features);
            await sent.Begin();
        }
        finally
        {
            await sent.Done();
        }
    }

    private static IHeaderDictionary Headers(PluginRequest request)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, values) in request.Headers)
        {
            headers[name] = values.ToArray();
        }

        // Clicks and forms that Mattermost hands to its own plugins do not say what they are.
        if (request.Method == HttpMethods.Post && headers.ContentType.Count == 0)
        {
            headers.ContentType = "application/json";
        }

        if (headers.Remove(TokenHeader, out var token))
        {
            headers.Authorization = token;
        }

        return headers;
    }

    /// <summary>Path and query; null when it is no address.</summary>
    private static (string Path, string Query)? Target(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? address : address[..query];
        if (path.Length == 0)
        {
            path = "/";
        }

        return path[0] == '/'
            ? (Uri.UnescapeDataString(path), query < 0 ? "" : address[query..])
            : null;
    }

    private sealed class BodyLimit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }

    /// <summary>Ends where the endpoint's limit is, and in time, as Kestrel's does.</summary>
    private sealed class LimitedBody(Stream from, BodyLimit limit, CancellationToken slow)
        : BodyStream
    {
        private long _read;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(
                cancellationToken,
                slow
            );
            int read;
            try
            {
                read = await from.ReadAsync(buffer, either.Token);
            }
            catch (OperationCanceledException late) when (slow.IsCancellationRequested)
            {
                throw new BadHttpRequestException(
                    "The request body comes too slowly.",
                    StatusCodes.Status408RequestTimeout,
                    late
                );
            }

            _read += read;
            return limit.MaxRequestBodySize is { } most && _read > most
                ? throw new BadHttpRequestException(
                    "Request body too large.",
                    StatusCodes.Status413PayloadTooLarge
                )
                : read;
        }
    }
}
