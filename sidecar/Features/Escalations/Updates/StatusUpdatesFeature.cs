using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Help;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>Status updates: written, prompted for, read back (UPD-1 to UPD-5).</summary>
internal sealed class StatusUpdatesFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<UpdateSettings>()
            .Keeps(StoredUpdate.Kind)
            .Shares<UpdateQueries>()
            .Shares<UpdateHistory>()
            .Shares<OwnerReminders>()
            .Command<PostUpdate>()
            .Action<PostUpdate, EscalationRef>()
            .Dialog<PostUpdate, UpdateState>()
            .Command<ShowUpdates>()
            .Action<Snooze, SnoozeRef>()
            .Action<HandOverUpdate, PromptRef>()
            .Dialog<HandOverUpdate, PromptRef>()
            .Due<RemindOfUpdate>()
            .Topic(Topics.SettingUp)
            .Command<SetBroadcast>();
}
