using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Interactions;

namespace Sidecar.Features;

/// <summary>
/// Fields that say one thing together, as an address and whether what is there is complete (M1). Whoever touched one of
/// them means all of them as the form shows them, and what others made of any is asked about at what was touched; who
/// touched none leaves all of them as they are by now.
/// </summary>
internal static class FieldsTogether
{
    /// <summary>The form as it would be opened now, for <see cref="IDialogUpon{TState}.Now"/>.</summary>
    /// <param name="now">The same, with each field for itself.</param>
    /// <param name="form">What was sent.</param>
    /// <param name="names">Which fields, in the order in which people read them.</param>
    public static DialogForm Together<T>(
        this DialogForm now,
        Submission<T> form,
        params IReadOnlyList<string> names
    )
        where T : notnull
    {
        ImmutableArray<DialogField> fields =
        [
            .. names
                .Select(name => now.Fields.FirstOrDefault(f => f.Name == name))
                .OfType<DialogField>(),
        ];
        if (
            form.Answers.Asked is not { } asked
            || fields.FirstOrDefault(f => form.Changed(f.Name)) is not { } touched
            || fields.All(f =>
                asked.FirstOrDefault(a => a.Name == f.Name)?.IsPreset(Of(f)) != false
            )
        )
        {
            return now;
        }

        var others = now.Fields.Where(f => !fields.Contains(f));
        return now with
        {
            Fields = fields.All(f => Same(f, form[f.Name], Of(f)))
                ? [.. others]
                :
                [
                    .. others,
                    new DialogField(touched.Name, touched.Label, FieldKind.Text)
                    {
                        Default = Said(fields),
                    },
                ],
        };
    }

    /// <summary>What they say, as it is shown: what is short first, since a long text is cut.</summary>
    private static string Said(ImmutableArray<DialogField> fields) =>
        fields.All(f => Of(f).Length == 0)
            ? NoneWord.Text
            : string.Join(
                ", ",
                fields
                    .OrderBy(f => f.Kind == FieldKind.LongText)
                    .Select(AsRead)
                    .Where(text => text.Length > 0)
            );

    private static string Of(DialogField field) => field.Preset ?? field.Default ?? "";

    private static bool Same(DialogField field, string one, string other) =>
        field.Kind == FieldKind.YesNo
            ? (one == FormShape.Yes) == (other == FormShape.Yes)
            : one.Trim() == other.Trim();

    private static string AsRead(DialogField field) =>
        field.Kind switch
        {
            FieldKind.YesNo => $"{field.Label}: {(Of(field) == FormShape.Yes ? "yes" : "no")}",
            FieldKind.Choice => field.Options.FirstOrDefault(o => o.Value == Of(field))?.Text
                ?? Of(field),
            _ => Of(field),
        };
}
