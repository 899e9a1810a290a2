using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Outbox;

/// <content>Channels, who is in them, what stands above them, and what is pinned in them.</content>
internal sealed partial class OutboxDelivery
{
    private async Task<Arrival> Open(Effect.OpenChannel open, CancellationToken cancel)
    {
        await Names(open.Channel.Header, null, cancel);
        // It looks for the team and for the name first.
        Spend(2);
        var opened = await chat.OpenChannel(open.Channel, cancel);
        return new Arrival(null, null) { Outcome = new Outcome { Opened = opened } };
    }

    /// <remarks>
    /// Trouble that passes ends the try, and the next one begins with the first person again: who is a member by then
    /// stays one, unnoticed.
    /// </remarks>
    private async Task<Arrival> Admit(Effect.Admit admit, CancellationToken cancel)
    {
        List<Unadmitted> left = [];
        ChatException? last = null;
        UserId[] wanted = [.. admit.People.Distinct()];
        foreach (var person in wanted)
        {
            // It looks at the channel and at the account first.
            Spend(person == wanted[0] ? 2 : 3);
            try
            {
                await chat.Admit(admit.Channel, person, cancel);
            }
            catch (ChatException refused) when (IsAboutThePerson(refused))
            {
                left.Add(new Unadmitted(person, new Hindrance(refused.Obstacle, refused.Message)));
                last = refused;
            }
        }

        // Then it is the channel, and an administrator can do something about it.
        if (
            left.Count > 0
            && left.Count == wanted.Length
            && left.All(n =>
                n.Why.Obstacle is ChatObstacle.MayNotAdd or ChatObstacle.TooManyMembers
            )
        )
        {
            throw last!;
        }

        return new Arrival(null, null) { Outcome = new Outcome { NotAdmitted = [.. left] } };
    }

    private async Task<Arrival> SetHeader(Effect.SetHeader header, CancellationToken cancel)
    {
        await Names(header.Header, null, cancel);
        // It looks at what stands there first.
        Spend(1);
        await chat.SetHeader(header.Channel, header.Header, cancel);
        return Arrival.Unnamed;
    }

    /// <summary>A card that can't be pinned is there all the same.</summary>
    private async Task Pin(PostedAt at, CancellationToken cancel)
    {
        Spend(1);
        try
        {
            await chat.Pin(at, cancel);
        }
        catch (ChatException refused)
            when (refused.Problem is ChatProblem.Refused or ChatProblem.Missing)
        {
            // Nobody could do more about it than pin it by hand.
        }
    }

    private void Spend(int requests)
    {
        for (var spent = 0; spent < requests; spent++)
        {
            more();
        }
    }

    private static bool IsAboutThePerson(ChatException problem) =>
        problem.Problem is ChatProblem.Refused or ChatProblem.Missing
        && problem.Obstacle
            is not (ChatObstacle.Archived or ChatObstacle.NoChannel or ChatObstacle.NotAdmitted);
}
