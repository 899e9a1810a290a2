using System.Text.Json.Serialization;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <summary>What an assignment keeps, overload, load, review, hand-over (ASG-6, ASG-11, ASG-12, MET-5).</summary>
internal sealed class CareFeature : IFeature
{
    public static void Register(FeatureBuilder feature)
    {
        feature
            .Shares<CareDesk>()
            .Shares<Overloads>()
            .Shares<Loads>()
            .Shares<Suggestions>()
            .Shares<HandOverDesk>();
        feature
            .Command<SetEnvironment>()
            .Command<NoteMeeting>()
            .Command<UpdateDocument>()
            .Dialog<KeepForm, KeepState>();
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
            .Action<ChooseSuccessor, HandOverRef>()
            .Action<AcceptHandOver, HandOverRef>()
            .Action<DeclineHandOver, HandOverRef>()
            .Dialog<DeclineHandOver, HandOverRef>();
        feature
            .Command<ShowCandidates>()
            .Command<ShowLoad>()
            .Command<SayOverload>()
            .Dialog<SayOverload, OverloadState>()
            .Command<EndOverload>()
            .Command<SetHelpChannel>();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(KeepState))]
[JsonSerializable(typeof(ReviewRef))]
[JsonSerializable(typeof(HandOverRef))]
[JsonSerializable(typeof(Overload))]
[JsonSerializable(typeof(OverloadState))]
[JsonSerializable(typeof(OverloadFact))]
[JsonSerializable(typeof(HelpChannel))]
internal sealed partial class CareJson : JsonSerializerContext;
