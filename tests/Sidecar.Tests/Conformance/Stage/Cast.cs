using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

[assembly: AssemblyFixture(typeof(Sidecar.Tests.Conformance.Servers))]

namespace Sidecar.Tests.Conformance;

/// <summary>Somebody with a token.</summary>
internal sealed record Someone(string Id, string Name, RestClient Api);

/// <summary>A server with a team of ours, people and a bot in it; made once per server and run, and removed after it.</summary>
internal sealed class Cast : IAsyncDisposable
{
    private const string Password = "Passw0rd-1";

    private Cast(IMattermostUnderTest server)
    {
        Server = server;
        Mark = RandomNumberGenerator.GetHexString(6, lowercase: true);
        Anyone = new RestClient(server.Url);
        Admin = new Someone("", "", new RestClient(server.Url, server.AdminToken));
    }

    private readonly System.Collections.Concurrent.ConcurrentBag<string> _made = [];

    public IMattermostUnderTest Server { get; }

    /// <summary>Part of every name of this run.</summary>
    public string Mark { get; }

    public RestClient Anyone { get; }

    public Someone Admin { get; private set; }

    public string TeamId { get; private set; } = "";

    public string TeamName => "conf" + Mark;

    public string TownSquare { get; private set; } = "";

    public Someone Tam { get; private set; } = null!;

    public Someone Engineer { get; private set; } = null!;

    public Someone Lead { get; private set; } = null!;

    /// <summary>The bot, a plain one, in the team.</summary>
    public Someone Bot { get; private set; } = null!;

    public string Version { get; private set; } = "";

    /// <summary>Before the changes of the 9 and 10 series.</summary>
    public bool IsOld => int.Parse(Version.Split('.')[0], CultureInfo.InvariantCulture) < 10;

    public static async Task<Cast> Assemble(IMattermostUnderTest server)
    {
        var cast = new Cast(server);
        var api = cast.Admin.Api;
        var me = await api.Done(HttpMethod.Get, "/users/me");
        cast.Admin = new Someone(me.Text("id"), me.Text("username"), api);
        cast.Version = (await cast.Anyone.Done(HttpMethod.Get, "/config/client?format=old")).Text(
            "Version"
        );
        var team = await api.Done(
            HttpMethod.Post,
            "/teams",
            new
            {
                name = cast.TeamName,
                display_name = cast.TeamName,
                type = "O",
            }
        );
        cast.TeamId = team.Text("id");
        var square = await api.Done(
            HttpMethod.Get,
            $"/teams/{cast.TeamId}/channels/name/town-square"
        );
        cast.TownSquare = square.Text("id");
        cast.Tam = await cast.Person("tam");
        cast.Engineer = await cast.Person("engineer");
        cast.Lead = await cast.Person("lead");
        cast.Bot = await cast.NewBot("escalate");
        return cast;
    }

    /// <summary>A user who is in the team, logged in.</summary>
    public async Task<Someone> Person(string role, bool inTeam = true)
    {
        var name = $"{role}.{Mark}";
        var user = await Admin.Api.Done(
            HttpMethod.Post,
            "/users",
            new
            {
                username = name,
                email = $"{name}@example.test",
                password = Password,
            }
        );
        _made.Add(user.Text("id"));
        if (inTeam)
        {
            await Join(user.Text("id"));
        }

        var login = await Anyone.Post("/users/login", new { login_id = name, password = Password });
        return new Someone(
            user.Text("id"),
            name,
            new RestClient(Server.Url, login.Headers["Token"])
        );
    }

    /// <summary>A bot with an access token, in the team.</summary>
    public async Task<Someone> NewBot(string role)
    {
        var name = $"{role}.{Mark}";
        var bot = await Admin.Api.Done(
            HttpMethod.Post,
            "/bots",
            new { username = name, display_name = role }
        );
        var id = bot.Text("user_id");
        _made.Add(id);
        await Join(id);
        var token = await Admin.Api.Done(
            HttpMethod.Post,
            $"/users/{id}/tokens",
            new { description = "conformance" }
        );
        return new Someone(id, name, new RestClient(Server.Url, token.Text("token")));
    }

    private Task<JsonElement> Join(string user) =>
        Admin.Api.Done(
            HttpMethod.Post,
            $"/teams/{TeamId}/members",
            new { team_id = TeamId, user_id = user }
        );

    public async ValueTask DisposeAsync()
    {
        if (Server is RealMattermost)
        {
            foreach (var hook in await Listed($"/hooks/outgoing?team_id={TeamId}&per_page=200"))
            {
                await Admin.Api.Delete($"/hooks/outgoing/{hook}");
            }

            foreach (var command in await Listed($"/commands?team_id={TeamId}&custom_only=true"))
            {
                await Admin.Api.Delete($"/commands/{command}");
            }

            foreach (var account in _made)
            {
                await Admin.Api.Delete($"/users/{account}");
            }

            await Admin.Api.Delete($"/teams/{TeamId}");
        }

        await Server.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> Listed(string path) =>
        [
            .. (await Admin.Api.Done(HttpMethod.Get, path))
                .EnumerateArray()
                .Select(e => e.Text("id")),
        ];
}

/// <summary>The servers of this run, started when they are first asked for.</summary>
public sealed class Servers : IAsyncDisposable
{
    private readonly Dictionary<Under, Lazy<Task<Cast>>> _casts = Enum.GetValues<Under>()
        .ToDictionary(u => u, u => new Lazy<Task<Cast>>(() => Fresh(u, ownClock: false)));

    internal Task<Cast> On(Under server) => _casts[server].Value;

    /// <summary>A server for one test alone, which may let time pass on it. A real one is shared all the same.</summary>
    internal static async Task<Cast> Fresh(Under server, bool ownClock) =>
        await Cast.Assemble(
            server switch
            {
                Under.Simulator537 => await SimulatedMattermost.Start("5.37.0", ownClock),
                Under.Simulator116 => await SimulatedMattermost.Start("11.6.0", ownClock),
                _ => new RealMattermost(),
            }
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var cast in _casts.Values.Where(c => c.IsValueCreated))
        {
            await (await cast.Value).DisposeAsync();
        }
    }
}
