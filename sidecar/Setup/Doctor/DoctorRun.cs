using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;

namespace Sidecar.Setup.Doctor;

/// <summary>Looks at everything, changes nothing, and lets no failing check keep the others from being made.</summary>
internal sealed class DoctorRun(DoctorContext patient)
{
    private readonly List<DoctorFinding> _all = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<DoctorFinding> Found => _all;

    public async Task<IReadOnlyList<DoctorFinding>> Run(CancellationToken cancel)
    {
        DataCheck.Run(patient, In("data"));
        SettingsFileCheck.Run(patient, In("data"));
        if (patient.Inside is { } inside)
        {
            inside(In("running"));
        }
        else
        {
            StoreCheck.Run(patient, In("data"));
        }

        if (patient.Secrets is not { } secrets)
        {
            return _all;
        }

        using var server = new ServerConnection(secrets.MattermostUrl, patient.Seams.Network);
        await Guarded("mattermost", f => ServerCheck.Run(patient, server, f, cancel));
        await Guarded("mattermost", f => WebSocketCheck.Run(patient, f, cancel));
        if (patient.Config is { } config)
        {
            await Guarded("settings", f => SettingsCheck.Run(patient, config, f, cancel));
        }

        // The administrator stands in for a bot that is locked out, so that its trouble hides no other.
        if ((patient.Bot ?? patient.Administrator) is { } member)
        {
            await Guarded("teams", f => TeamsCheck.Run(patient, member, f, cancel));
            await Guarded("sidecar", f => RoundTripCheck.Run(patient, member, f, cancel));
            if (!patient.IsPlugin)
            {
                await Guarded("sidecar", f => SidecarCheck.Run(patient, f, cancel));
                await Guarded("plugin", f => PluginCheck.Run(patient, member, f, cancel));
            }
        }
        else if (!patient.IsPlugin)
        {
            await Guarded("sidecar", f => SidecarCheck.Run(patient, f, cancel));
        }

        return _all;
    }

    private async Task Guarded(string area, Func<Findings, Task> check)
    {
        var findings = In(area);
        try
        {
            await check(findings);
        }
        catch (MattermostException refused)
        {
            findings.Fail(
                "checks",
                $"they could not be completed: {refused.Message}",
                "See what else is wrong here, and Mattermost's log."
            );
        }
    }

    private Findings In(string area) => new(area, _all);
}
