using System.Collections.Immutable;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Chat;

/// <summary>A dialog as a person sees it.</summary>
/// <param name="Title">At most 24 characters.</param>
/// <param name="Fields">In order.</param>
public sealed record DialogForm(string Title, ImmutableArray<DialogField> Fields)
{
    /// <summary>A sentence or two above the fields.</summary>
    public Markdown Introduction { get; init; } = Markdown.None;

    /// <summary>What the button says.</summary>
    public string SubmitLabel { get; init; } = "Submit";

    /// <summary>
    /// What is so and makes sending it mean what it means, as a sentence; not shown. When it is another by the time the
    /// form is sent, that is said first (M1). Nothing: only what is asked counts.
    /// </summary>
    public Markdown Premise { get; init; } = Markdown.None;

    /// <summary>How things are by now, where nothing is filled in from what is known.</summary>
    public static DialogForm Upon(Markdown premise) => new("", []) { Premise = premise };
}

/// <summary>One field of a dialog.</summary>
/// <param name="Name">Under which its value comes back; unique in the dialog.</param>
/// <param name="Label">At most 24 characters.</param>
/// <param name="Kind">How it is filled in.</param>
public sealed record DialogField(string Name, string Label, FieldKind Kind)
{
    /// <summary>A hint below the field, at most 150 characters.</summary>
    public string? Help { get; init; }

    /// <summary>How it is typed, said after <see cref="Help"/> where no calendar or clock is drawn.</summary>
    public string? HelpWhenTyped { get; init; }

    /// <summary>Greyed text in an empty field.</summary>
    public string? Placeholder { get; init; }

    /// <summary>What it is filled with; for a choice one of the values.</summary>
    public string? Default { get; init; }

    /// <summary>It may stay empty.</summary>
    public bool Optional { get; init; }

    /// <summary>
    /// Writing <see cref="NoneWord.Text"/> says something else than leaving it empty: the feature gets the word and makes
    /// something of it, and <see cref="Help"/> says what. Where something has to be written, none is an honest answer;
    /// elsewhere the word is asked about there.
    /// </summary>
    public bool NoneIsAnswer { get; init; }

    /// <summary>How the empty choice of an optional list is called.</summary>
    public string NoneLabel { get; init; } = "–";

    /// <summary>The longest text taken, in characters; null for the kind's own limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What can be chosen.</summary>
    public ImmutableArray<ControlOption> Options { get; init; } = [];

    /// <summary>
    /// Of <see cref="FieldKind.Sought"/>, and of a person whom a role decides: what is offered while it is typed. See
    /// <c>ICompletion</c>.
    /// </summary>
    public string? Offers { get; init; }

    /// <summary>
    /// Of <see cref="FieldKind.Sought"/>: what is typed is an answer too, whether it is known or not. The list then offers
    /// what is typed to everybody alike, so that nobody can find out by it what there is.
    /// </summary>
    public bool TakesTyped { get; init; }

    /// <summary>The moment that <see cref="Default"/> says, of <see cref="FieldKind.Moment"/>; null when it says none.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// What else is asked, or known, depends on it: where the server can, the form is drawn anew as soon as it is answered.
    /// See <c>IRedrawnDialog</c>.
    /// </summary>
    public bool Redraws { get; init; }

    /// <summary>
    /// By what is answered so far nobody needs to fill it in: left out where the server draws forms anew, as long as it
    /// holds nothing that somebody wrote. What it is filled with counts as its answer.
    /// </summary>
    public bool IsSpared { get; init; }

    /// <summary>How this server's clients draw it. Not for features: the same declaration serves all of them.</summary>
    public FieldDrawing Drawing { get; init; }

    /// <summary>
    /// What it was filled with in the feature's words, where the drawing shows it in others; null where it does not.
    /// </summary>
    public string? Preset { get; init; }

    /// <summary>
    /// What it was filled with when the form was opened, where it is drawn again with what somebody wrote instead.
    /// </summary>
    public string? OpenedWith { get; init; }

    /// <summary>Vouches for a list that asks us in a later step; see <see cref="OpenDialog.Step"/>.</summary>
    public string? LookUpState { get; init; }
}

/// <summary>How a field is filled in.</summary>
public enum FieldKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of the options, from a list.</summary>
    Choice,

    /// <summary>A person of the server.</summary>
    Person,

    /// <summary>A channel of the team.</summary>
    Channel,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>
    /// Something that the product knows, such as a customer: found by typing a part of what it is called, and answered
    /// with as much as names it. What is not known can be typed, too.
    /// </summary>
    Sought,

    /// <summary>Several people of the server; default and answer are their ids with spaces between them.</summary>
    People,

    /// <summary>A day: chosen from a calendar, or typed as people do. The default is written as <c>2026-01-31</c>.</summary>
    Day,

    /// <summary>A moment, chosen or typed likewise; see <see cref="DialogField.At"/>.</summary>
    Moment,
}

/// <summary>How a field is drawn where its kind leaves that to the server.</summary>
public enum FieldDrawing
{
    /// <summary>As its kind says.</summary>
    Plain,

    /// <summary>A list that asks us what it offers.</summary>
    Offered,

    /// <summary>A calendar.</summary>
    Calendar,

    /// <summary>A calendar and a time of the day.</summary>
    Clock,

    /// <summary>A list of people of whom several are chosen.</summary>
    Several,

    /// <summary>A line of at-names.</summary>
    Names,
}

/// <summary>A dialog ready to be opened: form, which dialog it is, and the sealed state that comes back with it.</summary>
public sealed record OpenDialog(DialogForm Form, string Dialog, string SealedState)
{
    /// <summary>
    /// Which form it is of several that follow each other; 0 for one that was opened. The client sends what was written in
    /// all of them under the names of their fields, so those of a later one carry its number.
    /// </summary>
    public int Step { get; init; }

    /// <summary>The name of a field of this step, as the client knows it.</summary>
    public static string Sent(int step, string field) => step == 0 ? field : $"{field}{Mark(step)}";

    /// <summary>The field that a client's name means; null when it is one of another step.</summary>
    public static string? Own(int step, string sent) =>
        step == 0 ? sent
        : sent.EndsWith(Mark(step), StringComparison.Ordinal) ? sent[..^Mark(step).Length]
        : null;

    private static string Mark(int step) => $"__{step + 1}";
}
