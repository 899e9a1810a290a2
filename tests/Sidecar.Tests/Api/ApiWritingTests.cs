using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>What a token may do: what its owner does in the chat, seen there as if they had (API-1).</summary>
public sealed class ApiWritingTests
{
    private static readonly string[] Documents = ["https://docs.example.com/one"];

    [Fact]
    public async Task API_1_An_escalation_lives_its_life_over_the_API_and_its_card_shows_it()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        var raised = await api.Post(
            "/escalations",
            new
            {
                customer = "acme",
                severity = "sev2",
                summary = "Nobody can log in",
                customerImpact = "All of them",
                channel = desk.Mattermost.GetChannel(Desk.Square).Id,
            }
        );
        raised.Status.ShouldBe(201, raised.Body);
        raised.Headers["Location"].ShouldBe("/api/v1/escalations/ESC-1");
        raised["state"].ShouldBe("accepted");
        raised["customerKey"].ShouldBe("acme");
        await desk.Settled();
        var card = desk.Card();
        card.Message.ShouldContain("ESC-1");

        (await Moves("acknowledge"))["owner"].ShouldContain("engineer");
        (await Moves("investigate"))["state"].ShouldBe("investigating");
        (await api.Post("/escalations/ESC-1/owner", new { owner = "@lead" })).Status.ShouldBe(200);
        var update = await api.Post(
            "/escalations/ESC-1/updates",
            new
            {
                summary = "The index is being rebuilt",
                status = "identified",
                nextUpdateAt = "2026-03-02T12:30:00Z",
            }
        );
        update.Status.ShouldBe(201, update.Body);
        update["status"].ShouldBe("identified");
        update["nextUpdateAt"].ShouldBe("2026-03-02T12:30:00+00:00");
        (await Moves("resolve", "Rolled back"))["resolution"].ShouldBe("Rolled back");
        (await Moves("reopen", "It is back"))["state"].ShouldNotBe("resolved");
        (await Moves("resolve", "Rolled back again"))["state"].ShouldBe("resolved");
        (await Moves("close"))["state"].ShouldBe("closed");

        await desk.Settled();
        var thread = string.Join('\n', desk.Thread(desk.Card()));
        thread.ShouldContain("The index is being rebuilt");
        thread.ShouldContain("Rolled back again");
        var timeline = await api.Get("/escalations/ESC-1/timeline?limit=200");
        timeline.Body.ShouldContain("@engineer");
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();

