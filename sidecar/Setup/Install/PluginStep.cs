using System.Text.Json;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;

namespace Sidecar.Setup.Install;

/// <summary>
/// The browser's part. Last, because everything works without it: what keeps it from being installed is a warning,
/// unless its archive was named.
/// </summary>
internal sealed class PluginStep(SetupSession session, ServerGreeting server, JsonElement config)
{
    private readonly string _id = Declaration.Current.Id;
    private readonly bool _demanded = session.Request.Plugin is not null;

    public async Task Ensure(CancellationToken cancel)
    {
        if ((session.Request.Plugin ?? PluginBundle.FindBuilt()) is not { } path)
        {
            session.Ledger.Note(
                $"skipped    plugin {_id}: there is no dist/escalate-{ProductVersion.Current}.tar.gz yet; build it and run set-up again, or name it with --plugin. Commands and cards work without it."
            );
            return;
        }

        var bundle = PluginBundle.Read(path);
        if (Obstacle() is { } obstacle)
        {
            if (_demanded)
            {
                throw obstacle;
            }

            session.Ledger.Warn(obstacle.Problem, obstacle.Remedy);
            return;
        }

        await Install(bundle, cancel);
    }

    private SetupException? Obstacle()
    {
        var needs = Version.Parse(Declaration.Current.MinServerVersion);
        return server.Version is { } version && version < needs
                ? new SetupException(
                    $"plugin {_id} left out: it needs Mattermost {needs}, this is {server.Version}",
                    "Commands and cards work without it; update Mattermost for the panel."
                )
            : ServerSetting.Plugins.IsOff(config) ? Off(ServerSetting.Plugins)
            : ServerSetting.Uploads.IsOff(config) ? Off(ServerSetting.Uploads)
            : null;
    }

    private SetupException Off(ServerSetting setting) =>
        new(
            $"plugin {_id} left out: {setting.Key} is off, so {setting.Means}",
            setting.HowTo("true")
        );

    private async Task Install(PluginBundle bundle, CancellationToken cancel)
    {
        var item = $"plugin {_id} {bundle.Version}";
        var plugins = await session.Admin.Plugins(cancel);
        var active = plugins.Active?.FirstOrDefault(p => p.Id == _id);
        var present = active ?? plugins.Inactive?.FirstOrDefault(p => p.Id == _id);
        if (active?.Version == bundle.Version && await IsLoaded(bundle, cancel))
        {
            session.Ledger.Unchanged(item);
            return;
        }

        if (present?.Version != bundle.Version || active is not null)
        {
            await session.Admin.UploadPlugin(bundle.Archive, cancel);
        }

        await session.Admin.EnablePlugin(_id, cancel);
        if (!await IsLoaded(bundle, cancel))
        {
            // Inactive ones don't tell their build: it may be another one of the same version.
            await session.Admin.UploadPlugin(bundle.Archive, cancel);
        }

        Tell(item, bundle, present, active is not null);
    }

    private void Tell(string item, PluginBundle bundle, InstalledPlugin? before, bool wasActive)
    {
        if (before is null)
        {
            session.Ledger.Created(item);
            return;
        }

        session.Ledger.Repaired(
            item,
            before.Version != bundle.Version ? $"it was version {before.Version}"
                : wasActive ? "it was another build of the same version"
                : "it was switched off"
        );
    }

    private async Task<bool> IsLoaded(PluginBundle bundle, CancellationToken cancel) =>
        (await session.Admin.LoadedPlugins(cancel)).Any(p =>
            p.Id == _id
            && p.Webapp?.BundlePath?.Contains($"_{bundle.Hash}_", StringComparison.Ordinal) == true
        );
}
