using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Alerts;

/// <summary>Monitoring raises, joins and ends (HOOK-2), by what Alertmanager and Grafana really send.</summary>
public sealed class AlertTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HOOK_2_What_Alertmanager_sends_raises_joins_repeats_and_ends()
    {
        await using var desk = await WithBot();
        var token = await Adds(desk, "prometheus @monitoring acme critical=sev2");
        var first = await Sends(
            desk,
            "prometheus",
            token,
            Alertmanager("firing", "api-down", "a1")
        );
        first.GetProperty("raised")[0].GetString().ShouldBe("ESC-1");
        await desk.Settled();
        desk.Card().Message.ShouldContain("ESC-1");

        // The same again, as it comes every few hours while it fires.
        var again = await Sends(
            desk,
            "prometheus",
            token,
            Alertmanager("firing", "api-down", "a1")
        );
        again.GetProperty("raised").GetArrayLength().ShouldBe(0);
        again.GetProperty("joined").GetArrayLength().ShouldBe(0);

        // Another one of the same customer joins the open one.
        var other = await Sends(desk, "prometheus", token, Alertmanager("firing", "db-slow", "b2"));
        other.GetProperty("joined")[0].GetString().ShouldBe("ESC-1");
        await desk.Settled();
        string.Join('\n', desk.Thread(desk.Card())).ShouldContain("db-slow");

        desk.Clock.Advance(TimeSpan.FromMinutes(12));
        var ended = await Sends(
            desk,
            "prometheus",
            token,
            Alertmanager("resolved", "api-down", "a1")
        );
        ended.GetProperty("ended")[0].GetString().ShouldBe("ESC-1");
        await Sends(desk, "prometheus", token, Alertmanager("resolved", "api-down", "a1"));
        await Sends(desk, "prometheus", token, Alertmanager("resolved", "db-slow", "b2"));
        await desk.Settled();
        var told = desk.Thread(desk.Card()).Where(t => t.Contains("has ended")).ToList();
        told.Count.ShouldBe(2);
        told[0].ShouldContain("after 12 min");
        told[0].ShouldContain("One is still firing");
        told[1].ShouldContain("None is firing any more");
        (await desk.Types("tam", "/escalate show ESC-1")).Text.ShouldContain("api-down");
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_2_U1_An_emergency_joins_nothing_that_is_less()
    {
        await using var desk = await WithBot();
        var token = await Adds(desk, "prometheus @monitoring acme critical=sev1");
        await desk.Types("tam", "/escalate new acme sev4 A letter is wrong");
        var raised = await Sends(
            desk,
            "prometheus",
            token,
            Alertmanager("firing", "all-down", "a1")
        );
        raised.GetProperty("raised")[0].GetString().ShouldBe("ESC-2");
        await desk.Settled();
        (await desk.Types("lead", "/escalate show ESC-2")).Text.ShouldContain("Sev 1");

        // The next emergency of the same customer joins that one.
        var other = await Sends(desk, "prometheus", token, Alertmanager("firing", "db-down", "b2"));
        other.GetProperty("joined")[0].GetString().ShouldBe("ESC-2");
    }

    [Fact]
    public async Task HOOK_2_Labels_say_customer_and_severity_and_the_plain_form_and_Grafanas_do_too()
    {
        await using var desk = await WithBot();
        var token = await Adds(desk, "grafana @monitoring acme page=sev1");
        (
            await Sends(
                desk,
                "grafana",
                token,
                """
                {"receiver":"escalate","status":"firing","orgId":1,"alerts":[{"status":"firing","labels":{"alertname":"Disk","customer":"acme-labs","severity":"warning"},"annotations":{"summary":"The disk is full","description":"97 % of /data"},"startsAt":"2026-03-02T08:59:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"https://grafana.example.com/g","fingerprint":"57c6d9296de2ad39","silenceURL":"https://grafana.example.com/s","dashboardURL":"","panelURL":"","values":{"A":97},"valueString":"[ var='A' value=97 ]"}],"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"https://grafana.example.com/","version":"1","groupKey":"{}:{}","truncatedAlerts":0,"title":"[FIRING:1] Disk","state":"alerting","message":"Firing"}
                """
            )
        ).GetProperty("raised")[0].GetString().ShouldBe("ESC-1");
        (
            await Sends(
                desk,
                "grafana",
                token,
                """{"key":"one","title":"Nobody can log in","severity":"page","details":"since 9"}"""
            )
        )
            .GetProperty("raised")[0]
            .GetString()
            .ShouldBe("ESC-2");
        await desk.Settled();
        var list = (await desk.Types("lead", "/escalate list")).Text;
        list.ShouldContain("The disk is full");
        list.ShouldContain("Acme Labs");
        (await desk.Types("lead", "/escalate show ESC-2")).Text.ShouldContain("Sev 1");
        (await desk.Types("lead", "/escalate show ESC-1")).Text.ShouldContain("Sev 3");
    }

    [Fact]
    public async Task HOOK_2_Without_the_token_there_is_401_and_no_hint_and_a_removed_one_takes_nothing()
    {
        await using var desk = await WithBot();
        var token = await Adds(desk, "prometheus @monitoring acme");
        var body = Alertmanager("firing", "x", "1");
        foreach (
            var (name, sent) in ((string, string?)[])
                [
                    ("prometheus", null),
                    ("prometheus", "hook_" + new string('0', 64)),
                    ("nobody", token),
                    ("..%2Fprometheus", token),
                ]
        )
        {
            ((int)(await Answer(desk, name, sent, body)).StatusCode).ShouldBeOneOf(401, 404);
        }

        foreach (var bad in (string[])["", "[]", "{", "{}", "{\"alerts\":[1]}"])
        {
            ((int)(await Answer(desk, "prometheus", token, bad)).StatusCode).ShouldBe(400, bad);
        }

        (await desk.Types("lead", "/escalate webhook in remove prometheus")).Text.ShouldNotContain(
            "takes nothing"
        );
        (await desk.Types(Desk.Admin, "/escalate webhook in list")).Text.ShouldContain(
            "prometheus"
        );
        await desk.Types(Desk.Admin, "/escalate webhook in remove prometheus");
        ((int)(await Answer(desk, "prometheus", token, body)).StatusCode).ShouldBe(401);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        """{"key":"k\ud800","title":"Nobody \ud83d can log in","severity":"page"}""",
        "Nobody \ufffd can log in"
    )]
    [InlineData("""{"title":"Nobody can log in","severity":"page"}""", "Nobody can log in")]
    [InlineData("""{"fingerprint":"f1","severity":"page","status":"pending",}""", "f1")]
    [InlineData(
        """{"alerts":[1,null,{},{"title":"Nobody can log in \ud83d\ude31","key":"k","severity":"page"}]}""",
        "Nobody can log in \U0001F631"
    )]
    [InlineData(
        """{"title":"A \\ud83d in a path","key":"k","severity":"page"}""",
        "ud83d in a path"
    )]
    public async Task X8_No_alert_is_lost_for_a_letter_a_field_or_what_came_with_it(
        string body,
        string said
    )
    {
        await using var desk = await WithBot();
        var token = await Adds(desk, "prometheus @monitoring acme page=sev1");
        await Sends(desk, "prometheus", token, body);
        await desk.Settled();
        (await desk.Types("lead", "/escalate show ESC-1")).Text.ShouldContain(said);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task X8_Letters_that_are_no_UTF_8_and_a_key_without_end_are_taken_too()
    {
        await using var desk = await WithBot();
        var token = await Adds(desk, "prometheus @monitoring acme");
        using var http = new HttpClient { BaseAddress = desk.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        byte[] body =
        [
            0xEF,
            0xBB,
            0xBF,
            .. Encoding.Latin1.GetBytes(
                $$"""{"title":"Große Not","key":"{{new string('k', 900)}}"}"""
            ),
        ];
        using var content = new ByteArrayContent(body);
        var answer = await http.PostAsync("/hooks/prometheus", content, Cancel);
        ((int)answer.StatusCode).ShouldBe(200);
        await desk.Settled();
        desk.Cards().Count.ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_2_A_storm_delivered_many_times_at_once_raises_one()
    {
        await using var desk = await WithBot();
        var token = await Adds(desk, "prometheus @monitoring acme");
        var storm = JsonSerializer.Serialize(
            new
            {
                alerts = Enumerable
                    .Range(0, 40)
                    .Select(i => new
                    {
                        status = "firing",
                        fingerprint = $"f{i}",
                        startsAt = "2026-03-02T08:59:00Z",
                        labels = new { alertname = $"Alert {i}", severity = "error" },
                    }),
            }
        );
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Answer(desk, "prometheus", token, storm))
        );
        answers.ShouldAllBe(a => (int)a.StatusCode == 200);
        await desk.Settled();
        desk.Cards().Count.ShouldBe(1);
        desk.Thread(desk.Card()).Count(t => t.Contains("and 30 more")).ShouldBe(1);
    }

    private static async Task<Desk> WithBot()
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.AddBot("monitoring");
        desk.Mattermost.Join(Desk.Square, "monitoring");
        return desk;
    }

    private static async Task<string> Adds(Desk desk, string words)
    {
        var answer = (await desk.Types(Desk.Admin, $"/escalate webhook in add {words}")).Text;
        var token = Regex.Match(
            answer,
            "hook_[0-9a-f]{64}",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        token.Success.ShouldBeTrue(answer);
        return token.Value;
    }

    private static async Task<HttpResponseMessage> Answer(
        Desk desk,
        string name,
        string? token,
        string body
    )
    {
        using var http = new HttpClient { BaseAddress = desk.Address };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                token
            );
        }

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.PostAsync($"/hooks/{name}", content, Cancel);
    }

    private static async Task<JsonElement> Sends(Desk desk, string name, string token, string body)
    {
        using var answer = await Answer(desk, name, token, body);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(200, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>As Alertmanager's webhook receiver is sent it (version 4).</summary>
    private static string Alertmanager(string status, string alert, string fingerprint) =>
        JsonSerializer.Serialize(
            new
            {
                receiver = "escalate",
                status,
                alerts = new[]
                {
                    new
                    {
                        status,
                        labels = new
                        {
                            alertname = alert,
                            severity = "critical",
                            job = "web",
                        },
                        annotations = new { summary = $"{alert} since a minute" },
                        startsAt = "2026-03-02T09:00:00Z",
                        endsAt = status == "firing"
                            ? "0001-01-01T00:00:00Z"
                            : "2026-03-02T09:12:00Z",
                        generatorURL = "http://prometheus.example.com/graph?g0.expr=up",
                        fingerprint,
                    },
                },
                groupLabels = new { alertname = alert },
                commonLabels = new { alertname = alert },
                commonAnnotations = new { },
                externalURL = "http://alertmanager.example.com",
                version = "4",
                groupKey = $"{{}}:{{alertname=\"{alert}\"}}",
                truncatedAlerts = 0,
            }
        );
}
