using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sidecar.Chat;

namespace Sidecar.Interactions;

/// <summary>A field of a form as its sealed state remembers it: what the answers are read by.</summary>
/// <param name="Name">Under which its value comes back.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Optional">It may stay empty.</param>
/// <param name="NoneIsAnswer">See <see cref="DialogField.NoneIsAnswer"/>.</param>
/// <param name="Preset">What it was filled with; a long text by its digest.</param>
public sealed record AskedField(
    string Name,
    FieldKind Kind,
    bool Optional = false,
    bool NoneIsAnswer = false,
    string? Preset = null
)
{
    /// <summary>How it was drawn where its kind leaves that to the server; null: as the kind says.</summary>
    public FieldDrawing? Drawing { get; init; }

    /// <summary>What is offered while it is typed; see <see cref="DialogField.Offers"/>.</summary>
    public string? Offers { get; init; }

    /// <summary>See <see cref="DialogField.TakesTyped"/>.</summary>
    public bool? TakesTyped { get; init; }

    /// <summary>The preset in the words in which it was drawn; null when those are the same.</summary>
    public string? Shown { get; init; }

    /// <summary>It is left out of the form, and answered by what it is filled with.</summary>
    public bool? IsSpared { get; init; }

    /// <summary>What it was filled with at first; null when it still is.</summary>
    public string? OpenedWith { get; init; }

    // Only texts are longer, and a text is compared, never given back.
    private const int LongestKept = 200;

    /// <summary>What a form asks.</summary>
    public static ImmutableArray<AskedField> Of(DialogForm form) =>
        form.Fields.IsDefault ? [] : [.. form.Fields.Select(Of)];

    /// <summary>It was filled with this.</summary>
    public bool IsPreset(string value) =>
        Known(OpenedWith ?? Preset ?? "") == Known(Drawing is null ? Kept(value) : value.Trim());

    /// <summary>The same field, filled with something else.</summary>
    public AskedField Filled(string value) =>
        this with
        {
            Preset = Drawing is null ? Kept(value) : value.Trim(),
            OpenedWith = null,
        };

    /// <summary>A box that was opened without a tick is sent as one that has none.</summary>
    private string Known(string value) =>
        Kind == FieldKind.YesNo && value.Length == 0 ? "false" : value;

    private static AskedField Of(DialogField field) =>
        new(
            field.Name,
            Understood(field.Kind),
            field.Optional,
            field.NoneIsAnswer,
            (field.Preset ?? field.Default) is { Length: > 0 } preset
                // What comes back for something untouched is kept whole.
                ? field.Drawing == FieldDrawing.Plain
                    ? Kept(preset)
                    : preset.Trim()
                : null
        )
        {
            Drawing = field.Drawing == FieldDrawing.Plain ? null : field.Drawing,
            Offers = field.Offers,
            TakesTyped = field.TakesTyped ? true : null,
            Shown = field.Preset is null ? null : field.Default ?? "",
            IsSpared = field.IsSpared ? true : null,
            OpenedWith = field.OpenedWith,
        };

    /// <summary>
    /// A kind that the release before this one reads as well: while one replaces the other, a form may be submitted to
    /// either.
    /// </summary>
    private static FieldKind Understood(FieldKind kind) =>
        kind is FieldKind.Sought or FieldKind.People or FieldKind.Day or FieldKind.Moment
            ? FieldKind.Text
            : kind;

    /// <summary>It is remembered as it is.</summary>
    public static bool IsKeptWhole(string? value) =>
        value is null || value.Trim().Length <= LongestKept;

    private static string Kept(string value)
    {
        var text = value.Trim();
        return text.Length <= LongestKept ? text : Digest(text);
    }

    /// <summary>A text as a sealed state remembers it, to be compared.</summary>
    public static string Digest(string text) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
