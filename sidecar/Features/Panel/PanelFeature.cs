using Sidecar.Interactions;

namespace Sidecar.Features.Panel;

/// <summary>
/// What the right-hand panel of the browser plugin shows. It asks with a slash command, so that browsers never talk to
/// the sidecar and Mattermost vouches for who asks; <c>webapp-stub/data.md</c> describes questions and answers.
/// </summary>
internal sealed class PanelFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<PanelPeople>()
            .Shares<PanelCursor>()
            .Shares<PanelLists>()
            .Shares<PanelDetails>()
            .Shares<PanelTimelines>()
            .Shares<PanelWork>()
            .Shares<PanelRequests>()
            .Shares<PanelSetups>()
            .Shares<PanelTasks>()
            .Shares<PanelActs>()
            .Runs<PanelNews>()
            .Adds<IPanelRequests, AssignmentsInPanel>()
            .Dialog<PanelWho, PanelWhoRef>()
            .Command<AnswerPanel>();
}
