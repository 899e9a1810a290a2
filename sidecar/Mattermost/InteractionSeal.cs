using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>
/// Seals what travels through Mattermost and comes back without a credential: the context of buttons, the state of
/// dialogs, what browsers carry. Encrypted and authenticated, bound to its purpose, and where it must be to a person and an expiry. The keys
/// are kept and rotated by ASP.NET Core's data protection; keys that are not used for sealing any more still open.
/// </summary>
internal sealed class InteractionSeal(IDataProtectionProvider protection, TimeProvider clock)
    : ISeal
{
    private readonly IDataProtector _actions = protection.CreateProtector(
        "Escalate",
        "action",
        "v1"
    );
    private readonly IDataProtector _dialogs = protection.CreateProtector(
        "Escalate",
        "dialog",
        "v1"
    );

    private readonly IDataProtector _carried = protection.CreateProtector(
        "Escalate",
        "carried",
        "v1"
    );

    /// <inheritdoc/>
    public string Seal(string purpose, UserId holder, string content) =>
        Seal(_carried, new SealedContent(purpose, holder, content), SealJson.Default.SealedContent);

    /// <inheritdoc/>
    public string? Open(string purpose, UserId holder, string text) =>
        Open(_carried, text, SealJson.Default.SealedContent) is { } found
        && found.Purpose == purpose
        && found.Holder == holder
            ? found.Content
            : null;

    /// <summary>Seals a button's payload. Anybody who sees the card may press it, as long as the card is there.</summary>
    public string SealAction(string action, string payload, bool isInThread = false) =>
        Seal(
            _actions,
            new SealedAction(action, payload, isInThread ? true : null),
            SealJson.Default.SealedAction
        );

    /// <summary>Opens what <see cref="SealAction"/> sealed; null when it is anything else.</summary>
    public SealedAction? OpenAction(string? text) =>
        Open(_actions, text, SealJson.Default.SealedAction);

    /// <summary>Seals a dialog's state for one person, until an expiry.</summary>
    public string SealDialog(SealedDialog dialog) =>
        Seal(_dialogs, dialog, SealJson.Default.SealedDialog);

    /// <summary>Opens what <see cref="SealDialog"/> sealed, for the person who answers.</summary>
    public SealVerdict OpenDialog(string? text, UserId by, out SealedDialog? dialog)
    {
        dialog = Open(_dialogs, text, SealJson.Default.SealedDialog);
        if (dialog is null)
        {
            return SealVerdict.Forged;
        }

        return dialog.User != by ? SealVerdict.SomebodyElses
            : dialog.Expires <= clock.GetUtcNow() ? SealVerdict.Expired
            : SealVerdict.Valid;
    }

    private static string Seal<T>(
        IDataProtector protector,
        T value,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json
    ) => Base64Url(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(value, json)));

    private static T? Open<T>(
        IDataProtector protector,
        string? text,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json
    )
        where T : class
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            var sealedBytes = System.Buffers.Text.Base64Url.DecodeFromChars(text);
            return JsonSerializer.Deserialize(protector.Unprotect(sealedBytes), json);
        }
        catch (Exception problem)
            when (problem is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Base64Url(byte[] bytes) =>
        System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

/// <summary>What came of opening a dialog's state.</summary>
internal enum SealVerdict
{
    /// <summary>Not sealed by us, not for this purpose, or changed on its way. The first, so that a forgotten value is no.</summary>
    Forged,

    /// <summary>Sealed for another person.</summary>
    SomebodyElses,

    /// <summary>Too old.</summary>
    Expired,

    /// <summary>As we sealed it, for this person, in time.</summary>
    Valid,
}

/// <summary>What a button's context holds.</summary>
/// <param name="Action">Which action it starts.</param>
/// <param name="Payload">What the action is told.</param>
/// <param name="InThread">It stands below a reply, which Mattermost does not say with a click.</param>
internal sealed record SealedAction(string Action, string Payload, bool? InThread = null);

/// <summary>What a browser carries, for what, and for whom.</summary>
internal sealed record SealedContent(string Purpose, UserId Holder, string Content);

/// <summary>What a dialog's state holds: everything that the browser must not choose.</summary>
/// <param name="Dialog">Which dialog takes the answers.</param>
/// <param name="Act">Names this opening; answers sent twice are one act.</param>
/// <param name="User">Who may answer.</param>
/// <param name="Team">Where it was opened.</param>
/// <param name="Channel">Where it was opened.</param>
/// <param name="Thread">Where it was opened.</param>
/// <param name="Expires">Until when, UTC.</param>
/// <param name="State">What the feature remembers.</param>
/// <param name="Asked">
/// What was asked and what it was filled with; null when a release that did not remember it opened the form.
/// </param>
/// <param name="Later">Lets whoever typed the command be answered where they did; null when no command opened it.</param>
/// <param name="Step">Which of several that follow each other; null for one that was opened.</param>
/// <param name="Pressed">The message whose button opened it; null when none did.</param>
/// <param name="Confirmed">As in <see cref="FormAnswers.Confirmed"/>.</param>
internal sealed record SealedDialog(
    string Dialog,
    string Act,
    UserId User,
    TeamId? Team,
    ChannelId Channel,
    PostId? Thread,
    DateTimeOffset Expires,
    string State,
    IReadOnlyList<AskedField>? Asked = null,
    string? Later = null,
    int? Step = null,
    PostId? Pressed = null,
    string? Confirmed = null
)
{
    /// <summary>
    /// The answers under the names of the fields: those of other forms in the same window are left out, whatever the
    /// client sends.
    /// </summary>
    public IReadOnlyDictionary<string, string> OwnOf(IReadOnlyDictionary<string, string> sent) =>
        Step is not { } step
            ? sent
            : sent.Select(pair => (Name: OpenDialog.Own(step, pair.Key), pair.Value))
                .Where(pair => pair.Name is not null)
                .ToDictionary(pair => pair.Name!, pair => pair.Value, StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(SealedAction))]
[JsonSerializable(typeof(SealedContent))]
[JsonSerializable(typeof(SealedDialog))]
internal sealed partial class SealJson : JsonSerializerContext;
