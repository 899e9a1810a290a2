using Sidecar.Settings;
using Sidecar.Setup.Settings;

namespace Sidecar.Setup.Doctor;

/// <summary>What an administrator has set: the sidecar would start with it.</summary>
internal static class SettingsFileCheck
{
    public static void Run(DoctorContext patient, Findings findings)
    {
        try
        {
            var file = SettingsFile.In(patient.File.Directory, patient.SettingsFile);
            var reading = file.Read(SettingsSections.All());
            if (reading.HasProblems)
            {
                throw file.Refused(reading);
            }

            findings.Ok(
                SettingsFile.Name,
                file.Exists ? $"{file.Path} can be used" : "there is none: the defaults hold"
            );
        }
        catch (SetupException problem)
        {
            findings.Fail(SettingsFile.Name, problem.Problem, problem.Remedy);
        }
    }
}
