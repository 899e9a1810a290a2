using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// Completes a form so that no feature has to think of what clients hide, keep back or put back: see
/// <see cref="FormAnswers"/>, which reads the answers.
/// </summary>
public static class FormShape
{
    /// <summary>What a tick says.</summary>
    public const string Yes = "true";

    /// <summary>Below filled fields that may be emptied.</summary>
    public const string NoneHint = $"Write {NoneWord.Text} to clear it.";

    /// <summary>
    /// Said with an error: today's client puts back what was sent before into a field that is emptied after it, so that
    /// only a word empties it.
    /// </summary>
    public const string NoneAfterError = $"To clear a field, write {NoneWord.Text} in it.";

    /// <summary>The same for what is chosen and not written.</summary>
    public const string TickAfterError =
        "What you chose and want to take back needs the tick “nobody” or “none” below it.";

    /// <summary>The same where nothing can be ticked, since it must not be empty.</summary>
    public const string ChooseAgainAfterError =
        "To go back to what a list held before, choose that again: emptying it keeps what you chose.";

    /// <summary>Mattermost's limits of a field's label and of the text below it.</summary>
    private const int LongestLabel = 24;
    private const int LongestHelp = 150;

    /// <summary>The tick behind a list of people or channels that means: nobody.</summary>
    public static string NobodyOf(string field) => $"{field}_none";

    /// <summary>
    /// A sentence of a feature's that says how a field is emptied, for the way in which the field is drawn: in a calendar
    /// nobody can write a word, and a list that asks us offers it itself.
    /// </summary>
    internal static string Fitting(FieldDrawing drawing, string sentence) =>
        drawing switch
        {
            FieldDrawing.Calendar or FieldDrawing.Clock => sentence.Replace(
                "Write none",
                "Tick “none” below it",
                StringComparison.Ordinal
            ),
            FieldDrawing.Offered => sentence.Replace(
                "Tick “nobody” below it",
                $"Choose “{NothingOffered}”",
                StringComparison.Ordinal
            ),
            _ => sentence,
        };

    /// <summary>How a list that asks us calls the choice that leaves it empty.</summary>
    internal const string NothingOffered = "–";

    /// <summary>The form with a way to empty each field that may be empty.</summary>
    public static DialogForm Complete(DialogForm form) =>
        form.Fields.IsDefault ? form : form with { Fields = [.. form.Fields.SelectMany(Complete)] };

    /// <summary>A help text with one more sentence in front, as far as there is room.</summary>
    internal static string InFront(string sentence, string? help) =>
        help is { Length: > 0 } && sentence.Length + 1 + help.Length <= LongestHelp
            ? $"{sentence} {help}"
            : MarkdownEscaper.Shorten(sentence, LongestHelp);

    private static IEnumerable<DialogField> Complete(DialogField field) =>
        field.Drawing switch
        {
            FieldDrawing.Plain => AsItsKind(field),
            // Its own list offers to leave it empty.
            FieldDrawing.Offered =>
            [
                field.Optional && field.Default is { Length: > 0 }
                    ? field with
                    {
                        Help = InFront($"Choose “{NothingOffered}” for nobody.", field.Help),
                    }
                    : field,
            ],
            FieldDrawing.Names =>
            [
                field.Optional && (field.Preset ?? field.Default) is { Length: > 0 }
                    ? field with
                    {
                        Help = WithHint(field.Help),
                    }
                    : field,
            ],
            // Nobody is in it, whether it is ticked that nobody is or not; who was chosen by mistake is taken out again.
            FieldDrawing.Several when field.Optional && field.Preset is not { Length: > 0 } =>
            [
                field,
            ],
            // In a calendar nobody can write a word.
            _ => field.Optional
                ?
                [
                    field with
                    {
                        Help = field.Help is { } help ? Fitting(field.Drawing, help) : null,
                    },
                    Nobody(field),
                ]
            : field.Drawing == FieldDrawing.Several
                ? [field with { Optional = field.Preset is { Length: > 0 } }]
            : [field],
        };

    private static IEnumerable<DialogField> AsItsKind(DialogField field) =>
        field.Kind switch
        {
            // What is known already is kept when nothing is chosen: nobody has to choose it again.
            FieldKind.Person or FieldKind.Channel => field.Optional
                ? [field, Nobody(field)]
                : [field with { Optional = field.Default is { Length: > 0 } }],
            FieldKind.Text or FieldKind.LongText or FieldKind.Number when field.Optional =>
            [
                field.NoneIsAnswer || field.Default is not { Length: > 0 }
                    ? field
                    : field with
                    {
                        Help = WithHint(field.Help),
                    },
            ],
            FieldKind.Choice when field.Optional => [WithNone(field)],
            _ => [field],
        };

    private static DialogField Nobody(DialogField field)
    {
        var (word, all) = field.Kind is FieldKind.Person or FieldKind.People
            ? ("nobody", "Nobody, even if somebody is chosen above")
            : ("none", "None, even if one is chosen above");
        return new DialogField(
            NobodyOf(field.Name),
            $"{MarkdownEscaper.Shorten(field.Label.TrimEnd('?'), LongestLabel - word.Length - 2)}: {word}",
            FieldKind.YesNo
        )
        {
            Default = "false",
            Optional = true,
            Placeholder = all,
        };
    }

    private static DialogField WithNone(DialogField field) =>
        field.Options.Any(o => o.Value == NoneWord.Text)
            ? field
            : field with
            {
                Options = field.Options.Insert(
                    0,
                    new ControlOption(field.NoneLabel, NoneWord.Text)
                ),
                Default = field.Default is { Length: > 0 } ? field.Default : NoneWord.Text,
            };

    private static string? WithHint(string? help) =>
        help is null or "" ? NoneHint
        : help.Contains(NoneWord.Text, StringComparison.Ordinal)
        || help.Length + 1 + NoneHint.Length > LongestHelp
            ? help
        : $"{help} {NoneHint}";
}
