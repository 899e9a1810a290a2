using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>What Mattermost's own clients do with a dialog before they send it, and with what comes back.</summary>
internal static class DialogForm
{
    public static Dictionary<string, object?> Fill(
        OpenedDialog dialog,
        IReadOnlyDictionary<string, object?> values,
        Func<string, string, string> pick
    )
    {
        foreach (var unknown in values.Keys.Where(k => dialog.Elements.All(e => e.Name != k)))
        {
            var there = string.Join(", ", dialog.Elements.Select(e => e.Name));
            throw new ArgumentException(
                $"The dialog has no field '{unknown}'; it has: {there}.",
                nameof(values)
            );
        }

        return dialog.Elements.ToDictionary(
            e => e.Name,
            e => values.TryGetValue(e.Name, out var given) ? Chosen(e, given, pick) : Default(e),
            StringComparer.Ordinal
        );
    }

    // A choice may be named by what the user reads.
    private static object? Chosen(
        DialogElement element,
        object? given,
        Func<string, string, string> pick
    ) =>
        given is not string text ? given
        : element.Options?.FirstOrDefault(o => o.Text == text) is { } option ? option.Value
        : pick(element.DataSource, text);

    private static object? Default(DialogElement element)
    {
        object? text = element.Default.Length > 0 ? element.Default : null;
        return element.Type == "bool" ? element.Default == "true" : text;
    }

    public static Dictionary<string, string> Check(
        OpenedDialog dialog,
        Dictionary<string, object?> submission
    )
    {
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in dialog.Elements)
        {
            var value = submission[element.Name];
            if (value is null or "" && !element.Optional && element.Type != "bool")
            {
                refused[element.Name] = "This field is required.";
            }
            else if (value is string text && Problem(element, text) is { } problem)
            {
                refused[element.Name] = problem;
            }
        }

        return refused;
    }

    private static string? Problem(DialogElement element, string text)
    {
        if (element.Type is not ("text" or "textarea") || text.Length == 0)
        {
            return null;
        }

        if (element.MinLength > 0 && text.Length < element.MinLength)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Minimum input length is {element.MinLength}."
            );
        }

        var max =
            element.MaxLength > 0 ? element.MaxLength
            : element.Type == "text" ? 150
            : 3000;
        if (text.Length > max)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Maximum input length is {max}.");
        }

        return
            element.SubType == "number"
            && !double.TryParse(text, CultureInfo.InvariantCulture, out _)
            ? "Must be a number."
            : null;
    }

    public static DialogOutcome Outcome(OpenedDialog dialog, Sent sent)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (
            sent.Error is null
            && sent.Body.Get("errors") is { ValueKind: JsonValueKind.Object } given
        )
        {
            foreach (var error in given.EnumerateObject())
            {
                errors[error.Name] = error.Value.ToString();
            }
        }

        var next =
            sent.Body.Str("type") == "form" && sent.Body.Get("form") is { } form
                ? OpenedDialog.Read(dialog.TriggerId, dialog.Url, form) with
                {
                    UserId = dialog.UserId,
                    ChannelId = dialog.ChannelId,
                    TeamId = dialog.TeamId,
                }
                : null;
        return new DialogOutcome(
            sent.Status,
            sent.Error,
            sent.Body.Str("error") ?? "",
            errors,
            next,
            sent.Ephemerals
        );
    }
}
