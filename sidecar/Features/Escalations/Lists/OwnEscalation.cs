using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>In an incident's own channel, commands that name no escalation mean the channel's.</summary>
internal sealed class OwnEscalation(EscalationLists lists) : IPlaceDefault
{
    public async ValueTask<string?> Find(
        ChannelId channel,
        string? instead,
        CancellationToken cancel
    ) => IsNumberGoneWrong(instead) ? null : (await lists.OwnOf(channel, cancel))?.Id.ToString();

    // “close ESC-1x” is about another one than this, however it is meant.
    private static bool IsNumberGoneWrong(string? word) =>
        word is not null
        && (
            word.StartsWith(EscalationId.Series, StringComparison.OrdinalIgnoreCase)
            || word.StartsWith('#')
        );
}
