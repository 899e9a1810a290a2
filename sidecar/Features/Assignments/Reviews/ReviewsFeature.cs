using System.Text.Json.Serialization;
using Sidecar.Features.Assignments.Records;
using Sidecar.Features.Help;
using Sidecar.Features.Workload;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments.Reviews;

/// <summary>What an assignment keeps, overload, load, review, hand-over (ASG-6, ASG-11, ASG-12, MET-5).</summary>
internal sealed class ReviewsFeature : IFeature
{
    public static void Register(FeatureBuilder feature)
    {
        feature
            .Shares<AssignmentFinder>()
            .Shares<Overloads>()
            .Shares<Loads>()
            .Shares<SuggestedEngineers>()
            .Shares<HandOverUseCase>();
        feature
            .Command<SetEnvironment>()
            .Command<NoteMeeting>()
            .Command<UpdateDocument>()
            .Dialog<RecordForm, RecordState>();
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
        feature
            .Command<ShowCandidates>()
            .Topic(Topics.OwnWork)
            .Command<ShowLoad>()
            .Command<SayOverload>()
            .Dialog<SayOverload, OverloadState>()
            .Command<EndOverload>()
            .Topic(Topics.SettingUp)
            .Command<SetHelpChannel>();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(RecordState))]
[JsonSerializable(typeof(ReviewRef))]
[JsonSerializable(typeof(HandOverRef))]
[JsonSerializable(typeof(HandOverChoice))]
[JsonSerializable(typeof(Overload))]
[JsonSerializable(typeof(OverloadState))]
[JsonSerializable(typeof(OverloadFact))]
[JsonSerializable(typeof(HelpChannel))]
internal sealed partial class ReviewJson : JsonSerializerContext;
