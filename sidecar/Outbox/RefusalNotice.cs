using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Outbox;

/// <summary>What is said when the chat refuses something: to administrators where it is parked, and to who asked for it.</summary>
internal sealed class RefusalNotice(OutboxOptions options)
{
    private const int MostRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<(UserId, string)>> _told = new(
        StringComparer.Ordinal
    );

    /// <summary>Why it is parked, and what mends it.</summary>
    public static string Reason(Exception problem) =>
        problem switch
        {
            ChatException { Problem: ChatProblem.Uncertain } chat =>
                "It was tried again and again, and never arrived, while others did. Something in front of Mattermost may object to it: a filter, a limit of size."
                    + $" ({chat.Message})",
            ChatException chat => Reason(chat.Obstacle) + $" ({chat.Message})",
            UndeliverableException undeliverable => undeliverable.Message,
            _ => $"A fault in this program: {problem.GetType().Name}. The log has the details.",
        };

    /// <summary>
    /// Messages for those on whose behalf it was, each once for a matter until something gets through again. Where
    /// somebody waits for the outcome, they tell.
    /// </summary>
    public IReadOnlyList<Effect.TellPerson> For(
        OutboxBatch batch,
        Effect? effect,
        ChatObstacle obstacle,
        NamedChannel? place
    )
    {
        var lane = batch.Head.LaneName;
        // Why a file could not be sent is mostly about the file: its reader can be told.
        var to = (effect as Effect.TellPerson)?.To ?? (effect as Effect.Revise)?.To;
        return
        [
            .. batch
                .All.Where(e => !e.IsAwaited && e.OnBehalfOf is not null && e.OnBehalfOf != to)
                .DistinctBy(e => (e.OnBehalfOf, e.About))
                .Where(e => Remember(lane, e.OnBehalfOf!.Value, e.About))
                .Select(e => Message(e, effect, obstacle, place)),
        ];
    }

    /// <summary>Something got through: should it be refused again, people are told again.</summary>
    public void Forget(string lane)
    {
        lock (_gate)
        {
            _told.Remove(lane);
        }
    }

    private bool Remember(string lane, UserId person, string about)
    {
        lock (_gate)
        {
            if (_told.Count >= MostRemembered)
            {
                _told.Clear();
            }

            if (!_told.TryGetValue(lane, out var told))
            {
                told = _told[lane] = [];
            }

            return told.Add((person, about));
        }
    }

    private Effect.TellPerson Message(
        OutboxEntry entry,
        Effect? effect,
        ChatObstacle obstacle,
        NamedChannel? place
    ) =>
        new(entry.OnBehalfOf!.Value, Text(entry.About, effect, obstacle, place), Card(entry))
        {
            About = entry.About,
        };

    private Markdown Text(string about, Effect? effect, ChatObstacle obstacle, NamedChannel? place)
    {
        var what = effect switch
        {
            Effect.SendFile file => Markdown.Of(
                $"The file with **{about}** could not be sent to {file.To}."
            ),
            Effect.SendFiles { Channel: null } files => Markdown.Of(
                $"The files with **{about}** could not be sent to {files.For}."
            ),
            Effect.Errand => Markdown.Of($"**{about}** could not be made."),
            Effect.TellPerson message => Markdown.Of(
                $"My direct message to {message.To} about **{about}** was refused."
            ),
            Effect.OpenChannel => Markdown.Of($"No channel could be opened for **{about}**."),
            Effect.Admit => Markdown.Of(
                $"Nobody could be added to {Named(place, "the channel")} of **{about}**."
            ),
            Effect.SetHeader => Markdown.Of(
                $"The header of {Named(place, "the channel")} of **{about}** could not be changed."
            ),
            { ChosenFor: { Length: > 0 } chosen } => Markdown.Of(
                $"What belongs to **{about}** could not be posted in {Named(place, "the channel")}, which was chosen for {chosen}."
            ),
            _ => Markdown.Of(
                $"What belongs to **{about}** could not be posted in {Named(place, "its channel")}."
            ),
        };
        return effect is Effect.SendFile or Effect.SendFiles or Effect.Errand
            ? Markdown.Of($"{what} {Remedy(obstacle)}")
            : Markdown.Lines([
                what,
                Remedy(obstacle),
                Markdown.Of($"Nothing is lost: what you did is recorded."),
            ]);
    }

    private static Markdown Named(NamedChannel? place, string otherwise) =>
        place is { } channel ? Markdown.Of($"{channel}") : Markdown.Of($"{otherwise}");

