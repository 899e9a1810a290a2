using System.Globalization;
using Sidecar.Chat;
using Sidecar.Time;

namespace Sidecar.Interactions;

/// <summary>
/// Lays what somebody wrote over a form that is drawn anew (DLG-2): what they touched stays as they left it, in sight,
/// and everything else is as the new form fills it.
/// </summary>
internal static class FormRedrawing
{
    /// <summary>The form with what was written.</summary>
    /// <param name="drawn">As the server's clients draw it, filled with what is known now.</param>
    /// <param name="asked">What was asked before.</param>
    /// <param name="sent">What the client says of it.</param>
    public static DialogForm Over(
        DialogForm drawn,
        IReadOnlyList<AskedField> asked,
        IReadOnlyDictionary<string, string> sent
    )
    {
        var answers = FormAnswers.Read(asked, sent);
        return drawn with
        {
            Fields =
            [
                .. drawn.Fields.Select(field =>
                    asked.FirstOrDefault(a => a.Name == field.Name) is { } before
                    && Touched(before, answers, sent) is { } written
                        ? Kept(field, before, written)
                        : field
                ),
            ],
        };
    }

    /// <summary>The ticks that a form brings by itself, as they were set.</summary>
    public static DialogForm Ticked(
        DialogForm complete,
        DialogForm declared,
        IReadOnlyDictionary<string, string> sent
    )
    {
        var own = declared.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return complete with
        {
            Fields =
            [
                .. complete.Fields.Select(field =>
                    !own.Contains(field.Name) && sent.GetValueOrDefault(field.Name) == FormShape.Yes
                        ? field with
                        {
                            Default = FormShape.Yes,
                        }
                        : field
                ),
            ],
        };
    }

    /// <summary>
    /// What somebody made of a field; null when they left it as it was. Whoever has touched it once means what they choose
    /// then, also when that is what it was opened with.
    /// </summary>
    private static string? Touched(
        AskedField before,
        FormAnswers answers,
        IReadOnlyDictionary<string, string> sent
    ) =>
        before.IsSpared == true || (before.OpenedWith is null && !answers.Changed(before.Name))
            ? null
            : sent.GetValueOrDefault(before.Name, answers.Values.GetValueOrDefault(before.Name, ""))
                .Trim();

    private static DialogField Kept(DialogField field, AskedField before, string written)
    {
        var kept = field with
        {
            IsSpared = field.IsSpared && written.Length == 0,
            OpenedWith = before.OpenedWith ?? before.Preset ?? "",
        };
        if (field is { Kind: FieldKind.Sought, Default.Length: > 0 } && written.Length > 0)
        {
            // The feature knows what was written, and how it is called.
            return kept;
        }

        if (written.Length > 0 && !Fits(field, written))
        {
            // It stays on the screen, where the form fills it with nothing.
            return kept with { Default = null, Preset = null };
        }

        return field.Drawing == FieldDrawing.Several
            ? kept with
            {
                Default = written.Replace(' ', ','),
                Preset = written,
            }
            : kept with
            {
                Default = written,
                Preset = null,
            };
    }

    private static bool Fits(DialogField field, string written) =>
        field.Drawing switch
        {
            FieldDrawing.Clock => TypedInstant.Read(written) is not null,
            FieldDrawing.Calendar => CalendarDay.ReadWritten(written) is not null,
            FieldDrawing.Plain => field.Kind switch
            {
                FieldKind.Choice => field.Options.Any(o => o.Value == written),
                FieldKind.YesNo => written is "true" or "false",
                FieldKind.Number => decimal.TryParse(
                    written,
                    NumberStyles.Number,
                    CultureInfo.InvariantCulture,
                    out _
                ),
                _ => IsShort(field, written),
            },
            _ => IsShort(field, written),
        };

    private static bool IsShort(DialogField field, string written) =>
        written.Length <= (field.MaxLength ?? LongestOf(field));

    /// <summary>What every client and server takes as a preset.</summary>
    private static int LongestOf(DialogField field) =>
        field.Kind is FieldKind.LongText or FieldKind.Choice || field.Drawing != FieldDrawing.Plain
            ? 3000
            : 150;
}
