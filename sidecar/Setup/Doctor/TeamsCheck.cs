using System.Net;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Setup.Install;

namespace Sidecar.Setup.Doctor;

/// <summary>Each team: is the bot in it, and are command and webhook there, ours, and as recorded.</summary>
internal static class TeamsCheck
{
    public static async Task Run(
        DoctorContext patient,
        MattermostAdmin member,
        Findings findings,
        CancellationToken cancel
    )
    {
        foreach (var team in patient.Secrets!.Teams)
        {
            await Membership(patient, member, team, findings, cancel);
            if (patient.Administrator is { } administrator)
            {
                await Integrations(patient, administrator, team, findings, cancel);
            }
        }
    }

    private static async Task Membership(
        DoctorContext patient,
        MattermostAdmin member,
        TeamSecrets team,
        Findings findings,
        CancellationToken cancel
    )
    {
        var check = $"{team.Name}: bot";
        bool isIn;
        try
        {
            isIn = await member.IsMember(team.Id, patient.Secrets!.Bot.UserId, cancel);
        }
        catch (MattermostException refused) when (refused.Is(HttpStatusCode.Forbidden))
        {
            isIn = false;
        }

        if (isIn)
        {
            findings.Ok(check, "in the team");
        }
        else
        {
            findings.Fail(
                check,
                $"@{patient.Secrets!.Bot.Username} is not in the team, so it can't post there; or the team is archived",
                patient.InstallAgain
            );
        }
    }

    private static async Task Integrations(
        DoctorContext patient,
        MattermostAdmin administrator,
        TeamSecrets recorded,
        Findings findings,
        CancellationToken cancel
    )
    {
        if (await administrator.TeamById(recorded.Id, cancel) is not { } team)
        {
            findings.Warn(
                $"{recorded.Name}: team",
                "Mattermost does not have it any more, or archived it",
                $"{patient.InstallAgain}; it forgets the team."
            );
            return;
        }

        var state = await TeamState.Read(administrator, team, cancel);
        foreach (var declared in Declaration.Current.Props.Commands)
        {
            var known = recorded.Commands.FirstOrDefault(c => c.Name == declared.Trigger);
            var found = state.Commands.FirstOrDefault(c => c.Id == known?.Id);
            var address = PublicAddress.Of(patient.Secrets!.PublicUrl, Inbound.CommandPath);
            Judge(
                patient,
                $"{team.Name}: /{declared.Trigger}",
                found is null
                    ? null
                    : Shapes.Differences(
                        found,
                        Shapes.Command(declared, found, address, SpeakerOf(patient))
                    ),
                found?.Token.Equals(known?.Token) == true,
                findings
            );
        }

        foreach (var declared in Declaration.Current.Props.OutgoingWebhooks)
        {
            var known = recorded.Webhooks.FirstOrDefault(w => w.Name == declared.DisplayName);
            var found = state.Webhooks.FirstOrDefault(w => w.Id == known?.Id);
            var address = PublicAddress.Of(patient.Secrets!.PublicUrl, Inbound.TriggerPath);
            Judge(
                patient,
                $"{team.Name}: {declared.TriggerWords[0]}",
                found is null
                    ? null
                    : Shapes.Differences(found, Shapes.Webhook(declared, found, address)),
                found?.Token.Equals(known?.Token) == true,
                findings
            );
        }
    }

    private static Speaker SpeakerOf(DoctorContext patient) =>
        Speaker.Of(
            patient.Secrets!.Bot,
            patient.Config is { } config ? ServerSetting.SiteUrl.TextIn(config) : ""
        );

    private static void Judge(
        DoctorContext patient,
        string check,
        IReadOnlyList<string>? differences,
        bool sameToken,
        Findings findings
    )
    {
        if (differences is null)
        {
            findings.Fail(
                check,
                "it was deleted in Mattermost, or never made",
                patient.InstallAgain
            );
        }
        else if (!sameToken)
        {
            findings.Fail(
                check,
                "its token was regenerated in Mattermost, so the sidecar turns its calls away",
                $"{patient.InstallAgain} and start the sidecar again."
            );
        }
        else if (differences.Count > 0)
        {
            findings.Fail(
                check,
                $"it was changed in Mattermost: {string.Join("; ", differences)}",
                patient.InstallAgain
            );
        }
        else
        {
            findings.Ok(check, "there, with our address and token");
        }
    }
}
