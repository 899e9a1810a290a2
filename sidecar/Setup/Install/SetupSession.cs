using Sidecar.Mattermost.Admin;

namespace Sidecar.Setup.Install;

/// <summary>What the steps of one set-up share: the server, what was asked, what has been recorded so far.</summary>
internal sealed class SetupSession(
    InstallRequest request,
    ServerConnection server,
    SecretsFile file,
    Secrets secrets,
    Ledger ledger
)
{
    public InstallRequest Request => request;

    public ServerConnection Server => server;

    public MattermostAdmin Admin { get; } = server.As(request.AdminToken);

    public Ledger Ledger => ledger;

    public Secrets Secrets { get; private set; } = secrets;

    /// <summary>Mattermost's address as people reach it; empty while it is not known.</summary>
    public string Site { get; set; } = "";

    /// <summary>The running sidecar knows less than the file by now.</summary>
    public bool FileChanged { get; private set; }

    /// <summary>Puts what was just done on disk, before the next step can fail.</summary>
    public void Record(Secrets changed)
    {
        Secrets = changed;
        FileChanged |= file.Write(changed);
    }

    /// <summary>The sidecar's address for a route of ours.</summary>
    public string Address(string route) => PublicAddress.Of(Secrets.PublicUrl, route);
}
