using System.Text.Json;
using Sidecar.Text;

namespace Sidecar.Setup.Settings;

/// <summary>What is said about keys and values.</summary>
internal static class SettingsKeys
{
    private const int LongestValue = 60;

    public static string Unknown(string key, string what, IEnumerable<string> known)
    {
        var name = key[(key.LastIndexOf('.') + 1)..];
        List<string> all = [.. known];
        var near = all.Select(k =>
                (
                    Key: k,
                    Away: k.Equals(name, StringComparison.OrdinalIgnoreCase)
                        ? 0
                        : Spelling.Within(k, name, 2)
                )
            )
            .Where(k => k.Away is not null)
            .OrderBy(k => k.Away)
            .Select(k => k.Key)
            .FirstOrDefault();
        return near is null
            ? $"{key}: there is no such {what}; there are {string.Join(", ", all)}."
            : $"{key}: there is no such {what}; did you mean {near}?";
    }

    public static string Wrong(string key, string? found, string remedy) =>
        found is null ? $"{key}: {remedy}." : $"{key}: found {found}; {remedy}.";

    public static string Shown(string json)
    {
        var line = string.Join(
            ' ',
            json.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length <= LongestValue ? line : line[..LongestValue] + "…";
    }

    /// <summary>What would be right, in an administrator's words.</summary>
    public static string Expected(Type type, JsonSerializerOptions json)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            var names = Enum.GetValuesAsUnderlyingType(plain)
                .Cast<object>()
                .Select(v =>
                    JsonSerializer.Serialize(Enum.ToObject(plain, v), json.GetTypeInfo(plain))
                );
            return $"write one of {string.Join(", ", names)}";
        }

        return Type.GetTypeCode(plain) switch
        {
            TypeCode.Boolean => "write true or false",
            TypeCode.String => "write text in quotes",
            TypeCode.Int32 or TypeCode.Int64 => "write a whole number",
            TypeCode.Double or TypeCode.Decimal => "write a number",
            _ when plain == typeof(DateOnly) => "write a date as \"2026-12-31\"",
            _ when plain.IsAssignableTo(typeof(System.Collections.IEnumerable)) =>
                "write a list: [ … ]",
            _ => "write an object: { … }",
        };
    }
}
