using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>Channels that somebody chose, as lists show them: by the name they have now, and marked when nothing can be posted there.</summary>
internal sealed class ChosenChannels(IChat chat)
{
    /// <summary>A channel as it is now; as it was chosen, when Mattermost does not say.</summary>
    public async ValueTask<Words> Show(NamedChannel chosen, CancellationToken cancel)
    {
        try
        {
            return await chat.FindChannel(chosen.Id, cancel) switch
            {
                { Named: { Name.Length: > 0 } now, IsArchived: true } => Words.Of(
                    $"{now} (archived: nothing can be posted there)"
                ),
                { Named: { Name.Length: > 0 } now } => Words.Of($"{now}"),
                _ => Words.Of($"{chosen}"),
            };
        }
        catch (ChatException)
        {
            return Words.Of($"{chosen}");
        }
    }

    /// <summary>Several, in their order.</summary>
    public async ValueTask<IReadOnlyList<Words>> Show(
        IEnumerable<NamedChannel> chosen,
        CancellationToken cancel
    )
    {
        List<Words> shown = [];
        foreach (var channel in chosen)
        {
            shown.Add(await Show(channel, cancel));
        }

        return shown;
    }
}
