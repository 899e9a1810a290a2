using System.Text.Json.Nodes;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Status;

/// <summary>
/// <c>/escalate internal ping</c>: answers with data that nobody sees, so that <c>doctor</c> can prove the whole way
/// from Mattermost to here and back without posting anything.
/// </summary>
internal sealed class PingSidecar(ServedInstallation installation) : ISlashCommand
{
    // The bot and administrators ask, also when the product can't reach Mattermost: what is wrong then is found so.
    public static Permission Permission { get; } =
        Permission.Open("ask whether the product answers");

    public static CommandSpec Spec { get; } =
        new("internal ping", "Prove the way from Mattermost to the sidecar") { IsInternal = true };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Task.FromResult<Reply>(
            new Reply.PanelData(
                new JsonObject
                {
                    ["escalate"] = new JsonObject
                    {
                        ["pong"] = ProductVersion.Current,
                        ["installation"] = installation.Digest,
                    },
                }
            )
        );
}

/// <summary>What the product says about itself.</summary>
internal sealed class StatusFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature.Command<PingSidecar>().Command<ShowHealth>();
}
