using System.Net;
using System.Net.Http.Headers;
using Shouldly;
using Sidecar.Hosting;
using Sidecar.Settings;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Metrics;

/// <summary>Who is given <c>/metrics</c>: this machine, or whoever has the token; nobody else, and without a hint.</summary>
public sealed class MetricsEndpointTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_only_programs_of_this_machine_that_ask_by_themselves_are_answered()
    {
        await using var desk = await Desk.Open();
        (await Ask(desk)).ShouldBe(HttpStatusCode.OK);

        (string Name, string Value)[] others =
        [
            ("X-Forwarded-For", "10.0.0.1"),
            ("X-Forwarded-Proto", "https"),
            ("X-Real-IP", "10.0.0.1"),
            ("Forwarded", "for=10.0.0.1"),
            ("Via", "1.1 proxy"),
            ("Authorization", "Token abcdefghijklmnopqrstuvwxyz"),
            ("Authorization", $"Bearer {Token}"),
            ("Origin", "https://example.com"),
            ("Referer", "https://example.com/"),
            ("Host", "sidecar.example.com"),
            ("Host", "127.0.0.1.example.com"),
            ("Host", "10.0.0.1:8085"),
        ];
        foreach (var (name, value) in others)
        {
            (await Ask(desk, name, value)).ShouldBe(
                HttpStatusCode.Unauthorized,
                $"{name}: {value}"
            );
        }

        // As Mattermost asks for a slash command of the kind GET.
        (await Ask(desk, path: "/metrics?text=x")).ShouldBe(HttpStatusCode.Unauthorized);
        desk.Log.Lines.Count(l => l.Contains("/metrics was not given")).ShouldBe(1);
    }

    [Fact]
    public async Task With_a_token_whoever_has_it_is_answered_and_nobody_else()
    {
        await using var desk = await Desk.Open();
        await desk.StopSidecar();
        desk.MetricsToken = Token;
        await desk.StartSidecar();

        (await Ask(desk, "Authorization", $"Bearer {Token}")).ShouldBe(HttpStatusCode.OK);
        (await Ask(desk, "Authorization", $"bearer  {Token} ")).ShouldBe(HttpStatusCode.OK);
        (await Ask(desk)).ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var wrong in (string[])["", Token[..^1], Token + "0", Token.ToUpperInvariant()])
        {
            (await Ask(desk, "Authorization", $"Bearer {wrong}")).ShouldBe(
                HttpStatusCode.Unauthorized,
                wrong
            );
        }

        (await Ask(desk, "Authorization", $"Basic {Token}")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(desk, "Authorization", Token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(desk, path: $"/metrics?token={Token}")).ShouldBe(HttpStatusCode.Unauthorized);
        desk.Log.Lines.ShouldNotContain(l => l.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_refused_learns_nothing()
    {
        await using var desk = await Desk.Open();
        using var http = new HttpClient { BaseAddress = desk.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Via", "1.1 proxy");

        using var answer = await http.SendAsync(request, Cancel);

        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBeEmpty();
        answer.Headers.WwwAuthenticate.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("short")]
    [InlineData("nineteen characters")]
    public void A_token_that_is_none_stops_the_start_and_is_not_repeated(string token)
    {
        var problem = Should.Throw<SetupException>(() => MetricsToken.Read(_ => token));

        var said = problem.ToString();
        said.ShouldContain("ESCALATE_METRICS_TOKEN");
        said.ShouldContain("openssl rand -hex 32");
        if (token.Trim().Length > 0)
        {
            said.ShouldNotContain(token);
        }
    }

    [Fact]
    public void No_variable_is_no_token()
    {
        MetricsToken.Read(_ => null).ShouldBeNull();
        MetricsToken
            .Read(name => name == MetricsToken.Variable ? $"{Token}\n" : null)
            .ShouldBe(Token);
    }

    private static async Task<HttpStatusCode> Ask(
        Desk desk,
        string? header = null,
        string value = "",
        string path = "/metrics"
    )
    {
        using var http = new HttpClient { BaseAddress = desk.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();
        }

        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
