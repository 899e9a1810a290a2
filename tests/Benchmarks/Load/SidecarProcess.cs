using System.Diagnostics;
using System.Globalization;
using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Sidecar.Hosting;
using Sidecar.Ids;

namespace Benchmarks.Load;

/// <summary>The product in a process of its own, composed and configured as it always is.</summary>
internal static class SidecarProcess
{
    public const string Verb = "run-sidecar";
    public const string CommandToken = "commandtoken00000000000001";
    private const string TriggerToken = "triggertoken00000000000001";
    private const string BotToken = "bottoken000000000000000001";
    private const string Bot = "b0000000000000000000000001";

    /// <summary>Where one that listens on a port takes commands.</summary>
    public static Uri TakesCommands(int port) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"http://127.0.0.1:{port}/mattermost/command"
            )
        );

    /// <summary>Starts one; it is ready when this returns.</summary>
    /// <param name="data">Its data directory.</param>
    /// <param name="mattermost">Where Mattermost is.</param>
    /// <param name="store">The database; null for what is in the data directory.</param>
    /// <returns>The process, and how long it took from nothing to ready.</returns>
    public static async Task<(ServerProcess Process, TimeSpan Took)> Start(
        string data,
        Uri mattermost,
        string? store
    )
    {
        var started = Stopwatch.GetTimestamp();
        var port = FreePort.Next();
        var process = ServerProcess.Start(
            port,
            Verb,
            data,
            mattermost.ToString(),
            $"http://127.0.0.1:{port}",
            store ?? ""
        );
        await process.Ready("/readyz");
        return (process, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Starts one for a Mattermost that asks who it is; it is ready when this returns.</summary>
    /// <param name="data">Its data directory.</param>
    /// <param name="mattermost">Where Mattermost is.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="account">The bot's id and token, and the command's token.</param>
    /// <param name="perSecond">How many requests it may send.</param>
    public static async Task<ServerProcess> Start(
        string data,
        Uri mattermost,
        int port,
        (string Bot, string BotToken, string CommandToken) account,
        int perSecond
    )
    {
        var process = ServerProcess.Start(
            port,
            Verb,
            data,
            mattermost.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            "",
            account.Bot,
            account.BotToken,
            account.CommandToken,
            perSecond.ToString(CultureInfo.InvariantCulture)
        );
        await process.Ready("/readyz");
        return process;
    }

    /// <summary>Is one, until the parent closes its input.</summary>
    public static async Task Run(string[] settings)
    {
        var address = settings[2];
        await using var app = await SidecarHost.Build(
            new SidecarSettings(
                settings[0],
                new Uri(settings[1]),
                new Uri(address),
                new UserId(settings.ElementAtOrDefault(4) ?? Bot),
                settings.ElementAtOrDefault(5) ?? BotToken,
                [settings.ElementAtOrDefault(6) ?? CommandToken],
                [TriggerToken]
            )
            {
                Store = settings[3].Length == 0 ? null : settings[3],
                RequestsPerSecond =
                    settings is [.., var perSecond] && settings.Length > 7
                        ? int.Parse(perSecond, CultureInfo.InvariantCulture)
                        : 10,
            },
            TimeProvider.System,
            builder => builder.WebHost.UseUrls(address),
            CancellationToken.None
        );
        await app.StartAsync();
        await ServerProcess.ParentLeaves();
        await app.StopAsync();
    }
}
