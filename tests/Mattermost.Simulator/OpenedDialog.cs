using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>A dialog that a user's client shows.</summary>
public sealed record OpenedDialog
{
    public string TriggerId { get; init; } = "";
    public string Url { get; init; } = "";
    public string CallbackId { get; init; } = "";
    public string Title { get; init; } = "";
    public string IntroductionText { get; init; } = "";
    public string IconUrl { get; init; } = "";
    public IReadOnlyList<DialogElement> Elements { get; init; } = [];
    public string SubmitLabel { get; init; } = "";
    public bool NotifyOnCancel { get; init; }
    public string State { get; init; } = "";

    /// <summary>The URL asked for a changed form when an element with <c>refresh</c> changes (11.x).</summary>
    public string SourceUrl { get; init; } = "";
    public string UserId { get; init; } = "";

    /// <summary>The channel that the user looked at: where the command was typed or the button clicked.</summary>
    public string ChannelId { get; init; } = "";
    public string TeamId { get; init; } = "";

    /// <summary>The first form of several; null for a form that was opened. The client keeps to its address and callback.</summary>
    internal OpenedDialog? First { get; init; }

    public DialogElement this[string name] => Elements.Single(e => e.Name == name);

    internal static OpenedDialog Read(
        ServerVersion version,
        string triggerId,
        string url,
        JsonElement dialog
    ) =>
        new()
        {
            TriggerId = triggerId,
            Url = url,
            CallbackId = dialog.Str("callback_id") ?? "",
            Title = dialog.Str("title") ?? "",
            IntroductionText = dialog.Str("introduction_text") ?? "",
            IconUrl = dialog.Str("icon_url") ?? "",
            Elements = dialog.Get("elements") is { ValueKind: JsonValueKind.Array } elements
                ? [.. elements.EnumerateArray().Select(e => DialogElement.Read(e, version))]
                : [],
            SubmitLabel = dialog.Str("submit_label") ?? "",
            NotifyOnCancel = dialog.Flag("notify_on_cancel") ?? false,
            State = dialog.Str("state") ?? "",
            SourceUrl = version.HasMultiStepDialogs ? dialog.Str("source_url") ?? "" : "",
        };

    /// <summary>The next step, or the form as it is after a change.</summary>
    internal static OpenedDialog Following(
        ServerVersion version,
        OpenedDialog shown,
        JsonElement form
    )
    {
        var first = shown.First ?? shown;
        return Read(version, first.TriggerId, first.Url, form) with
        {
            First = first,
            UserId = first.UserId,
            ChannelId = first.ChannelId,
            TeamId = first.TeamId,
            SourceUrl = first.SourceUrl,
            NotifyOnCancel = first.NotifyOnCancel,
        };
    }

    /// <summary>As the WebSocket event carries it: every field present.</summary>
    internal JsonObject ToClientJson(ServerVersion version)
    {
        var dialog = new JsonObject
        {
            ["callback_id"] = CallbackId,
            ["title"] = Title,
            ["introduction_text"] = IntroductionText,
            ["icon_url"] = IconUrl,
            ["elements"] = new JsonArray([.. Elements.Select(e => e.ToClientJson(version))]),
            ["submit_label"] = SubmitLabel,
            ["notify_on_cancel"] = NotifyOnCancel,
            ["state"] = State,
        };
        if (SourceUrl.Length > 0)
        {
            dialog["source_url"] = SourceUrl;
        }

        return new JsonObject
        {
            ["trigger_id"] = TriggerId,
            ["url"] = Url,
            ["dialog"] = dialog,
        };
    }
}
