using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Interactions;
using Sidecar.Scheduling;
using Sidecar.Storage;
using Sidecar.Storage.LiteDb;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Scheduling;

/// <summary>The system's clock and Quartz as they are; everything else about due times is tested with the clock in hand.</summary>
public sealed class RealClockTests : IAsyncLifetime
{
    /// <summary>Shorter than the time between two heartbeats: what is done within it was woken for.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(9);

    private readonly TemporaryFolder _folder = new();
    private readonly Reminders _reminders = new();
    private IHost _host = null!;

    [Fact]
    public async Task ALL_5_The_process_is_woken_at_the_earliest_due_time_also_when_it_was_set_later()
    {
        var now = TimeProvider.System.GetUtcNow();
        var store = _host.Services.GetRequiredService<Store>();
        // So far away that a slow machine does not come to it before the other one is set.
        await Reminders.Set(store, ("first set", now.AddHours(1)));
        await Reminders.Set(store, ("set later", now.AddMilliseconds(300)));

        await _reminders.OneMore(Soon);

        _reminders.Ids.ShouldBe(["set later"]);
        _reminders.AllDone.ShouldAllBe(c => c.Now >= c.DueAt);
    }

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var engine = await LiteDbStoreEngine.OpenAsync(
            new LiteDbStoreOptions { DataDirectory = _folder.Path },
            TimeProvider.System,
            NullLogger<LiteDbStoreEngine>.Instance,
            cancel
        );
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IStoreEngine>(_ => engine);
        builder.Services.AddSingleton<Store>();
        builder.Services.AddScheduling();
        var product = new FeatureBuilder(builder.Services);
        product.Due<Reminder>().Shares(_reminders);
        builder.Services.AddSingleton(product.Build());
        _host = builder.Build();
        await _host.StartAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }
}
