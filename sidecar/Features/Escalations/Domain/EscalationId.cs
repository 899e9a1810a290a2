using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>An escalation's number, written <c>ESC-12</c>.</summary>
[JsonConverter(typeof(SeriesIdConverter<EscalationId>))]
public readonly record struct EscalationId(long Number) : ISeriesId<EscalationId>
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "ESC";

    static string ISeriesId<EscalationId>.Letters => Series;

    static string ISeriesId<EscalationId>.Numbered => "an escalation";

    /// <summary>Reads what people write: <c>ESC-12</c>, <c>esc12</c>, <c>#12</c>, <c>12</c>, with any dash that a phone makes.</summary>
    public static EscalationId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new EscalationId(number) : null;

    /// <inheritdoc/>
    public override string ToString() => SeriesNumber.Write(Series, Number);
}
