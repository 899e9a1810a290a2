using System.Collections.Immutable;
using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>What stands in the way of an incident channel, and how it is mended.</summary>
internal static class IncidentWords
{
    /// <summary>Why something was not done, as a sentence.</summary>
    public static Words Why(Hindrance why) => Words.Of($"{Because(why)}.");

    private static Words Because(Hindrance why) =>
        why.Obstacle switch
        {
            ChatObstacle.MayNotOpenChannels => Words.Of(
                $"I am not in that team, or Mattermost does not let me open channels of that kind"
            ),
            ChatObstacle.TooManyChannels => Words.Of(
                $"the team has as many channels as this Mattermost allows"
            ),
            ChatObstacle.MayNotAdd or ChatObstacle.NotAdmitted => Words.Of(
                $"I am not in it any more, or may not add people there"
            ),
            ChatObstacle.NotInTeam => Words.Of($"not a member of the team"),
            ChatObstacle.NoAccount => Words.Of($"the account is deactivated"),
            ChatObstacle.TooManyMembers => Words.Of(
                $"the channel has as many members as this Mattermost allows"
            ),
            ChatObstacle.Archived => Words.Of($"the channel is archived"),
            ChatObstacle.NoChannel => Words.Of($"the channel is gone"),
            _ => Words.Of($"Mattermost says “{why.Said}”"),
        };

    /// <summary>What whoever can mend it does.</summary>
    public static Words Remedy(Hindrance why) =>
        why.Obstacle switch
        {
            ChatObstacle.MayNotOpenChannels => Words.Of(
                $"Add me to the team if I am not in it, and let all members of the team create channels of that kind (System Console › User Management › Permissions), or choose another kind with {Words.Code("incidents.channel")} in the settings file."
            ),
            ChatObstacle.TooManyChannels => Words.Of(
                $"Raise {Words.Code("TeamSettings.MaxChannelsPerTeam")}, or archive channels that nobody needs."
            ),
            ChatObstacle.MayNotAdd or ChatObstacle.NotAdmitted => Words.Of(
                $"Somebody who is in the channel types {Words.Code("/invite")} with my name there; if I am in it, let members manage the members of channels (System Console › User Management › Permissions), or add people by hand."
            ),
            ChatObstacle.NotInTeam => Words.Of(
                $"Add them to the team, then to the channel: {Words.Code("/invite @user")}."
            ),
            ChatObstacle.NoAccount => Words.Of(
                $"Somebody else has to take their part: {EscalationWords.Command("role revoke")} and {EscalationWords.Command("customer edit")}."
            ),
            ChatObstacle.TooManyMembers => Words.Of($"Remove members who are not needed there."),
            ChatObstacle.Archived => Words.Of($"Unarchive the channel."),
            _ => Words.Of($"Whoever administers Mattermost can see more in its log."),
        };

    /// <summary>Who is not in a channel, grouped by why.</summary>
    public static Words NotIn(ImmutableArray<NotAdmitted> people) =>
        Words.Listed(
            [
                .. people
                    .GroupBy(p => p.Why)
                    .Select(g =>
                        Words.Of(
                            $"{EscalationWords.List([.. g.Select(p => p.Person)])} ({Because(g.Key)})"
                        )
                    ),
            ],
            "and"
        );

    /// <summary>What mends it, each remedy once.</summary>
    public static Words Remedies(ImmutableArray<NotAdmitted> people) =>
        Words.Lines([
            .. people
                .Select(p => p.Why)
                .DistinctBy(w => w.Obstacle)
                .Select(w => Words.Of($"- {Remedy(w)}")),
        ]);
}
