using Sidecar.Interactions;

namespace Sidecar.Features.Exports;

/// <summary>Data as files for spreadsheets (ALL-4).</summary>
internal sealed class ExportsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Command<ExportEscalations>()
            .Command<ExportCustomers>()
            .Command<ExportMeasurements>()
            .Command<ExportImplementations>()
            .Command<ExportServices>()
            .Command<ExportAudit>()
            .Shares<ExportData>()
            .File<ExportFile>();
}
