using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>What Mattermost's clients of every age do with a form before they send it, and with what comes back.</summary>
internal static class DialogForm
{
    public const string Required = "This field is required.";

    public static IReadOnlyDictionary<string, string> None { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The value of a choice, which may be named by what the reader sees.</summary>
    public static string Chosen(
        DialogElement element,
        string text,
        Func<string, string, string> pick
    ) =>
        element.Options?.FirstOrDefault(o => o.Text == text) is { } option
            ? option.Value
            : pick(element.DataSource, text);

    /// <summary>What the client refuses to send, with the sentences that it shows at the fields.</summary>
    public static Dictionary<string, string> Check(
        OpenedDialog dialog,
        IReadOnlyDictionary<string, object?> values
    )
    {
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in dialog.Elements)
        {
            var value = values.GetValueOrDefault(element.Name);
            if (IsEmpty(value) && !element.Optional && element.Type != "bool")
            {
                refused[element.Name] = Required;
            }
            else if (value is string text && Problem(element, text) is { } problem)
            {
                refused[element.Name] = problem;
            }
        }

        return refused;
    }

    /// <summary>The texts at the fields, as the answer gives them.</summary>
    public static Dictionary<string, string> FieldErrors(Sent sent)
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

        return errors;
    }

    /// <summary>A number as JSON has it: whole ones without a point.</summary>
    public static object Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : double.Parse(text, CultureInfo.InvariantCulture);

    private static bool IsHttp(string text) =>
        text.StartsWith("http://", StringComparison.Ordinal)
        || text.StartsWith("https://", StringComparison.Ordinal);

    private static bool IsEmpty(object? value) =>
        value is null or "" or IReadOnlyCollection<string> { Count: 0 };

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

        return element.SubType switch
        {
            "number" when !double.TryParse(text, CultureInfo.InvariantCulture, out _) =>
                "Must be a number.",
            "email" when !text.Contains('@', StringComparison.Ordinal) =>
                "Must be a valid email address.",
            "url" when !IsHttp(text) => "URL must include http:// or https://.",
            _ => null,
        };
    }
}
