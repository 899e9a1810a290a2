using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Playground;

/// <summary>
/// A chat server with a page, three accounts to play and a sidecar, in one process: everything there is to try without
/// a Mattermost.
/// </summary>
public sealed class PlaygroundHost : IAsyncDisposable
{
    /// <summary>The accounts that the page logs in, named by their role.</summary>
    public static IReadOnlyList<string> Accounts { get; } = ["tam", "engineer", "lead"];

    /// <summary>The team that everything happens in.</summary>
    public const string Team = "ops";

    /// <summary>In the sidecar's data: how far the clock is ahead.</summary>
    public const string ClockFile = "clock";

    private readonly PlaygroundOptions options;
    private readonly SemaphoreSlim oneRestart = new(1);
    private readonly PlaygroundClock clock;
    private IPlaygroundSidecar? sidecar;

    private PlaygroundHost(PlaygroundOptions options)
    {
        this.options = options;
        clock = new PlaygroundClock(Path.Combine(options.DataDir, ClockFile));
    }

    /// <summary>The server.</summary>
    public MattermostSimulator Simulator { get; private set; } = null!;

    /// <summary>Starts server, page and sidecar; all of them answer when the task completes.</summary>
    public static async Task<PlaygroundHost> StartAsync(
        PlaygroundOptions options,
        CancellationToken cancel
    )
    {
        var host = new PlaygroundHost(options);
        if (options.StartsAt is { } start)
        {
            host.clock.Move(start - host.clock.GetUtcNow());
        }

        host.Simulator = await MattermostSimulator.StartAsync(
            new SimulatorOptions
            {
                Port = options.Port,
                Extend = host.Map,
                Time = host.clock,
                ServerVersion = options.ServerVersion,
            }
        );
        Fill(host.Simulator);
        host.sidecar = await options.StartSidecar(host.Simulator, options.DataDir, cancel);
        return host;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (sidecar is not null)
        {
            await sidecar.KillAsync();
        }

        await Simulator.DisposeAsync();
        oneRestart.Dispose();
    }

    private static void Fill(MattermostSimulator simulator)
    {
        simulator.AddTeam(Team, "Operations");
        foreach (var account in Accounts)
        {
            simulator.AddUser(account, Team);
        }

        var everyone = Accounts.ToArray();
        simulator.AddChannel("escalations", Team, displayName: "escalations", members: everyone);
        simulator.AddChannel(
            "customer-success",
            Team,
            displayName: "customer-success",
            members: everyone
        );
        simulator.AddChannel(
            "customer-support",
            Team,
            displayName: "customer-support",
            members: everyone
        );
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/playground/setup", Setup);
        app.MapPost("/playground/sidecar/restart", RestartAsync);
        app.MapGet("/playground/clock", Now);
        app.MapPost("/playground/clock", MoveClock);
        app.MapFallback("/{**path}", PageFiles.Serve);
    }

    private IResult Setup() =>
        Results.Json(
            new
            {
                server = "",
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                siteUrl = Simulator.Url,
                version = options.ServerVersion,
                collapsesThreads = Simulator.CollapsesThreads,
                team = Team,
                sidecar = sidecar is not null,
                accounts = Accounts.Select(name => new
                {
                    username = name,
                    password = MattermostSimulator.DefaultPassword,
                }),
            }
        );

    private IResult MoveClock(HttpRequest request, ClockMove move)
    {
        // Another site's page can post here, but it can't set this header.
        if (!request.Headers.ContainsKey("X-Playground"))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (move.NextWorkingDay)
        {
            clock.MoveToNextWorkingDay();
        }
        else
        {
            clock.Move(TimeSpan.FromMinutes(Math.Clamp(move.Minutes, 0, 60 * 24 * 31)));
        }

        return Now();
    }

    private IResult Now() => Results.Json(new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    private async Task<IResult> RestartAsync(HttpRequest request, CancellationToken cancel)
    {
        // Another site's page can post here, but it can't set this header.
        if (!request.Headers.ContainsKey("X-Playground"))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await oneRestart.WaitAsync(cancel);
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            await (sidecar?.KillAsync() ?? Task.CompletedTask);
            sidecar = null;
            sidecar = await options.StartSidecar(
                Simulator,
                options.DataDir,
                CancellationToken.None
            );
            var down = TimeProvider.System.GetElapsedTime(began);
            return Results.Json(new { milliseconds = (long)down.TotalMilliseconds });
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return Results.Json(
                new { message = problem.Message },
                statusCode: StatusCodes.Status500InternalServerError
            );
        }
        finally
        {
            oneRestart.Release();
        }
    }
}

/// <summary>How far the clock is to be moved.</summary>
internal sealed record ClockMove(int Minutes = 0, bool NextWorkingDay = false);
