using Sidecar.Mattermost.Admin;

namespace Sidecar.Setup.Install;

/// <summary>What a command or webhook on the server has to look like, and how one differs from that.</summary>
internal static class Shapes
{
    private const string Post = "P";

    /// <summary>
    /// As declared, over what is there. Answers carry the bot's name and picture where the server permits that; an
    /// administrator who has chosen others keeps them.
    /// </summary>
    public static ServerCommand Command(
        DeclaredCommand declared,
        ServerCommand found,
        string address,
        Speaker speaker
    ) =>
        found with
        {
            Trigger = declared.Trigger,
            Method = Post,
            Url = address,
            DisplayName = declared.DisplayName,
            Description = declared.Description,
            AutoComplete = declared.AutoComplete,
            AutoCompleteDesc = declared.AutoCompleteDesc,
            AutoCompleteHint = declared.AutoCompleteHint,
            Username = found.Username.Length > 0 ? found.Username : speaker.Username,
            IconUrl = found.IconUrl.Length > 0 ? found.IconUrl : speaker.IconUrl,
        };

    /// <summary>As declared, over what is there.</summary>
    public static ServerWebhook Webhook(
        DeclaredWebhook declared,
        ServerWebhook found,
        string address
    ) =>
        found with
        {
            DisplayName = declared.DisplayName,
            Description = declared.Description,
            TriggerWords = declared.TriggerWords,
            TriggerWhen = declared.TriggerWhen,
            CallbackUrls = [address],
            ContentType = declared.ContentType,
            ChannelId = "",
        };

    public static IReadOnlyList<string> Differences(ServerCommand found, ServerCommand wanted) =>
        [
            .. Differs("trigger", found.Trigger, wanted.Trigger),
            .. Differs("method", found.Method, wanted.Method),
            .. Differs("URL", found.Url, wanted.Url),
            .. Differs("name", found.DisplayName, wanted.DisplayName),
            .. Differs("description", found.Description, wanted.Description),
            .. Differs("autocomplete", OnOff(found.AutoComplete), OnOff(wanted.AutoComplete)),
            .. Differs("autocomplete description", found.AutoCompleteDesc, wanted.AutoCompleteDesc),
            .. Differs("autocomplete hint", found.AutoCompleteHint, wanted.AutoCompleteHint),
            .. Differs("answers as", found.Username, wanted.Username),
            .. Differs("picture of answers", found.IconUrl, wanted.IconUrl),
        ];

    public static IReadOnlyList<string> Differences(ServerWebhook found, ServerWebhook wanted) =>
        [
            .. Differs("URL", Words(found.CallbackUrls), Words(wanted.CallbackUrls)),
            .. Differs("name", found.DisplayName, wanted.DisplayName),
            .. Differs("description", found.Description, wanted.Description),
            .. Differs("trigger words", Words(found.TriggerWords), Words(wanted.TriggerWords)),
            .. Differs("trigger rule", Rule(found.TriggerWhen), Rule(wanted.TriggerWhen)),
            .. Differs("content type", found.ContentType, wanted.ContentType),
            .. Differs("channel", found.ChannelId, wanted.ChannelId),
        ];

    private static IEnumerable<string> Differs(string what, string found, string wanted) =>
        found == wanted ? [] : [$"its {what} was \"{found}\""];

    private static string Words(IEnumerable<string> words) => string.Join(' ', words);

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string Rule(int triggerWhen) =>
        triggerWhen == 0 ? "first word matches" : "first word begins with";
}

/// <summary>As whom a command answers.</summary>
/// <param name="Username">The bot's user name.</param>
/// <param name="IconUrl">Where browsers find its picture; empty when nobody has said where Mattermost is.</param>
internal sealed record Speaker(string Username, string IconUrl)
{
    /// <summary>The bot.</summary>
    /// <param name="bot">Its account.</param>
    /// <param name="site">Mattermost's address as people reach it; empty when it has none.</param>
    public static Speaker Of(BotSecrets bot, string site) =>
        new(
            bot.Username,
            site.Length == 0 || bot.UserId.Length == 0
                ? ""
                : $"{site.TrimEnd('/')}/api/v4/users/{bot.UserId}/image"
        );
}
