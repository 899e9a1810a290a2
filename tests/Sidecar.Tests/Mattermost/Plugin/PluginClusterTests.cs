using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mattermost.Simulator;
using Npgsql;
using Shouldly;
using Sidecar.Hosting.Plugin;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Storage.Postgres;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>
/// Several servers of Mattermost on one database: each runs a process of its own, any of them is asked, and one does the
/// work that nobody asked for.
/// </summary>
public sealed class PluginClusterTests
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UP_1_Two_servers_on_one_database_are_one_product_and_one_goes_on_alone()
    {
        await using var cluster = await Cluster.Open();
        var (one, other) = (cluster.Nodes[0], cluster.Nodes[1]);

        // Both begin at once, as when a plugin is enabled: one bot, one token, one schema of our own.
        (await Task.WhenAll(one.Host.Activate(Cancel), other.Host.Activate(Cancel))).ShouldAllBe(
            refused => refused == null
        );
        cluster.Schemas().ShouldContain("escalate");
        cluster.Keys.ShouldContainKey("bot_token");
        Directory.GetFiles(one.Data.Path, "*.db", SearchOption.AllDirectories).ShouldBeEmpty();

        await one.Types("/escalate role grant @tam de-lead", "admin");
        (await one.Types("/escalate new acme sev2 Logins are slow")).ShouldContain("ESC-1");
        (await other.Types("/escalate list all")).ShouldContain("Logins are slow");
        var card = await cluster.Card("Logins are slow");

        // Pressed on the server that did not draw it.
        (await other.Presses(card, "Acknowledge")).ShouldBe(200);
        (await one.Types("/escalate show ESC-1")).ShouldContain("Acknowledged");
        (await one.Types("/escalate new other sev3 Exports are slow")).ShouldContain("ESC-2");
        await cluster.Card("Exports are slow");

        await one.Host.Ask("OnDeactivate", Cancel);
        (await other.Types("/escalate new third sev3 Search is slow")).ShouldContain("ESC-3");
        await cluster.Card("Search is slow");
        (await one.Host.Activate(Cancel)).ShouldBeNull();
        (await one.Types("/escalate list all")).ShouldContain("Search is slow");

        // Each card once, whoever posted it.
        foreach (var title in (string[])["Logins are slow", "Exports are slow", "Search is slow"])
        {
            cluster.Cards(title).Count.ShouldBe(1, title);
        }
    }

    [Fact]
    public async Task UP_1_What_several_servers_kept_in_the_database_stays_there_when_one_is_left()
    {
        await using var cluster = await Cluster.Open();
        var left = cluster.Nodes[0];
        await left.Host.Activate(Cancel);
        await left.Types("/escalate new acme sev3 Logins are slow");
        await left.Host.Ask("OnDeactivate", Cancel);

        left.Host.IsCluster = false;
        (await left.Host.Activate(Cancel)).ShouldBeNull();
        (await left.Types("/escalate list all")).ShouldContain("Logins are slow");
        Directory.GetFiles(left.Data.Path, "*.db", SearchOption.AllDirectories).ShouldBeEmpty();

        // An administrator has the last word, and takes it back.
        await left.Host.Saves(new { Store = "file" }, Cancel);
        (await left.Types("/escalate list all")).ShouldNotContain("Logins are slow");
        await left.Host.Saves(new { Store = "automatic" }, Cancel);
        (await left.Types("/escalate list all")).ShouldNotContain("Logins are slow");
        await left.Host.Saves(new { Store = "database" }, Cancel);
        (await left.Types("/escalate list all")).ShouldContain("Logins are slow");
    }

    [Fact]
    public async Task UP_1_Several_servers_are_not_given_a_file_each()
    {
        await using var cluster = await Cluster.Open();
        var one = cluster.Nodes[0];
        one.Host.Configuration = """{ "Store": "file" }""";
        (await one.Host.Activate(Cancel))!.ShouldContain(
            "Several servers work together, so Escalate's data can't be a file."
        );
    }

    [Fact]
    public async Task UP_1_A_panel_is_told_of_what_another_server_did()
    {
        await using var cluster = await Cluster.Open();
        var (one, other) = (cluster.Nodes[0], cluster.Nodes[1]);
        await one.Host.Activate(Cancel);
        await other.Host.Activate(Cancel);
        await other.Types("/escalate panel \u2063{\"v\":2,\"get\":\"list\",\"of\":\"open\"}");

        await one.Types("/escalate new acme sev3 Logins are slow");

        await Eventually(() => !other.Host.Pushed.IsEmpty);
        other.Host.Pushed.ShouldAllBe(p =>
            p.Event == "changed" && p.User == cluster.Mattermost.GetUser("tam").Id
        );
        one.Host.Pushed.ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_Settings_are_used_by_all_servers_and_what_is_wrong_is_told_once()
    {
        await using var cluster = await Cluster.Open();
        foreach (var node in cluster.Nodes)
        {
            await node.Host.Activate(Cancel);
        }

        await cluster.Nodes[0].Types("/escalate help", "admin");
        foreach (var node in cluster.Nodes)
        {
            (await node.Host.Saves(new { team_timezone = "Europe/Berlin" }, Cancel)).ShouldBeNull();
            (await node.Types("/escalate help")).ShouldStartWith("#### What people do most");
        }

        foreach (var node in cluster.Nodes)
        {
            (await node.Host.Saves(new { team_timezone = "Europe/Berln" }, Cancel))!.ShouldContain(
                "Europe/Berln"
            );
        }

        await Eventually(() => cluster.ToldToAdmin("Berln").Count > 0);
        await cluster.Nodes[0].Types("/escalate new acme sev3 Logins are slow");
        await cluster.Card("Logins are slow");
        cluster.ToldToAdmin("Berln").ShouldHaveSingleItem();
    }

    private static async Task Eventually(Func<bool> isSo)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(90));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }

    private sealed class Cluster : IAsyncDisposable
    {
        private readonly string _database;

        private Cluster(MattermostSimulator mattermost, string database) =>
            (Mattermost, _database) = (mattermost, database);

        public MattermostSimulator Mattermost { get; }

        public List<Node> Nodes { get; } = [];

        public ConcurrentDictionary<string, byte[]> Keys { get; } = new(StringComparer.Ordinal);

        public static async Task<Cluster> Open()
        {
            var server = PostgresCluster.Shared;
            var database = "mattermost_" + PostgresCluster.NewSchema();
            server.Execute($"CREATE DATABASE {database}");
            var mattermost = await MattermostSimulator.StartAsync(new SimulatorOptions());
            mattermost.AddTeam("ops");
            mattermost.AddUser("tam");
            var (_, token) = mattermost.AddBot("escalate");
            var cluster = new Cluster(mattermost, database);
            for (var i = 0; i < 2; i++)
            {
                var node = new Node(mattermost);
                await node.Connect(cluster.Keys, token, cluster.DataSource);
                cluster.Nodes.Add(node);
            }

            // What one says the other hears.
            foreach (var node in cluster.Nodes)
            {
                node.Host.Cluster = async told =>
                {
                    foreach (var other in cluster.Nodes.Where(n => n != node))
                    {
                        await other.Host.Hears(told, Cancel);
                    }
                };
            }

            return cluster;
        }

        /// <summary>As Mattermost's own settings name the database.</summary>
        private string DataSource =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"host={Address.Host} dbname={_database} user={Address.Username} sslmode=disable"
            );

        private static NpgsqlConnectionStringBuilder Address =>
            new(PostgresCluster.Shared.Connection("public"));

        public List<string> Schemas()
        {
            var address = Address;
            address.Database = _database;
            using var connection = new NpgsqlConnection(address.ConnectionString);
            connection.Open();
            using var command = new NpgsqlCommand("SELECT nspname FROM pg_namespace", connection);
            using var found = command.ExecuteReader();
            List<string> names = [];
            while (found.Read())
            {
                names.Add(found.GetString(0));
            }

            return names;
        }

        public IReadOnlyList<Post> Cards(string title) =>
            [
                .. Mattermost
                    .Posts("town-square")
                    .Where(p =>
                        p.RootId.Length == 0
                        && p.UserId == Mattermost.GetUser("escalate").Id
                        && (p.Message + p.Props.ToString()).Contains(title)
                    ),
            ];

        public async Task<Post> Card(string title)
        {
            await Eventually(() => Cards(title).Count > 0);
            return Cards(title)[0];
        }

        public IReadOnlyList<string> ToldToAdmin(string what)
        {
            var ids = new[] { Mattermost.GetUser("escalate").Id, Mattermost.GetUser("admin").Id };
            return
            [
                .. Mattermost
                    .Channels.Where(c => c.Type == "D" && ids.All(i => c.Name.Contains(i)))
                    .SelectMany(c => Mattermost.Posts(c.Id))
                    .Select(p => p.Message)
                    .Where(m => m.Contains(what)),
            ];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in Nodes)
            {
                await node.DisposeAsync();
            }

            await Mattermost.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
            PostgresCluster.Shared.Execute($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        }
    }

    private sealed class Node(MattermostSimulator mattermost) : IAsyncDisposable
    {
        private readonly PluginInstallation _product = new(TimeProvider.System, new PluginLogs());

        public TemporaryFolder Data { get; } = new();

        public HostStandIn Host { get; private set; } = null!;

        public async Task Connect(
            ConcurrentDictionary<string, byte[]> keys,
            string token,
            string database
        )
        {
            (Host, _) = await HostStandIn.Connect(_product, mattermost, Cancel);
            Host.DataDirectory = Data.Path;
            Host.Keys = keys;
            Host.BotToken = token;
            Host.Database = database;
            Host.IsCluster = true;
        }

        public async Task<string> Types(string command, string who = "tam") =>
            (
                await Host.Execute(
                    (
                        mattermost.GetUser(who).Id,
                        mattermost.GetChannel("town-square").Id,
                        mattermost.Teams[0].Id,
                        "",
                        ""
                    ),
                    command,
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["tam"] = mattermost.GetUser("tam").Id,
                    },
                    None,
                    Cancel
                )
            ).TextOf("Text");

        /// <summary>A button of a card, as Mattermost hands its press on.</summary>
        public async Task<int> Presses(Post card, string button)
        {
            var integration = mattermost
                .HiddenIntegrationsOf(card.Id)[card.Actions.Single(a => a.Name == button).Id!]
                .ShouldNotBeNull();
            var user = mattermost.GetUser("tam").Id;
            var (status, _, _) = await Host.Serve(
                "POST",
                Inbound.ActionPath,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Mattermost-User-Id"] = user,
                },
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(
                        new
                        {
                            user_id = user,
                            channel_id = card.ChannelId,
                            team_id = mattermost.Teams[0].Id,
                            post_id = card.Id,
                            trigger_id = "trigger",
                            type = "button",
                            context = integration.Context,
                        }
                    )
                ),
                Cancel
            );
            return status;
        }

        public async ValueTask DisposeAsync()
        {
            await _product.DisposeAsync();
            await Host.DisposeAsync();
            Data.Dispose();
        }
    }
}
