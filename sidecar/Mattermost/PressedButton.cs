using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <summary>A click as it came through the door.</summary>
/// <param name="Action">What the button carries.</param>
/// <param name="Chosen">The chosen value of a menu; null for a button.</param>
/// <param name="Post">The post below which it stands; null when Mattermost does not say.</param>
internal sealed record PressedButton(SealedAction Action, string? Chosen, PostId? Post);

/// <summary>
/// The answer to a press as a form without fields: the one thing that every client shows at once to whoever pressed,
/// wherever they pressed. With collapsed threads on, which is how servers come, what is answered as an ephemeral post
/// stands in a thread that nobody has open.
/// </summary>
internal static class PressNotice
{
    public const string Dialog = "press.notice";

    /// <summary>The form.</summary>
    public static DialogForm Form(Reply.Whisper answer) =>
        new(answer.IsRefusal ? "Not done" : "Please note", [])
        {
            Introduction = answer.Text,
            SubmitLabel = answer.Next?.Label ?? "OK",
        };

    /// <summary>What a form did, in the window in which it was sent, where nothing else in view shows it.</summary>
    public static Reply.Ask Done(Markdown said) =>
        new(
            new DialogForm("Done", []) { Introduction = said, SubmitLabel = "OK" },
            Dialog,
            "",
            ValidFor,
            said
        );

    /// <summary>How long its button is good for.</summary>
    public static TimeSpan ValidFor { get; } = TimeSpan.FromHours(1);

    /// <summary>What the form remembers: what its button does, if anything.</summary>
    public static string State(Reply.Whisper answer) =>
        answer.Next is { } next
            ? System.Text.Json.JsonSerializer.Serialize(
                new NoticeState(next.Action, next.Payload),
                PressJson.Default.NoticeState
            )
            : "";

    /// <summary>What its button does; null when it only closes the form.</summary>
    public static NoticeState? Next(string state) =>
        state.Length == 0
            ? null
            : System.Text.Json.JsonSerializer.Deserialize(state, PressJson.Default.NoticeState);
}

/// <summary>The action that a notice's button starts.</summary>
internal sealed record NoticeState(string Action, string Payload);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NoticeState))]
internal sealed partial class PressJson : JsonSerializerContext;
