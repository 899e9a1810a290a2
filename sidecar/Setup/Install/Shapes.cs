using Sidecar.Setup.Server;

namespace Sidecar.Setup.Install;

/// <summary>What a command or webhook on the server has to look like, and how one differs from that.</summary>
internal static class Shapes
{
    private const string Post = "P";

    /// <summary>As declared, over what is there; what is not declared (user name, icon) is left as it is.</summary>
    public static ServerCommand Command(
        DeclaredCommand declared,
        ServerCommand found,
        string address
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
