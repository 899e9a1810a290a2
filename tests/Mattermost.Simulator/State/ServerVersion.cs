namespace Mattermost.Simulator;

/// <summary>
/// What differs between the ages of Mattermost, each difference in one place: a property here, named after what it
/// means. Where the release that brought it is not known exactly, the border lies above the last one that lacks it.
/// </summary>
internal sealed record ServerVersion(string Text, int Major, int Minor)
{
    public static ServerVersion Parse(string text)
    {
        var parts = text.Split('.');
        return new ServerVersion(
            text,
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0
        );
    }

    /// <summary>Since 6.0 posts have no <c>parent_id</c>.</summary>
    public bool HasParentIds => Major < 6;

    /// <summary>Before, only lists that leave the threads out told how many replies a post has.</summary>
    public bool CountsRepliesOfSinglePosts => Major >= 6;

    /// <summary>Before, a command's ephemeral answer lost what is behind its buttons on the way back to the caller.</summary>
    public bool ReturnsIntegrationsOfEphemeralAnswers => Major >= 6;

    public bool RefusesCommandsInArchivedChannels => Major >= 6;

    public bool SendsRootIdWithCommands => Major >= 10;

    /// <summary>Before, every trigger lived 3 seconds; now as long as integrations may take to answer.</summary>
    public bool TriggersLiveAsLongAsRequests => Major >= 10;

    public bool HasDateElements => Major >= 11;

    public bool HasMultiStepDialogs => Major >= 11;

    /// <summary>Since 9.x reading a public channel needs membership of its team only.</summary>
    public bool TeamReadsPublicChannels => Major >= 9;

    /// <summary>Before, what was told about a file left its channel empty.</summary>
    public bool TellsChannelsOfFiles => Major >= 6;

    /// <summary>Before, files that are switched off counted as something not implemented.</summary>
    public bool ForbidsSwitchedOffFiles => Major >= 10;

    /// <summary>Before, “do not disturb” did not end by itself.</summary>
    public bool EndsDoNotDisturb => Major >= 6;

    public int MaxPropsRunes => Major >= 9 ? 800_000 : 8_000;

    /// <summary>Since 7.0 <c>CollapsedThreads</c> is always on by default: what is said in a thread is shown there only.</summary>
    public string CollapsedThreads => Major >= 7 ? "always_on" : "disabled";

    /// <summary>Clients draw dialogs as app forms; seen on 11.6, nothing between it and 5.37 was.</summary>
    public bool DrawsFormsAsApps => Major >= 11;

    /// <summary>An answer to a submission that is no JSON object is an error; before, it closed the form.</summary>
    public bool ReadsDialogAnswersStrictly => Major >= 10;

    /// <summary>A submission for a channel that is not there is told so; before, it counted as a lack of rights.</summary>
    public bool LooksForTheChannelOfDialogs => Major >= 10;
}
