using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Waits that somebody else dictates (F3).</summary>
public sealed class F3_DictatedWaitsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData(" 7 ", 7.0)]
    [InlineData("7s", 7.0)]
    [InlineData("\"7\"", 7.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("7, 9", 7.0)]
    [InlineData("86400", 300.0)]
    [InlineData("99999999999999999999999", 300.0)]
    [InlineData("1e300", 300.0)]
    [InlineData("Mon, 02 Mar 2026 09:00:30 GMT", 30.0)]
    [InlineData("Mon, 02 Mar 2026 10:01:00 +0100", 60.0)]
    [InlineData("2026-03-02T09:00:30Z", 30.0)]
    [InlineData("Mon Mar  2 09:00:30 2026", 30.0)]
    [InlineData("Monday, 02-Mar-26 09:00:30 GMT", 30.0)]
    [InlineData("Tue, 03 Mar 2026 09:00:00 GMT", 300.0)]
    [InlineData("1772442030", 30.0)] // seconds since 1970
    [InlineData("1772442030000", 30.0)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("-99999999999999999999", null)]
    [InlineData("Mon, 02 Mar 2026 08:00:00 GMT", null)]
    [InlineData("1772400000", null)]
    [InlineData("soon", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    [InlineData(",", null)]
    public void F3_Every_form_of_a_wish_is_understood(string value, double? seconds) =>
        (ServersWish.Read(value, Nine)?.TotalSeconds).ShouldBe(seconds);

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("Mon, 02 Mar 2026 08:00:00 GMT")]
    public void F3_What_is_no_wish_is_none(string value) =>
        ServersWish.Read(value, Nine).ShouldBeNull();

    [Theory]
    [InlineData("Retry-After", "86400", 300.0)]
    [InlineData("X-Ratelimit-Reset", "12", 12.0)]
    [InlineData("X-RateLimit-Reset", "1772442030", 30.0)]
    [InlineData("RateLimit-Reset", "12", 12.0)]
    public void F3_It_is_found_under_each_of_its_names(string name, string value, double seconds)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();

        ServersWish.In(answer.Headers, Nine)!.Value.TotalSeconds.ShouldBe(seconds);
    }

    [Fact]
    public void F3_A_date_is_reckoned_by_the_clock_of_who_gives_it()
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.Date = Nine.AddHours(3);
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(Nine.AddHours(3).AddSeconds(20));

        ServersWish.In(answer.Headers, Nine).ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(429, "86400")]
    [InlineData(429, "99999999999")]
    [InlineData(429, "soon")]
    [InlineData(503, "86400")]
    [InlineData(200, "86400")]
    public async Task F3_Nobody_waits_longer_than_a_few_minutes(int status, string value)
    {
        await using var bench = await GatewayBench.Start();
        bench.Gateway.Next(
            1,
            (_, _) => true,
            Between.Of("a pause", status, "text/plain", "no", ("Retry-After", value))
        );
        await bench.Says("hello");
        await bench.Goes(TimeSpan.Zero);
        bench.Messages.ShouldBeEmpty();

        await bench.Goes(ServersWish.Longest);

        bench.Messages.ShouldBe(["hello"]);
    }

    [Fact]
    public async Task F3_A_server_that_always_asks_for_no_pause_at_all_is_not_hammered()
    {
        await using var bench = await GatewayBench.Start();
        bench.Gateway.Next(
            1000,
            (_, _) => true,
            Between.Of("too many", 429, null, "", ("Retry-After", "0"))
        );
        await bench.Says("hello");
        for (var second = 0; second < 600; second += 5)
        {
            await bench.Goes(TimeSpan.FromSeconds(5));
        }

        bench.Gateway.Struck.ShouldBeInRange(5, 20);
    }

    [Fact]
    public async Task F3_That_it_waits_is_seen_in_readyz()
    {
        await using var desk = await Desk.Open();
        (await Ready(desk))
            .GetProperty("delivery")
            .GetProperty("state")
            .GetString()
            .ShouldBe("flowing");
        desk.Mattermost.Faults.Next(
            1,
            "POST",
            "/api/v4/posts",
            Fault.RateLimited(TimeSpan.FromDays(1))
        );

        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");

        var ready = await Ready(desk);
        ready.GetProperty("status").GetString().ShouldBe("ready");
        var delivery = ready.GetProperty("delivery");
        delivery.GetProperty("state").GetString().ShouldBe("held");
        delivery.GetProperty("waiting").GetInt32().ShouldBeGreaterThan(0);
        delivery
            .GetProperty("heldUntil")
            .GetDateTimeOffset()
            .ShouldBeLessThanOrEqualTo(desk.Clock.GetUtcNow() + ServersWish.Longest);
        desk.Log.Lines.ShouldContain(l => l.Contains("asks for a pause"));

        await desk.Passes(ServersWish.Longest);
        (await Ready(desk))
            .GetProperty("delivery")
            .GetProperty("state")
            .GetString()
            .ShouldBe("flowing");
        desk.Cards().ShouldNotBeEmpty();
    }

    private static async Task<JsonElement> Ready(Desk desk)
    {
        using var http = new HttpClient { BaseAddress = desk.Address };
        return await http.GetFromJsonAsync<JsonElement>("readyz", Cancel);
    }
}
