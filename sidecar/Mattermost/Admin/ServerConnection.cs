using Sidecar.Text;

namespace Sidecar.Mattermost.Admin;

/// <summary>The way to one Mattermost server, with as many identities as there are tokens.</summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="server">The server's address.</param>
    /// <param name="handler">Carries the requests; null for the network.</param>
    public ServerConnection(Uri server, HttpMessageHandler? handler = null)
    {
        Address = new Uri(server.AbsoluteUri.TrimEnd('/') + "/");
        _http = handler is null
            ? new HttpClient(MattermostNetwork.Handler())
            : new HttpClient(handler, disposeHandler: false);
        _http.BaseAddress = Address;
        // Uploading the plugin makes the server unpack and start it.
        _http.Timeout = TimeSpan.FromSeconds(60);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"escalate/{ProductVersion.Current}");
    }

    public Uri Address { get; }

    public Task<ServerGreeting> Greet(TimeProvider clock, CancellationToken cancel) =>
        ServerGreeting.Ask(_http, clock, cancel);

    public MattermostAdmin As(Secret token) => new(_http, token);

    public void Dispose() => _http.Dispose();
}
