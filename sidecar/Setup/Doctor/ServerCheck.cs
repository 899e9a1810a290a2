using System.Net;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;

namespace Sidecar.Setup.Doctor;

/// <summary>The way to Mattermost: address, version, clock, and whose tokens it accepts.</summary>
internal static class ServerCheck
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Harmful = TimeSpan.FromMinutes(5);

    public static async Task Run(
        DoctorContext patient,
        ServerConnection server,
        Findings findings,
        CancellationToken cancel
    )
    {
        try
        {
            patient.Greeting = await server.Greet(patient.Seams.Clock, cancel);
        }
        catch (SetupException problem)
        {
            findings.Fail("address", problem.Problem, problem.Remedy);
            return;
        }

        Tell(patient.Greeting, server, findings);
        Clock(patient.Greeting, findings);
        await Bot(patient, server, findings, cancel);
        await Administrator(patient, server, findings, cancel);
    }

    private static void Tell(ServerGreeting greeting, ServerConnection server, Findings findings)
    {
        findings.Ok(
            "address",
            $"{server.Address} answers in {greeting.Took.TotalMilliseconds:0} ms"
        );
        if (PlainAddress.Is(server.Address))
        {
            findings.Warn(
                "encryption",
                $"{server.Address}: {PlainAddress.MattermostMeans}",
                PlainAddress.MattermostRemedy
            );
        }

        if (greeting.Version is null)
        {
            findings.NotChecked("version", "the server does not say");
        }
        else if (greeting.IsSupported)
        {
            findings.Ok("version", greeting.Version.ToString());
        }
        else
        {
            findings.Warn(
                "version",
                $"{greeting.Version}: the product is made for {ServerGreeting.OldestSupported} and later, though most works",
                "Update Mattermost when you can."
            );
        }
    }

    private static void Clock(ServerGreeting greeting, Findings findings)
    {
        if (greeting.Clock is not { } theirs)
        {
            findings.NotChecked("clock", "the server does not tell the time");
            return;
        }

        var apart = (greeting.Asked - theirs).Duration();
        var says = $"this machine and the server are {apart.TotalSeconds:0} s apart";
        const string remedy =
            "Set both clocks by a time server (timedatectl set-ntp true, or chrony).";
        if (apart > Harmful)
        {
            findings.Fail(
                "clock",
                $"{says}: reminders come at the wrong time, and a repeated message may not be recognised",
                remedy
            );
        }
        else if (apart > Noticeable)
        {
            findings.Warn("clock", $"{says}: reminders come early or late by that", remedy);
        }
        else
        {
            findings.Ok("clock", says);
        }
    }

    private static async Task Bot(
        DoctorContext patient,
        ServerConnection server,
        Findings findings,
        CancellationToken cancel
    )
    {
        var bot = patient.Secrets!.Bot;
        var identity = server.As(bot.Token);
        try
        {
            var me = await identity.Me(cancel);
            if (me.Id != bot.UserId)
            {
                findings.Fail(
                    "bot",
                    $"the recorded token is that of @{me.Username}, not of @{bot.Username}",
                    patient.InstallAgain
                );
                return;
            }

            patient.Bot = identity;
            findings.Ok("bot", $"@{me.Username}'s token is accepted");
        }
        catch (MattermostException refused) when (refused.Is(HttpStatusCode.Unauthorized))
        {
            findings.Fail(
                "bot",
                $"Mattermost does not accept the token of @{bot.Username}: it was revoked, or the bot was deactivated. Nothing can be posted.",
                $"{patient.InstallAgain} and start the sidecar again."
            );
        }
    }

    private static async Task Administrator(
        DoctorContext patient,
        ServerConnection server,
        Findings findings,
        CancellationToken cancel
    )
    {
        if (patient.AdminToken is null)
        {
            findings.NotChecked(
                "settings and integrations",
                "only an administrator sees them",
                $"For a full check set the variable {AdminToken.Variable}, or give --admin-token - and the token on standard input."
            );
            return;
        }

        var identity = server.As(patient.AdminToken);
        try
        {
            await Sidecar.Setup.Install.Preflight.VerifyAdministrator(identity, cancel);
            patient.Config = await identity.Config(cancel);
            patient.Administrator = identity;
        }
        catch (SetupException problem)
        {
            findings.Fail("administrator", problem.Problem, problem.Remedy);
        }
        catch (MattermostException refused) when (refused.Is(HttpStatusCode.Unauthorized))
        {
            findings.Fail(
                "administrator",
                "Mattermost does not accept the administrator's token, so settings and integrations were not checked",
                "Make one in Profile > Security > Personal Access Tokens."
            );
        }
    }
}
