using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>What a dialog must keep to. The server opens it regardless, and clients then show something broken.</summary>
internal static class DialogRules
{
    private static readonly string[] TextSubTypes =
    [
        "",
        "text",
        "email",
        "number",
        "tel",
        "url",
        "password",
    ];

    public static IEnumerable<string> Problems(JsonElement json, ServerVersion version)
    {
        var dialog = OpenedDialog.Read(version, "", "", json);
        if (dialog.Title.Length is 0 or > 24)
        {
            yield return $"title '{dialog.Title}' must have 1 to 24 characters";
        }

        if (dialog.IconUrl.Length > 0 && !Commands.IsHttpUrl(dialog.IconUrl))
        {
            yield return $"icon_url '{dialog.IconUrl}' is not an http URL";
        }

        foreach (
            var name in dialog
                .Elements.GroupBy(e => e.Name, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
        )
        {
            yield return $"element name '{name.Key}' is used more than once";
        }

        foreach (var element in dialog.Elements)
        {
            foreach (var problem in Common(element).Concat(ByType(element, version)))
            {
                yield return $"element '{element.Name}': {problem}";
            }
        }
    }

    private static IEnumerable<string> Common(DialogElement element)
    {
        if (element.DisplayName.Length is 0 or > 24)
        {
            yield return $"display_name '{element.DisplayName}' must have 1 to 24 characters";
        }

        if (element.Name.Length is 0 or > 300)
        {
            yield return "name must have 1 to 300 characters";
        }

        if (element.HelpText.Length > 150)
        {
            yield return "help_text is longer than 150 characters";
        }

        if (element.MaxLength > 0 && element.MinLength > element.MaxLength)
        {
            yield return "min_length is above max_length";
        }
    }

    private static IEnumerable<string> ByType(DialogElement element, ServerVersion version) =>
        element.Type switch
        {
            "text" => Lengths(element, 150).Concat(SubType(element)),
            "textarea" => Lengths(element, 3000).Concat(SubType(element)),
            "select" => Lengths(element, 3000).Concat(Choices(element, version)),
            "radio" => Choices(element, version),
            "bool" => element.Default is "" or "true" or "false"
                ? []
                : [$"default '{element.Default}' is no boolean"],
            "date" or "datetime" when version.HasDateElements => Dates(element),
            _ => [$"type '{element.Type}' is unknown to this server"],
        };

    private static IEnumerable<string> Lengths(DialogElement element, int max)
    {
        if (element.Default.Length > max || element.Placeholder.Length > max)
        {
            yield return $"default or placeholder is longer than {max.ToString(CultureInfo.InvariantCulture)} characters";
        }

        if (element.MaxLength > max && element.Type != "select")
        {
            yield return $"max_length is above {max.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    private static IEnumerable<string> SubType(DialogElement element) =>
        TextSubTypes.Contains(element.SubType) ? [] : [$"subtype '{element.SubType}' is unknown"];

    private static IEnumerable<string> Choices(DialogElement element, ServerVersion version)
    {
        string[] sources = version.HasMultiStepDialogs
            ? ["", "users", "channels", "dynamic"]
            : ["", "users", "channels"];
        if (!sources.Contains(element.DataSource))
        {
            yield return $"data_source '{element.DataSource}' is unknown to this server";
        }

        if (element.DataSource == "dynamic" && element.DataSourceUrl is not { Length: > 0 })
        {
            yield return "data_source dynamic needs a data_source_url";
        }

        var options = element.Options ?? [];
        if (element.DataSource.Length == 0 && options.Count == 0)
        {
            yield return "needs options or a data_source";
        }

        var defaults = element.MultiSelect
            ? element.Default.Split(',', StringSplitOptions.TrimEntries)
            : [element.Default];
        if (
            element.DataSource.Length == 0
            && element.Default.Length > 0
            && !defaults.All(d => options.Any(o => o.Value == d))
        )
        {
            yield return $"default '{element.Default}' is not among the options";
        }
    }

    private static IEnumerable<string> Dates(DialogElement element)
    {
        if (
            element.TimeInterval < 0
            || (element.TimeInterval > 0 && 1440 % element.TimeInterval != 0)
        )
        {
            yield return "time_interval must divide 1440";
        }
    }
}
