using Sidecar.Storage;
using Sidecar.Storage.Sqlite;

namespace Sidecar.Setup.Doctor;

/// <summary>The store, read beside a sidecar that may be using it.</summary>
internal static class StoreCheck
{
    private const int MostCounted = 10_000;
    private const int MostShown = 3;
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(10);

    public static void Run(Examination patient, Findings findings)
    {
        var files = new StoreFiles(patient.File.Directory);
        if (files.PartsWithoutDatabase)
        {
            findings.Fail("store", Remedy.Interrupted(files.Database), "Stop the sidecar first.");
            return;
        }

        if (!files.DatabaseHasContent)
        {
            findings.Ok("store", "there is none yet; the sidecar makes it when it first starts");
            return;
        }

        try
        {
            using var database = Connection.ForReading(files.Database);
            Schema.Verify(database, files.Database, Schema.Upgrades.Count);
            Soundness(database, files, findings);
            Outbox(database, patient.Seams.Clock.GetUtcNow(), findings);
        }
        catch (StoreUnusableException unusable)
        {
            findings.Fail("store", unusable.Message, "Nothing was changed.");
        }
        catch (SqliteFault fault)
        {
            findings.Fail(
                "store",
                $"{files.Database} can't be read: {fault.Message}",
                fault.IsDamage
                    ? $"Restore the last backup: {Remedy.RestoreCommand(files.Database)}"
                    : "Run as the user who runs the sidecar."
            );
        }
    }

    private static void Soundness(Connection database, StoreFiles files, Findings findings)
    {
        if (PageCheck.Full(database) is { } damage)
        {
            findings.Fail(
                "store",
                $"{files.Database} is damaged: {damage}",
                $"Stop the sidecar and restore the last backup: {Remedy.RestoreCommand(files.Database)}"
            );
        }
        else
        {
            findings.Ok(
                "store",
                $"{files.Database} is sound ({StoreFiles.LengthOf(files.Database) / 1024} kB)"
            );
        }
    }

    private static void Outbox(Connection database, DateTimeOffset now, Findings findings)
    {
        var parked = Reads.ParkedEffects(database, 0, MostCounted);
        if (parked.Count > 0)
        {
            var reasons = parked.Select(e => e.Problem).Distinct().Take(MostShown);
            findings.Warn(
                "undelivered",
                $"{parked.Count} message(s) can't be delivered and are set aside: {string.Join("; ", reasons)}",
                "Mend what is named (an archived channel, a missing right), then press \"Post it now\" on the bot's message about it."
            );
        }
        else
        {
            findings.Ok("undelivered", "no message is set aside");
        }

        var waiting = Reads.Outbox(database, 0, MostCounted);
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
