using System.Globalization;
using Sidecar.Chat;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <summary>
/// What Mattermost takes in a dialog. It does not refuse an invalid one: it only logs, and the person sees something
/// broken. So a dialog is checked before it is sent.
/// </summary>
internal static class DialogLimits
{
    public const int Title = 24;
    public const int Label = 24;
    public const int Name = 300;
    public const int Help = 150;
    public const int Line = 150;
    public const int LongText = 3000;
    public const int Choice = 3000;

    /// <summary>What is wrong with a form, each naming field and limit; nothing when it can be shown.</summary>
    public static IReadOnlyList<string> Check(DialogForm form)
    {
        var fields = form.Fields.IsDefault ? [] : form.Fields;
        return
        [
            .. Text("title", form.Title, Title, required: true),
            .. Text("submit label", form.SubmitLabel, Label, required: true),
            .. fields
                .GroupBy(f => f.Name, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
                .Select(g => $"field '{g.Key}': the name is used {g.Count()} times"),
            .. fields.SelectMany(Check),
        ];
    }

    /// <summary>The longest value a field takes.</summary>
    public static int LongestValue(DialogField field) =>
        field.Drawing switch
        {
            FieldDrawing.Plain => LongestValue(field.Kind),
            FieldDrawing.Names => Line,
            _ => Choice,
        };

    /// <summary>
    /// So many places a field offers: what it is filled with has no more characters than its limit, but these may take
    /// several places each.
    /// </summary>
    public static int? Room(DialogField field) =>
        field is { MaxLength: { } most, Default: { } filled } && TextLength.Fits(filled, most)
            ? Math.Max(most, filled.Length)
            : field.MaxLength;

    /// <summary>The longest value a kind of field takes.</summary>
    public static int LongestValue(FieldKind kind) =>
        kind switch
        {
            FieldKind.LongText => LongText,
            FieldKind.Text or FieldKind.Number or FieldKind.YesNo => Line,
            _ => Choice,
        };

    private static IEnumerable<string> Check(DialogField field)
    {
        var longest = LongestValue(field);
        var name = $"field '{field.Name}'";
        return
        [
            .. Text($"{name}: name", field.Name, Name, required: true),
            .. Text($"{name}: label", field.Label, Label, required: true),
            .. Text($"{name}: help", field.Help, Help),
            .. Text($"{name}: placeholder", field.Placeholder, longest),
            .. Text($"{name}: default", field.Default, Math.Min(Room(field) ?? longest, longest)),
            .. MaxLength(field, name, longest),
            .. field.Kind is FieldKind.Choice ? Options(field, name) : Value(field, name),
        ];
    }

    private static IEnumerable<string> MaxLength(DialogField field, string name, int longest)
    {
        if (field.MaxLength is { } max && (max < 1 || max > longest))
        {
            yield return $"{name}: max length {max} is not between 1 and {longest}";
        }
    }

    private static IEnumerable<string> Options(DialogField field, string name)
    {
        var options = field.Options.IsDefault ? [] : field.Options;
        if (options.IsEmpty)
        {
            yield return $"{name}: has nothing to choose from";
        }

        if (options.Any(o => o.Text.Length == 0 || o.Value.Length == 0))
        {
            yield return $"{name}: an option without text or value";
        }

        if (options.Select(o => o.Value).Distinct(StringComparer.Ordinal).Count() < options.Length)
        {
            yield return $"{name}: two options with the same value";
        }

        if (field.Default is { Length: > 0 } chosen && options.All(o => o.Value != chosen))
        {
            yield return $"{name}: the default is not among the options";
        }
    }

    private static IEnumerable<string> Value(DialogField field, string name)
    {
        var fine =
            field.Default is null
            || field.Kind switch
            {
                FieldKind.YesNo => field.Default is "true" or "false",
                FieldKind.Number => decimal.TryParse(
                    field.Default,
                    NumberStyles.Number,
                    CultureInfo.InvariantCulture,
                    out _
                ),
                _ => true,
            };
        if (!fine)
        {
            yield return $"{name}: the default does not fit a field of kind {field.Kind}";
        }
    }

    private static IEnumerable<string> Text(
        string what,
        string? value,
        int limit,
        bool required = false
    )
    {
        if (required && string.IsNullOrEmpty(value))
        {
            yield return $"{what} is empty";
        }

        if (value?.Length > limit)
        {
            yield return $"{what} has {value.Length} characters, the limit is {limit}";
        }
    }
}
