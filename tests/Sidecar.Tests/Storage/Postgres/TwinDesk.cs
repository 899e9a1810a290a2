using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Playground;
using Sidecar.Features.Help;
using Sidecar.Features.Webhooks;
using Sidecar.Hosting;
using Sidecar.Mattermost;
using Sidecar.Outbox;
using Sidecar.Scheduling;
using Sidecar.Setup.Settings;
using Sidecar.Storage.Postgres;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Scheduling;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>
/// A desk whose sidecar has a twin on the same database, as behind a load balancer: <c>/escalate</c> goes to the one,
/// <c>/other</c> to the other, and what both post leads to the one.
/// </summary>
internal sealed class TwinDesk : IAsyncDisposable
{
    private readonly string _schema = PostgresCluster.NewSchema();
    private readonly TemporaryFolder _data = new();
    private readonly List<IServiceProvider> _awake = [];
    private WebApplication _twin = null!;

    public Desk Desk { get; private set; } = null!;

    /// <summary>What falls due for tests, as the one does it, and as the other does.</summary>
    public (Reminders One, Reminders Other) Reminders { get; } = (new(), new());

    /// <summary>The other's clock.</summary>
    public ManualClock OtherClock { get; private set; } = null!;

    public IServiceProvider Other => _twin.Services;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TwinDesk> Open(
        TimeSpan otherWrongBy = default,
        string? settings = null
    )
    {
        var twins = new TwinDesk();
        if (settings is not null)
        {
            await File.WriteAllTextAsync(
                Path.Combine(twins._data.Path, SettingsFile.Name),
                settings,
                Cancel
            );
        }

        twins.Desk = await Desk.Open(
            settings: settings,
            features: twins.Reminders.One.With,
            given: (settings, clock) =>
                settings with
                {
                    Store = PostgresCluster.Shared.Store(twins._schema),
                    Leases = new LeaseOptions { CommonTime = clock },
                }
        );
        await twins.StartOther(otherWrongBy);
        twins._awake.AddRange([twins.Desk.Parts, twins.Other]);
        await twins.Settle();
        return twins;
    }

    /// <summary>The one is gone and tells nobody.</summary>
    public async Task KillOne()
    {
        _awake.Remove(Desk.Parts);
        await Desk.KillSidecar();
    }

    /// <summary>The one does nothing any more, and no time passes for it.</summary>
    public void FreezeOne() => _awake.Remove(Desk.Parts);

    public void WakeOne() => _awake.Insert(0, Desk.Parts);

    /// <summary>Time passes for all who are awake, one beat after the other.</summary>
    public async Task Passes(TimeSpan time)
    {
        var beat = new LeaseOptions().Beat;
        for (var passed = TimeSpan.Zero; passed < time; passed += beat)
        {
            Desk.Clock.Advance(beat);
            OtherClock.Advance(beat);
            await Settle();
        }
    }

    /// <summary>How long it takes until something is so.</summary>
    public Task<TimeSpan> Until(Func<bool> isSo) => Until(() => Task.FromResult(isSo()));

    /// <summary>The same for what has to be asked.</summary>
    public async Task<TimeSpan> Until(Func<Task<bool>> isSo)
    {
        var began = Desk.Clock.GetUtcNow();
        while (!await isSo())
        {
            if (Desk.Clock.GetUtcNow() - began > TimeSpan.FromMinutes(5))
            {
                throw new InvalidOperationException("It never comes to that.");
            }

            await Passes(new LeaseOptions().Beat);
        }

        return Desk.Clock.GetUtcNow() - began;
    }

    /// <summary>What can be done now is done, by whoever is awake.</summary>
    public async Task Settle()
    {
        // What one does may be for the other.
        for (var round = 0; round < 3; round++)
        {
            foreach (var parts in _awake)
            {
                await parts.GetRequiredService<PostgresLeases>().Beat(Cancel);
                await parts.GetRequiredService<DueTimes>().Look(Cancel);
                await parts.GetRequiredService<WebhookPump>().WhenIdle(Cancel);
                await parts.GetRequiredService<OutboxPump>().WhenIdle(Cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _twin.StopAsync(CancellationToken.None);
        await _twin.DisposeAsync();
        await Desk.DisposeAsync();
        _data.Dispose();
        PostgresCluster.Shared.Drop(_schema);
    }

    private async Task StartOther(TimeSpan wrongBy)
    {
        OtherClock = new ManualClock(Desk.Clock.GetUtcNow() + wrongBy);
        var address = FreePort.NextAddress();
        var command = Desk.Mattermost.AddCommand("other", new Uri(address, "/mattermost/command"));
        _twin = await SidecarHost.Build(
            Desk.SettingsGiven() with
            {
                DataDirectory = _data.Path,
                CommandTokens = [command.Token],
            },
            OtherClock,
            builder =>
            {
                builder.Services.AddSingleton(new HelpSettings { WelcomeNewcomers = false });
                builder.Services.AddSingleton(
                    Desk.Listens(new EventListenerOptions(Desk.Mattermost.Url))
                );
                builder.WebHost.UseUrls(address.ToString());
                builder
                    .Logging.ClearProviders()
                    .AddProvider(Desk.Log.Life())
                    .SetMinimumLevel(LogLevel.Debug);
            },
            Cancel,
            Reminders.Other.With
        );
        await _twin.StartAsync(Cancel);
    }
}
