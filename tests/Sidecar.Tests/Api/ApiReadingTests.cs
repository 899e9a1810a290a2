using System.Text.Json;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>What a token may read, and how it is told (API-1, API-2).</summary>
public sealed class ApiReadingTests
{
    [Fact]
    public async Task API_2_Without_a_valid_token_there_is_401_and_no_hint()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        foreach (
            var token in (string?[])
                [null, "x", "escalate_1_" + new string('0', 64), desk.CommandToken]
        )
        {
            using var api = new ApiDesk(desk, token);
            foreach (var path in (string[])["/me", "/customers", "/customers/acme", "/audit"])
            {
                var answer = await api.Get(path);
                answer.Status.ShouldBe(401);
                answer.Type.ShouldBe("application/problem+json");
                answer["type"].ShouldBe("urn:escalate:problem:unauthorized");
                answer.Headers["WWW-Authenticate"].ShouldBe("Bearer");
            }
        }
    }

    [Fact]
    public async Task API_2_A_withdrawn_token_counts_for_nothing_at_once_and_scopes_are_what_it_is_for()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "lead", "sync customers:read");
        var me = await api.Get("/me");
        me.Status.ShouldBe(200);
        me.Json.GetProperty("owner").GetProperty("username").GetString().ShouldBe("lead");
        me.Json.GetProperty("roles")[0].GetString().ShouldBe("de-lead");
        (await api.Get("/customers")).Status.ShouldBe(200);
        var refused = await api.Get("/escalations");
        refused.Status.ShouldBe(403);
        refused["type"].ShouldBe("urn:escalate:problem:scope");
        refused["detail"].ShouldContain("escalations:read");

        await desk.Types("lead", "/escalate token withdraw TOK-1");
        (await api.Get("/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task API_1_Lists_come_in_pages_with_Link_and_each_thing_once()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        for (var i = 1; i <= 7; i++)
        {
            await desk.Types("tam", $"/escalate new acme{i} sev{1 + (i % 4)} Problem {i}");
        }

        using var api = await ApiDesk.Of(desk, "engineer");
        var seen = new List<string>();
        for (var path = "/escalations?limit=3"; path.Length > 0; )
        {
            var page = await api.Get(path);
            page.Status.ShouldBe(200, page.Body);
            seen.AddRange(page.Ids);
            path = page.Headers.TryGetValue("Link", out var link)
                ? link[1..link.IndexOf('>', StringComparison.Ordinal)]
                : "";
            (page["next"] is null).ShouldBe(path.Length == 0);
        }

        seen.Count.ShouldBe(7);
        seen.ShouldBeUnique();
        (await api.Get("/escalations?severity=sev1")).Ids.ShouldBe(["ESC-4"]);
        (await api.Get("/escalations?list=mine")).Ids.ShouldBeEmpty();
        (await api.Get("/escalations?state=accepted&severity=sev2")).Ids.ShouldBe([
            "ESC-1",
            "ESC-5",
        ]);
        (await api.Get("/escalations?state=closed&severity=sev2")).Ids.ShouldBeEmpty();
        await desk.Types("tam", "/escalate cancel ESC-1 Twice");
        (await api.Get("/escalations?severity=sev2")).Ids.ShouldBe(["ESC-5"]);
        (await api.Get("/escalations?severity=sev2&list=all")).Ids.ShouldBe(["ESC-5", "ESC-1"]);
        (await api.Get("/escalations?severity=sev2&q=problem")).Status.ShouldBe(400);
        (await api.Get("/escalations?cursor=x")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task API_1_What_was_read_is_not_sent_again_while_it_is_the_same()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        using var api = await ApiDesk.Of(desk, "engineer");
        var first = await api.Get("/escalations/ESC-1");
        first["state"].ShouldBe("accepted");
        (await api.Get("/escalations/ESC-1", ("If-None-Match", first.Tag))).Status.ShouldBe(304);
        await desk.Types("engineer", "/escalate ack ESC-1");
        var second = await api.Get("/escalations/ESC-1", ("If-None-Match", first.Tag));
        second.Status.ShouldBe(200);
        second["state"].ShouldBe("acknowledged");
    }

    [Fact]
    public async Task API_1_Rate_limits_are_told_in_headers_and_are_each_tokens_own()
    {
        await using var desk = await Desk.Open(
            settings: """{ "api": { "requestsPerSecond": 2, "burst": 4 } }"""
        );
        using var api = await ApiDesk.Of(desk, "engineer");
        using var other = await ApiDesk.Of(desk, "tam");
        for (var left = 3; left >= 0; left--)
        {
            var answer = await api.Get("/me");
            answer.Status.ShouldBe(200);
            answer.Headers["RateLimit"].ShouldBe($"\"token\";r={left};t=1");
            answer.Headers["RateLimit-Policy"].ShouldBe("\"token\";q=4;w=2");
        }

        var refused = await api.Get("/me");
        refused.Status.ShouldBe(429);
        refused.Headers["Retry-After"].ShouldBe("1");
        (await other.Get("/me")).Status.ShouldBe(200);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        (await api.Get("/me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task API_1_Who_may_not_read_customers_learns_nothing_of_them_X3_X4()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        desk.Mattermost.AddUser("stranger");
        desk.Mattermost.Join(Desk.Square, "stranger");
        await desk.Types("tam", "/escalate new acme sev3 Slow search");
        await desk.Types("tam", "/escalate new acme-labs sev3 Slow log-in");
        using var api = await ApiDesk.Of(desk, "stranger");
        var known = await api.Get("/customers/acme");
        var unknown = await api.Get("/customers/nobody");
        known.Status.ShouldBe(403);
        known.Body.ShouldBe(unknown.Body);
        (await api.Get("/customers")).Status.ShouldBe(403);
        var list = await api.Get("/escalations");
        list.Items.Count.ShouldBe(2);
        list.Items.ShouldAllBe(i => i.GetProperty("customerKey").ValueKind == JsonValueKind.Null);
        var ofKnown = await api.Get("/escalations?customer=acme");
        ofKnown.Status.ShouldBe(403);
        ofKnown.Body.ShouldBe((await api.Get("/escalations?customer=nobody")).Body);
        // Who pays more shows in nobody's order but theirs who may know it.
        list.Ids.ShouldBe(["ESC-1", "ESC-2"]);
    }

    [Fact]
    public async Task ALL_7_What_belongs_to_a_private_incident_is_for_its_readers()
    {
        await using var desk = await Desk.Open(settings: """{ "api": { "burst": 1000 } }""");
        desk.Mattermost.AddUser("stranger");
        desk.Mattermost.Join(Desk.Square, "stranger");
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Settled();
        using var engineer = await ApiDesk.Of(desk, "engineer");
        (
            await engineer.Post(
                "/escalations/ESC-1/updates",
                new { summary = "We look", technicalNotes = "the index is broken" }
            )
        ).Status.ShouldBe(201);
        using var stranger = await ApiDesk.Of(desk, "stranger");
        (await stranger.Get("/escalations/ESC-1")).Status.ShouldBe(200);
        (await stranger.Get("/escalations/ESC-1/timeline")).Status.ShouldBe(403);
        var updates = await stranger.Get("/escalations/ESC-1/updates");
        updates.Items.Count.ShouldBe(1);
        updates.Body.ShouldNotContain("index is broken");
        (await engineer.Get("/escalations/ESC-1/updates")).Body.ShouldContain("index is broken");
        (await engineer.Get("/escalations/ESC-1/timeline")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task API_2_The_trail_says_what_was_done_through_a_token_and_only_leads_read_it()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        using var engineer = await ApiDesk.Of(desk, "engineer", "deploy-bot write audit:read");
        (
            await engineer.Post("/escalations/ESC-1/moves", new { move = "acknowledge" })
        ).Status.ShouldBe(200);
        (await engineer.Get("/audit")).Status.ShouldBe(403);

        // What the product does by itself afterwards is not the token's.
        await desk.Passes(TimeSpan.FromHours(9));
        using var lead = await ApiDesk.Of(desk, "lead", "audit audit:read");
        var trail = await lead.Get("/audit?subject=token:TOK-1");
        trail.Items.Select(i => i.GetProperty("fact").GetString()).ShouldBe(["made", "acted"]);
        var acted = trail.Items[1];
        acted.GetProperty("actor").GetString().ShouldBe(desk.IdOf("engineer").Value);
        acted.GetProperty("details").GetProperty("name").GetString().ShouldBe("deploy-bot");
        acted.GetProperty("details").GetProperty("about")[0].GetString().ShouldBe("ESC-1");

        var pages = new List<long>();
        for (var path = "/audit?limit=2"; path.Length > 0; )
        {
            var page = await lead.Get(path);
            pages.AddRange(page.Items.Select(i => i.GetProperty("sequence").GetInt64()));
            path = page["next"] is { } next ? $"/audit?limit=2&cursor={next}" : "";
        }

        pages.ShouldBeInOrder();
        pages.ShouldBeUnique();
        pages.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task ASG_4_Guests_have_no_tokens_and_assignments_and_check_ins_are_for_who_may_read_them()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        (await api.Get("/assignments")).Items.ShouldBeEmpty();
        (await api.Get("/assignments/ASG-1")).Status.ShouldBe(404);
        (await api.Get("/assignments/ASG-1/check-ins")).Status.ShouldBe(404);
        (await desk.Types("guest", "/escalate token make x")).Text.ShouldNotContain("escalate_");
        // Somebody who is made a guest afterwards is out with all that they made.
        desk.Mattermost.ChangeUser("engineer", u => u with { Roles = "system_guest" });
        await desk.Settled();
        await desk.Passes(TimeSpan.FromMinutes(2));
        (await api.Get("/assignments")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task API_1_The_description_and_its_page_come_from_here_alone()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = new ApiDesk(desk, null);
        (await api.Get("/api/v1/openapi.json"))["openapi"].ShouldStartWith("3.1");
        var page = await api.Get("/api/docs/");
        page.Status.ShouldBe(200);
        page.Body.ShouldContain("api/v1/openapi.json");
        page.Body.ShouldNotContain("cdn");
        page.Headers["Content-Security-Policy"].ShouldContain("default-src 'self'");
        page.Body.ShouldNotContain("src=\"http");
        var script = System.Text.RegularExpressions.Regex.Match(page.Body, "src=\"(?<at>[^\"]+)\"");
        script.Success.ShouldBeTrue(page.Body);
        var at = new Uri(new Uri(desk.Address, "/api/docs/"), script.Groups["at"].Value);
        at.Authority.ShouldBe(desk.Address.Authority);
        (await api.Get(at.PathAndQuery)).Status.ShouldBe(200);
    }
}
