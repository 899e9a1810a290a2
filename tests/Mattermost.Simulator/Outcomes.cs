using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>What came of a slash command.</summary>
/// <param name="Status">The HTTP status that the client got.</param>
/// <param name="Response">What the client got back whole.</param>
/// <param name="Error">The error that the client shows in place of an answer, or null.</param>
/// <param name="Ephemerals">The posts “only visible to you” that came, in order.</param>
/// <param name="Saw">What was on the caller's screen.</param>
public sealed record CommandOutcome(
    int Status,
    JsonElement Response,
    AppError? Error,
    IReadOnlyList<Post> Ephemerals,
    Sight Saw
)
{
    /// <summary>What the caller was told and could read: <see cref="Sight.Said"/>.</summary>
    public string Text => Saw.Said;

    /// <summary>The props that the integration sent to the caller's web app.</summary>
    public JsonElement? Props => Response.Get("props");

    /// <summary>Where the client is told to go, or empty.</summary>
    public string GotoLocation => Response.Str("goto_location") ?? "";
}

/// <summary>What came of a click or a choice in a menu.</summary>
/// <param name="Status">The HTTP status that the client got.</param>
/// <param name="Error">The error that the client shows, or null.</param>
/// <param name="Ephemerals">The posts “only visible to you” that came; whether they were on the screen says <paramref name="Saw"/>.</param>
/// <param name="Post">The post as it is afterwards; null when it is gone.</param>
/// <param name="Saw">What was on the clicker's screen.</param>
public sealed record ClickOutcome(
    int Status,
    AppError? Error,
    IReadOnlyList<Post> Ephemerals,
    Post? Post,
    Sight Saw
)
{
    /// <summary>
    /// What the clicker was told and could read: <see cref="Sight.Said"/>. Empty when it was said in a thread that is
    /// closed, as the answer to a click on a card is on 11.6.
    /// </summary>
    public string Text => Saw.Said;
}

/// <summary>What came of submitting a dialog.</summary>
/// <param name="Status">The HTTP status that the client got; 0 when it did not send, because its own checks refused.</param>
/// <param name="AppError">The error of the server, or null.</param>
/// <param name="Error">The text above the buttons as the reader sees it, or empty.</param>
/// <param name="FieldErrors">The texts at the fields that are shown, by element name: what names no field is lost on 11.6.</param>
/// <param name="Next">The next step that is shown now (11.x), or null.</param>
/// <param name="Ephemerals">What the user was shown because of it.</param>
public sealed record DialogOutcome(
    int Status,
    AppError? AppError,
    string Error,
    IReadOnlyDictionary<string, string> FieldErrors,
    OpenedDialog? Next,
    IReadOnlyList<Post> Ephemerals
)
{
    /// <summary>The values that the client sent; empty when it sent none.</summary>
    public IReadOnlyDictionary<string, object?> Sent { get; init; } =
        new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The dialog was accepted and put away.</summary>
    public bool Closed => Accepted && Next is null;

    /// <summary>The dialog was accepted: it is put away, or another one follows it.</summary>
    public bool Accepted => Status == 200 && Error.Length == 0 && FieldErrors.Count == 0;
}

/// <summary>A request of a user's client was refused; the message names the error.</summary>
public sealed class ClientRefusedException(AppError error)
    : Exception($"{error.StatusCode} {error.Id}: {error.Message}")
{
    /// <summary>The error as the server answered it.</summary>
    public AppError Error { get; } = error;
}
