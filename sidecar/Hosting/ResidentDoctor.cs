using Sidecar.Features.ConsoleSettings;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Outbox;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Setup.Doctor;
using Sidecar.Storage.Files;
using Sidecar.Text;

namespace Sidecar.Hosting;

/// <summary>
/// The doctor’s checks, made by the running process itself. It does not copy the store to examine it, as is done at a
/// terminal beside it: it knows how its store is doing.
/// </summary>
internal sealed class ResidentDoctor(SidecarSettings settings, IServiceProvider parts)
{
    /// <summary>Whoever asks waits for it, and Mattermost does not wait for long.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public async Task<CheckedHealth> Look(CancellationToken cancel)
    {
        var clock = parts.GetRequiredService<TimeProvider>();
        var patient = new DoctorContext(
            settings.DataDirectory,
            adminToken: null,
            new SetupSeams { Clock = clock }
        )
        {
            SettingsFile = settings.SettingsFile,
            Store = settings.Store,
            IsPlugin = settings.RunBy is not null,
            Inside = Inside,
        };
        using var late = new CancellationTokenSource(AtMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        var run = new DoctorRun(patient);
        List<DoctorFinding> found = [];
        try
        {
            var isAsked = true;
            if (patient.IsPlugin || !patient.File.Exists)
            {
                (patient.Secrets, isAsked) = await OwnSecrets(either.Token);
            }

            found.AddRange(await run.Run(either.Token));
            foreach (
                var wrong in await parts
                    .GetRequiredService<SettingsVerdict>()
                    .Problems(either.Token)
            )
            {
                new Findings("settings", found).Fail(
                    "System Console",
                    $"{wrong} Those from before are in use",
                    "Fix it in System Console > Plugins > Escalate and save."
                );
            }

            if (isAsked && patient is { Bot: not null, Secrets.Teams.IsEmpty: true })
            {
                new Findings("teams", found).Fail(
                    "bot",
                    $"@{patient.Secrets.Bot.Username} is in no team, so it can post nowhere",
                    patient.InstallAgain
                );
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            found.AddRange(run.Found);
            new Findings("doctor", found).Fail(
                "time",
                $"after {AtMost.TotalSeconds:0} seconds not everything had been looked at",
                "See what else is wrong here: Mattermost, or what is in front of it, answers slowly or not at all. Then ask again."
            );
        }

        return Told(found);
    }

    private static CheckedHealth Told(IReadOnlyList<DoctorFinding> found) =>
        new(
            found.Count(f => f.Verdict == Verdict.Ok),
            [
                .. found
                    .Where(f => f.Verdict is Verdict.Fail or Verdict.Warn)
                    .OrderByDescending(f => f.Verdict)
                    .Select(f => new Symptom(
                        $"{f.Area}, {f.Check}",
                        f.Verdict == Verdict.Fail,
                        f.Says,
                        f.Remedy
                    )),
            ],
            [
                .. found
                    .Where(f => f.Verdict == Verdict.NotChecked)
                    .Select(f => $"{f.Check} ({f.Says})"),
            ]
        );

    /// <summary>What nobody else sees: the store and the deliveries of this process.</summary>
    private void Inside(Findings findings)
    {
        var store = parts.GetRequiredService<IReportsHealth>().Health;
        if (store.Damage is { } damage)
        {
            findings.Fail(
                "store",
                $"the store is damaged: {damage}",
                "Restore the last backup, as the README says; until then make no more changes than you must."
            );
        }
        else if (store.WriteProblem is { } problem)
        {
            findings.Fail(
                "store",
                $"changes can’t be kept, and are refused: {problem}",
                "Make room on the disk, or see to the rights of its directory; it goes on by itself then."
            );
        }
        else
        {
            findings.Ok("store", "sound and writable");
        }

        var outbox = parts.GetRequiredService<OutboxPump>().Health;
        if (outbox.LockedOutSince is { } since)
        {
            findings.Fail(
                "delivery",
                $"{outbox.Queued} message(s) wait since {since:u}: Mattermost does not accept the bot’s token",
                settings.RunBy is null
                    ? "Run install again and start the sidecar again."
                    : "Disable and enable Escalate in System Console > Plugins > Plugin Management: it makes another token."
            );
        }
        else if (outbox.IsFailing || outbox.HeldUntil is not null)
        {
            findings.Warn(
                "delivery",
                $"{outbox.Queued} message(s) wait: Mattermost, or something in front of it, does not take them at the moment ({outbox.LastProblem ?? "it asked for a pause"})",
                "It is tried again by itself. If it goes on: raise Mattermost’s RateLimitSettings, or the limit of a proxy before it."
            );
        }
        else
        {
            findings.Ok("delivery", $"{outbox.Queued} message(s) on their way");
        }

        if (outbox.Parked > 0)
        {
            findings.Warn(
                "undelivered",
                $"{outbox.Parked} message(s) can’t be delivered and are set aside: mostly the bot may not post where they belong",
                "Fix what the bot’s message about it names (an archived channel, a missing right), then press “Post it now” there."
            );
        }
    }

    /// <summary>
    /// What this process serves with, where no set-up wrote it down. The teams are those in which the bot is.
    /// </summary>
    private async Task<(Secrets Own, bool IsAsked)> OwnSecrets(CancellationToken cancel)
    {
        var token = new Secret(settings.BotToken);
        var at = settings.PublicUrl.IsAbsoluteUri
            ? settings.PublicUrl
            : new Uri(
                settings.Mattermost.AbsoluteUri.TrimEnd('/') + settings.PublicUrl.OriginalString
            );
        var made = new Secrets(
            settings.Mattermost,
            at,
            new BotSecrets(settings.Bot.Value, "escalate", "", token),
            []
        );
        try
        {
            using var server = new ServerConnection(settings.Mattermost);
            var teams = await server.As(token).OwnTeams(cancel);
            return (
                made with
                {
                    Teams = [.. teams.Select(t => new TeamSecrets(t.Id, t.Name, [], []))],
                },
                true
            );
        }
        catch (Exception unasked) when (unasked is MattermostException or SetupException)
        {
            // The checks of the way to Mattermost say why.
            return (made, false);
        }
    }
}
