using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <content>Opens channels, and finds those that were opened.</content>
internal sealed partial class ChatChannels
{
    private const int MostNames = 50;
    private const int TitleRunes = 64;
    private const int PurposeRunes = 250;
    private const string NameTaken = "store.sql_channel.save_channel.exists.app_error";

    /// <remarks>
    /// It looks before it opens, each time: an earlier try may have got through although nobody heard so, and then the
    /// name is taken, or the team full, by just the channel that is wanted.
    /// </remarks>
    public async Task<NamedChannel> Open(NewChannel wanted, string header, CancellationToken cancel)
    {
        var team = await TeamOf(wanted.Beside, cancel);
        for (var number = 1; number <= MostNames; number++)
        {
            var name = ChannelNames.Fit(wanted.Name, number);
            var there = await Named(team, name, cancel);
            var opened = there is null ? await Open(wanted, header, team, name, cancel) : null;
            if (opened is null && there is not null && IsOurs(there, wanted))
            {
                opened = there;
            }

            if (opened is not null)
            {
                return new NamedChannel(new ChannelId(opened.Id), opened.Name);
            }
        }

        throw new ChatException(
            ChatProblem.Refused,
            $"POST api/v4/channels: the name {ChannelNames.Fit(wanted.Name, 1)} is taken, and so is each with a number behind it up to {MostNames}"
        );
    }

    /// <summary>The team that a channel is in; the bot's own for direct messages, and for a channel that it can't see when it has but one.</summary>
    private async Task<string> TeamOf(ChannelId beside, CancellationToken cancel)
    {
        ChatException? unseen = null;
        try
        {
            var channel = await Read(
                $"channels/{Part(beside.Value)}",
                ChatWire.Json.WireChannel,
                cancel
            );
            if (channel.TeamId.Length > 0)
            {
                return channel.TeamId;
            }
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            unseen = problem;
        }

        var teams = await Read("users/me/teams", ChatWire.Json.IReadOnlyListReadTeam, cancel);
        return teams switch
        {
            [var only] => only.Id,
            [var first, ..] when unseen is null => first.Id,
            [] => throw new ChatException(ChatProblem.Refused, "the bot is in no team")
            {
                Obstacle = ChatObstacle.MayNotOpenChannels,
            },
            _ => throw unseen!,
        };
    }

    private async Task<WireChannel?> Open(
        NewChannel wanted,
        string header,
        string team,
        string name,
        CancellationToken cancel
    )
    {
        var title = Cut(string.Join(' ', wanted.Title.Split((char[])['\n', '\r'])), TitleRunes);
        var purpose = wanted.Purpose.Length == 0 ? "" : " · " + wanted.Purpose;
        var body = new ChannelToOpen(
            team,
            wanted.IsPrivate ? "P" : "O",
            name,
            string.IsNullOrWhiteSpace(title) ? name : title,
            Cut(wanted.Marker + purpose, PurposeRunes),
            CardLimits.Cut(header, HeaderRunes)
        );
        try
        {
            return await requests.Ask(
                options.WriteTimeout,
                (http, c) =>
                    http.Send(
                        HttpMethod.Post,
                        "api/v4/channels",
                        MattermostHttp.Json(body, ChatWire.Json.ChannelToOpen),
                        ChatWire.Json.WireChannel,
                        c
                    ),
                cancel
            );
        }
        catch (ChatException taken) when (ChatRequests.ErrorOf(taken) == NameTaken)
        {
            // By a channel that the bot can't see; or by a try of ours that was still on its way.
            var there = await Named(team, name, cancel);
            return there is not null && IsOurs(there, wanted) ? there : null;
        }
        catch (ChatException refused) when (refused.Obstacle == ChatObstacle.NotAdmitted)
        {
            throw refused.With(refused.Problem, ChatObstacle.MayNotOpenChannels);
        }
    }

    private bool IsOurs(WireChannel channel, NewChannel wanted) =>
        channel.DeleteAt == 0
        && channel.CreatorId == options.Bot.Value
        && channel.Purpose.StartsWith(wanted.Marker, StringComparison.Ordinal)
        && (
            channel.Purpose.Length == wanted.Marker.Length
            || channel.Purpose[wanted.Marker.Length] == ' '
        );

    /// <summary>The channel of that name, an archived one too; null when there is none that the bot can see.</summary>
    private async Task<WireChannel?> Named(string team, string name, CancellationToken cancel)
    {
        try
        {
            return await Read(
                $"teams/{Part(team)}/channels/name/{Part(name)}?include_deleted=true",
                ChatWire.Json.WireChannel,
                cancel
            );
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Missing or ChatProblem.Refused)
        {
            return null;
        }
    }

    /// <summary>Plain text, unlike what <see cref="CardLimits.Cut"/> takes: no Markdown that could break.</summary>
    private static string Cut(string text, int runes) =>
        CardLimits.Runes(text) <= runes
            ? text
            : text[..TextCut.Before(text, CardLimits.IndexAfter(text, runes - 1))].TrimEnd() + "…";
}
