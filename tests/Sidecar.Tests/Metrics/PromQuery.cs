using System.Text.RegularExpressions;

namespace Sidecar.Tests.Metrics;

/// <summary>Which metrics a query of Prometheus names, and which labels.</summary>
internal sealed partial record PromQuery(
    IReadOnlyList<PromQuery.Selector> Selectors,
    IReadOnlySet<string> Grouped
)
{
    private static readonly HashSet<string> Words =
    [
        "and",
        "or",
        "unless",
        "bool",
        "offset",
        "inf",
        "nan",
    ];

    /// <summary>A metric with what is asked of its labels.</summary>
    internal sealed record Selector(string Metric, IReadOnlyList<Matcher> Matchers);

    /// <summary>What is asked of a label.</summary>
    internal sealed record Matcher(string Label, string Sign, string Value);

    public static PromQuery Read(string query)
    {
        var grouped = Grouping()
            .Matches(query)
            .SelectMany(m => m.Groups["labels"].Value.Split(','))
            .Select(l => l.Trim())
            .Where(l => l.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        // Of $job and $instance every one has some.
        var plain = Grouping().Replace(Range().Replace(query, ""), " ");
        var selectors = Named()
            .Matches(plain)
            .Where(m => !Words.Contains(m.Groups["name"].Value))
            .Select(m => new Selector(
                m.Groups["name"].Value,
                [
                    .. Matching()
                        .Matches(m.Groups["matchers"].Value)
                        .Select(l => new Matcher(
                            l.Groups["label"].Value,
                            l.Groups["sign"].Value,
                            l.Groups["value"].Value
                        )),
                ]
            ))
            .ToList();
        return new PromQuery(selectors, grouped);
    }

    [GeneratedRegex(
        @"\b(by|without|on|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.None, 5000)]
    private static partial Regex Range();

    // A name in front of a parenthesis is a function's.
    [GeneratedRegex(
        """(?<![\w.$"])(?<name>[a-zA-Z_:][\w:]*)(?![\w:])(?!\s*\()(\{(?<matchers>[^}]*)\})?""",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Named();

    [GeneratedRegex(
        """(?<label>\w+)\s*(?<sign>=~|!~|!=|=)\s*"(?<value>[^"]*)"\s*(,|$)""",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Matching();
}
