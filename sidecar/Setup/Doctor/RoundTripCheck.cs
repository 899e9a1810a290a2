using System.Net;
using System.Text.Json;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;

namespace Sidecar.Setup.Doctor;

/// <summary>
/// The whole way: the bot (or an administrator) types <c>/escalate internal ping</c>, Mattermost calls the sidecar, and the answer comes
/// back. Nothing is posted. Mattermost lets only those
/// type commands who may post, so with the bot this proves that right as well.
/// </summary>
internal static class RoundTripCheck
{
    private const string EverybodysChannel = "town-square";

    public static async Task Run(
        DoctorContext patient,
        MattermostAdmin member,
        Findings findings,
        CancellationToken cancel
    )
    {
        foreach (var team in patient.Secrets!.Teams)
        {
            var check = $"{team.Name}: round trip";
            try
            {
                await Travel(patient, member, team, check, findings, cancel);
            }
            catch (MattermostException refused)
            {
                Explain(patient, refused, check, findings);
            }
        }
    }

    private static async Task Travel(
        DoctorContext patient,
        MattermostAdmin member,
        TeamSecrets team,
        string check,
        Findings findings,
        CancellationToken cancel
    )
    {
        var channel = await member.Channel(team.Id, EverybodysChannel, cancel);
        var trigger = Declaration.Current.Props.Commands[0].Trigger;
        var clock = patient.Seams.Clock;
        var started = clock.GetTimestamp();
        var answer = await member.Execute(channel.Id, $"/{trigger} internal ping", cancel);
        var took = clock.GetElapsedTime(started).TotalMilliseconds;
        if (Pong(answer, "pong") is not { } version)
        {
            findings.Fail(
                check,
                $"something answers at {patient.Secrets!.PublicUrl}, but not as this sidecar does",
                "Another program or a much older sidecar has that address: stop it, or correct --public-url with install."
            );
            return;
        }

        patient.MadeRoundTrip = true;
        patient.Serves ??= Pong(answer, "installation");
        if (version == ProductVersion.Current)
        {
            findings.Ok(
                check,
                $"Mattermost reached sidecar {version} and came back in {took:0} ms"
            );
        }
        else
        {
            findings.Warn(
                check,
                $"Mattermost reached sidecar {version}, this program is {ProductVersion.Current}",
                "Start the sidecar again from this version."
            );
        }
    }

    private static string? Pong(CommandAnswer answer, string member) =>
        answer.Props is { ValueKind: JsonValueKind.Object } props
        && props.TryGetProperty("escalate", out var ours)
        && ours.ValueKind == JsonValueKind.Object
        && ours.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static void Explain(
        DoctorContext patient,
        MattermostException refused,
        string check,
        Findings findings
    )
    {
        var address = PublicAddress.Of(patient.Secrets!.PublicUrl, Inbound.CommandPath);
        switch (refused.ErrorId)
        {
            case "api.command.execute_command.failed.app_error":
                findings.Fail(
                    check,
                    $"Mattermost can't reach the sidecar at {address}",
                    $"Start it ({CommandNames.Run} --data {patient.File.Directory}); let Mattermost's machine through to that address; if it is on the same machine or a private network: {ServerSetting.AllowedConnections.HowTo($"… {patient.Secrets.PublicUrl.Host}")}"
                );
                break;
            case "api.command.execute_command.failed_resp.app_error":
                findings.Fail(
                    check,
                    $"the sidecar at {address} turned Mattermost's call away: it does not know the command's token, or another program has that address",
                    $"{patient.InstallAgain} and start the sidecar again with the same --data."
                );
                break;
            case "api.command.execute_command.deleted.error":
                findings.NotChecked(
                    check,
                    "the channel in which it would be tried is archived, and Mattermost takes no commands there"
                );
                break;
            case "api.command.execute_command.not_found.app_error":
                findings.Fail(
                    check,
                    "Mattermost does not know /escalate in this team",
                    patient.InstallAgain
                );
                break;
            default:
                Generally(refused, check, findings);
                break;
        }
    }

    private static void Generally(MattermostException refused, string check, Findings findings)
    {
        if (refused.Is(HttpStatusCode.Forbidden) || refused.Is(HttpStatusCode.NotFound))
        {
            findings.Warn(
                check,
                "the bot may not post in Town Square, so the way could not be proven here; posting elsewhere may work",
                "Let members post there, or see whether the bot is in the team (System Console > User Management > Channels)."
            );
        }
        else
        {
            findings.Fail(check, refused.Message, "See Mattermost's log for this moment.");
        }
    }
}
