using System.Globalization;
using Sidecar.Settings;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;

namespace Sidecar.Setup.Doctor;

/// <summary>The data directory: secrets, rights, room on the disk.</summary>
internal static class DataCheck
{
    private const long Mebibyte = 1024 * 1024;
    private const long TooLittle = 64 * Mebibyte;
    private const long Comfortable = 512 * Mebibyte;

    public static void Run(DoctorContext patient, Findings findings)
    {
        if (patient.Secrets is null)
        {
            ReadSecrets(patient, findings);
        }

        Rights(patient, findings);
        Disk(patient.File.Directory, findings);
    }

    private static void ReadSecrets(DoctorContext patient, Findings findings)
    {
        try
        {
            patient.Secrets = patient.File.Read();
            findings.Ok(
                "secrets",
                $"{patient.File.Path}: {patient.Secrets.Teams.Length} team(s), Mattermost {patient.Secrets.MattermostUrl}"
            );
        }
        catch (SetupException problem)
        {
            findings.Fail("secrets", problem.Problem, problem.Remedy);
        }
    }

    private static void Rights(DoctorContext patient, Findings findings)
    {
        if (patient.File.Exposed() is { } open)
        {
            findings.Fail(
                "rights",
                $"users other than its owner can get at {open}, and so at tokens or escalations",
                $"chmod {(open == patient.File.Path ? "600" : "700")} {open}"
            );
        }
        else if (patient.File.Exists)
        {
            findings.Ok("rights", "only the owner can get at the data directory");
        }
    }

    private static void Disk(string directory, Findings findings)
    {
        if (!Directory.Exists(directory))
        {
            findings.Fail(
                "disk",
                $"there is no directory {directory}",
                "Name the right one with --data."
            );
            return;
        }

        var free = new DriveInfo(directory).AvailableFreeSpace;
        var store = StoreFormats
            .PresentIn(directory)
            .Sum(format => StoreFiles.LengthOf(new StoreFiles(directory, format.Kind).Database));
        var wanted = Math.Max(Comfortable, 2 * store);
        var says = $"{Mebibytes(free)} MB free";
        const string makeRoom =
            "Make room on that disk, or move the data directory to a larger one while the sidecar is stopped.";
        if (free < TooLittle)
        {
            findings.Fail("disk", $"{says}: changes will soon be refused", makeRoom);
        }
        else if (free < wanted)
        {
            findings.Warn(
                "disk",
                $"{says}: {Mebibytes(wanted)} MB leave room to grow and for a backup",
                makeRoom
            );
        }
        else
        {
            findings.Ok("disk", says);
        }
    }

    private static string Mebibytes(long bytes) =>
        (bytes / Mebibyte).ToString("N0", CultureInfo.InvariantCulture);
}
