using System.Text;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Tokens;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Tokens;

/// <summary>Tokens of the REST API, made and withdrawn in chat (API-2).</summary>
public sealed class TokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task API_2_A_token_is_shown_once_to_its_maker_alone_and_kept_as_a_digest()
    {
        await using var desk = await Desk.Open();
        var answer = await desk.Types(
            "tam",
            "/escalate token make sync customers:read until 2026-06-30"
        );
        var token = TokenDesk.Shown().Match(answer.Text).Value;
        token.ShouldStartWith("escalate_1_");
        answer.Text.ShouldContain("TOK-1");
        answer.Text.ShouldContain("2026-06-30");

        var kept = (await desk.Store.Find(ApiToken.Kind, "TOK-1", Cancel)).ShouldNotBeNull();
        kept.Value.Digest.ShouldBe(TokenText.DigestOf(token));
        kept.Value.Owner.ShouldBe(desk.IdOf("tam"));
        var trail = await desk.Store.Engine.ReadAudit(0, 500, Cancel);
        trail
            .Select(e => Encoding.UTF8.GetString(e.Entry.Body.Span))
            .ShouldAllBe(body => !body.Contains(token));
        trail.ShouldContain(e => e.Entry.Subject == "token:TOK-1");
        desk.Log.Lines.ShouldAllBe(line => !line.Contains(token));
        desk.Mattermost.Posts(Desk.Square).ShouldAllBe(p => !p.Message.Contains(token));
        (await desk.Types("tam", "/escalate token list")).Text.ShouldNotContain(token);
    }

    [Fact]
    public async Task API_2_A_token_counts_until_it_ends_is_withdrawn_or_its_owner_is_gone()
    {
        await using var desk = await Desk.Open();
        var ends = await desk.MakesToken("tam", "short until tomorrow");
        var withdrawn = await desk.MakesToken("tam", "other");
        var gone = await desk.MakesToken("engineer", "mine");
        (await Found(desk, ends)).ShouldNotBeNull().Name.ShouldBe("short");
        (await Found(desk, ends[..^1] + (ends[^1] == '0' ? '1' : '0'))).ShouldBeNull();
        (await Found(desk, "escalate_999_" + new string('a', 64))).ShouldBeNull();
        (await Found(desk, "")).ShouldBeNull();

        (await desk.Types("tam", "/escalate token withdraw TOK-2")).Text.ShouldContain(
            "TOK-2 is withdrawn"
        );
        (await Found(desk, withdrawn)).ShouldBeNull();
        (await desk.Types("tam", "/escalate token withdraw TOK-2")).Text.ShouldContain(
            "is already no longer valid"
        );

        desk.Mattermost.SetActive("engineer", active: false);
        await desk.Settled();
        await desk.Passes(TimeSpan.FromMinutes(2));
        (await Found(desk, gone)).ShouldBeNull();

        await desk.Passes(TimeSpan.FromDays(2));
        (await Found(desk, ends)).ShouldBeNull();
    }

    [Fact]
    public async Task API_2_Only_its_owner_and_administrators_know_of_a_token()
    {
        await using var desk = await Desk.Open();
        await desk.MakesToken("tam", "sync");
        var other = await desk.Types("engineer", "/escalate token withdraw TOK-1");
        var none = await desk.Types("engineer", "/escalate token withdraw TOK-9");
        other.Text.Replace("TOK-1", "TOK-9").ShouldBe(none.Text);
        (await desk.Types("engineer", "/escalate token list")).Text.ShouldNotContain("sync");
        (await desk.Types("engineer", "/escalate token list all")).Text.ShouldNotContain("sync");
        (await desk.Types(Desk.Admin, "/escalate token list all")).Text.ShouldContain("sync");
        (await desk.Types(Desk.Admin, "/escalate token withdraw TOK-1")).Text.ShouldContain(
            "is withdrawn"
        );
        (await desk.Types("guest", "/escalate token make sync")).Text.ShouldNotContain("escalate_");
    }

    [Fact]
    public async Task API_2_An_integrations_token_is_made_by_an_administrator_and_has_the_roles_of_its_account()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddBot("monitoring");
        desk.Mattermost.Join(Desk.Square, "monitoring");
        (
            await desk.Types("lead", "/escalate token make alerts @monitoring write")
        ).Text.ShouldContain("make tokens for integrations");
        (await desk.Types(Desk.Admin, "/escalate token make alerts @engineer")).Text.ShouldContain(
            "is a person"
        );
        (await desk.Types(Desk.Admin, "/escalate token make alerts @escalate")).Text.ShouldContain(
            "my own account"
        );
        var token = await desk.MakesToken(Desk.Admin, "alerts @monitoring write");
        (await Found(desk, token)).ShouldNotBeNull().IsOfIntegration.ShouldBeTrue();

        (
            await desk.Types(Desk.Admin, "/escalate role grant @monitoring de-lead")
        ).Text.ShouldContain("for what it does with a token");
        var roles = desk.Parts.GetRequiredService<RoleStore>();
        (await roles.Of(desk.IdOf("monitoring"), Cancel))
            .Is(Role.DeploymentEngineeringLead)
            .ShouldBeTrue();
        // It is never called, though: only people are.
        (await roles.Holders(Role.DeploymentEngineeringLead, Cancel)).ShouldBe([desk.IdOf("lead")]);
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a/b", "letters, digits")]
    [InlineData("sync everything", "is not a scope")]
    [InlineData("sync until 2030-01-01", "at most 366 days")]
    [InlineData("sync until 2020-01-01", "at most 366 days")]
    [InlineData("sync until whenever", "is not a date")]
    public async Task API_2_What_can_not_be_a_token_is_refused_with_the_reason(
        string typed,
        string why
    )
    {
        await using var desk = await Desk.Open();
        var answer = (await desk.Types("tam", $"/escalate token make {typed}")).Text;
        answer.ShouldContain(why);
        answer.ShouldNotContain("escalate_1");
    }

    private static async Task<ApiToken?> Found(Desk desk, string token) =>
        await desk.Parts.GetRequiredService<TokenStore>().Find(token, Cancel);
}
