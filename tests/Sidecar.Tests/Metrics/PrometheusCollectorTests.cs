using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Metrics;
using Xunit;

namespace Sidecar.Tests.Metrics;

/// <summary>What is measured is exposed as Prometheus reads it, whatever is in a name, a label or a number.</summary>
public sealed class PrometheusCollectorTests : IDisposable
{
    private readonly PrometheusCollector _collector = new(NullLogger<PrometheusCollector>.Instance);
    private readonly Meter _meter = ProductMeter.For(new object());

    public void Dispose()
    {
        _meter.Dispose();
        _collector.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("*/*")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3")]
    public void A_counter_has_its_unit_and_total_in_its_name(string accept)
    {
        var counter = _meter.CreateCounter<long>(
            "test.work.size",
            "By",
            "How \"much\"\nin C:\\work"
        );
        counter.Add(3, new KeyValuePair<string, object?>("test.kind", "a"));
        counter.Add(4, new KeyValuePair<string, object?>("test.kind", "a"));

        Scrape(accept).Value("test_work_size_bytes_total", ("test_kind", "a")).ShouldBe(7);
    }

    [Theory]
    [InlineData("quo\"te")]
    [InlineData("back\\slash")]
    [InlineData("back\\nslash")]
    [InlineData("line\nfeed")]
    [InlineData("a,b=\"c\"} 1")]
    [InlineData("Zoë 🔥")]
    [InlineData("")]
    public void What_is_in_a_label_comes_out_as_it_went_in(string value)
    {
        _meter
            .CreateCounter<long>("test.labels", "{thing}", "Things.")
            .Add(1, new KeyValuePair<string, object?>("test.name", value));

        Scrape("").Value("test_labels_total", ("test_name", value)).ShouldBe(1);
    }

    [Fact]
    public void A_histogram_counts_at_its_own_boundaries()
    {
        var histogram = _meter.CreateHistogram(
            "test.duration",
            "s",
            "How long.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 10] }
        );
        foreach (var second in (double[])[0.1, 0.5, 0.6, 1, 99, double.NaN])
        {
            histogram.Record(second);
        }

        var read = Scrape("application/openmetrics-text");
        read.Value("test_duration_seconds_bucket", ("le", "0.5")).ShouldBe(2);
        read.Value("test_duration_seconds_bucket", ("le", "1.0")).ShouldBe(4);
        read.Value("test_duration_seconds_bucket", ("le", "10.0")).ShouldBe(4);
        read.Value("test_duration_seconds_bucket", ("le", "+Inf")).ShouldBe(5);
        read.Value("test_duration_seconds_count").ShouldBe(5);
        read.Value("test_duration_seconds_sum").ShouldBe(101.2, 1e-9);
        read.Families.Single(f => f.Name == "test_duration_seconds").Unit.ShouldBe("seconds");
    }

    [Fact]
    public void The_same_attributes_in_another_order_are_one_series()
    {
        var counter = _meter.CreateCounter<long>("test.order", "{thing}", "Things.");
        counter.Add(1, new("a", 1), new("b", true));
        counter.Add(1, new("b", true), new("a", 1));
        counter.Add(1, new("b.c", "x"), new("b_c", "y"));

        var read = Scrape("");
        read.Value("test_order_total", ("a", "1"), ("b", "true")).ShouldBe(2);
        read.Value("test_order_total", ("b_c", "x;y")).ShouldBe(1);
    }

    [Fact]
    public void A_label_with_ever_new_values_costs_no_more_than_so_much()
    {
        var counter = _meter.CreateCounter<long>("test.unbounded", "{thing}", "Things.");
        for (var value = 0; value < 10_000; value++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", value));
        }

        var read = Scrape("");
        var samples = read.Families.Single(f => f.Name == "test_unbounded_total").Samples;
        samples.Count.ShouldBeInRange(2, 201);
        samples.Sum(s => s.Value).ShouldBe(10_000);
        read.Value("test_unbounded_total", ("otel_metric_overflow", "true")).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void What_is_observed_is_as_it_is_now_and_what_went_is_gone()
    {
        Measurement<int>[] now = [new(5, new KeyValuePair<string, object?>("place", "here"))];
        _meter.CreateObservableUpDownCounter("test.there", () => now, "{thing}", "Things.");
        Scrape("").Value("test_there", ("place", "here")).ShouldBe(5);

        now = [new(2, new KeyValuePair<string, object?>("place", "there"))];

        Scrape("")
            .Samples.Where(s => s.Name == "test_there")
            .ShouldHaveSingleItem()
            .Value.ShouldBe(2);
    }

    [Fact]
    public void One_that_can_not_be_observed_keeps_no_other()
    {
        _meter.CreateObservableGauge(
            "test.broken",
            (Func<int>)(() => throw new InvalidOperationException("Not now.")),
            "{thing}",
            "Things."
        );
        _meter.CreateObservableGauge("test.whole", () => 1, "{thing}", "Things.");

        Scrape("").Value("test_whole").ShouldBe(1);
    }

    [Fact]
    public void Up_and_down_is_a_sum_and_a_gauge_the_last()
    {
        var sum = _meter.CreateUpDownCounter<int>("test.sum", "{thing}", "Things.");
        var last = _meter.CreateGauge<double>("test.share", "1", "A share.");
        sum.Add(5);
        sum.Add(-2);
        last.Record(0.9);
        last.Record(0.4);

        var read = Scrape("application/openmetrics-text");
        read.Value("test_sum").ShouldBe(3);
        read.Value("test_share_ratio").ShouldBe(0.4);
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_count_at_once()
    {
        var counter = _meter.CreateCounter<double>("test.many", "{thing}", "Things.");
        var histogram = _meter.CreateHistogram<long>("test.sizes", "By", "Sizes.");
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 5_000; i++)
                        {
                            counter.Add(
                                1,
                                new KeyValuePair<string, object?>("w", (worker + i) % 5)
                            );
                            histogram.Record(i);
                            if (i % 1_000 == 0)
                            {
                                Scrape("");
                            }
                        }
                    })
                )
        );

        var read = Scrape("");
        read.Samples.Where(s => s.Name == "test_many_total").Sum(s => s.Value).ShouldBe(40_000);
        read.Value("test_sizes_bytes_count").ShouldBe(40_000);
    }

    private Exposition Scrape(string accept)
    {
        var (text, type) = _collector.Collect(accept, "1.2.3");
        var isOpen = accept.Contains("openmetrics", StringComparison.Ordinal);
        type.ShouldStartWith(
            isOpen ? "application/openmetrics-text; version=1.0.0" : "text/plain; version=0.0.4"
        );
        return Exposition.Read(text, isOpen);
    }
}
