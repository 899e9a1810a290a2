using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sidecar.Tests.Metrics;

/// <summary>
/// What a scrape answered, read as strictly as the formats are written down: whatever they do not allow is an error that
/// names the line. Both formats: the text format 0.0.4 and OpenMetrics 1.0.
/// </summary>
internal sealed partial class Exposition
{
    private static readonly string[] Types = ["counter", "gauge", "histogram", "info"];

    private readonly bool _isOpenMetrics;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Family? _family;

    private Exposition(bool isOpenMetrics) => _isOpenMetrics = isOpenMetrics;

    public List<Family> Families { get; } = [];

    public IEnumerable<Sample> Samples => Families.SelectMany(f => f.Samples);

    /// <exception cref="FormatException">Something in it is not as the format has it.</exception>
    public static Exposition Read(string text, bool isOpenMetrics)
    {
        if (!text.EndsWith('\n') || text.Contains('\r', StringComparison.Ordinal))
        {
            throw new FormatException("Each line ends with a line feed and nothing else.");
        }

        var read = new Exposition(isOpenMetrics);
        var lines = text[..^1].Split('\n');
        if (isOpenMetrics)
        {
            Require(lines[^1] == "# EOF", "It ends with # EOF.", lines[^1]);
            lines = lines[..^1];
        }

        foreach (var line in lines)
        {
            read.Take(line);
        }

        read.Families.ForEach(read.Check);
        return read;
    }

