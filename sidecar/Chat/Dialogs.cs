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
}

/// <summary>One field of a dialog.</summary>
/// <param name="Name">Under which its value comes back; unique in the dialog.</param>
/// <param name="Label">At most 24 characters.</param>
/// <param name="Kind">How it is filled in.</param>
public sealed record DialogField(string Name, string Label, FieldKind Kind)
{
    /// <summary>A hint below the field, at most 150 characters.</summary>
    public string? Help { get; init; }

    /// <summary>Greyed text in an empty field.</summary>
    public string? Placeholder { get; init; }

    /// <summary>What it is filled with; for a choice one of the values.</summary>
    public string? Default { get; init; }

    /// <summary>It may stay empty.</summary>
    public bool Optional { get; init; }

    /// <summary>
    /// Writing <see cref="NoneWord.Text"/> says something else than leaving it empty: the feature gets the word and makes
    /// something of it, and <see cref="Help"/> says what.
    /// </summary>
    public bool NoneIsAnswer { get; init; }

    /// <summary>How the empty choice of an optional list is called.</summary>
    public string NoneLabel { get; init; } = "–";

    /// <summary>The longest text taken, in characters; null for the kind's own limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What can be chosen.</summary>
    public ImmutableArray<ControlOption> Options { get; init; } = [];
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
}

/// <summary>A dialog ready to be opened: form, which dialog it is, and the sealed state that comes back with it.</summary>
public sealed record OpenDialog(DialogForm Form, string Dialog, string SealedState);
