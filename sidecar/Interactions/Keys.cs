using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Chat;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Ties buttons and menus to the action that they start, and their payload to its type.</summary>
/// <param name="Name">Unique and for ever: cards keep it.</param>
/// <param name="Json">How the payload is written; source-generated.</param>
public sealed record ActionKey<TPayload>(string Name, JsonTypeInfo<TPayload> Json)
    where TPayload : notnull
{
    /// <summary>A button.</summary>
    public CardControl Button(
        string label,
        TPayload payload,
        ControlStyle style = ControlStyle.Default
    ) => new(Name, label, JsonSerializer.Serialize(payload, Json)) { Style = style };

    /// <summary>A menu of choices.</summary>
    public CardControl Menu(string label, TPayload payload, IReadOnlyList<ControlOption> options) =>
        new(Name, label, JsonSerializer.Serialize(payload, Json)) { Options = options };

    /// <summary>A menu of people.</summary>
    public CardControl PeopleMenu(string label, TPayload payload) =>
        new(Name, label, JsonSerializer.Serialize(payload, Json)) { OfPeople = true };
}

/// <summary>Ties a dialog's form to what takes its answers, and what it remembers meanwhile to its type.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Json">How the state is written; source-generated.</param>
public sealed record DialogKey<TState>(string Name, JsonTypeInfo<TState> Json)
    where TState : notnull
{
    /// <summary>How long after it was opened answers are taken. A day: an outage can keep somebody from a form for long.</summary>
    public TimeSpan ValidFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Opens the dialog.</summary>
    /// <param name="form">What is asked.</param>
    /// <param name="state">What to remember; comes back only to the same person and only as it was.</param>
    /// <param name="otherwise">Said when it can't be opened: how to do the same without it.</param>
    public Reply Open(DialogForm form, TState state, Markdown otherwise) =>
        new Reply.Ask(form, Name, JsonSerializer.Serialize(state, Json), ValidFor, otherwise);
}
