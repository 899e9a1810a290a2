using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Harness;
using Xunit;
using static Sidecar.Tests.Features.Implementations.ImplementationDesk;

namespace Sidecar.Tests.Api;

/// <summary>Implementation requests by programs: made and taken on as in the chat, by the same rights (API-1).</summary>
public sealed class ApiImplementationTests
{
    private static readonly string[] Documents = [Documentation];

    [Fact]
    public async Task API_1_An_implementation_goes_its_way_over_the_API_and_the_chat_shows_it()
    {
        await using var desk = await ImplementationDesk.Open(ApiDesk.Unlimited);
        await desk.Types(Lead, $"/escalate implementation channel ~{Room}", Room);
        using var ce = await ApiDesk.Of(desk, Ce);
        using var ie = await ApiDesk.Of(desk, Ie);
        using var lead = await ApiDesk.Of(desk, Lead);
        using var sales = await ApiDesk.Of(desk, Sales);
        var wish = new
        {
            customer = "acme-labs",
            type = "production-deployment",
            deploymentMethod = "Kubernetes on EKS",
            designLinks = (string[])["https://docs.test/one", "https://docs.test/two"],
        };
        var made = await ce.Post("/implementations", wish, ("Idempotency-Key", "one"));
        made.Status.ShouldBe(201, made.Body);
        made.Headers["Location"].ShouldBe("/api/v1/implementations/IMP-1");
        made["state"].ShouldBe("requested");
        made.Json.GetProperty("designLinks").GetArrayLength().ShouldBe(2);
        var again = await ce.Post("/implementations", wish, ("Idempotency-Key", "one"));
        again.Body.ShouldBe(made.Body);
        again.Headers["Idempotency-Replayed"].ShouldBe("true");
        (await ce.Post("/implementations", wish)).Status.ShouldBe(422);
        await desk.Settled();
        desk.Cards(Room).ShouldContain(p => p.Message.Contains("IMP-1"));

        // Each does what they may do in the chat, and no more.
        var five = new
        {
            revenue = 5,
            complexity = 4,
            market = 3,
            intangibles = 2,
            bandwidth = 5,
        };
        (await ce.Post("/implementations/IMP-1/scores", five)).Status.ShouldBe(403);
        (await ie.Post("/implementations/IMP-1/scores", five with { revenue = 6 })).Status.ShouldBe(
            400
        );
        (await lead.Post("/implementations/IMP-1/decision", new { decision = "qualify" }))["detail"]
            .ShouldContain("Nobody has scored IMP-1 yet");
        (await Done(ie, "scores", five))["score"].ShouldBe("19");
        (
            await lead.Post("/implementations/IMP-1/decision", new { decision = "disqualify" })
        ).Status.ShouldBe(422);
        (
            await Done(
                lead,
                "decision",
                new { decision = "ask-leadership", why = "Is it worth it?" }
            )
        )["state"]
            .ShouldBe("with-leadership");
        (await lead.Post("/implementations/IMP-1/words", new { word = "for" })).Status.ShouldBe(
            403
        );
        await Done(sales, "words", new { word = "for", text = "It is" });
        var notOne = await lead.Post(
            "/implementations/IMP-1/decision",
            new { decision = "qualify", engineer = "@tam" }
        );
        notOne.Status.ShouldBe(422);
        notOne.Json.GetProperty("errors")[0].GetProperty("where").GetString().ShouldBe("/engineer");
        var qualified = await Done(
            lead,
            "decision",
            new { decision = "qualify", engineer = "@ie" }
        );
        qualified["state"].ShouldBe("qualified");
        // The question was another decision's reason.
        qualified["stateReason"].ShouldBeNull();

        (await ie.Post("/implementations/IMP-1/start", null)).Status.ShouldBe(409);
        var begun = await Done(
            ce,
            "documents",
            new { designDocument = Design, questionnaire = Questionnaire }
        );
        begun["questionnaire"].ShouldBeNull();
        begun["questionnaireBegun"].ShouldBe(Questionnaire);
        // What is not sent stays.
        (await Done(ce, "documents", new { questionnaire = Questionnaire, isComplete = true }))[
            "designDocument"
        ]
            .ShouldBe(Design);
        (await Done(ce, "documents", new { designDocument = Design + "/2" }))["questionnaire"]
            .ShouldBe(Questionnaire);
        (await Done(ce, "people", new { advisor = "@ta" }))["engineer"].ShouldContain("\"ie\"");
        var early = await ce.Post("/implementations/IMP-1/dates", new { kickOff = "2026-03-20" });
        early.Status.ShouldBe(422);
        early["detail"].ShouldContain("once the hand-off has started");
        (await Done(ie, "start", null))["state"].ShouldBe("started");
        await Done(
            ce,
            "dates",
            new
            {
                internalMeeting = "2026-03-10",
                kickOff = "2026-03-20",
                target = "2026-06-01",
            }
        );
        var planned = await Done(ce, "dates", new { kickOff = (string?)null });
        planned["targetOn"].ShouldBe("2026-06-01");
        var dates = planned.Json.GetProperty("dates");
        dates.GetProperty("internalMeeting").GetString().ShouldBe("2026-03-10");
        dates.GetProperty("kickOff").GetString().ShouldBeNull();
        (await Done(ie, "requirements", new { requirement = "timelines", state = "collected" }))[
            "openRequirements"
        ]
            .ShouldBe("7");
        (
            await ie.Post(
                "/implementations/IMP-1/requirements",
                new { requirement = "all-open", state = "skipped" }
            )
        ).Status.ShouldBe(422);
        (
            await Done(
                ie,
                "requirements",
                new
                {
                    requirement = "all-open",
                    state = "skipped",
                    note = "They know",
                }
            )
        )["openRequirements"].ShouldBe("0");
        (
            await ie.Post(
                "/implementations/IMP-1/completion",
                new { documentation = Documents, isReachable = false }
            )
        ).Status.ShouldBe(422);
        (await Done(ie, "completion", new { documentation = Documents, isReachable = true }))[
            "completedOn"
        ]
            .ShouldBe("2026-03-02");

        // The chat shows it, and the adoption counts (MET-2).
        await desk.Settled();
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Completed);
        (await desk.Customer("acme-labs")).ProductionCompletedOn.ShouldBe(new DateOnly(2026, 3, 2));
        (await desk.Types(Ce, "/escalate show IMP-1")).Text.ShouldContain("completed");
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();

