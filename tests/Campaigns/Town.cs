using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Campaigns.Model;
using Mattermost.Simulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.People;
using Sidecar.Scheduling;
using Sidecar.Tests.Api;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Tokens;
using Sidecar.Tests.Features.Webhooks;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Storage;
using Xunit;

namespace Campaigns;

/// <summary>Three teams of a Mattermost, a dozen people in six zones, their customers, and the real sidecar.</summary>
internal sealed partial class Town : IAsyncDisposable
{
    /// <summary>Longer than any wait between two tries of the product.</summary>
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromMinutes(30);

    private const int MegabytesOfDisk = 512;

    /// <summary>What is asked about by itself (ESC-12) is left out: it would be a second clock for each escalation.</summary>
    private const string Settings = """
        {
          "team": { "timeZone": "Europe/Berlin", "workingHours": { "from": "09:00", "to": "17:00" } },
          "escalations": { "stale": { "sev1": null, "sev2": null, "sev3": null, "sev4": null } },
          "playbooks": { "remindBefore": "1h" },
          "api": { "requestsPerSecond": 100000, "burst": 1000000 },
          "webhooks": { "allowHttp": true, "allowedNetworks": ["127.0.0.0/8"] }
        }
        """;

    private static readonly (string Who, string Zone, Role[] Roles)[] People =
    [
        ("engineer", "Europe/Berlin", []),
        ("backup", "Europe/Berlin", [Role.DeploymentEngineer]),
        ("eva", "Asia/Kolkata", [Role.DeploymentEngineer]),
        ("finn", "America/New_York", [Role.DeploymentEngineer]),
        ("gita", "Asia/Tokyo", [Role.DeploymentEngineer]),
        ("tam", "Europe/London", []),
        ("tara", "America/New_York", [Role.TechnicalAccountManager]),
        ("carl", "Europe/Berlin", [Role.CustomerSuccessManager]),
        ("lead", "Europe/London", []),
        ("cslead", "America/Los_Angeles", [Role.CustomerSuccessLead]),
        ("executive", "America/New_York", []),
        ("product", "Europe/London", []),
    ];

    public static readonly string[] Engineers = ["engineer", "eva", "finn", "gita", "backup"];
    public static readonly string[] Reporters = ["tam", "tara", "carl"];

    /// <summary>Where each team talks of its customers.</summary>
    public static readonly string[] Channels = [Desk.Square, "north-desk", "south-desk"];

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ApiDesk> _programs = new();

    private Town(Desk desk, Doors doors, HookReceiver receiver, SmallDisk? disk) =>
        (Desk, Doors, Receiver, Disk) = (desk, doors, receiver, disk);

    public Desk Desk { get; }

    public Doors Doors { get; }

    /// <summary>A system of somebody's that is told of everything.</summary>
    public HookReceiver Receiver { get; }

    /// <summary>The disk of the sidecar; null where none can be mounted.</summary>
    public SmallDisk? Disk { get; }

    /// <summary>The rules of time zones that this machine has; null where they are not in files.</summary>
    public ZoneFiles? ZoneFiles { get; } = ZoneFiles.TryCopy();

    public Rota Rota { get; } =
        new(People.ToDictionary(p => p.Who, p => p.Zone, StringComparer.Ordinal));

    public MattermostSimulator Mattermost => Desk.Mattermost;

    public DateTimeOffset Now => Desk.Clock.GetUtcNow();

    public static IEnumerable<string> Everybody => People.Select(p => p.Who);

    public static async Task<Town> Open()
    {
        var doors = new Doors();
        var receiver = await HookReceiver.Start();
        var disk = SmallDisk.TryMount(
            Path.Combine(Path.GetTempPath(), $"campaign-{Environment.ProcessId}"),
            MegabytesOfDisk
        );
        var tokens = new List<string>();
        var desk = await Desk.Open(
            new SimulatorOptions { Integrations = doors, CheckDescription = false },
            Settings,
            given: (settings, _) =>
                settings with
                {
                    DataDirectory = disk?.Path ?? settings.DataDirectory,
                    SettingsFile = Path.Combine(settings.DataDirectory, "settings.json"),
                    CommandTokens = [.. settings.CommandTokens, .. tokens],
                },
            byPlugin: false
        );
        var town = new Town(desk, doors, receiver, disk);
        await town.Furnish(tokens);
        return town;
    }

    /// <summary>Who somebody is, whatever they are called now.</summary>
    public string IdOf(string who) => _ids[who];

    /// <summary>What somebody is called now.</summary>
    public string NameOf(string who) => Mattermost.GetUser(_ids[who]).Username;

