using Sidecar.Chat;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Routing;

/// <summary>Channels that somebody chose, as lists show them: by the name they have now, and marked when nothing can be posted there.</summary>
internal sealed class ChosenChannels(IChat chat)
{
    /// <summary>A channel as it is now; as it was chosen, when Mattermost does not say.</summary>
    public async ValueTask<Markdown> Show(NamedChannel chosen, CancellationToken cancel)
    {
        try
        {
            return await chat.FindChannel(chosen.Id, cancel) switch
            {
                { Named: { Name.Length: > 0 } now, IsArchived: true } => Markdown.Of(
                    $"{now} (archived: nothing can be posted there)"
                ),
                { Named: { Name.Length: > 0 } now } => Markdown.Of($"{now}"),
                _ => Markdown.Of($"{chosen}"),
            };
        }
        catch (ChatException)
        {
            return Markdown.Of($"{chosen}");
        }
    }

    /// <summary>Several, in their order.</summary>
    public async ValueTask<IReadOnlyList<Markdown>> Show(
        IEnumerable<NamedChannel> chosen,
        CancellationToken cancel
    )
    {
        List<Markdown> shown = [];
        foreach (var channel in chosen)
        {
            shown.Add(await Show(channel, cancel));
        }

        return shown;
    }
}
