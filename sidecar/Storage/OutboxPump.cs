namespace Sidecar.Storage;

internal sealed class OutboxPump : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
