using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Availability;
using Sidecar.Features.Help;
using Sidecar.Interactions;

namespace Sidecar.Features.Workload;

/// <summary>Who has how much to do, and who says that it is too much (ASG-11, ASG-12, MET-5).</summary>
internal sealed class WorkloadFeature : IFeature
{
    public static void Register(FeatureBuilder feature)
    {
        feature
            .Shares<Overloads>()
            .Shares<Loads>()
            .Adds<IEngineerSuggestions, SuggestedEngineers>();
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
