using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Storage;

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
            ChatException chat => Reason(chat.Obstacle) + $" ({chat.Message})",
            UndeliverableException undeliverable => undeliverable.Message,
            _ => $"A fault in this program: {problem.GetType().Name}. The log has the details.",
        };

    /// <summary>Messages for those on whose behalf it was, each once for a matter until something gets through again.</summary>
    public IReadOnlyList<Effect.TellPerson> For(
        OutboxBatch batch,
        Effect? effect,
        ChatObstacle obstacle
    )
    {
        var lane = batch.Head.LaneName;
        var to = (effect as Effect.TellPerson)?.To;
        // Why a file could not be sent is mostly about the file: its reader can be told.
        var file = effect as Effect.SendFile;
        return
        [
            .. batch
                .All.Where(e => e.OnBehalfOf is not null && e.OnBehalfOf != to)
                .DistinctBy(e => (e.OnBehalfOf, e.About))
                .Where(e => Remember(lane, e.OnBehalfOf!.Value, e.About))
                .Select(e => Message(e, file?.To ?? to, file is not null, obstacle)),
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
        UserId? to,
        bool isFile,
        ChatObstacle obstacle
    ) =>
        new(entry.OnBehalfOf!.Value, Text(entry.About, to, isFile, obstacle), Card(entry))
        {
            About = entry.About,
        };

    private Words Text(string about, UserId? to, bool isFile, ChatObstacle obstacle)
    {
        if (isFile)
        {
            return Words.Of(
                $"The file with **{about}** could not be sent to {to!.Value}. {Remedy(obstacle)}"
            );
        }

        var what = to is { } person
            ? Words.Of($"My direct message to {person} about **{about}** was refused.")
            : Words.Of($"What belongs to **{about}** could not be posted in its channel.");
        return Words.Lines([
            what,
            Remedy(obstacle),
            Words.Of($"Nothing is lost: what you did is recorded."),
        ]);
    }

    private Words Remedy(ChatObstacle obstacle) =>
        obstacle switch
        {
            ChatObstacle.NotAdmitted => Words.Of(
                $"I am not a member of that channel, or may not write in it. Type `/invite {options.Bot}` there, and what is missing can be posted. Where nobody can be invited, as in a direct message, do it again in a channel."
            ),
            ChatObstacle.Archived => Words.Of(
                $"The channel is archived. Once somebody unarchives it, what is missing can be posted."
            ),
            ChatObstacle.NoChannel => Words.Of($"The channel does not exist any more."),
            _ => Words.Of($"An administrator can see why, and try again."),
        };

    private Card? Card(OutboxEntry entry) =>
        options.TryAgain?.Invoke(entry.LaneName) is { } again
            ? new Card(Words.Of($"{entry.About}"), Tone.Warning) { Controls = [again] }
            : null;

    private static string Reason(ChatObstacle obstacle) =>
        obstacle switch
        {
            ChatObstacle.NotAdmitted =>
                "The bot is not a member of the channel or may not write there: invite it, then release this.",
            ChatObstacle.Archived => "The channel is archived: unarchive it, then release this.",
            ChatObstacle.NoChannel => "The channel does not exist any more.",
            ChatObstacle.NoPost => "The post does not exist any more.",
            _ => "Mattermost refused it.",
        };
}
