using System.Text.Json.Serialization;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Chat;

/// <summary>What a post shows beside its text: a value without a word of Mattermost in it. <see cref="CardRenderer"/> draws it.</summary>
/// <param name="Title">The headline.</param>
/// <param name="Tone">How loud it is.</param>
public sealed record Card(Markdown Title, Tone Tone)
{
    /// <summary>The body below the headline.</summary>
    public Markdown Text { get; init; } = Markdown.None;

    /// <summary>Named facts.</summary>
    public IReadOnlyList<CardField> Fields { get; init; } = [];

    /// <summary>Buttons and menus, in order.</summary>
    public IReadOnlyList<CardControl> Controls { get; init; } = [];

    /// <summary>A small line at the end.</summary>
    public Markdown Footer { get; init; } = Markdown.None;
}

/// <summary>How loud a card is; the renderer chooses the colour.</summary>
public enum Tone
{
    /// <summary>Something to know.</summary>
    Neutral,

    /// <summary>Something to do soon.</summary>
    Notice,

    /// <summary>Something to do now.</summary>
    Warning,

    /// <summary>An outage.</summary>
    Danger,

    /// <summary>It went well.</summary>
    Success,
}

/// <summary>A named fact on a card.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it is.</param>
/// <param name="Wide">Takes the whole width instead of half of it.</param>
public sealed record CardField(string Name, Markdown Value, bool Wide = false);

/// <summary>
/// A button or a menu. Made by <see cref="Interactions.ActionKey{TPayload}"/>, which ties the payload to the action
/// that understands it.
/// </summary>
/// <param name="Action">The action's name.</param>
/// <param name="Label">What it says.</param>
/// <param name="Payload">What the action is told, as JSON; nobody but us reads it.</param>
public sealed record CardControl(string Action, string Label, string Payload)
{
    /// <summary>How it looks.</summary>
    public ControlStyle Style { get; init; }

    /// <summary>What can be chosen; empty for a button.</summary>
    public IReadOnlyList<ControlOption> Options { get; init; } = [];

    /// <summary>
    /// It is shown greyed: the move has been made. A click that was on its way when the card changed still arrives, and
    /// is told who was first.
    /// </summary>
    public bool IsSpent { get; init; }

    /// <summary>A menu of the server's people instead of <see cref="Options"/>.</summary>
    public bool OfPeople { get; init; }

    /// <summary>It stands below a reply: who presses it reads the thread. Set when it is drawn.</summary>
    [JsonIgnore]
    public bool IsInThread { get; init; }

    /// <summary>
    /// Which drawing of its post it belongs to; set when it is drawn. A client keeps what was chosen in a menu for as
    /// long as the menu has the same name, so each drawing gives its menus another.
    /// </summary>
    [JsonIgnore]
    public string Drawing { get; init; } = "";
}

/// <summary>How a button looks.</summary>
public enum ControlStyle
{
    /// <summary>One of several.</summary>
    Default,

    /// <summary>What most people will want.</summary>
    Primary,

    /// <summary>It ends well.</summary>
    Good,

    /// <summary>It can't easily be taken back.</summary>
    Danger,
}

/// <summary>A choice of a menu.</summary>
public sealed record ControlOption(string Text, string Value);
