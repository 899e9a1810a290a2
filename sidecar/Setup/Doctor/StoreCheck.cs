using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.Postgres;

namespace Sidecar.Setup.Doctor;

/// <summary>The store, read beside a sidecar that may be using it.</summary>
internal static class StoreCheck
{
    private const int MostCounted = 10_000;
    private const int MostShown = 3;
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(10);

    public static void Run(DoctorContext patient, Findings findings)
    {
        try
        {
            if (PostgresAddress.IsOne(patient.Store))
            {
                Run(PostgresAddress.Parse(patient.Store!), patient, findings);
                return;
            }

            var format = StoreFormats.For(
                patient.File.Directory,
                StoreFormats.Named(patient.Store)
            );
            Run(format, new StoreFiles(patient.File.Directory, format.Kind), patient, findings);
        }
        catch (StoreUnusableException unusable)
        {
            findings.Fail("store", unusable.Message, "Nothing was changed.");
        }
    }

    private static void Run(PostgresAddress address, DoctorContext patient, Findings findings)
    {
        var examined = PostgresExamination.Of(address, MostCounted);
        if (examined is null)
        {
            findings.Ok(
                "store",
                $"{address} can be used, and has no tables yet; a sidecar makes them when it first starts"
            );
            return;
        }

        findings.Ok(
            "store",
            $"{address} can be used; {(examined.Sidecars.Count == 0 ? "no sidecar runs" : $"running: {string.Join(", ", examined.Sidecars)}")}"
        );
        Outbox(examined.Store, patient.Seams.Clock.GetUtcNow(), findings);
    }

    private static void Run(
        IStoreFormat format,
        StoreFiles files,
        DoctorContext patient,
        Findings findings
    )
    {
        if (files.PartsWithoutDatabase)
        {
            findings.Fail(
                "store",
                StoreRemedies.Interrupted(files.Database),
                "Stop the sidecar first."
            );
            return;
        }

        if (!files.DatabaseHasContent)
        {
            findings.Ok("store", "there is none yet; the sidecar makes it when it first starts");
            return;
        }

        try
        {
            var examined = format.Examine(files, MostCounted, CancellationToken.None);
            if (examined.Damage is { } damage)
            {
                findings.Fail(
                    "store",
                    $"{files.Database} is damaged: {damage}",
                    $"Stop the sidecar and restore the last backup: {StoreRemedies.HowToRestore(files.Database)}"
                );
                return;
            }

            findings.Ok(
                "store",
                $"{files.Database} is sound ({StoreFiles.LengthOf(files.Database) / 1024} kB, {format.Name})"
            );
            Outbox(examined, patient.Seams.Clock.GetUtcNow(), findings);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            findings.Fail(
                "store",
                $"{files.Database} can't be read: {unread.Message}",
                "Run as the user who runs the sidecar, with room for a copy of the store in the directory for temporary files."
            );
        }
    }

    private static void Outbox(ExaminedStore examined, DateTimeOffset now, Findings findings)
    {
        if (examined.Parked.Count > 0)
        {
            var reasons = examined.Parked.Select(e => e.Problem).Distinct().Take(MostShown);
            findings.Warn(
                "undelivered",
                $"{examined.Parked.Count} message(s) can't be delivered and are set aside: {string.Join("; ", reasons)}",
                "Fix what is named (an archived channel, a missing right), then press \"Post it now\" on the bot's message about it."
            );
        }
        else
        {
            findings.Ok("undelivered", "no message is set aside");
        }

        var waiting = examined.Waiting;
        if (waiting.Count > 0 && now - waiting[0].Effect.QueuedAt > LongWait)
        {
            findings.Warn(
                "outbox",
                $"{waiting.Count} message(s) wait, the oldest since {waiting[0].Effect.QueuedAt:u}; last problem: {waiting[0].Problem ?? "none"}",
                "They are sent when the sidecar runs and Mattermost takes them; see what else is wrong here."
            );
        }
        else
        {
            findings.Ok("outbox", $"{waiting.Count} message(s) wait");
        }
    }
}