    public double Value(string name, params (string Label, string Value)[] labels) =>
        Samples
            .Single(s =>
                s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Label) == l.Value)
            )
            .Value;

    private void Take(string line)
    {
        if (line.StartsWith("# ", StringComparison.Ordinal))
        {
            var parts = line.Split(' ', 4);
            Require(parts.Length == 4, "A word, a name and something follow #.", line);
            Meta(parts[1], parts[2], parts[3], line);
        }
        else
        {
            Sample(line);
        }
    }

    private void Meta(string word, string name, string said, string line)
    {
        Require(Name().IsMatch(name), "It is no name of a metric.", line);
        if (_family?.Name != name)
        {
            Require(_seen.Add(name), "A family comes once, in one piece.", line);
            Families.Add(_family = new Family(name));
        }

        Require(_family!.Samples.Count == 0, "What is said of a family precedes it.", line);
        switch (word)
        {
            case "HELP":
                Require(_family.Help is null, "HELP is said once.", line);
                Require(IsEscaped(said), "HELP is escaped.", line);
                _family.Help = said;
                break;
            case "TYPE":
                Require(_family.Type is null, "TYPE is said once.", line);
                Require(Types.Contains(said), "There is no such type.", line);
                Require(_isOpenMetrics || said != "info", "0.0.4 has no info.", line);
                _family.Type = said;
                break;
            case "UNIT":
                Require(_isOpenMetrics, "0.0.4 has no UNIT.", line);
                Require(
                    name.EndsWith("_" + said, StringComparison.Ordinal),
                    "A unit ends the name.",
                    line
                );
                _family.Unit = said;
                break;
            default:
                throw new FormatException($"There is no {word}: {line}");
        }
    }

    private void Sample(string line)
    {
        var match = SampleLine().Match(line);
        Require(match.Success, "It is no sample.", line);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Label().Matches(match.Groups["labels"].Value))
        {
            var name = label.Groups["name"].Value;
            Require(!name.StartsWith("__", StringComparison.Ordinal), "__ is reserved.", line);
            Require(
                labels.TryAdd(name, Unescaped(label.Groups["value"].Value)),
                "A label comes once.",
                line
            );
        }

        var sample = new Sample(
            match.Groups["name"].Value,
            labels,
            Number(match.Groups["value"].Value, line)
        );
        Require(_family is { Type: not null }, "Its type comes before a sample.", line);
        Require(Belongs(_family!, sample.Name), "It belongs to the family in front of it.", line);
        Require(
            _family!.Samples.TrueForAll(s => s.Key != sample.Key),
            "A series comes once.",
            line
        );
        _family.Samples.Add(sample);
    }

    private bool Belongs(Family family, string sample) =>
        family.Type switch
        {
            "counter" when _isOpenMetrics => sample == family.Name + "_total",
            "counter" => sample == family.Name
                && sample.EndsWith("_total", StringComparison.Ordinal),
            "info" => sample == family.Name + "_info",
            "histogram" => sample == family.Name + "_bucket"
                || sample == family.Name + "_sum"
                || sample == family.Name + "_count",
            _ => sample == family.Name && !sample.EndsWith("_total", StringComparison.Ordinal),
        };

    private void Check(Family family)
    {
        Require(family.Samples.Count > 0, "A family has samples.", family.Name);
        Require(family.Help is { Length: > 0 }, "A family says what it is.", family.Name);
        if (family.Type == "counter")
        {
            Require(
                family.Samples.TrueForAll(s => s.Value >= 0),
                "Counters count up.",
                family.Name
            );
        }

        if (family.Type == "histogram")
        {
            CheckBuckets(family);
        }
    }

    private static void CheckBuckets(Family family)
    {
        foreach (var series in family.Samples.GroupBy(s => s.Without("le"), StringComparer.Ordinal))
        {
            var buckets = series
                .Where(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal))
                .ToList();
            var ends = buckets.ConvertAll(b => Number(b.Labels["le"], family.Name));
            Require(
                ends.Zip(ends.Skip(1)).All(p => p.First < p.Second),
                "Buckets ascend.",
                family.Name
            );
            Require(double.IsPositiveInfinity(ends[^1]), "The last bucket is +Inf.", family.Name);
            Require(
                buckets.Zip(buckets.Skip(1)).All(p => p.First.Value <= p.Second.Value),
                "Buckets hold what those before them hold.",
                family.Name
            );
            var count = series.Single(s => s.Name.EndsWith("_count", StringComparison.Ordinal));
            Require(
                count.Value.Equals(buckets[^1].Value),
                "The count is the last bucket.",
                family.Name
            );
            Require(
                series.Count(s => s.Name.EndsWith("_sum", StringComparison.Ordinal)) == 1,
                "There is a sum.",
                family.Name
            );
        }
    }

    private static double Number(string text, string line) =>
        text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            "NaN" => double.NaN,
            _ => double.TryParse(
                text,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var number
            ) && double.IsFinite(number)
                ? number
                : throw new FormatException($"{text} is no number: {line}"),
        };

    private bool IsEscaped(string help)
    {
        var rest = help.Replace(@"\\", "", StringComparison.Ordinal)
            .Replace(@"\n", "", StringComparison.Ordinal);
        if (_isOpenMetrics)
        {
            rest = rest.Replace("\\\"", "", StringComparison.Ordinal);
        }

        return !rest.Contains('\\', StringComparison.Ordinal)
            && !(_isOpenMetrics && rest.Contains('"', StringComparison.Ordinal));
    }

    private static string Unescaped(string value)
    {
        var text = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
        {
            var c = value[at];
            text.Append(
                c != '\\' ? c
                : value[++at] is 'n' ? '\n'
                : value[at]
            );
        }

        return text.ToString();
    }

    private static void Require(bool holds, string rule, string line)
    {
        if (!holds)
        {
            throw new FormatException($"{rule} Here: {line}");
        }
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$", RegexOptions.None, 5000)]
    private static partial Regex Name();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*")*)\})? (?<value>[^ ]+)$""",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex SampleLine();

    [GeneratedRegex(
        """(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\\n]|\\["\\n])*)"(,|$)""",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Label();
}

/// <summary>A metric as it was exposed.</summary>
internal sealed class Family(string name)
{
    public string Name => name;

    public string? Type { get; set; }

    public string? Help { get; set; }

    public string? Unit { get; set; }

    public List<Sample> Samples { get; } = [];
}

/// <summary>One number.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Key => $"{Name}|{Without("")}";

    public string Without(string label) =>
        string.Join(
            '|',
            Labels
                .Where(l => l.Key != label)
                .OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => $"{l.Key}={l.Value}")
        );
}
