using Sidecar.Chat;
using Sidecar.Text;

namespace Sidecar.Features;

/// <summary>Channels that somebody chose, as lists show them: by the name they have now, and marked when nothing can be posted there.</summary>
internal sealed class ChosenChannels(IChat chat)
{
    /// <summary>A channel as it is now; as it was chosen, when Mattermost does not say.</summary>
    public async ValueTask<Markdown> Show(NamedChannel chosen, CancellationToken cancel) =>
        await Find(chosen, cancel) switch
        {
            { Named: { Name.Length: > 0 } now, IsArchived: true } => Archived(
                Markdown.Of($"{now}")
            ),
            { Named: { Name.Length: > 0 } now } => Markdown.Of($"{now}"),
            _ => Markdown.Of($"{chosen}"),
        };

    /// <summary>
    /// One that was chosen from within itself, so that its name was perhaps not for everybody: then it stays what it is
    /// called here.
    /// </summary>
    /// <param name="chosen">The channel; without a name when it was chosen from within.</param>
    /// <param name="called">What it is called then.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<Markdown> Show(
        NamedChannel chosen,
        Markdown called,
        CancellationToken cancel
    ) =>
        chosen.Name.Length > 0 ? await Show(chosen, cancel)
        : await Find(chosen, cancel) is { IsArchived: true } ? Archived(called)
        : called;

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

    private async ValueTask<ChatChannel?> Find(NamedChannel chosen, CancellationToken cancel)
    {
        try
        {
            return await chat.FindChannel(chosen.Id, cancel);
        }
        catch (ChatException)
        {
            return null;
        }
    }

    private static Markdown Archived(Markdown channel) =>
        Markdown.Of($"{channel} (archived: nothing can be posted there)");
}
