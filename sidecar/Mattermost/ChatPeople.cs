using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>What people are to the bot's teams, and accounts by their ids.</summary>
internal sealed class ChatPeople(ChatRequests requests, ChatOptions options, TimeProvider clock)
{
    private const int AtOnce = 200;
    private static readonly TimeSpan TeamsAreKnownFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TeamsAreNewFor = TimeSpan.FromSeconds(2);

    private volatile Teams? _teams;

    /// <summary>
    /// A person with what they are in the bot's teams. Who is a guest in one of them is a guest, whatever their account
    /// says; administrators of the server need no membership.
    /// </summary>
    public async Task<ChatPerson> InTeams(ChatPerson person, CancellationToken cancel)
    {
        if (person.IsBot || person.IsDeactivated)
        {
            return person;
        }

        var teams = await OwnTeams(TeamsAreKnownFor, cancel);
        var (isInside, isGuest) = await In(teams, person.Id, cancel);
        if (!isInside && !person.IsSystemAdmin)
        {
            // The bot may have come into their team since: nobody is turned away for what it knew a minute ago.
            var newer = await OwnTeams(TeamsAreNewFor, cancel);
            (isInside, isGuest) = await In(newer.Except(teams), person.Id, cancel);
        }

        return person with
        {
            IsGuest = person.IsGuest || isGuest,
            IsOutside = !isInside && !person.IsSystemAdmin,
        };
    }

    private async Task<(bool IsInside, bool IsGuest)> In(
        IEnumerable<string> teams,
        UserId person,
        CancellationToken cancel
    )
    {
        var (isInside, isGuest) = (false, false);
        foreach (var team in teams)
        {
            if (await Membership(team, person, cancel) is { DeleteAt: 0 } member)
            {
                (isInside, isGuest) = (true, isGuest || member.SchemeGuest);
            }
        }

        return (isInside, isGuest);
    }

    public async Task<IReadOnlyList<WireUser>> Accounts(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    )
    {
        List<WireUser> found = [];
        // One id that can't be one would spoil the question about all.
        foreach (var some in people.Where(p => p.IsWellFormed).Distinct().Chunk(AtOnce))
        {
            var asked = some.Select(p => p.Value).ToHashSet(StringComparer.Ordinal);
            var told = await requests.Ask(
                options.ReadTimeout,
                (http, c) =>
                    http.Send(
                        HttpMethod.Post,
                        "api/v4/users/ids",
                        MattermostHttp.Json(
                            some.Select(p => p.Value).ToList(),
                            ChatWire.Json.IReadOnlyListString
                        ),
                        ChatWire.Json.IReadOnlyListWireUser,
                        c
                    ),
                cancel
            );
            found.AddRange(told.Where(user => asked.Remove(user.Id)));
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> OwnTeams(TimeSpan old, CancellationToken cancel)
    {
        if (_teams is { } known && clock.GetUtcNow() - known.At <= old)
        {
            return known.Ids;
        }

        var teams = await Ask("users/me/teams", ChatWire.Json.IReadOnlyListReadTeam, cancel);
        if (teams.Count == 0)
        {
            // Either somebody else answers, or the bot was taken out of every team: that makes nobody a stranger.
            throw new ChatException(
                ChatProblem.Uncertain,
                "The bot is in no team, so nobody can be told from strangers: add it to the team."
            );
        }

        _teams = new Teams([.. teams.Select(t => t.Id)], clock.GetUtcNow());
        return _teams.Ids;
    }

    private async Task<ReadTeamMember?> Membership(
        string team,
        UserId person,
        CancellationToken cancel
    )
    {
        try
        {
            var member = await Ask(
                $"teams/{Uri.EscapeDataString(team)}/members/{Uri.EscapeDataString(person.Value)}",
                ChatWire.Json.ReadTeamMember,
                cancel
            );
            AnswerAbout.Demand(member.UserId, person.Value, "Whether somebody is in a team");
            return member;
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Missing or ChatProblem.Refused)
        {
            return null;
        }
    }

    private Task<T> Ask<T>(
        string path,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> answer,
        CancellationToken cancel
    ) =>
        requests.Ask(
            options.ReadTimeout,
            (http, c) => http.Send(HttpMethod.Get, "api/v4/" + path, null, answer, c),
            cancel
        );

    private sealed record Teams(IReadOnlyList<string> Ids, DateTimeOffset At);
}
