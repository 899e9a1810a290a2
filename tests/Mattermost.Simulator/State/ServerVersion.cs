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

    // Settings and clients

    /// <summary>Since 7.0 <c>CollapsedThreads</c> is always on by default: what is said in a thread is shown there only.</summary>
    public string CollapsedThreads => Major >= 7 ? "always_on" : "disabled";

    /// <summary>Clients draw dialogs as app forms; seen on 11.6, nothing between it and 5.37 was.</summary>
    public bool DrawsFormsAsApps => Major >= 11;

    /// <summary>How many bytes a request may have that is no upload; null for no limit.</summary>
    public int? MaxRequestBytes => IsAtLeast(9, 5) ? 300_000 : null;

    /// <summary>Every answer carries headers that tell browsers to be careful.</summary>
    public bool SendsSecurityHeaders => Major >= 6;

    /// <summary>Before, <c>GET /config/client</c> was there with <c>format=old</c> only.</summary>
    public bool GivesClientConfigWithoutFormat => Major >= 6;

    /// <summary>Before, the error for a path that is not there was sent as plain text.</summary>
    public bool SendsNotFoundAsJson => Major >= 6;

    // Posts

    /// <summary>Since 6.0 posts have no <c>parent_id</c>.</summary>
    public bool HasParentIds => Major < 6;

    /// <summary>Before, a post by itself did not tell how many replies it has. Lists never do, unless asked to.</summary>
    public bool CountsRepliesOfSinglePosts => Major >= 6;

    /// <summary>A post without files says so, with an empty list, and has a <c>remote_id</c>.</summary>
    public bool AlwaysTellsFileIds => Major >= 6;

    /// <summary>A list of posts tells since when posts can't be read, and a thread names its root once.</summary>
    public bool TellsInaccessiblePosts => Major >= 7;

    public string MessageTooLong =>
        Major >= 10
            ? "model.post.is_valid.message_length.app_error"
            : "model.post.is_valid.msg.app_error";

    public int MaxPropsRunes => Major >= 9 ? 800_000 : 8_000;

    /// <summary>Props are kept as JSON, which knows no U+0000.</summary>
    public bool RefusesNullCharactersInProps => Major >= 6;

    /// <summary>A post is looked up before rights are, so that a deleted one is not found; before, it counted as a lack of rights.</summary>
    public bool LooksForPostBeforeDeleting => Major >= 10;

    /// <summary>Whatever keeps a post from being pinned is told as a lack of rights.</summary>
    public bool HidesDeletedPostsWhenPinning => Major >= 10;

    /// <summary>An administrator may read deleted posts with <c>include_deleted</c>.</summary>
    public bool ShowsDeletedPostsToAdministrators => Major >= 7;

    /// <summary>Root posts have a priority; before, it was left out without a word.</summary>
    public bool HasPriority => Major >= 8;

    // Reactions

    /// <summary>Since 6.0 the list of a post without reactions is <c>null</c>.</summary>
    public bool TellsNoReactionsAsNull => Major >= 6;

    /// <summary>Since 7.1 to 7.8 a reaction names its channel; not when it is taken away.</summary>
    public bool TellsChannelsOfReactions => IsAtLeast(7, 8);

    /// <summary>Since 9.3 to 9.5 the emoji is looked up.</summary>
    public bool LooksUpEmojis => IsAtLeast(9, 5);

    public int? MaxEmojisOfPost => IsAtLeast(9, 5) ? 50 : null;

    // Buttons, commands, dialogs

    /// <summary>Since 6.0 a click that is answered with nothing is done.</summary>
    public bool TakesEmptyAnswersToClicks => Major >= 6;

    /// <summary>Before, the answer to a click or submission could be as long as one liked.</summary>
    public bool LimitsAnswersToClicks => Major >= 10;

    public bool RefusesCommandsInArchivedChannels => Major >= 10;

    public bool SendsRootIdWithCommands => Major >= 10;

    /// <summary>What is wrong with a late answer is told by one id for all reasons.</summary>
    public bool WrapsErrorsOfLateAnswers => Major >= 10;

    /// <summary>Before, every trigger lived 3 seconds; now as long as integrations may take to answer.</summary>
    public bool TriggersLiveAsLongAsRequests => Major >= 10;

    public bool HasDateElements => Major >= 11;

    public bool HasMultiStepDialogs => Major >= 11;

    /// <summary>An answer to a submission that is no JSON object is an error; before, it closed the form.</summary>
    public bool ReadsDialogAnswersStrictly => Major >= 10;

    /// <summary>A submission for a channel that is not there is told so; before, it counted as a lack of rights.</summary>
    public bool LooksForTheChannelOfDialogs => Major >= 10;

    // WebSocket

    /// <summary>Since 6.3 a line that was lost can be taken up again; before, not by default.</summary>
    public bool ResumesLines => IsAtLeast(6, 3);

    /// <summary>A line whose token was revoked hears nothing more; before, events went on.</summary>
    public bool SilencesRevokedLines => Major >= 9;

    /// <summary>Since 9.1 to 9.5 only those are told of a mention who are mentioned.</summary>
    public bool TellsMentionsToTheMentionedOnly => IsAtLeast(9, 5);

    /// <summary>Followers of a thread are told of its replies.</summary>
    public bool HasThreadEvents => Major >= 7;

    public bool TellsMetadataOfDeletedPosts => Major < 9;

    /// <summary>Who was added hears of it by an event of their own.</summary>
    public bool TellsTheAddedApart => Major >= 9;

    /// <summary>Who changes hears of it by an event of their own, with what others don't see.</summary>
    public bool TellsOneselfApart => Major >= 9;

    /// <summary>Before, the whole team heard that a private channel was archived.</summary>
    public bool TellsPrivateArchivingToMembersOnly => Major >= 10;

    public bool TellsViewedChannels => Major < 9;

    // Channels, people, files

    /// <summary>Since 9.0 reading a public channel needs membership of its team only.</summary>
    public bool TeamReadsPublicChannels => Major >= 9;

    /// <summary>Since 7.0 one letter is enough, and names may end with a dash or underscore.</summary>
    public bool TakesShortChannelNames => Major >= 7;

    public bool DemandsDisplayNames => Major >= 9;

    /// <summary>Since 9.6 or 9.7.</summary>
    public bool RefusesToAddDeactivatedPeople => IsAtLeast(9, 7);

    public bool AddsManyAtOnce => Major >= 9;

    /// <summary>Since 9.3 to 9.5 a direct channel can be with oneself.</summary>
    public bool HasDirectChannelsWithOneself => IsAtLeast(9, 5);

    /// <summary>Channels and memberships have more members.</summary>
    public bool TellsMoreOfChannels => Major >= 11;

    /// <summary>When somebody else read a channel last is nobody's business.</summary>
    public bool HidesWhenOthersRead => Major >= 11;

    /// <summary>Before, “do not disturb” did not end by itself. It ends at a full minute.</summary>
    public bool EndsDoNotDisturb => Major >= 6;

    /// <summary>Before, a custom status without an emoji got one.</summary>
    public bool PutsEmojiIntoCustomStatus => Major < 6;

    /// <summary>Before, what was told about a file left its channel empty, and did not say whether it is archived.</summary>
    public bool TellsChannelsOfFiles => Major >= 6;

    /// <summary>Before, files that are switched off counted as something not implemented.</summary>
    public bool ForbidsSwitchedOffFiles => Major >= 10;

    /// <summary>People, not bots, say that they belong to no other server.</summary>
    public bool TellsRemoteIdsOfPeople => Major >= 10;

    /// <summary>The content of a file stays readable when its post is deleted.</summary>
    public bool ReadsFilesOfDeletedPosts => Major >= 10;

    public int MaxFilesAsToldInErrors => Major >= 6 ? 10 : 5;

    /// <summary>What needs a licence is there to be refused.</summary>
    public bool HasLicensedFeatures => Major >= 10;

    private bool IsAtLeast(int major, int minor) =>
        Major > major || (Major == major && Minor >= minor);
}
