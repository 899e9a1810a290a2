using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sidecar.Chat;

namespace Sidecar.Mattermost;

/// <summary>A click on a button or a choice from a menu, as Mattermost sends it.</summary>
internal sealed record ActionRequest(
    string? UserId,
    string? UserName,
    string? ChannelId,
    string? TeamId,
    string? PostId,
    string? TriggerId,
    ActionContext? Context
);

/// <summary>The context that we gave the control, and the choice that Mattermost added.</summary>
internal sealed record ActionContext(string? Sealed, JsonElement? SelectedOption);

/// <summary>The answers of a dialog, as Mattermost sends them. Only <see cref="UserId"/> is Mattermost's word.</summary>
internal sealed record DialogRequest(
    string? Type,
    string? State,
    string? UserId,
    bool Cancelled,
    Dictionary<string, JsonElement>? Submission
)
{
    /// <summary>
    /// Newer servers also bring what a form asks while it is filled in, with the state that it would be submitted with.
    /// </summary>
    public bool IsOnlyAsking => IsRefresh || Type is "dialog_lookup";

    /// <summary>It asks for the form again, since a field on which it depends was changed.</summary>
    public bool IsRefresh => Type is "refresh";
}

/// <summary>A message that began with a trigger word, as Mattermost sends it.</summary>
internal sealed record TriggerRequest(
    string? Token,
    string? TeamId,
    string? ChannelId,
    string? UserId,
    string? UserName,
    string? PostId,
    string? Text,
    string? TriggerWord
);

/// <summary>What a command answers. It goes back to the caller whole, so nothing in it may be secret.</summary>
internal sealed record CommandResponse(string ResponseType, string? Text, JsonObject? Props)
{
    /// <summary>Our text is Markdown already; without this Mattermost looks for Slack's markup in it.</summary>
    public bool SkipSlackParsing { get; init; } = true;
}

/// <summary>What a click answers. The card itself is brought up to date by its effect.</summary>
internal sealed record ActionResponse(string? EphemeralText);

/// <summary>What a dialog's answers get.</summary>
internal sealed record DialogResponse(string? Error, IReadOnlyDictionary<string, string>? Errors)
{
    /// <summary>What it is when it is neither an error nor the end: <c>form</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The form that is shown in place of the one that was sent.</summary>
    public WireDialog? Form { get; init; }
}

/// <summary>What a list of a form offers.</summary>
internal sealed record LookUpResponse(IReadOnlyList<AttachmentOption> Items);

/// <summary>What a trigger word's message gets: a reply in its thread.</summary>
internal sealed record TriggerResponse(string Text)
{
    public string ResponseType { get; init; } = "comment";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(DialogRequest))]
[JsonSerializable(typeof(TriggerRequest))]
[JsonSerializable(typeof(CommandResponse))]
[JsonSerializable(typeof(ActionResponse))]
[JsonSerializable(typeof(DialogResponse))]
[JsonSerializable(typeof(LookUpResponse))]
[JsonSerializable(typeof(TriggerResponse))]
internal sealed partial class InboundJson : JsonSerializerContext;
