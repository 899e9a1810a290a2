using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>An incident channel was renamed: card and thread link it by the name that it has now.</summary>
internal sealed class FollowRename(Store store, IncidentChannels channels) : IDueTask
{
    private const int Most = 100;

    public static string Kind => RenamedChannels.Kind;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var found = await store.List(
            EscalationIndexes.Kind,
            EscalationIndexes.ByIncidentChannel,
            IndexKey.Empty.Then(call.Id),
            null,
            Most,
            cancel
        );
        foreach (var escalation in found.Items)
        {
            await channels.Named(escalation.Value, cancel);
        }

        await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
    }
}
