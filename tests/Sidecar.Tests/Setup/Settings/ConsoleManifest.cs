using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Interactions;
using Sidecar.Setup.Settings;

namespace Sidecar.Tests.Setup.Settings;

/// <summary>What the manifest and the documentation say about settings, made of their declarations.</summary>
internal static class ConsoleManifest
{
    private static readonly IReadOnlyList<RegisteredSettings> Sections = SettingsSections.All();

    /// <summary>
    /// All fields under headings, and once more without for servers that know no headings: they leave out the first, and
    /// the others the second. Where there is more than one place for data stands first, all as text last.
    /// </summary>
    public static void Write(JsonObject manifest)
    {
        var schema = manifest["settings_schema"]!.AsObject();
        var kept = schema["settings"]!.AsArray();
        var store = kept.First(s => s!["key"]!.GetValue<string>() == "Store")!;
        var text = kept.First(s => s!["key"]!.GetValue<string>() == "Settings")!;
        var sections = Sections
            .Select(s => (s.Section, s.Title, Fields: Fields(s)))
            .Where(s => s.Fields.Count > 0)
            .ToList();
        schema["settings"] = new JsonArray([
            store.DeepClone(),
            .. sections.SelectMany(s => s.Fields),
            text.DeepClone(),
        ]);
        schema["sections"] = new JsonArray([
            Section("data", "Data", [store.DeepClone()]),
            .. sections.Select(s =>
                Section(s.Section, s.Title, [.. s.Fields.Select(f => f.DeepClone())])
            ),
            Section("text", "All as text", [text.DeepClone()]),
        ]);
    }

    /// <summary>The settings as a page.</summary>
    public static string Page()
    {
        var page = new StringBuilder(
            """
            # Settings
            All that can be set, with its defaults. In *System Console > Plugins > Escalate* each is a field with the name of the first column; in `settings.json` of a sidecar beside Mattermost it is the key of the second, where `team.timeZone` means `{ "team": { "timeZone": "Europe/Berlin" } }`.

            - **In the System Console** changes are used at once, without a restart of Mattermost or of the plugin; what people do in that second waits for it. What can’t be used changes nothing: administrators get it by direct message, with the field, the value and what would be right, and `/escalate doctor` names it until it is fixed. *Where the data is* is used at once as well, but another place begins empty.
            - **A file is read at the start**: `settings.json`, the playbooks and the holiday files beside it. For changes there restart the sidecar, or disable and enable the plugin.
            - **Which wins**: a field that is not at its default, over *Settings as text* of the same page, over `settings.json` in the data folder (which is read only where there is no text). A field at its default says nothing: to have the default back, take the key out of the text as well.
            - **How it is written**: lengths of time `15m`, `1h 30m`, `2d`, `4 working hours`, `3 working days`, and `never` where that is possible; several words with commas between them; pairs as `0: 25; 91: 50`, or each on its line; a list of nothing is `none`. A cleared field has its default. In the file they are JSON: `null` for never, `[ … ]` for several.
            - None of them is secret: tokens and passwords are never settings of this kind.

            """
        );
        foreach (var section in Sections.Where(s => s.Fields.Count > 0))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n## {section.Title}\n| Field | Key | What it does | Default |\n| :-- | :-- | :-- | :-- |\n"
            );
            foreach (var field in ConsoleField.Of([section]))
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| {field.Field.Name} | `{field.Path}` | {Help(field)} | `{field.DefaultText}` |\n"
                );
            }
        }

        return page.ToString();
    }

    private static List<JsonObject> Fields(RegisteredSettings section) =>
        [.. ConsoleField.Of([section]).Select(Setting)];

    private static JsonObject Section(string key, string title, JsonNode[] settings) =>
        new()
        {
            ["key"] = key,
            ["title"] = title,
            ["settings"] = new JsonArray(settings),
        };

    private static JsonObject Setting(ConsoleField field)
    {
        var written = new JsonObject
        {
            ["key"] = field.Key,
            ["display_name"] = $"{field.Field.Name}:",
            ["type"] = Type(field),
            ["help_text"] = Help(field),
            ["default"] = field switch
            {
                { Kind: ConsoleKind.Switch } or { IsWhole: true } => field.Default!.DeepClone(),
                _ => field.DefaultText,
            },
        };
        if (field.Kind == ConsoleKind.Choice)
        {
            written["options"] = new JsonArray([
                .. field.Choices.Select(c => new JsonObject
                {
                    ["display_name"] = c,
                    ["value"] = c,
                }),
            ]);
        }

        return written;
    }

    private static string Type(ConsoleField field) =>
        field.Kind switch
        {
            ConsoleKind.Switch => "bool",
            ConsoleKind.Choice => "dropdown",
            ConsoleKind.Pairs => "longtext",
            // The console takes only whole numbers in a field for numbers.
            _ when field.IsWhole => "number",
            _ => "text",
        };

    private static string Help(ConsoleField field) =>
        string.Join(
            ' ',
            new[]
            {
                field.Field.Help,
                field.Kind == ConsoleKind.Words && field.Choices.Count > 0
                    ? $"Of {string.Join(", ", field.Choices)}, with commas between them."
                : field.Kind == ConsoleKind.Words ? "With commas between them."
                : field.Kind == ConsoleKind.Pairs ? "Each on its line, or with semicolons."
                : "",
                field.MayBeNever ? "Or `never`." : "",
            }.Where(t => t.Length > 0)
        );
}
