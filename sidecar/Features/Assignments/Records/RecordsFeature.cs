using System.Text.Json.Serialization;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments.Records;

/// <summary>What an assignment keeps: environment, meetings, documents (ASG-6).</summary>
internal sealed class RecordsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Command<SetEnvironment>()
            .Command<NoteMeeting>()
            .Command<UpdateDocument>()
            .Dialog<RecordForm, RecordState>();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(RecordState))]
internal sealed partial class RecordJson : JsonSerializerContext;