    /// <summary>Who somebody is, by the name that they had in the beginning.</summary>
    public string WhoIs(string id) => _names.GetValueOrDefault(id, id);

    public string TeamOf(string channel) =>
        Mattermost.Teams.Single(t => t.Id == Mattermost.GetChannel(channel).TeamId).Name;

    /// <summary>The channels that people have archived, by id.</summary>
    public List<string> Archived { get; } = [];

    /// <summary>What an administrator deleted.</summary>
    public List<Post> Deleted { get; } = [];

    /// <summary>The bot's messages to somebody, those that were deleted since in their places, too.</summary>
    public IReadOnlyList<Post> MessagesTo(string who) =>
        [
            .. Mattermost
                .Posts(Mattermost.DirectChannel("escalate", IdOf(who)).Id)
                .Where(p => p.UserId == Desk.Bot.Id),
        ];

    /// <summary>A text with everybody under the name that they had in the beginning.</summary>
    public static string AsRead(string text) => Renamed().Replace(Desk.AsRead(text), "");

    [GeneratedRegex("-r[0-9]+r", RegexOptions.None, 1000)]
    private static partial Regex Renamed();

    /// <summary>The program that somebody lets work for them.</summary>
    public ApiDesk ProgramOf(string who) => _programs[who];

    /// <summary>Tokens end after a season: people make new ones.</summary>
    public async Task RenewsPrograms()
    {
        foreach (var who in (string[])[.. Engineers, .. Reporters, "lead"])
        {
            if (_programs.TryGetValue(who, out var old))
            {
                old.Dispose();
            }

            _programs[who] = await ApiDesk.Of(Desk, who, "campaign write");
        }
    }

    /// <summary>
    /// Until both work as ever: connected, what was missed is looked up, and nothing is left in the outbox.
    /// </summary>
    public async Task<bool> Recovers()
    {
        await Desk.Settled();
        var limit = Now + LongestRecovery;
        while (!IsWhole())
        {
            if (Now > limit)
            {
                return false;
            }

            var next = Now.AddSeconds(5);
            Desk.Clock.AdvanceTo(
                Desk.Clock.NextTimer is { } timer && timer < next
                    ? timer > Now
                        ? timer
                        : Now.AddMilliseconds(100)
                    : next
            );
            await Desk.Settled();
        }

        return true;
    }

    public string Trouble() =>
        $"outbox {Desk.Pump.Health}; line {Desk.Listening.Health}; next due {Desk.Parts.GetRequiredService<DueTimer>().At:O}";

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs.Values)
        {
            program.Dispose();
        }

        await Desk.DisposeAsync();
        await Receiver.DisposeAsync();
        Doors.Dispose();
        Disk?.Dispose();
        ZoneFiles?.Dispose();
    }

    private bool IsWhole() =>
        Desk.Pump.Health.Queued == 0
        && Desk.Listening.Health
            is { State: Sidecar.Mattermost.ListeningState.Listening, LookUpAt: null }
        && !(Desk.Parts.GetRequiredService<DueTimer>().At <= Now);

    private async Task Furnish(List<string> tokens)
    {
        var admin = Mattermost.As(Desk.Admin);
        foreach (var (who, zone, roles) in People)
        {
            if (Mattermost.Users.All(u => u.Username != who))
            {
                await Desk.Hires(who, roles);
            }

            Mattermost.ChangeUser(
                who,
                u => u with { Timezone = new UserTimezone("false", "", zone) }
            );
        }

        foreach (var channel in Channels.Skip(1))
        {
            var team = Mattermost.AddTeam(channel.Split('-')[0]);
            tokens.Add(
                Mattermost
                    .AddCommand("escalate", new Uri(Desk.Address, "/mattermost/command"), team.Name)
                    .Token
            );
            foreach (var who in (string[])[.. Everybody, "escalate"])
            {
                await admin.Request(
                    HttpMethod.Post,
                    $"/api/v4/teams/{team.Id}/members",
                    new { team_id = team.Id, user_id = Mattermost.GetUser(who).Id }
                );
            }

            Mattermost.AddChannel(channel, team.Name, members: [.. Everybody, "escalate"]);
        }

        foreach (var who in Everybody)
        {
            _ids[who] = Mattermost.GetUser(who).Id;
            _names[_ids[who]] = who;
        }

        await Desk.RestartSidecar();
        foreach (var who in Everybody)
        {
            await Desk.Meets(who);
        }

        await Desk.Types("lead", $"/escalate duty @{Rota.Duty} @{Rota.BackUp}");
        await Desk.Adds(Receiver);
        await RenewsPrograms();
        Desk.Log.Forget();
    }
}
