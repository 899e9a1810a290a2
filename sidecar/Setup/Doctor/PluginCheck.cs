using Sidecar.Mattermost.Admin;

namespace Sidecar.Setup.Doctor;

/// <summary>The browser's part, as browsers get it.</summary>
internal static class PluginCheck
{
    private const string Check = "panel";

    public static async Task Run(
        DoctorContext patient,
        MattermostAdmin member,
        Findings findings,
        CancellationToken cancel
    )
    {
        var declared = Declaration.Current;
        var loaded = (await member.LoadedPlugins(cancel)).FirstOrDefault(p => p.Id == declared.Id);
        if (loaded is not null)
        {
            Tell(loaded, declared, findings, patient);
        }
        else if (
            patient.Greeting?.Version is { } version
            && version < Version.Parse(declared.MinServerVersion)
        )
        {
            findings.Ok(
                Check,
                $"not installed: it needs Mattermost {declared.MinServerVersion}; commands and cards work without it"
            );
        }
        else
        {
            findings.Warn(
                Check,
                await Absent(patient, declared, cancel),
                $"{patient.InstallAgain} --plugin dist/escalate-{declared.Version}.tar.gz, or switch it on in System Console > Plugins > Plugin Management."
            );
        }
    }

    private static void Tell(
        InstalledPlugin loaded,
        Declaration declared,
        Findings findings,
        DoctorContext patient
    )
    {
        if (loaded.Version == declared.Version)
        {
            findings.Ok(Check, $"version {loaded.Version} is loaded by browsers");
        }
        else
        {
            findings.Warn(
                Check,
                $"browsers load version {loaded.Version}, the sidecar's is {declared.Version}",
                $"{patient.InstallAgain} --plugin dist/escalate-{declared.Version}.tar.gz"
            );
        }
    }

    private static async Task<string> Absent(
        DoctorContext patient,
        Declaration declared,
        CancellationToken cancel
    )
    {
        const string without = "commands and cards work without it";
        if (patient.Administrator is not { } administrator)
        {
            return $"browsers do not load it; {without}";
        }

        var plugins = await administrator.Plugins(cancel);
        return plugins.Inactive?.Any(p => p.Id == declared.Id) == true
            ? $"installed and switched off; {without}"
            : $"not installed; {without}";
    }
}
