using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>A field of a dialog.</summary>
public sealed record DialogElement
{
    public string DisplayName { get; init; } = "";
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";

    [JsonPropertyName("subtype")]
    public string SubType { get; init; } = "";
    public string Default { get; init; } = "";
    public string Placeholder { get; init; } = "";
    public string HelpText { get; init; } = "";
    public bool Optional { get; init; }
    public long MinLength { get; init; }
    public long MaxLength { get; init; }
    public string DataSource { get; init; } = "";
    public IReadOnlyList<Option>? Options { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DataSourceUrl { get; init; }

    [JsonPropertyName("multiselect")]
    public bool MultiSelect { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Refresh { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MinDate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MaxDate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TimeInterval { get; init; }

    [JsonPropertyName("datetime_config")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? DateTimeConfig { get; init; }

    /// <summary>As a server of that age reads it: what an older one does not know is dropped without a word.</summary>
    internal static DialogElement Read(JsonElement json, ServerVersion version)
    {
        var element = Read(json);
        return version.HasMultiStepDialogs
            ? element
            : element with
            {
                DataSourceUrl = null,
                MultiSelect = false,
                Refresh = false,
                MinDate = null,
                MaxDate = null,
                TimeInterval = 0,
                DateTimeConfig = null,
            };
    }

    internal JsonObject ToClientJson(ServerVersion version)
    {
        var json = JsonNode.Parse(Wire.Bytes(this))!.AsObject();
        if (!version.HasMultiStepDialogs)
        {
            json.Remove("multiselect");
        }

        return json;
    }

    private static DialogElement Read(JsonElement json) =>
        new()
        {
            DisplayName = json.Str("display_name") ?? "",
            Name = json.Str("name") ?? "",
            Type = json.Str("type") ?? "",
            SubType = json.Str("subtype") ?? "",
            Default = json.Str("default") ?? "",
            Placeholder = json.Str("placeholder") ?? "",
            HelpText = json.Str("help_text") ?? "",
            Optional = json.Flag("optional") ?? false,
            MinLength = json.Number("min_length") ?? 0,
            MaxLength = json.Number("max_length") ?? 0,
            DataSource = json.Str("data_source") ?? "",
            Options = json.Get("options") is { ValueKind: JsonValueKind.Array } options
                ?
                [
                    .. options
                        .EnumerateArray()
                        .Select(o => new Option(o.Str("text") ?? "", o.Str("value") ?? "")),
                ]
                : null,
            DataSourceUrl = json.Str("data_source_url"),
            MultiSelect = json.Flag("multiselect") ?? false,
            Refresh = json.Flag("refresh") ?? false,
            MinDate = json.Str("min_date"),
            MaxDate = json.Str("max_date"),
            TimeInterval = json.Number("time_interval") ?? 0,
            DateTimeConfig = json.Get("datetime_config"),
        };
}
