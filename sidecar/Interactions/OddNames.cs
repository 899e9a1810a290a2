using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// People and channels in a command that Mattermost did not find, because of how they are typed: with a wide sigil, marks
/// that nobody sees, a hyphen of another kind, or a channel in capitals, whose names have none. What was typed plainly is
/// not asked about again.
/// </summary>
internal sealed class OddNames(IChat chat, PeopleDirectory people)
{
    /// <summary>So many are looked up; a command needs less.</summary>
    private const int Most = 4;

    /// <summary>Whom and what the command mentions, those included.</summary>
    public async ValueTask<Mentions> Resolve(
        Mentions mentions,
        CommandLine line,
        Envelope from,
        CancellationToken cancel
    )
    {
        var users = Odd(line, '@', mentions.Users, static name => name);
        var channels = from.Team is null
            ? []
            : Odd(line, '~', mentions.Channels, static name => name.ToLowerInvariant());
        if (users.Count == 0 && channels.Count == 0)
        {
            return mentions;
        }

        try
        {
            return mentions with
            {
                Users = await WithUsers(mentions.Users, users, cancel),
                Channels = await WithChannels(mentions.Channels, channels, from.Team, cancel),
            };
        }
        catch (ChatException)
        {
            // Then they are not known, and the command says so.
            return mentions;
        }
    }

    /// <summary>Names that are not written in the text as Mattermost looks for them.</summary>
    private static List<string> Odd<T>(
        CommandLine line,
        char sigil,
        IReadOnlyDictionary<string, T> known,
        Func<string, string> written
    ) =>
        [
            .. line
                .Words.Select(word => SentenceMarks.Name(word, sigil))
                .OfType<string>()
                .Where(name =>
                    !SentenceMarks.Fits(name, known, out _, out _)
                    && SentenceMarks.Spellings(name).Last() is { Length: > 1 } bare
                    && !(
                        sigil == '@'
                            ? IsPlain(line.Text, sigil + written(bare))
                            : line.Text.Contains(sigil + written(bare), StringComparison.Ordinal)
                    )
                )
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(Most),
        ];

    /// <summary>
    /// It stands there as Mattermost looks for it. It takes the colon of “@lee: look at this” for a part of the name, as
    /// those of people on other servers have one.
    /// </summary>
    private static bool IsPlain(string text, string name)
    {
        for (
            var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var behind = text.AsSpan(at + name.Length).TrimStart(".-_");
            if (behind is not [':', ..])
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<IReadOnlyDictionary<string, UserId>> WithUsers(
        IReadOnlyDictionary<string, UserId> known,
        List<string> names,
        CancellationToken cancel
    )
    {
        if (names.Count == 0)
        {
            return known;
        }

        var found = new Dictionary<string, UserId>(known, StringComparer.OrdinalIgnoreCase);
        foreach (
            var (name, person) in await people.Called(
                names.SelectMany(SentenceMarks.Spellings),
                cancel
            )
        )
        {
            // As in what Mattermost finds itself: members of a team in which the bot is.
            if (await chat.FindMember(person.Id, cancel) is { IsOutside: false })
            {
                found.TryAdd(name, person.Id);
            }
        }

        return found;
    }

    private async ValueTask<IReadOnlyDictionary<string, ChannelId>> WithChannels(
        IReadOnlyDictionary<string, ChannelId> known,
        List<string> names,
        TeamId? team,
        CancellationToken cancel
    )
    {
        if (names.Count == 0 || team is not { } there)
        {
            return known;
        }

        var found = new Dictionary<string, ChannelId>(known, StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            // Marks of the sentence are never part of a channel's name, but for hyphens and underscores.
            var bare = name.ToLowerInvariant().TrimEnd([.. ".,:;!?)]}>'\"”’*`"]);
            if (
                bare.Any(char.IsAsciiLetter)
                && await chat.FindChannelNamed(there, bare, cancel)
                    is { IsPrivate: false, IsArchived: false } channel
            )
            {
                found.TryAdd(channel.Named.Name, channel.Named.Id);
            }
        }

        return found;
    }
}
