using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.PersonalHours;

/// <summary>When people work: their zone, their hours, whether they are away.</summary>
internal sealed class PersonalHoursFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<PeopleSettings>()
            .Shares<KnownPresences>()
            .Shares<PeopleTimes>()
            .Keeps(PersonHours.Kind)
            .Command<SetHours>();
}

/// <summary>Who may do what with working hours.</summary>
internal static class HoursRights
{
    /// <summary>Asked by the command itself: seeing them takes no role.</summary>
    public static Permission Set { get; } =
        new("set somebody’s working hours", [.. Roles.Leads, Role.Administrator])
        {
            Also = "the one whose hours they are",
        };
}
