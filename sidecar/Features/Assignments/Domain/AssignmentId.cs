using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>An assignment's number, written <c>ASG-3</c>.</summary>
[JsonConverter(typeof(SeriesIdConverter<AssignmentId>))]
public readonly record struct AssignmentId(long Number) : ISeriesId<AssignmentId>
{
    /// <summary>The series that the store counts.</summary>
    public const string Series = "ASG";

    static string ISeriesId<AssignmentId>.Letters => Series;

    static string ISeriesId<AssignmentId>.Numbered => "an assignment";

    /// <summary>Reads what people write: <c>ASG-3</c>, <c>asg3</c>, <c>#3</c>, <c>3</c>, with any dash that a phone makes.</summary>
    public static AssignmentId? Read(string typed) =>
        SeriesNumber.Read(Series, typed) is { } number ? new AssignmentId(number) : null;

    /// <inheritdoc/>
    public override string ToString() => SeriesNumber.Write(Series, Number);
}
