using System.Text.Json;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Hosting;
using Sidecar.Mattermost;
using Sidecar.Tests.Features.Webhooks;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Rules;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Sidecar.Tests.Metrics;

/// <summary>
/// The dashboard and the alerts in <c>ops/</c> name only metrics and labels that a sidecar exposes once people have
/// used it, and what it exposes is valid.
/// </summary>
public sealed class OperatingFilesTests
{
    /// <summary>What Prometheus adds itself.</summary>
    private static readonly string[] Targets = ["job", "instance"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_service_unit_starts_what_there_is_and_may_write_where_it_keeps_its_data()
    {
        var unit = File.ReadAllLines(Path.Combine(Repository.Root, "ops/systemd/escalate.service"))
            .Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
            .ToLookup(
                line => line[..line.IndexOf('=', StringComparison.Ordinal)],
                line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]
            );
        var words = unit["ExecStart"].Single().Split(' ');
        var run = RunCommand.Build();
        words[1].ShouldBe(run.Name);
        run.Parse(words[2..]).Errors.ShouldBeEmpty();
        words[3].ShouldBe("/var/lib/" + unit["StateDirectory"].Single());
        File.ReadAllText(Path.Combine(Repository.Root, "ops/systemd/escalate.sysusers"))
            .ShouldStartWith($"u {unit["User"].Single()} ");
    }

    [Theory]
    [InlineData("text/plain; version=0.0.4", false)]
    [InlineData("application/openmetrics-text; version=1.0.0", true)]
    public async Task What_is_exposed_is_valid_and_names_nobody(string accept, bool isOpenMetrics)
    {
        await using var desk = await Used();
        var text = await Scrape(desk, accept);

        var read = Exposition.Read(text, isOpenMetrics);

        read.Value("target_info", ("service_name", "escalate")).ShouldBe(1);
        read.Samples.Count().ShouldBeLessThan(2_000);
        string[] never =
        [
            "acme",
            "log in",
            "tam",
            "lead",
            "town-square",
            .. desk.Secrets,
            desk.IdOf("tam").Value,
            desk.Bot.Id,
            desk.Mattermost.GetChannel(Desk.Square).Id,
            desk.Mattermost.Teams[0].Id,
        ];
        foreach (var value in read.Samples.SelectMany(s => s.Labels.Values))
        {
            never.ShouldNotContain(
                n => value.Contains(n, StringComparison.OrdinalIgnoreCase),
                value
            );
        }
    }

    [Fact]
    public async Task What_people_do_is_counted_by_door_and_result()
    {
        await using var desk = await Used();

        var read = Exposition.Read(await Scrape(desk, ""), isOpenMetrics: false);

        // Other tests of this process may count, too.
        Acts("command", "done").ShouldBeGreaterThanOrEqualTo(1);
        Acts("command", "refused").ShouldBeGreaterThanOrEqualTo(1);
        Acts("command", "asked").ShouldBeGreaterThanOrEqualTo(1);
        Acts("dialog", "done").ShouldBeGreaterThanOrEqualTo(1);
        Acts("action", "done").ShouldBeGreaterThanOrEqualTo(1);
        Acts("command", "failed").ShouldBeGreaterThanOrEqualTo(1);
        Acts("trigger", "done").ShouldBeGreaterThanOrEqualTo(1);

        double Acts(string door, string result) =>
            read.Value("escalate_acts_total", ("escalate_door", door), ("escalate_result", result));
    }

    [Fact]
    public async Task The_alerts_name_only_what_is_exposed_and_say_what_to_do()
    {
        await using var desk = await Used();
        var exposed = await Exposed(desk);
        var rules = Alerts();

        rules.Count.ShouldBeGreaterThan(8);
        rules.Select(r => Text(r, "alert")).ShouldBeUnique();
        foreach (var rule in rules)
        {
            var name = Text(rule, "alert");
            Check(Text(rule, "expr"), exposed, name);
            Text(Below(rule, "labels"), "severity").ShouldBeOneOf("critical", "warning");
            var annotations = Below(rule, "annotations");
            Text(annotations, "summary")
                .ShouldContain("{{ $labels.instance }}", customMessage: name);
            Text(annotations, "description").Length.ShouldBeGreaterThan(80, name);
        }
    }

    [Fact]
    public async Task The_dashboard_names_only_what_is_exposed()
    {
        await using var desk = await Used();
        var exposed = await Exposed(desk);
        using var dashboard = JsonDocument.Parse(
            await File.ReadAllTextAsync(OpsFile("grafana-dashboard.json"), Cancel)
        );
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        panels.Select(p => p.GetProperty("id").GetInt32()).ShouldBeUnique();
        var queries = panels
            .Where(p => p.GetProperty("type").GetString() != "row")
            .SelectMany(p =>
                p.GetProperty("targets")
                    .EnumerateArray()
                    .Select(t => (Panel: p, Query: t.GetProperty("expr").GetString()!))
            )
            .ToList();
        queries.Count.ShouldBeGreaterThan(20);
        foreach (var (panel, query) in queries)
        {
            Check(query, exposed, $"{panel.GetProperty("title").GetString()}: {query}");
            panel.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace();
        }

        foreach (
            var variable in dashboard
                .RootElement.GetProperty("templating")
                .GetProperty("list")
                .EnumerateArray()
                .Where(v => v.GetProperty("type").GetString() == "query")
        )
        {
            var asked = variable.GetProperty("query").GetProperty("query").GetString()!;
            var metric = asked.Split('(', ',')[1];
            exposed.ShouldContain(s => s.Name == metric, asked);
        }
    }

