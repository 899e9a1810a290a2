using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Api;

/// <summary>What a value of a request can be.</summary>
internal enum FieldType
{
    Text,
    Choice,
    Flag,
    Integer,
    Amount,
    Day,
    Moment,

    /// <summary>A person: the id, or the at-name.</summary>
    Person,

    /// <summary>Several lines, as a list of texts.</summary>
    Lines,
}

/// <summary>
/// A value that a request may hold, declared once: what is taken and what the description says are made of it.
/// </summary>
/// <param name="Name">Its name in JSON or in the address.</param>
/// <param name="Type">What it can be.</param>
/// <param name="What">What it is, for people who write programs.</param>
internal sealed record ApiField(string Name, FieldType Type, string What)
{
    private const int MostLines = 50;

    public bool IsRequired { get; init; }

    /// <summary><c>null</c> takes a value away.</summary>
    public bool CanBeNull { get; init; }

    public int MaxLength { get; init; } = 200;

    public long Min { get; init; }

    public long Max { get; init; } = long.MaxValue;

    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Its schema, as OpenAPI 3.1 has it.</summary>
    public JsonObject Schema()
    {
        var schema = Type switch
        {
            FieldType.Flag => new JsonObject { ["type"] = "boolean" },
            FieldType.Integer => new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = Min,
                ["maximum"] = Max,
            },
            FieldType.Amount => new JsonObject
            {
                ["type"] = "number",
                ["minimum"] = Min,
                ["maximum"] = Max,
            },
            FieldType.Day => new JsonObject { ["type"] = "string", ["format"] = "date" },
            FieldType.Moment => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            FieldType.Lines => new JsonObject
            {
                ["type"] = "array",
                ["maxItems"] = MostLines,
                ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = MaxLength },
            },
            FieldType.Choice => new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. Choices.Select(c => JsonValue.Create(c))]),
            },
            _ => new JsonObject { ["type"] = "string", ["maxLength"] = MaxLength },
        };
        if (CanBeNull)
        {
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
            if (schema["enum"] is JsonArray choices)
            {
                choices.Add(null);
            }
        }

        schema["description"] = What;
        return schema;
    }

    /// <summary>Reads a value of a body.</summary>
    /// <returns>As forms have it, empty for null; or what is wrong with it.</returns>
    public (string Value, string? Problem) Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return CanBeNull ? ("", null) : ("", "This must not be null; leave it out instead.");
        }

        switch (Type)
        {
            case FieldType.Flag:
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? (value.ValueKind == JsonValueKind.True ? "true" : "", null)
                    : ("", "This is true or false.");
            case FieldType.Integer or FieldType.Amount:
                return value.ValueKind == JsonValueKind.Number
                    ? Number(value.GetRawText())
                    : ("", "This is a number, without quotes.");
            case FieldType.Lines:
                return Several(value);
            default:
                return value.ValueKind != JsonValueKind.String ? ("", "This is a text, in quotes.")
                    : TextOf(value) is { } text ? Read(text)
                    : ("", "This holds half a character (a lone surrogate), which no text has.");
        }
    }

    /// <summary>Reads a value of an address.</summary>
    public (string Value, string? Problem) Read(string text)
    {
        if (!TextLength.Fits(text, MaxLength))
        {
            return (
                "",
                $"This takes {MaxLength} characters; yours has {TextLength.Told(text, MaxLength)}."
            );
        }

        return Type switch
        {
            FieldType.Integer or FieldType.Amount => Number(text),
            FieldType.Flag => text is "true" or "false"
                ? (text == "true" ? "true" : "", null)
                : ("", "This is true or false."),
            FieldType.Choice when !Choices.Contains(text) => (
                "",
                $"This is one of {string.Join(", ", Choices)}."
            ),
            FieldType.Day
                when !DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                ) || day.Year is < 1990 or > 2100 => (
                "",
                "This is a day between 1990 and 2100, as in 2026-01-31."
            ),
            FieldType.Moment when Moment(text) is null => (
                "",
                "This is a time with its offset, as in 2026-01-31T14:00:00Z."
            ),
            FieldType.Person
                when text.Length > 0 && !IdForm.Fits(text.TrimStart('@').Replace('.', '-')) => (
                "",
                "This is a person: the id in Mattermost, or the at-name as in @name."
            ),
            _ => (text, null),
        };
    }

    /// <summary>A time as RFC 3339 writes it; null when it is none.</summary>
    public static DateTimeOffset? Moment(string text) =>
        text.Length >= 20
        && text[10] is 'T' or 't'
        && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
        && at.Year is >= 1990 and <= 2100
            ? at.ToUniversalTime()
            : null;

    private (string, string?) Number(string text) =>
        text.Length <= 40
        && decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
        && number >= Min
        && number <= Max
        && (Type == FieldType.Amount || number == decimal.Truncate(number))
            ? (
                // 5.0 is a whole number, too, and is read back as one.
                Type == FieldType.Amount
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : number.ToString("0", CultureInfo.InvariantCulture),
                null
            )
            : (
                "",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This is a {(Type == FieldType.Amount ? "" : "whole ")}number from {Min} to {Max}."
                )
            );

    private (string, string?) Several(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostLines)
        {
            return ("", $"This is a list of texts, at most {MostLines}.");
        }

        var lines = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (
                item.ValueKind != JsonValueKind.String
                || TextOf(item) is not { } text
                || !TextLength.Fits(text, MaxLength)
                || text.Contains('\n', StringComparison.Ordinal)
            )
            {
                return (
                    "",
                    $"Each of the list is a text on one line, of at most {MaxLength} characters."
                );
            }

            lines.Add(text);
        }

        return (string.Join('\n', lines), null);
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
