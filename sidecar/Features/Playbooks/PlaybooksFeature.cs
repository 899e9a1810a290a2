using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Playbooks;

/// <summary>Playbooks: the product's and the team's, listed and shown (PB-2).</summary>
internal sealed class PlaybooksFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<PlaybookSettings, PlaybookShelf>()
            .Adds<IPlaybooks, PlaybookShelf>()
            .Keeps(KeptPlaybook.Kind)
            .Shares<KeptPlaybooks>()
            .Runs<KeptPlaybooks>()
            .Command<ListPlaybooks>()
            .Command<ShowPlaybook>()
            .Command<ImportPlaybook>()
            .Due<ReadPlaybook>()
            .Action<KeepPlaybook, PlaybookDraftRef>()
            .Command<ExportPlaybook>()
            .File<PlaybookFile>()
            .Command<RemovePlaybook>()
            .Adds<ICompletion, CompletePlaybooks>();
}

/// <summary>Who may do what with playbooks.</summary>
internal static class PlaybookRights
{
    public static Permission Read { get; } = Permission.Everybody("read playbooks");

    public static Permission Bring { get; } =
        new("bring in playbooks", [Role.Administrator, .. Roles.Leads]) { IsAskedNow = true };
}