    [Theory]
    [InlineData("escalate_outbox_parked > 0")]
    [InlineData("sum by (escalate_kind) (escalate_acts_total)")]
    [InlineData("rate(escalate_acts_total{result=\"done\"}[5m])")]
    [InlineData("escalate_outbox_status{escalate_outbox_state=\"lockedout\"} == 1")]
    [InlineData("rate(escalate_acts[5m])")]
    public async Task What_is_not_exposed_is_noticed(string query)
    {
        await using var desk = await Used();
        var exposed = await Exposed(desk);

        Should.Throw<ShouldAssertException>(() => Check(query, exposed, query));
    }

    /// <summary>A desk at which each door was used, something fell due, and Mattermost has once refused a request.</summary>
    private static async Task<Desk> Used()
    {
        var desk = await Desk.Open(settings: WebhookDesk.Near);
        // Nothing listens there.
        await desk.Types(Desk.Admin, "/escalate webhook add http://127.0.0.1:9/hook");
        await desk.Raised();
        await desk.Types("tam", "/escalate edit ESC-1");
        await desk.Submits("tam", ("summary", "Nobody can log in or out"));
        await desk.Presses("engineer", desk.Card(), "Acknowledge");
        await desk.Types("tam", "/escalate ack ESC-999");
        await desk.Mattermost.As("tam").Post(Desk.Square, "sev1! acme-labs Everything is down");
        await desk.Settled();
        desk.Mattermost.Faults.Next(
            1,
            "POST",
            "/api/v4/posts",
            Fault.RateLimited(TimeSpan.FromSeconds(1))
        );
        await desk.Types("lead", "/escalate new acme sev2 Reports are slow");
        await desk.Passes(TimeSpan.FromHours(2));
        desk.Mattermost.Faults.Next(1, "POST", "/api/v4/posts", Fault.ResetBefore);
        await desk.Types("tam", "/escalate new acme sev2 It is slow");
        await desk.Passes(TimeSpan.FromMinutes(10));
        // What no good day shows, as the product counts it.
        desk.Parts.GetRequiredService<ActMetrics>()
            .Failed("command", new InvalidOperationException("It broke."));
        return desk;
    }

    private static async Task<IReadOnlyList<Sample>> Exposed(Desk desk) =>
        [.. Exposition.Read(await Scrape(desk, ""), isOpenMetrics: false).Samples];

    private static async Task<string> Scrape(Desk desk, string accept)
    {
        using var http = new HttpClient { BaseAddress = desk.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await http.SendAsync(request, Cancel);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static void Check(string query, IReadOnlyList<Sample> exposed, string about)
    {
        var read = PromQuery.Read(query);
        read.Selectors.ShouldNotBeEmpty(about);
        foreach (var (metric, matchers) in read.Selectors.Where(s => s.Metric != "up"))
        {
            var samples = exposed.Where(s => s.Name == metric).ToList();
            samples.ShouldNotBeEmpty($"{metric} is not exposed. {about}");
            foreach (var (label, sign, value) in matchers.Where(m => !Targets.Contains(m.Label)))
            {
                var values = samples.Select(s => s.Labels.GetValueOrDefault(label)).ToList();
                values.ShouldContain(v => v != null, $"{metric} has no {label}. {about}");
                if (sign == "=" && value.Length > 0)
                {
                    values.ShouldContain(value, $"{metric} has no {label}={value}. {about}");
                }
            }
        }

        foreach (var label in read.Grouped.Except(Targets))
        {
            exposed.ShouldContain(
                s => read.Selectors.Any(m => m.Metric == s.Name) && s.Labels.ContainsKey(label),
                $"Nothing of it has {label}. {about}"
            );
        }
    }

    private static List<YamlMappingNode> Alerts()
    {
        using var text = File.OpenText(OpsFile("alerts.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return
        [
            .. ((YamlSequenceNode)((YamlMappingNode)yaml.Documents.Single().RootNode)["groups"])
                .Cast<YamlMappingNode>()
                .SelectMany(g => (YamlSequenceNode)g["rules"])
                .Cast<YamlMappingNode>(),
        ];
    }

    private static YamlMappingNode Below(YamlMappingNode node, string key) =>
        (YamlMappingNode)node[key];

    private static string Text(YamlMappingNode node, string key) =>
        ((YamlScalarNode)node[key]).Value!;

    private static string OpsFile(string name) => Path.Combine(Repository.Root, "ops", name);
}
