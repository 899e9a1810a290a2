using System.Text;

namespace Sidecar.Metrics;

/// <summary>
/// Writes metrics as Prometheus reads them: as OpenMetrics 1.0 for whoever asks for that, else in the text format 0.0.4.
/// </summary>
/// <param name="isOpenMetrics">Which of the two.</param>
internal sealed class PrometheusText(bool isOpenMetrics)
{
    private readonly StringBuilder _text = new(16 * 1024);

    public string ContentType =>
        isOpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>What the caller would rather have.</summary>
    public static PrometheusText For(string accept) =>
        new(accept.Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase));

    /// <summary>What program this is.</summary>
    public void Target(string name, string version)
    {
        Head(isOpenMetrics ? "target" : "target_info", null, "What is measured.", "info");
        Line(
            "target_info",
            PrometheusNames.Labels([new("service.name", name), new("service.version", version)]),
            1
        );
    }

    public void Family(MetricFamily family)
    {
        var series = family.Series.ToList();
        if (series.Count == 0)
        {
            return;
        }

        var sample = family.Kind == MetricKind.Counter ? family.Name + "_total" : family.Name;
        Head(
            isOpenMetrics ? family.Name : sample,
            family.Unit,
            family.Help,
            family.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Histogram => "histogram",
                _ => "gauge",
            }
        );
        foreach (var one in series)
        {
            if (family.Kind == MetricKind.Histogram)
            {
                Histogram(family, one);
            }
            else
            {
                Line(sample, one.Labels, one.Value);
            }
        }
    }

    /// <summary>All that was written.</summary>
    public string End() => _text.Append(isOpenMetrics ? "# EOF\n" : "").ToString();

    private void Head(string name, string? unit, string help, string type)
    {
        _text
            .Append("# HELP ")
            .Append(name)
            .Append(' ')
            .Append(
                isOpenMetrics ? PrometheusNames.Escaped(help) : PrometheusNames.EscapedHelp(help)
            )
            .Append('\n');
        _text
            .Append("# TYPE ")
            .Append(name)
            .Append(' ')
            // The older format has no such thing.
            .Append(type == "info" && !isOpenMetrics ? "gauge" : type)
            .Append('\n');
        if (isOpenMetrics && unit is not null)
        {
            _text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
        }
    }

    private void Histogram(MetricFamily family, MetricSeries series)
    {
        var counts = series.Cumulative();
        var others = series.Labels.Length == 0 ? "" : series.Labels + ",";
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            var end =
                bucket < family.Boundaries.Length
                    ? PrometheusNames.Boundary(family.Boundaries[bucket])
                    : "+Inf";
            Line($"{family.Name}_bucket", $"{others}le=\"{end}\"", counts[bucket]);
        }

        Line($"{family.Name}_sum", series.Labels, series.Value);
        Line($"{family.Name}_count", series.Labels, counts[^1]);
    }

    private void Line(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(PrometheusNames.Number(value)).Append('\n');
    }
}