        async Task<ApiReply> Done(ApiDesk who, string step, object? body)
        {
            var answer = await who.Post("/implementations/IMP-1/" + step, body);
            answer.Status.ShouldBe(200, $"{step}: {answer.Body}");
            // The clock stands still: what falls due by the next step would be due at the same moment.
            await desk.Settled();
            return answer;
        }
    }

    [Fact]
    public async Task API_1_An_implementation_that_was_changed_meanwhile_is_changed_by_nobody_who_read_it_before()
    {
        await using var desk = await ImplementationDesk.Open(ApiDesk.Unlimited);
        await desk.Requests();
        using var ce = await ApiDesk.Of(desk, Ce);
        using var ie = await ApiDesk.Of(desk, Ie);
        var read = await ce.Get("/implementations/IMP-1");
        read.Json.GetProperty("steps")
            .EnumerateArray()
            .Select(s => s.GetString())
            .ShouldBe(["edit", "people", "documents", "withdraw"]);
        (await ce.Patch("/implementations/IMP-1", new { hostingProvider = "AWS" })).Status.ShouldBe(
            428
        );
        var changed = await ce.Patch(
            "/implementations/IMP-1",
            new { hostingProvider = "AWS" },
            read.Tag
        );
        changed.Status.ShouldBe(200, changed.Body);
        changed["hostingProvider"].ShouldBe("AWS");
        changed["deploymentMethod"].ShouldBe("Kubernetes on EKS");
        (
            await ie.Patch("/implementations/IMP-1", new { information = "x" }, read.Tag)
        ).Status.ShouldBe(412);
        (
            await ce.Post(
                "/implementations/IMP-1/withdrawal",
                new { why = "No" },
                ("If-Match", read.Tag)
            )
        ).Status.ShouldBe(412);
        (
            await ie.Patch("/implementations/IMP-1", new { type = (string?)null }, "*")
        ).Status.ShouldBe(400);
        (
            await ie.Patch("/implementations/IMP-1", new { opportunity = "none" }, "*")
        ).Status.ShouldBe(422);
        (await desk.Implementation()).Information.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 412)]
    [InlineData(false, 200)]
    public async Task API_1_What_was_not_sent_is_nobody_elses_change_undone(
        bool isMatched,
        int status
    )
    {
        await using var desk = await ImplementationDesk.Open(ApiDesk.Unlimited);
        await desk.Requests();
        using var ce = await ApiDesk.Of(desk, Ce);
        using var ie = await ApiDesk.Of(desk, Ie);
        var read = await ce.Get("/implementations/IMP-1");
        // Somebody links the questionnaire at the very moment at which somebody else links the design.
        var (inner, isDone) = (desk.Store.Between!, false);
        desk.Store.Between = async (commit, cancel) =>
        {
            if (!isDone && commit.Documents.Any(d => d.Key.Kind == "implementation"))
            {
                isDone = true;
                (
                    await ie.Post(
                        "/implementations/IMP-1/documents",
                        new { questionnaire = Questionnaire, isComplete = true }
                    )
                ).Status.ShouldBe(200);
            }

            return await inner(commit, cancel);
        };
        var linked = await ce.Post(
            "/implementations/IMP-1/documents",
            new { designDocument = Design },
            isMatched ? [("If-Match", read.Tag)] : []
        );
        isDone.ShouldBeTrue();
        linked.Status.ShouldBe(status, linked.Body);
        var now = await desk.Implementation();
        now.Questionnaire.ShouldBe(Questionnaire);
        now.DesignDocument.ShouldBe(isMatched ? "" : Design);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_ASG_4_Who_may_not_read_implementations_learns_not_even_which_there_are()
    {
        await using var desk = await ImplementationDesk.Open(ApiDesk.Unlimited);
        await desk.Requests();
        await desk.Hires("stranger");
        using var stranger = await ApiDesk.Of(desk, "stranger");
        using var reader = await ApiDesk.Of(desk, Ce, "reader read");
        var steps = Sidecar
            .Api.Resources.ImplementationWrites.Operations.Where(o => o.Path.Contains("{id}"))
            .ToList();
        steps.Count.ShouldBe(11);
        foreach (var step in steps)
        {
            var there = await Send(stranger, step, "IMP-1");
            there.Status.ShouldBe(403, step.Id);
            there.Body.ShouldBe((await Send(stranger, step, "IMP-9")).Body, step.Id);
            (await Send(reader, step, "IMP-1"))["type"].ShouldBe("urn:escalate:problem:scope");
        }

        var square = desk.Mattermost.GetChannel(Desk.Square).Id;
        var known = await Wishes("acme-labs");
        known.Status.ShouldBe(403);
        known.Body.ShouldBe((await Wishes("nobody")).Body);
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Requested);
        desk.Log.Errors.ShouldBeEmpty();

        // Nobody chose a channel for requests, and nobody asks for one where they are not.
        using var ce = await ApiDesk.Of(desk, Ce);
        var secret = desk.Mattermost.AddChannel("secret", type: "P");
        foreach (var channel in (string?[])[null, secret.Id])
        {
            var wish = await ce.Post(
                "/implementations",
                channel is null
                    ? new { customer = "acme", type = "production-deployment" }
                    : (object)
                        new
                        {
                            customer = "acme",
                            type = "production-deployment",
                            channel,
                        }
            );
            wish.Status.ShouldBe(422);
            wish.Json.GetProperty("errors")[0]
                .GetProperty("where")
                .GetString()
                .ShouldBe("/channel");
        }

        Task<ApiReply> Wishes(string customer) =>
            stranger.Post(
                "/implementations",
                new
                {
                    customer,
                    type = "production-deployment",
                    channel = square,
                }
            );

        static Task<ApiReply> Send(ApiDesk who, Sidecar.Api.ApiOperation step, string id)
        {
            var body = step
                .Body.Where(f => f.IsRequired)
                .ToDictionary(
                    f => f.Name,
                    f =>
                        f.Type switch
                        {
                            Sidecar.Api.FieldType.Integer => 3,
                            Sidecar.Api.FieldType.Flag => true,
                            Sidecar.Api.FieldType.Lines => Documents,
                            Sidecar.Api.FieldType.Choice => f.Choices[0],
                            _ => (object)"Because",
                        }
                );
            var path = step.Path.Replace("{id}", id, StringComparison.Ordinal);
            return step.IsWrite && step.NeedsIfMatch
                ? who.Patch(path, body, "*")
                : who.Post(path, step.Body.IsEmpty ? null : body);
        }
    }
}
