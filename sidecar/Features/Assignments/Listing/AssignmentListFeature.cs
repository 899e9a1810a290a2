using Sidecar.Features.Help;
using Sidecar.Features.InternalChannels;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments.Listing;

/// <summary>The list of assigned engineers, and who may read it (ASG-4, ASG-5).</summary>
internal sealed class AssignmentListFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<InternalChannelCommands>()
            .Shares<EngineerList>()
            .Command<ListAssignments>()
            .Command<ShowAssignment>()
            .Command<ShowAssignmentTimeline>()
            .Due<LookWhoReads>()
            .Due<LookWhoCame>()
            .Due<ShowMarked>()
            .Due<LookAfterNewGuest>()
            .Due<RefreshBoard>()
            .Due<AuditBoard>()
            .Topic(Topics.SettingUp)
            .Command<MarkInternal>()
            .Command<UnmarkInternal>()
            .Command<ListInternal>()
            .Command<SetBoard>();
}
