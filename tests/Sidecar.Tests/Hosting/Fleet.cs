using Mattermost.Simulator;
using Playground;
using Sidecar.Setup;
using Sidecar.Setup.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Storage.Postgres;
using Sidecar.Text;

namespace Sidecar.Tests.Hosting;

/// <summary>
/// The sidecars of one store, as processes that can be killed: one that has its store in files, or two on a database,
/// and what stands before them.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    // As short as it can be, so that much falls due.
    private const string Settings = """{"escalations": {"acknowledge": {"sev2": "1m"}}}""";

    private readonly List<TemporaryFolder> _folders = [];
    private readonly List<Uri> _addresses = [];
    private readonly SidecarProcess?[] _processes;
    private readonly LoadBalancer _balancer;
    private readonly string? _schema;
    private readonly string _store;

    /// <param name="store">The engine's word; <c>postgres</c> for two on one database.</param>
    /// <param name="mattermost">What they serve, and nobody else.</param>
    public Fleet(string store, MattermostSimulator mattermost)
    {
        _schema = store == "postgres" ? PostgresCluster.NewSchema() : null;
        _store = _schema is null ? store : PostgresCluster.Shared.Store(_schema);
        Count = _schema is null ? 1 : 2;
        for (var i = 0; i < Count; i++)
        {
            _folders.Add(new TemporaryFolder());
            _addresses.Add(FreePort.NextAddress());
        }

        _processes = new SidecarProcess?[Count];
        _balancer = new LoadBalancer(_addresses);
        SetUp(mattermost);
    }

    public int Count { get; }

    /// <summary>What only one can do, and only once: a first life on files, and what it leaves is copied where it belongs.</summary>
    public async Task Prepare(Func<Task> firstLife, string customers, CancellationToken cancel)
    {
        using var first = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(_folders[0].Path))
        {
            File.Copy(file, Path.Combine(first.Path, Path.GetFileName(file)));
        }

        var data = _schema is null ? _folders[0].Path : first.Path;
        using (
            var process = await SidecarProcess.Start(
                data,
                _addresses[0],
                cancel,
                _schema is null ? _store : null
            )
        )
        {
            await firstLife();
            await process.KillAsync();
        }

        await SidecarProcess.Import(data, customers, cancel);
        if (_schema is not null)
        {
            await SidecarProcess.CopyStore(data, _store, cancel);
        }
    }

    /// <summary>All that are not there.</summary>
    public Task Start(CancellationToken cancel) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Count)
                .Where(i => _processes[i] is null)
                .Select(async i =>
                    _processes[i] = await SidecarProcess.Start(
                        _folders[i].Path,
                        _addresses[i],
                        cancel,
                        _store
                    )
                )
        );

    /// <summary>One is gone from one instant to the next.</summary>
    public async Task Kill(int which)
    {
        await _processes[which]!.KillAsync();
        _processes[which]!.Dispose();
        _processes[which] = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process?.Dispose();
        }

        await _balancer.DisposeAsync();
        _folders.ForEach(folder => folder.Dispose());
        if (_schema is not null)
        {
            PostgresCluster.Shared.Drop(_schema);
        }
    }

    private void SetUp(MattermostSimulator mattermost)
    {
        var team = mattermost.AddTeam("ops");
        var (bot, token) = mattermost.AddBot("escalate");
        var address = _balancer.Address;
        var command = mattermost.AddCommand("escalate", new Uri(address, "/mattermost/command"));
        // Mattermost's tokens look alike; there is no webhook in this test.
        var webhook = new string('w', 26);
        var secrets = new Secrets(
            mattermost.Url,
            address,
            new BotSecrets(bot.Id, bot.Username, "token", new Secret(token)),
            [
                new TeamSecrets(
                    team.Id,
                    team.Name,
                    [new IntegrationSecret("escalate", command.Id, new Secret(command.Token))],
                    [new IntegrationSecret("sev1!", "webhook", new Secret(webhook))]
                ),
            ]
        );
        foreach (var folder in _folders)
        {
            var file = new SecretsFile(folder.Path);
            file.Prepare();
            file.Write(secrets);
            File.WriteAllText(Path.Combine(folder.Path, SettingsFile.Name), Settings);
        }
    }
}