        async Task<ApiReply> Moves(string move, string? words = null)
        {
            var answer = await api.Post(
                "/escalations/ESC-1/moves",
                words is null ? new { move } : (object)new { move, words }
            );
            answer.Status.ShouldBe(200, answer.Body);
            return answer;
        }
    }

    [Fact]
    public async Task API_1_The_same_request_sent_again_is_done_once_and_answered_the_same()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        var body = new
        {
            customer = "acme",
            severity = "sev3",
            summary = "Slow",
            channel = desk.Mattermost.GetChannel(Desk.Square).Id,
        };
        var first = await api.Post("/escalations", body, ("Idempotency-Key", "one"));
        first.Status.ShouldBe(201, first.Body);
        await desk.RestartSidecar();
        var again = await api.Post("/escalations", body, ("Idempotency-Key", "one"));
        again.Status.ShouldBe(201);
        again.Body.ShouldBe(first.Body);
        again.Headers["Idempotency-Replayed"].ShouldBe("true");
        again.Headers["Location"].ShouldBe(first.Headers["Location"]);
        var another = await api.Post(
            "/escalations",
            body with
            {
                summary = "Another",
            },
            ("Idempotency-Key", "one")
        );
        another.Status.ShouldBe(422);
        another["type"].ShouldBe("urn:escalate:problem:idempotency-key-reused");
        (await api.Send(HttpMethod.Post, "/escalations", body)).Status.ShouldBe(400);
        (await api.Get("/escalations")).Ids.ShouldBe(["ESC-1"]);

        // Somebody else's key of the same name is another one.
        using var other = await ApiDesk.Of(desk, "tam");
        var theirs = await other.Post("/escalations", body, ("Idempotency-Key", "one"));
        theirs.Status.ShouldBe(409);
        theirs["detail"].ShouldContain("ESC-1 open in the same category");

        // After its day it is forgotten.
        await desk.Passes(TimeSpan.FromDays(1.1));
        (
            await desk.Store.Find(
                Sidecar.Features.Tokens.KeptAnswer.Kind,
                "api:TOK-1:" + Sidecar.Api.IdempotencyKeys.Digest("one"u8),
                TestContext.Current.CancellationToken
            )
        ).ShouldBeNull();
    }

    [Fact]
    public async Task API_1_Many_at_once_with_one_key_raise_one_escalation()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        var body = new
        {
            customer = "acme",
            severity = "sev2",
            summary = "Down",
            channel = desk.Mattermost.GetChannel(Desk.Square).Id,
        };
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ => api.Post("/escalations", body, ("Idempotency-Key", "storm")))
        );
        answers.ShouldAllBe(a => a.Status == 201 || a.Status == 409);
        answers.ShouldContain(a => a.Status == 201);
        answers.Where(a => a.Status == 201).Select(a => a["id"]).Distinct().ShouldBe(["ESC-1"]);
        (await api.Get("/escalations?list=all")).Ids.ShouldBe(["ESC-1"]);
    }

    [Theory]
    [InlineData("owner", """{"owner":"@engineer"}""")]
    [InlineData("updates", """{"summary":"We look"}""")]
    [InlineData("moves", """{"move":"acknowledge"}""")]
    public async Task API_1_Nobody_comes_between_the_look_at_If_Match_and_the_commit(
        string what,
        string body
    )
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        if (what == "updates")
        {
            await desk.Types("engineer", "/escalate ack ESC-1");
        }

        var read = await api.Get("/escalations/ESC-1");
        // Somebody changes it at the very moment at which it is committed.
        var (inner, isDone) = (desk.Store.Between!, false);
        desk.Store.Between = async (commit, cancel) =>
        {
            if (!isDone && commit.Documents.Any(d => d.Key.Kind == "escalation"))
            {
                isDone = true;
                await desk
                    .Mattermost.As("tam")
                    .Execute(Desk.Square, "/escalate edit ESC-1 effort high");
            }

            return await inner(commit, cancel);
        };
        var late = await api.Post("/escalations/ESC-1/" + what, body, ("If-Match", read.Tag));
        isDone.ShouldBeTrue();
        late.Status.ShouldBe(412, late.Body);
        var now = await api.Get("/escalations/ESC-1");
        now["effort"].ShouldBe("high");
        now["state"].ShouldBe(read["state"]);
        (await api.Get("/escalations/ESC-1/updates"))
            .Json.GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
        // As it is now it is done.
        (
            await api.Post("/escalations/ESC-1/" + what, body, ("If-Match", now.Tag))
        ).Status.ShouldBeOneOf(200, 201);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_A_service_request_is_prepared_and_moved_on_as_in_the_chat()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        using var engineer = await ApiDesk.Of(desk, "engineer");
        var wish = new
        {
            customer = "acme",
            title = "Tickets into channels",
            delivers = "An integration",
            by = "@engineer",
            dueOn = "2026-03-20",
            days = 5,
            channel = desk.Mattermost.GetChannel(Desk.Square).Id,
        };
        (await engineer.Post("/service-requests", wish)).Status.ShouldBe(403);
        (await tam.Post("/service-requests", wish with { dueOn = "2020-01-01" })).Status.ShouldBe(
            422
        );
        var made = await tam.Post("/service-requests", wish);
        made.Status.ShouldBe(201, made.Body);
        made.Headers["Location"].ShouldEndWith("/service-requests/SRV-1");
        await desk.Settled();
        desk.Card().Message.ShouldContain("SRV-1");

        // Work does not begin before the customer has signed off (SRV-2).
        (
            await engineer.Post("/service-requests/SRV-1/moves", new { move = "start" })
        ).Status.ShouldBe(409);
        (await tam.Post("/service-requests/SRV-1/moves", new { move = "signed" })).Status.ShouldBe(
            422
        );
        var read = await tam.Get("/service-requests/SRV-1");
        var signed = await tam.Post(
            "/service-requests/SRV-1/moves",
            new
            {
                move = "signed",
                how = "verbally",
                who = "their CTO",
            },
            ("If-Match", read.Tag)
        );
        signed.Status.ShouldBe(200, signed.Body);
        signed["state"].ShouldBe("signed-off");
        (
            await engineer.Post(
                "/service-requests/SRV-1/moves",
                new { move = "start" },
                ("If-Match", read.Tag)
            )
        ).Status.ShouldBe(412);
        foreach (
            var (who, body) in (
                ((ApiDesk, object)[])
                    [
                        (engineer, new { move = "start" }),
                        (engineer, new { move = "deliver", text = "It runs" }),
                        (tam, new { move = "accept", who = "their CTO" }),
                        (tam, new { move = "complete", maintainer = "no" }),
                    ]
            )
        )
        {
            var moved = await who.Post("/service-requests/SRV-1/moves", body);
            moved.Status.ShouldBe(200, moved.Body);
        }

        (await tam.Get("/service-requests")).Ids.ShouldBeEmpty();
        (await tam.Get("/service-requests?all=true")).Ids.ShouldBe(["SRV-1"]);
        (await tam.Get("/service-requests/SRV-2")).Status.ShouldBe(404);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_A_statement_of_work_is_changed_and_signed_off_anew()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        using var product = await ApiDesk.Of(desk, "product");
        var made = await tam.Post(
            "/service-requests",
            new
            {
                customer = "acme",
                title = "Tickets into channels",
                delivers = "An integration",
                by = "@engineer",
                startsOn = "2026-03-09",
                dueOn = "2026-03-20",
                days = 5,
                channel = desk.Mattermost.GetChannel(Desk.Square).Id,
            }
        );
        made.Status.ShouldBe(201, made.Body);
        await tam.Post(
            "/service-requests/SRV-1/moves",
            new
            {
                move = "signed",
                how = "verbally",
                who = "their CTO",
            }
        );
        var read = await tam.Get("/service-requests/SRV-1");
        const string Path = "/service-requests/SRV-1";
        (await tam.Patch(Path, new { days = 8 })).Status.ShouldBe(428);
        (await tam.Patch(Path, new { days = 8 }, made.Tag)).Status.ShouldBe(412);
        (await product.Patch(Path, new { days = 8 }, "*")).Status.ShouldBe(403);
        (await tam.Patch(Path, new { dueOn = "2026-03-01" }, "*")).Status.ShouldBe(422);
        (await tam.Patch(Path, new { dueOn = (string?)null }, "*")).Status.ShouldBe(400);
        (await tam.Patch(Path, new { days = 0.5 }, "*")).Status.ShouldBe(422);
        (await tam.Patch(Path, new { by = "@nobody" }, "*")).Status.ShouldBe(422);
        var same = await tam.Patch(Path, new { days = 5 }, read.Tag);
        same.Status.ShouldBe(200, same.Body);
        same.Tag.ShouldBe(read.Tag);
        var agreed = await tam.Patch(
            Path,
            new
            {
                days = 9,
                agreedBy = "their CTO",
                how = "in-writing",
            },
            read.Tag
        );
        agreed.Status.ShouldBe(200, agreed.Body);
        agreed.Json.GetProperty("moves")[0].GetString().ShouldBe("start");
        var changed = await tam.Patch(Path, new { days = 8, startsOn = (string?)null }, agreed.Tag);
        changed.Status.ShouldBe(200, changed.Body);
        changed["days"].ShouldBe("8");
        changed["startsOn"].ShouldBeNull();
        changed["dueOn"].ShouldBe("2026-03-20");
        changed["title"].ShouldBe("Tickets into channels");
        changed["deliveredBy"].ShouldContain("engineer");
        changed.Json.GetProperty("moves")[0].GetString().ShouldBe("signed");
        (
            await tam.Patch(Path, new { days = 9, agreedBy = "their CTO" }, changed.Tag)
        ).Status.ShouldBe(422);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_Implementation_requests_are_read_by_those_who_may()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        desk.Mattermost.AddUser("stranger");
        desk.Mattermost.Join(Desk.Square, "stranger");
        await desk.Types("tam", "/escalate implementation acme");
        await desk.Submits("tam", ("type", "ProductionDeployment"));
        using var tam = await ApiDesk.Of(desk, "tam");
        using var stranger = await ApiDesk.Of(desk, "stranger");
        var list = await tam.Get("/implementations?group=triage");
        list.Ids.ShouldBe(["IMP-1"], list.Body);
        var one = await tam.Get("/implementations/IMP-1");
        one["customer"].ShouldBe("Acme");
        one["state"].ShouldBe("requested");
        (await tam.Get("/implementations?group=over")).Ids.ShouldBeEmpty();
        (await stranger.Get("/implementations")).Status.ShouldBe(403);
        (await stranger.Get("/implementations/IMP-1")).Status.ShouldBe(403);
        (await stranger.Get("/implementations/IMP-9")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task API_1_Whoever_changes_what_is_not_as_they_read_it_is_told_and_nobodys_change_is_lost()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        using var tam = await ApiDesk.Of(desk, "tam");
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        var read = await api.Get("/escalations/ESC-1");
        (await api.Patch("/escalations/ESC-1", new { summary = "Slower" })).Status.ShouldBe(428);
        var changed = await api.Patch("/escalations/ESC-1", new { summary = "Slower" }, read.Tag);
        changed.Status.ShouldBe(200, changed.Body);
        changed["summary"].ShouldBe("Slower");
        var late = await tam.Patch("/escalations/ESC-1", new { effort = "high" }, read.Tag);
        late.Status.ShouldBe(412);
        (
            await api.Post(
                "/escalations/ESC-1/moves",
                new { move = "acknowledge" },
                ("If-Match", read.Tag)
            )
        ).Status.ShouldBe(412);
        (
            await api.Post(
                "/escalations/ESC-1/moves",
                new { move = "acknowledge" },
                ("If-Match", changed.Tag)
            )
        ).Status.ShouldBe(200);

        var customer = await tam.Get("/customers/acme");
        var edited = await tam.Patch(
            "/customers/acme",
            new
            {
                arrUsd = 1234.5,
                tam = "@tam",
                contractDate = "2026-01-31",
                designDocuments = Documents,
            },
            customer.Tag
        );
        edited.Status.ShouldBe(200, edited.Body);
        edited["arrUsd"].ShouldBe("1234.5");
        edited["contractDate"].ShouldBe("2026-01-31");
        (
            await tam.Patch("/customers/acme", new { phase = "post-sales" }, customer.Tag)
        ).Status.ShouldBe(412);
        var cleared = await tam.Patch(
            "/customers/acme",
            new { tam = (string?)null, contractDate = (string?)null },
            "*"
        );
        cleared["tam"].ShouldBeNull();
        cleared["contractDate"].ShouldBeNull();
        cleared["arrUsd"].ShouldBe("1234.5");
    }

    [Fact]
    public async Task API_1_A_refusal_is_the_sentence_of_the_chat()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        using var engineer = await ApiDesk.Of(desk, "engineer");
        using var tam = await ApiDesk.Of(desk, "tam");
        await engineer.Post("/escalations/ESC-1/moves", new { move = "acknowledge" });
        var second = await engineer.Post("/escalations/ESC-1/moves", new { move = "acknowledge" });
        second.Status.ShouldBe(409);
        second["detail"].ShouldBe("You acknowledged ESC-1 already; it stays as it is.");
        second.Type.ShouldBe("application/problem+json");
        using var product = await ApiDesk.Of(desk, "product");
        var mayNot = await product.Post(
            "/escalations/ESC-1/moves",
            new { move = "cancel", words = "no" }
        );
        mayNot.Status.ShouldBe(403);
        mayNot["detail"].ShouldContain("To cancel an escalation you need");
        (await tam.Post("/escalations/ESC-1/owner", new { owner = "@tam" })).Status.ShouldBe(403);
        (await engineer.Post("/escalations/ESC-1/owner", new { owner = "@guest" }))["detail"]
            .ShouldContain("is a guest");
        var noWords = await engineer.Post("/escalations/ESC-1/moves", new { move = "decline" });
        noWords.Status.ShouldBeOneOf(403, 409, 422);
        (await engineer.Post("/escalations/ESC-9/moves", new { move = "close" })).Status.ShouldBe(
            404
        );
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{ "customer": "acme", "severity": "sev3" }""", "/summary")]
    [InlineData("""{ "customer": "acme", "severity": "sev9", "summary": "x" }""", "/severity")]
    [InlineData("""{ "customer": 7, "severity": "sev3", "summary": "x" }""", "/customer")]
    [InlineData("""{ "customer": "acme", "severity": "sev3", "summary": "x", "sev": 1 }""", "/sev")]
    [InlineData("""{ "customer": "\ud800", "severity": "sev3", "summary": "x" }""", "/customer")]
    [InlineData(
        """{ "customer": "a", "customer": "b", "severity": "sev3", "summary": "x" }""",
        "body"
    )]
    [InlineData(
        """{ "\ud800": 1, "customer": "acme", "severity": "sev3", "summary": "x" }""",
        "body"
    )]
    public async Task API_1_A_malformed_request_names_the_field(string body, string where)
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        var answer = await api.Post("/escalations", body);
        answer.Status.ShouldBe(400, answer.Body);
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(e => e.GetProperty("where").GetString())
            .ShouldContain(where);
    }

    [Fact]
    public async Task API_1_What_is_too_large_or_not_there_is_said()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var api = await ApiDesk.Of(desk, "engineer");
        (
            await api.Post("/escalations", $$"""{ "summary": "{{new string('x', 100_000)}}" }""")
        ).Status.ShouldBe(413);
        (await api.Get("/escalations?limit=1000")).Status.ShouldBe(400);
        (await api.Get("/escalations?colour=red")).Status.ShouldBe(400);
        (await api.Get("/nothing")).Status.ShouldBe(404);
        (await api.Get("/nothing")).Type.ShouldBe("application/problem+json");
        var wrong = await api.Send(HttpMethod.Delete, "/escalations/ESC-1", null);
        wrong.Status.ShouldBe(405);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/escalations")
        {
            Content = new StringContent("customer=acme"),
        };
        request.Headers.Add("Idempotency-Key", "k");
        (
            await api.Http.SendAsync(request, TestContext.Current.CancellationToken)
        ).StatusCode.ShouldBe(System.Net.HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task CUS_2_Customers_are_added_over_the_API_by_who_may_and_names_stay_one_customers()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var tam = await ApiDesk.Of(desk, "tam");
        var added = await tam.Post(
            "/customers",
            new
            {
                name = "Northern Bank",
                key = "north",
                arrUsd = 250000,
                strategic = true,
                ce = "@engineer",
            }
        );
        added.Status.ShouldBe(201, added.Body);
        added["key"].ShouldBe("north");
        added["strategic"].ShouldBe("True");
        added.Headers["Location"].ShouldBe("/api/v1/customers/north");
        (await tam.Post("/customers", new { name = "Northern Bank" })).Status.ShouldBe(409);
        (await tam.Post("/customers", new { name = "Acme Two", key = "acme" })).Status.ShouldBe(
            409
        );
        (await tam.Post("/customers", new { name = "New", ce = "@nobody" })).Status.ShouldBe(422);
        (await tam.Get("/customers?q=nor")).Items.Count.ShouldBe(1);
        using var engineer = await ApiDesk.Of(desk, "engineer");
        (await engineer.Post("/customers", new { name = "Mine" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task ESC_1_Nobody_raises_in_a_channel_that_they_are_not_in()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        var secret = desk.Mattermost.AddChannel("secret", type: "P");
        using var api = await ApiDesk.Of(desk, "engineer");
        var there = await Raise(secret.Id);
        var nowhere = await Raise("aaaaaaaaaaaaaaaaaaaaaaaaaa");
        there.Status.ShouldBe(422);
        there.Body.ShouldBe(nowhere.Body);
        (await Raise("../../users/me")).Status.ShouldBe(422);
        var without = await api.Post(
            "/escalations",
            new
            {
                customer = "acme",
                severity = "sev2",
                summary = "Down",
            }
        );
        without.Status.ShouldBe(422);
        without["detail"].ShouldContain("no channel was chosen");

        Task<ApiReply> Raise(string channel) =>
            api.Post(
                "/escalations",
                new
                {
                    customer = "acme",
                    severity = "sev2",
                    summary = "Down",
                    channel,
                }
            );
    }
}
