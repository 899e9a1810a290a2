using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sidecar.Metrics;

namespace Sidecar.Hosting;

/// <summary>
/// Exports the product's and the server's metrics over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector;
/// the other standard <c>OTEL_…</c> variables apply as well. Prometheus comes for the same numbers to <c>/metrics</c>.
/// </summary>
internal sealed class MetricsExport : IHostedService, IDisposable
{
    private MeterProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (
            !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))
        )
        {
            _provider = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(resource =>
                    resource.AddService("escalate", serviceVersion: ProductVersion.Current)
                )
                .AddMeter(
                    ProductMeter.Name,
                    "Microsoft.AspNetCore.Hosting",
                    "System.Net.Http",
                    "System.Runtime"
                )
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