    private Markdown Remedy(ChatObstacle obstacle) =>
        obstacle switch
        {
            ChatObstacle.NotAdmitted => Markdown.Of(
                $"I am not a member of that channel, or may not write in it. Type `/invite {options.Bot}` there, and what is missing can be posted. Where nobody can be invited, as in a direct message, do it again in a channel."
            ),
            ChatObstacle.Archived => Markdown.Of(
                $"The channel is archived. Once somebody unarchives it, what is missing can be posted."
            ),
            ChatObstacle.NoChannel => Markdown.Of($"The channel does not exist any more."),
            ChatObstacle.MayNotOpenChannels => Markdown.Of(
                $"I may not open channels in this team. An administrator can allow it: I must be in the team, and members need the permission {Markdown.Code("create_private_channel")}, or {Markdown.Code("create_public_channel")} for one that all can see."
            ),
            ChatObstacle.TooManyChannels => Markdown.Of(
                $"The team has as many channels as it may have. An administrator can raise {Markdown.Code("TeamSettings.MaxChannelsPerTeam")}."
            ),
            ChatObstacle.MayNotAdd => Markdown.Of(
                $"I may not add people to that channel. Somebody in it can, with `/invite @name`; and an administrator can give members the permission {Markdown.Code("manage_private_channel_members")}, or {Markdown.Code("manage_public_channel_members")} where all can see the channel."
            ),
            ChatObstacle.NotInTeam => Markdown.Of(
                $"They are not in the channel's team. Once somebody has invited them to the team, they can be added."
            ),
            ChatObstacle.NoAccount => Markdown.Of(
                $"They have no account any more, or it is deactivated. Name somebody else."
            ),
            ChatObstacle.TooManyMembers => Markdown.Of(
                $"The channel has as many members as it may have. Somebody has to leave it first."
            ),
            ChatObstacle.MayNotChangeHeader => Markdown.Of(
                $"I may not change that channel’s header. An administrator can give members the permission {Markdown.Code("manage_private_channel_properties")}, or {Markdown.Code("manage_public_channel_properties")} where all can see the channel."
            ),
            ChatObstacle.TooLong => Markdown.Of(
                $"It is longer than this Mattermost takes. An administrator can raise {Markdown.Code("ServiceSettings.MaximumPayloadSizeBytes")}, and the limit of a proxy before it."
            ),
            ChatObstacle.NotOnThisServer => Markdown.Of(
                $"This edition of Mattermost does not do that: it needs a licence."
            ),
            _ => Markdown.Of($"An administrator can see why, and try again."),
        };

    private Card? Card(OutboxEntry entry) =>
        options.TryAgain?.Invoke(entry.LaneName) is { } again
            ? new Card(Markdown.Of($"{entry.About}"), Tone.Warning) { Controls = [again] }
            : null;

    private static string Reason(ChatObstacle obstacle) =>
        obstacle switch
        {
            ChatObstacle.NotAdmitted =>
                "The bot is not a member of the channel or may not write there: invite it, then release this.",
            ChatObstacle.Archived => "The channel is archived: unarchive it, then release this.",
            ChatObstacle.NoChannel => "The channel does not exist any more.",
            ChatObstacle.NoPost => "The post does not exist any more.",
            ChatObstacle.MayNotOpenChannels =>
                "The bot may not open channels there: add it to the team and give members the permission create_private_channel (create_public_channel for public ones), then release this.",
            ChatObstacle.TooManyChannels =>
                "The team has as many channels as it may have: raise TeamSettings.MaxChannelsPerTeam, then release this.",
            ChatObstacle.MayNotAdd =>
                "The bot may not add people to the channel: give members the permission manage_private_channel_members (manage_public_channel_members for public ones), then release this; or add them by hand.",
            ChatObstacle.NotInTeam =>
                "The person is not in the channel's team: add them to it, then release this.",
            ChatObstacle.NoAccount =>
                "The person has no account any more, or it is deactivated: activate it, then release this.",
            ChatObstacle.TooManyMembers =>
                "The channel has as many members as it may have: once somebody has left it, release this.",
            ChatObstacle.MayNotChangeHeader =>
                "The bot may not change the channel's header: give members the permission manage_private_channel_properties (manage_public_channel_properties for public ones), then release this.",
            ChatObstacle.TooLong =>
                "It is longer than this Mattermost takes, even shortened: raise ServiceSettings.MaximumPayloadSizeBytes, then release this.",
            ChatObstacle.NotOnThisServer =>
                "This edition of Mattermost does not do that: it needs a licence.",
            _ => "Mattermost refused it.",
        };
}
