using System.Net;
using System.Text.Json;
using Sidecar.Mattermost.Admin;

namespace Sidecar.Setup.Doctor;

/// <summary>Every setting of Mattermost on which the product depends.</summary>
internal static class SettingsCheck
{
    private const int UsualTimeout = 30;
    private const int ShortestTimeout = 5;
    private const int LongestTimeout = 60;
    private const double NearlyAll = 0.9;

    public static async Task Run(
        DoctorContext patient,
        JsonElement config,
        Findings findings,
        CancellationToken cancel
    )
    {
        if (ServerSetting.SiteUrl.TextIn(config) is { Length: > 0 } site)
        {
            findings.Ok(ServerSetting.SiteUrl.Label, site);
        }
        else
        {
            Fail(ServerSetting.SiteUrl, "empty", "https://<mattermost>", findings);
        }

        MustBeOn(ServerSetting.Bots, config, findings);
        ShouldBeOn(ServerSetting.Tokens, config, findings);
        MustBeOn(ServerSetting.Commands, config, findings);
        MustBeOn(ServerSetting.Webhooks, config, findings);
        ShouldBeOn(ServerSetting.Plugins, config, findings);
        ShouldBeOn(ServerSetting.Uploads, config, findings);
        Timeout(config, findings);
        await Connections(patient, config, findings, cancel);
        Threads(config, findings);
        LargestRequest(config, findings);
        Override(ServerSetting.NameOverride, config, findings);
        Override(ServerSetting.IconOverride, config, findings);
        await AppForms(patient, config, findings, cancel);
        await Accounts(patient, findings, cancel);
    }

    private static void Threads(JsonElement config, Findings findings)
    {
        var setting = ServerSetting.Threads;
        var value = setting.TextIn(config);
        findings.Ok(
            setting.Label,
            value is "" or "disabled" or "default_off"
                ? "off unless somebody switches it on: replies are seen in the channel"
                : $"{value}: {setting.Means}"
        );
    }

    private static void LargestRequest(JsonElement config, Findings findings)
    {
        var setting = ServerSetting.LargestRequest;
        if (setting.In(config) is not { } value || !value.TryGetInt64(out var bytes))
        {
            findings.Ok(setting.Label, "this release of Mattermost has no such limit");
            return;
        }

        if (bytes >= Sidecar.Chat.CardLimits.Current.Request)
        {
            findings.Ok(setting.Label, $"{bytes} bytes");
        }
        else
        {
            findings.Warn(
                setting.Label,
                $"{bytes} bytes: {setting.Means}",
                setting.HowTo($"{Sidecar.Chat.CardLimits.Current.Request}")
            );
        }
    }

    /// <summary>Off is how servers come, and a matter of taste: it is said, and nothing is wrong.</summary>
    private static void Override(ServerSetting setting, JsonElement config, Findings findings) =>
        findings.Ok(
            setting.Label,
            setting.In(config) is { ValueKind: JsonValueKind.True }
                ? "on"
                : $"off: {setting.Means}. To change it: {setting.HowTo("true")}"
        );

    private static async Task AppForms(
        DoctorContext patient,
        JsonElement config,
        Findings findings,
        CancellationToken cancel
    )
    {
        var setting = ServerSetting.AppForms;
        var flag = setting.In(config) switch
        {
            { ValueKind: JsonValueKind.True } => "true",
            { ValueKind: JsonValueKind.False } => "false",
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            _ => await ToldToClients(patient, cancel),
        };
        findings.Ok(
            setting.Label,
            flag switch
            {
                null => "this release of Mattermost has no such flag",
                "true" => "on",
                _ => $"{flag}: {setting.Means}",
            }
        );
    }

    private static async Task<string?> ToldToClients(
        DoctorContext patient,
        CancellationToken cancel
    ) =>
        await patient.Administrator!.ClientConfig(cancel)
            is { ValueKind: JsonValueKind.Object } told
        && told.TryGetProperty("FeatureFlagInteractiveDialogAppsForm", out var flag)
        && flag.ValueKind == JsonValueKind.String
            ? flag.GetString()
            : null;

    private static async Task Accounts(
        DoctorContext patient,
        Findings findings,
        CancellationToken cancel
    )
    {
        const string check = "accounts";
        if (await patient.Administrator!.Limits(cancel) is not { MaxUsersLimit: > 0 } limits)
        {
            findings.Ok(check, "this server has no limit of accounts, or does not tell it");
            return;
        }

        var says = $"{limits.ActiveUserCount} of {limits.MaxUsersLimit} people";
        if (limits.ActiveUserCount < limits.MaxUsersLimit * NearlyAll)
        {
            findings.Ok(check, says);
        }
        else
        {
            findings.Warn(
                check,
                $"{says}: soon nobody can be added, and then nobody new can work with escalations (bots are not counted)",
                "Deactivate accounts that nobody uses, or get a licence."
            );
        }
    }

    private static void MustBeOn(ServerSetting setting, JsonElement config, Findings findings)
    {
        if (setting.IsOff(config))
        {
            Fail(setting, "off", "true", findings);
        }
        else
        {
            findings.Ok(setting.Label, "on");
        }
    }

    private static void ShouldBeOn(ServerSetting setting, JsonElement config, Findings findings)
    {
        if (setting.IsOff(config))
        {
            findings.Warn(setting.Label, $"off: {setting.Means}", setting.HowTo("true"));
        }
        else
        {
            findings.Ok(setting.Label, "on");
        }
    }

    private static void Timeout(JsonElement config, Findings findings)
    {
        var setting = ServerSetting.Timeout;
        if (setting.In(config) is not { } value || !value.TryGetInt32(out var seconds))
        {
            findings.Ok(setting.Label, $"{UsualTimeout} s, fixed in this release of Mattermost");
            return;
        }

        if (seconds is >= ShortestTimeout and <= LongestTimeout)
        {
            findings.Ok(setting.Label, $"{seconds} s");
        }
        else
        {
            findings.Warn(setting.Label, $"{seconds} s: {setting.Means}", setting.HowTo("30"));
        }
    }

    private static async Task Connections(
        DoctorContext patient,
        JsonElement config,
        Findings findings,
        CancellationToken cancel
    )
    {
        var setting = ServerSetting.AllowedConnections;
        var host = patient.Secrets!.PublicUrl.Host;
        var allowed = setting.TextIn(config);
        var refused = await InternalAddress.Refused(
            host,
            allowed,
            Dns.GetHostAddressesAsync,
            cancel
        );
        if (refused is null)
        {
            findings.Ok(setting.Label, $"{host} may be called");
        }
        else
        {
            findings.Fail(
                setting.Label,
                $"{refused} and is not listed: {setting.Means}",
                setting.HowTo($"{allowed} {host}".Trim())
            );
        }
    }

    private static void Fail(ServerSetting setting, string how, string value, Findings findings) =>
        findings.Fail(setting.Label, $"{how}: {setting.Means}", setting.HowTo(value));
}
