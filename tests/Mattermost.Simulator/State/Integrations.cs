using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Mattermost.Simulator;

/// <summary>What an integration answered. The body is cut at 1 MiB, as the server cuts it.</summary>
internal sealed record IntegrationAnswer(
    int Status,
    string StatusText,
    string ContentType,
    string Body
)
{
    /// <summary>The media type without parameters, exactly as it was spelled.</summary>
    public string MediaType => ContentType.Split(';')[0].Trim();
}

/// <summary>The calls that Mattermost makes: with its headers, its time limit, and its guard against internal addresses.</summary>
internal sealed class Integrations : IAsyncDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;
    private readonly World world;
    private readonly HttpClient http;
    private readonly ConcurrentDictionary<Task, bool> background = new();

    public Integrations(World world)
    {
        this.world = world;
        var handler =
            world.Options.Integrations
            ?? new SocketsHttpHandler
            {
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.GZip,
            };
        http = new HttpClient(handler, disposeHandler: world.Options.Integrations is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Calls an integration; null when it could not be reached, was forbidden, or took too long.</summary>
    public async Task<IntegrationAnswer?> CallAsync(
        HttpMethod method,
        string url,
        string? body,
        string contentType,
        string? authorization = null,
        int? most = null
    )
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target))
        {
            return null;
        }

        using var request = new HttpRequestMessage(method, target);
        request.Headers.TryAddWithoutValidation("User-Agent", "Mattermost-Bot/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var limit = new CancellationTokenSource(
            world.Config.Current.IntegrationTimeout,
            world.Options.Time
        );
        try
        {
            if (
                world.Options.GuardInternalConnections
                && !await InternalAddresses.AllowAsync(target.Host, world.Config.Current)
            )
            {
                return null;
            }

            return await SendAsync(request, most ?? MaxAnswerBytes, limit.Token);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<IntegrationAnswer> SendAsync(
        HttpRequestMessage request,
        int most,
        CancellationToken cancellationToken
    )
    {
        using var response = await http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (buffer.Length < most)
        {
            var wanted = (int)Math.Min(chunk.Length, most - buffer.Length);
            var read = await stream.ReadAsync(chunk.AsMemory(0, wanted), cancellationToken);
            if (read == 0)
            {
                break;
            }

            buffer.Write(chunk, 0, read);
        }

        var type = response.Content.Headers.TryGetValues("Content-Type", out var types)
            ? string.Join(", ", types)
            : "";
        var status = (int)response.StatusCode;
        return new IntegrationAnswer(
            status,
            string.Create(CultureInfo.InvariantCulture, $"{status} {response.ReasonPhrase}")
                .TrimEnd(),
            type,
            Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)
        );
    }

    /// <summary>Runs what Mattermost does behind the caller's back; tests can await that all of it is done.</summary>
    public void InBackground(Func<Task> work)
    {
        var task = Task.Run(work);
        background.TryAdd(task, true);
        _ = task.ContinueWith(
            done => background.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
    }

    public async Task IdleAsync()
    {
        while (!background.IsEmpty)
        {
            await Task.WhenAll(background.Keys);
            foreach (var done in background.Keys.Where(t => t.IsCompleted))
            {
                background.TryRemove(done, out _);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
