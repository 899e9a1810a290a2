using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>Writes a dialog in Mattermost's words.</summary>
internal static class DialogWriter
{
    /// <summary>In minutes; the server wants one that divides a day. Any other time can be typed.</summary>
    private const int Interval = 15;

    /// <exception cref="InvalidOperationException">The form breaks one of Mattermost's limits: a fault of ours.</exception>
    public static WireDialog Write(
        OpenDialog dialog,
        Func<UserId, string?> nameOf,
        string? lookUpsUrl = null,
        string? dialogsUrl = null
    )
    {
        var problems = DialogLimits.Check(dialog.Form);
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(
                $"Dialog '{dialog.Dialog}' can't be shown: {string.Join("; ", problems)}."
            );
        }

        var form = dialog.Form;
        return new WireDialog
        {
            CallbackId = dialog.Dialog,
            Title = form.Title,
            IntroductionText = form.Introduction.IsEmpty ? null : form.Introduction.Show(nameOf),
            Elements = form.Fields.IsDefault
                ? []
                : [.. form.Fields.Select(f => Element(f, nameOf, lookUpsUrl))],
            SubmitLabel = form.SubmitLabel,
            State = dialog.SealedState,
            SourceUrl = !form.Fields.IsDefault && form.Fields.Any(AsksAgain) ? dialogsUrl : null,
        };
    }

    private static DialogElement Element(
        DialogField field,
        Func<UserId, string?> nameOf,
        string? lookUpsUrl
    )
    {
        var (type, subtype, source) = Type(field);
        return new DialogElement
        {
            DisplayName = field.Label,
            Name = field.Name,
            Type = type,
            Subtype = subtype,
            DataSource = source,
            DataSourceUrl =
                field.Drawing != FieldDrawing.Offered ? null
                : field.LookUpState is { } state ? $"{lookUpsUrl}?state={state}"
                : lookUpsUrl,
            Refresh = AsksAgain(field) ? true : null,
            Multiselect = field.Drawing == FieldDrawing.Several ? true : null,
            TimeInterval = field.Drawing == FieldDrawing.Clock ? Interval : null,
            DatetimeConfig =
                field.Drawing == FieldDrawing.Clock
                    ? new DateTimeConfig(AllowManualTimeEntry: true)
                    : null,
            Default = field.Default,
            Placeholder = field.Placeholder,
            HelpText = Help(field, nameOf),
            // "No" is an answer; with a required box Mattermost's clients insist on a yes.
            Optional = field.Optional || field.Kind == FieldKind.YesNo,
            MaxLength = IsTyped(field)
                ? DialogLimits.Room(field) ?? DialogLimits.LongestValue(field)
                : null,
            Options =
                field.Kind is FieldKind.Choice
                    ? [.. field.Options.Select(o => new AttachmentOption(o.Text, o.Value))]
                    : null,
        };
    }

    /// <summary>Clients ask for the form again when a list is changed, and only then.</summary>
    private static bool AsksAgain(DialogField field) =>
        field.Redraws && Type(field).Type == "select";

    /// <summary>Clients do not show who was chosen before, so it is said.</summary>
    private static string? Help(DialogField field, Func<UserId, string?> nameOf) =>
        field.Default is not { Length: > 0 } chosen || field.Drawing == FieldDrawing.Offered
            ? field.Help
        : field.Drawing == FieldDrawing.Several
            ? FormShape.InFront(
                $"Now: {string.Join(", ", FormDrawing.PeopleIn(field.Preset).Select(p => $"@{nameOf(p) ?? "somebody"}"))}, unless you choose others.",
                field.Help
            )
        : field.Kind == FieldKind.Person
            ? FormShape.InFront(
                $"Now: @{nameOf(new UserId(chosen)) ?? "somebody"}, unless you choose somebody else.",
                field.Help
            )
        : field.Kind == FieldKind.Channel
            ? FormShape.InFront(
                "One is chosen already; it stays unless you choose another.",
                field.Help
            )
        : field.Help;

    private static bool IsTyped(DialogField field) =>
        field.Drawing == FieldDrawing.Names
        || field.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.Number;

    private static (string Type, string? Subtype, string? Source) Type(DialogField field) =>
        field.Drawing switch
        {
            FieldDrawing.Offered => ("select", null, "dynamic"),
            FieldDrawing.Calendar => ("date", null, null),
            FieldDrawing.Clock => ("datetime", null, null),
            FieldDrawing.Several => ("select", null, "users"),
            FieldDrawing.Names => ("text", null, null),
            _ => Type(field.Kind),
        };

    private static (string Type, string? Subtype, string? Source) Type(FieldKind kind) =>
        kind switch
        {
            FieldKind.Text => ("text", null, null),
            FieldKind.LongText => ("textarea", null, null),
            FieldKind.Number => ("text", "number", null),
            FieldKind.Choice => ("select", null, null),
            FieldKind.Person => ("select", null, "users"),
            FieldKind.Channel => ("select", null, "channels"),
            FieldKind.YesNo => ("bool", null, null),
            _ => throw new InvalidOperationException($"A field of kind {kind} was not drawn."),
        };
}
