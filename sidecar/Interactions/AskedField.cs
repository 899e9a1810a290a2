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
    // Only texts are longer, and a text is compared, never given back.
    private const int LongestKept = 200;

    /// <summary>What a form asks.</summary>
    public static ImmutableArray<AskedField> Of(DialogForm form) =>
        form.Fields.IsDefault ? [] : [.. form.Fields.Select(Of)];

    /// <summary>It was filled with this.</summary>
    public bool IsPreset(string value) => Known(Preset ?? "") == Known(Kept(value));

    /// <summary>A box that was opened without a tick is sent as one that has none.</summary>
    private string Known(string value) =>
        Kind == FieldKind.YesNo && value.Length == 0 ? "false" : value;

    private static AskedField Of(DialogField field) =>
        new(
            field.Name,
            field.Kind,
            field.Optional,
            field.NoneIsAnswer,
            field.Default is { Length: > 0 } preset ? Kept(preset) : null
        );

    private static string Kept(string value)
    {
        var text = value.Trim();
        return text.Length <= LongestKept
            ? text
            : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }
}
