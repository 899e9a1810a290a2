using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>What stands in the way of an incident channel, and how it is mended.</summary>
internal static class IncidentWords
{
    /// <summary>Why something was not done, as a sentence.</summary>
    public static Markdown Why(Hindrance why) => Markdown.Of($"{Because(why)}.");

    private static Markdown Because(Hindrance why) =>
        why.Obstacle switch
        {
            ChatObstacle.MayNotOpenChannels => Markdown.Of(
                $"I am not in that team, or Mattermost does not let me open channels of that kind"
            ),
            ChatObstacle.TooManyChannels => Markdown.Of(
                $"the team has as many channels as this Mattermost allows"
            ),
            ChatObstacle.MayNotAdd or ChatObstacle.NotAdmitted => Markdown.Of(
                $"I am not in it any more, or may not add people there"
            ),
            ChatObstacle.NotInTeam => Markdown.Of($"not a member of the team"),
            ChatObstacle.NoAccount => Markdown.Of($"the account is deactivated"),
            ChatObstacle.TooManyMembers => Markdown.Of(
                $"the channel has as many members as this Mattermost allows"
            ),
            ChatObstacle.Archived => Markdown.Of($"the channel is archived"),
            ChatObstacle.NoChannel => Markdown.Of($"the channel is gone"),
            _ => Markdown.Of($"Mattermost says “{why.Said}”"),
        };

    /// <summary>What whoever can mend it does.</summary>
    public static Markdown Remedy(Hindrance why) =>
        why.Obstacle switch
        {
            ChatObstacle.MayNotOpenChannels => Markdown.Of(
                $"Add me to the team if I am not in it, and let all members of the team create channels of that kind (System Console › User Management › Permissions), or choose another kind with {Markdown.Code("incidents.channel")} in the settings file."
            ),
            ChatObstacle.TooManyChannels => Markdown.Of(
                $"Raise {Markdown.Code("TeamSettings.MaxChannelsPerTeam")}, or archive channels that nobody needs."
            ),
            ChatObstacle.MayNotAdd or ChatObstacle.NotAdmitted => Markdown.Of(
                $"Somebody who is in the channel types {Markdown.Code("/invite")} with my name there; if I am in it, let members manage the members of channels (System Console › User Management › Permissions), or add people by hand."
            ),
            ChatObstacle.NotInTeam => Markdown.Of(
                $"Add them to the team, then to the channel: {Markdown.Code("/invite @user")}."
            ),
            ChatObstacle.NoAccount => Markdown.Of(
                $"Somebody else has to take their part: {EscalationWords.Command("role revoke")} and {EscalationWords.Command("customer edit")}."
            ),
            ChatObstacle.TooManyMembers => Markdown.Of($"Remove members who are not needed there."),
            ChatObstacle.Archived => Markdown.Of($"Unarchive the channel."),
            _ => Markdown.Of($"Whoever administers Mattermost can see more in its log."),
        };

    /// <summary>Who is not in a channel, grouped by why.</summary>
    public static Markdown NotIn(ImmutableArray<Unadmitted> people) =>
        Markdown.Listed(
            [
                .. people
                    .GroupBy(p => p.Why)
                    .Select(g =>
                        Markdown.Of(
                            $"{EscalationWords.List([.. g.Select(p => p.Person)])} ({Because(g.Key)})"
                        )
                    ),
            ],
            "and"
        );

    /// <summary>What mends it, each remedy once.</summary>
    public static Markdown Remedies(ImmutableArray<Unadmitted> people) =>
        Markdown.Lines([
            .. people
                .Select(p => p.Why)
                .DistinctBy(w => w.Obstacle)
                .Select(w => Markdown.Of($"- {Remedy(w)}")),
        ]);
}
