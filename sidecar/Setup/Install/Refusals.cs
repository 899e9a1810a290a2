using System.Net;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;

namespace Sidecar.Setup.Install;

/// <summary>What Mattermost's refusals mean for whoever runs set-up, and what to do about each.</summary>
internal static class Refusals
{
    public static SetupException Explain(
        MattermostException refused,
        SecretsFile file,
        Ledger ledger
    )
    {
        var (problem, remedy) = Explain(refused);
        var recorded =
            ledger.Changes > 0 && file.Exists
                ? $" What was done before is recorded in {file.Path}; running the same command again completes it."
                : "";
        return new SetupException(problem + recorded, remedy, refused);
    }

    private static (string Problem, string Remedy) Explain(MattermostException refused) =>
        refused.ErrorId switch
        {
            "api.bot.create_disabled" => Off(ServerSetting.Bots),
            "app.user_access_token.disabled" => Off(ServerSetting.Tokens),
            "api.command.disabled.app_error" => Off(ServerSetting.Commands),
            "api.outgoing_webhook.disabled.app_error" => Off(ServerSetting.Webhooks),
            "app.plugin.disabled.app_error" => Off(ServerSetting.Plugins),
            "app.plugin.upload_disabled.app_error" => Off(ServerSetting.Uploads),
            "api.command.duplicate_trigger.app_error" => (
                "/escalate is taken in that team by a command that belongs to Mattermost itself, or was made this moment.",
                "Run set-up again: it then names the owner."
            ),
            _ => ByStatus(refused),
        };

    private static (string Problem, string Remedy) ByStatus(MattermostException refused) =>
        refused switch
        {
            { Status: null } => (
                $"Mattermost stopped answering. {refused.Message}",
                "Check that it runs and is reached from here, and run set-up again."
            ),
            { ErrorId: null, Status: not HttpStatusCode.TooManyRequests } => (
                $"Something in front of Mattermost answered in its place. {refused.Message}",
                "Let the proxy or gateway pass /api/v4 on untouched (no log-in page, no filter), or give an address that leads to Mattermost itself with --url."
            ),
            _ => ByVerdict(refused),
        };

    private static (string Problem, string Remedy) ByVerdict(MattermostException refused) =>
        refused.Status switch
        {
            HttpStatusCode.Unauthorized => (
                "Mattermost does not accept the administrator's token: it is mistyped, revoked or expired.",
                "Make one in Profile > Security > Personal Access Tokens (where that is missing: "
                    + ServerSetting.Tokens.HowTo("true")
                    + ")."
            ),
            HttpStatusCode.Forbidden => (
                $"Mattermost does not let this account do that: {refused.Message}",
                "Use the token of an account with the role System Admin."
            ),
            HttpStatusCode.TooManyRequests => (
                $"Mattermost asked for a pause{Pause(refused)}: too many requests.",
                "Wait, and run set-up again."
            ),
            _ => (
                $"Mattermost refused: {refused.Message}",
                "Fix what it names, and run set-up again. Its own log says more."
            ),
        };

    private static string Pause(MattermostException refused) =>
        refused.RetryAfter is { } pause ? $" of {pause.TotalSeconds:0} s" : "";

    private static (string Problem, string Remedy) Off(ServerSetting setting) =>
        ($"{setting.Key} is off: {setting.Means}.", setting.HowTo("true"));
}
