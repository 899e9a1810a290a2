using System.Globalization;
using System.Text;

namespace Sidecar.Metrics;

/// <summary>OpenTelemetry's names, units and values as Prometheus writes them.</summary>
internal static class PrometheusNames
{
    private const int LongestValue = 128;

    /// <summary>A metric's name, with its unit at the end as is the custom there, without <c>_total</c>.</summary>
    public static string Metric(string name, string? unit)
    {
        var plain = Plain(name);
        if (plain.EndsWith("_total", StringComparison.Ordinal))
        {
            plain = plain[..^"_total".Length];
        }

        return unit is null || plain.EndsWith($"_{unit}", StringComparison.Ordinal)
            ? plain
            : $"{plain}_{unit}";
    }

    /// <summary>A unit as a word; null for what is counted, which has none.</summary>
    public static string? Unit(string? unit, bool isGauge) =>
        unit switch
        {
            null or "" => null,
            "1" => isGauge ? "ratio" : null,
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "%" => "percent",
            _ when unit.Contains('{', StringComparison.Ordinal) => null,
            _ => Plain(unit.Replace("/", "_per_", StringComparison.Ordinal)),
        };

    /// <summary>The labels in braces, in the order of their names; empty when there are none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (value is null)
            {
                continue;
            }

            var name = Plain(key);
            // Two attributes that differ in their dots only are one label, as OpenTelemetry says.
            labels[name] = labels.TryGetValue(name, out var other)
                ? $"{other};{Value(value)}"
                : Value(value);
        }

        return string.Join(',', labels.Select(l => $"{l.Key}=\"{Escaped(l.Value)}\""));
    }

    /// <summary>What may stand between quotes; also in the help of OpenMetrics.</summary>
    public static string Escaped(string text) =>
        EscapedHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>What may stand in the help of the older format, which has no quotes around it.</summary>
    public static string EscapedHelp(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Number(double number) =>
        double.IsPositiveInfinity(number) ? "+Inf"
        : double.IsNegativeInfinity(number) ? "-Inf"
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A bucket's boundary: the same text in both formats, so that a series has one name.</summary>
    public static string Boundary(double number) =>
        double.IsInteger(number)
            ? number.ToString("0.0", CultureInfo.InvariantCulture)
            : Number(number);

    private static string Value(object value)
    {
        var text = value is bool flag
            ? (flag ? "true" : "false")
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length <= LongestValue ? text : text[..LongestValue];
    }

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var letter = char.IsAsciiLetterOrDigit(c) ? c : '_';
            if (letter != '_' || plain.Length == 0 || plain[^1] != '_')
            {
                plain.Append(letter);
            }
        }

        return plain.Length == 0 || char.IsAsciiDigit(plain[0])
            ? plain.Insert(0, '_').ToString()
            : plain.ToString();
    }
}
