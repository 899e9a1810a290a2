using System.Net;
using System.Text.Json;
using Sidecar.Setup.Server;

namespace Sidecar.Setup.Doctor;

/// <summary>Every setting of Mattermost on which the product depends.</summary>
internal static class SettingsCheck
{
    private const int UsualTimeout = 30;
    private const int ShortestTimeout = 5;
    private const int LongestTimeout = 60;

    public static async Task Run(
        Examination patient,
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
        MayBeOn(ServerSetting.UsernameOverride, config, findings);
        MayBeOn(ServerSetting.IconOverride, config, findings);
        Timeout(config, findings);
        await Connections(patient, config, findings, cancel);
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

    /// <summary>A matter of taste: it is said, and nothing is wrong with it.</summary>
    private static void MayBeOn(ServerSetting setting, JsonElement config, Findings findings) =>
        findings.Ok(setting.Label, setting.IsOff(config) ? $"off: {setting.Means}" : "on");

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
        Examination patient,
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
