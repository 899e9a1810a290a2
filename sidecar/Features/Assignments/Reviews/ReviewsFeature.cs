using System.Text.Json.Serialization;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments.Reviews;

/// <summary>Review and hand-over (ASG-12).</summary>
internal sealed class ReviewsFeature : IFeature
{
    public static void Register(FeatureBuilder feature)
    {
        feature.Shares<AssignmentFinder>().Shares<HandOverUseCase>();
        feature
            .Command<AnswerReview>()
            .Action<AnswerReview, ReviewRef>()
            .Dialog<AnswerReview, ReviewRef>()
            .Action<EndReviewed, ReviewRef>()
            .Due<RemindOfReview>();
        feature
            .Command<HandOverAssignment>()
            .Action<AskHandOver, HandOverRef>()
            .Dialog<AskHandOver, HandOverRef>()
            .Shares<ChooseHandOver>()
            .Dialog<ChooseHandOver, HandOverChoice>()
            .Action<ChooseSuccessor, HandOverRef>()
            .Action<AcceptHandOver, HandOverRef>()
            .Action<DeclineHandOver, HandOverRef>()
            .Dialog<DeclineHandOver, HandOverRef>();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ReviewRef))]
[JsonSerializable(typeof(HandOverRef))]
[JsonSerializable(typeof(HandOverChoice))]
internal sealed partial class ReviewJson : JsonSerializerContext;
