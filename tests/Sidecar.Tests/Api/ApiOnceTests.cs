using Shouldly;
using Sidecar.Api.Resources;
using Sidecar.Features.Tokens;
using Sidecar.Storage;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>
/// A request with a key is done once, whoever dies in the middle of it: also between the change and what was answered
/// (API-1).
/// </summary>
public sealed class ApiOnceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void API_1_Whatever_takes_a_key_can_be_answered_when_its_answer_is_lost() =>
        ApiOperations
            .All.Where(o => o.NeedsIdempotencyKey && o.Again is null)
            .Select(o => o.Id)
            .ShouldBeEmpty();

    /// <summary>Each would do it twice, or be refused, when it were done again.</summary>
    [Theory]
    [InlineData(
        "tam",
        "/escalations",
        """{"customer":"acme","severity":"sev3","category":"migration","summary":"Slow","channel":"~"}""",
        "ESC-2"
    )]
    [InlineData("engineer", "/escalations/ESC-1/updates", """{"summary":"We look"}""", "ESC-1")]
    [InlineData("engineer", "/escalations/ESC-1/moves", """{"move":"acknowledge"}""", "ESC-1")]
    [InlineData("engineer", "/escalations/ESC-1/owner", """{"owner":"@lead"}""", "ESC-1")]
    [InlineData("cslead", "/customers", """{"name":"Somebody New"}""", "customer:somebody-new")]
    [InlineData(
        "engineer",
        "/assignments/ASG-1/check-ins",
        """{"goingWell":"All of it","frustration":"None","goals":"Upgrade","context":"None"}""",
        "ASG-1"
    )]
    [InlineData("engineer", "/assignments/ASG-1/check-ins/skip", """{"why":"On site"}""", "ASG-1")]
    [InlineData(
        "tam",
        "/implementations",
        """{"customer":"acme","type":"production-deployment","channel":"~"}""",
        "IMP-1"
    )]
    [InlineData(
        "tam",
        "/service-requests",
        """{"customer":"acme","title":"Tickets","delivers":"An integration","dueOn":"2026-03-20","days":5,"channel":"~"}""",
        "SRV-1"
    )]
    public async Task API_1_A_request_whose_answer_died_with_the_process_is_done_once(
        string who,
        string path,
        string body,
        string subject
    )
    {
        await using var desk = await GivenPair.Open(ApiDesk.Unlimited);
        await desk.Assigns();
        await desk.Types("tam", "/escalate new acme sev1 Down");
        using var api = await ApiDesk.Of(desk, who);
        body = body.Replace("~", desk.Mattermost.GetChannel(Desk.Square).Id);
        await Dies(desk, isCommitted: true, () => api.Post(path, body, ("Idempotency-Key", "one")));
        var before = await Facts(desk, subject);
        before.ShouldBeGreaterThan(0);

        var again = await api.Post(path, body, ("Idempotency-Key", "one"));
        again.Status.ShouldBeOneOf([200, 201], again.Body);
        again.Headers["Idempotency-Replayed"].ShouldBe("true");
        (await Facts(desk, subject)).ShouldBe(before);
        // From then on it is kept as any other.
        var third = await api.Post(path, body, ("Idempotency-Key", "one"));
        third.Body.ShouldBe(again.Body);
        third.Status.ShouldBe(again.Status);
        third
            .Headers.GetValueOrDefault("Location")
            .ShouldBe(again.Headers.GetValueOrDefault("Location"));
        (await Facts(desk, subject)).ShouldBe(before);
        await desk.Settled();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_A_request_that_died_before_it_was_done_is_done_when_it_is_sent_again()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        using var api = await ApiDesk.Of(desk, "engineer");
        await Dies(desk, isCommitted: false, Again);
        var soon = await Again();
        soon.Status.ShouldBe(409);
        soon["type"].ShouldBe("urn:escalate:problem:in-progress");
        await desk.Passes(TimeSpan.FromMinutes(2));
        var again = await Again();
        again.Status.ShouldBe(200, again.Body);
        again.Headers.ContainsKey("Idempotency-Replayed").ShouldBeFalse();
        again["state"].ShouldBe("acknowledged");

        Task<ApiReply> Again() =>
            api.Post(
                "/escalations/ESC-1/moves",
                new { move = "acknowledge" },
                ("Idempotency-Key", "one")
            );
    }

    [Fact]
    public async Task API_1_A_request_that_counted_as_lost_changes_nothing_when_it_goes_on_after_all()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        using var api = await ApiDesk.Of(desk, "engineer");
        var (inner, isHeld) = (desk.Store.Between!, false);
        TaskCompletionSource held = new(),
            goOn = new();
        desk.Store.Between = async (commit, cancel) =>
        {
            if (!isHeld && commit.Documents.Any(d => d.Key.Kind == "escalation"))
            {
                isHeld = true;
                held.SetResult();
                await goOn.Task;
            }

            return await inner(commit, cancel);
        };
        var slow = Posts();
        await held.Task;
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        var quick = await Posts();
        quick.Status.ShouldBe(201, quick.Body);
        goOn.SetResult();
        (await slow).Status.ShouldBeOneOf(201, 409);
        (await Posts()).Body.ShouldBe(quick.Body);
        (await api.Get("/escalations/ESC-1/updates")).Items.Count.ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();

        Task<ApiReply> Posts() =>
            api.Post(
                "/escalations/ESC-1/updates",
                new { summary = "We look" },
                ("Idempotency-Key", "one")
            );
    }

    [Fact]
    public async Task API_1_What_was_taken_over_commits_nothing_more()
    {
        await using var desk = await Desk.Open();
        var now = desk.Clock.GetUtcNow();
        var begun = new KeptAnswer("request", now);
        (
            await desk.Store.Commit(
                new Change(now, "test").Add(KeptAnswer.Kind, "act", begun),
                Cancel
            )
        ).ShouldBeTrue();
        var mark = DoneMark.Begin(KeptAnswer.Kind, "act", 1, begun with { IsDone = true });
        var read = (await desk.Store.Find(KeptAnswer.Kind, "act", Cancel))!;
        (
            await desk.Store.Commit(
                new Change(now, "test").Replace(KeptAnswer.Kind, read, begun),
                Cancel
            )
        ).ShouldBeTrue();
        await Should.ThrowAsync<TakenOverException>(async () =>
            await desk.Store.Commit(Said(), Cancel)
        );
        (await Facts(desk, "about")).ShouldBe(0);
        mark.End();
        (await desk.Store.Commit(Said(), Cancel)).ShouldBeTrue();
        (await Facts(desk, "about")).ShouldBe(1);
        (await desk.Store.Find(KeptAnswer.Kind, "act", Cancel))!.Value.IsDone.ShouldBeNull();

        Change Said() => new Change(now, "test").Record("about", begun, KeptAnswer.Kind.Json);
    }

    [Fact]
    public async Task API_1_A_request_that_failed_after_it_was_done_is_not_done_again()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        using var api = await ApiDesk.Of(desk, "engineer");
        var (inner, isDone) = (desk.Store.Between!, false);
        desk.Store.Between = async (commit, cancel) =>
        {
            var outcome = await inner(commit, cancel);
            if (!isDone && IsDone(commit))
            {
                isDone = true;
                throw new StoreUncertainException("The connection was lost.");
            }

            return outcome;
        };
        (await Posts()).Status.ShouldBe(503);
        var again = await Posts();
        again.Status.ShouldBe(201, again.Body);
        again["summary"].ShouldBe("We look");
        (await api.Get("/escalations/ESC-1/updates")).Items.Count.ShouldBe(1);

        Task<ApiReply> Posts() =>
            api.Post(
                "/escalations/ESC-1/updates",
                new { summary = "We look" },
                ("Idempotency-Key", "one")
            );
    }

    /// <summary>The process dies at the commit of a request, and is started again.</summary>
    private static async Task Dies(Desk desk, bool isCommitted, Func<Task<ApiReply>> send)
    {
        var inner = desk.Store.Between!;
        TaskCompletionSource died = new(),
            never = new();
        desk.Store.Between = async (commit, cancel) =>
        {
            if (!IsDone(commit))
            {
                return await inner(commit, cancel);
            }

            if (isCommitted)
            {
                (await inner(commit, cancel)).ShouldBeOfType<CommitOutcome.Committed>();
            }

            died.TrySetResult();
            await never.Task;
            throw new InvalidOperationException("Nobody is there to go on.");
        };
        var sent = send();
        if (await Task.WhenAny(died.Task, sent) == sent)
        {
            throw new ShouldAssertException((await sent).Body);
        }

        await desk.KillSidecar();
        await sent.ShouldThrowAsync<Exception>();
        await desk.StartSidecar();
    }

    private static bool IsDone(StoreCommit commit) =>
        commit.Audit.Count > 0 && commit.Documents.Any(d => d.Key.Kind == KeptAnswer.Kind.Name);

    private static async Task<int> Facts(Desk desk, string subject) =>
        (await desk.Store.Engine.ReadAudit(subject, 0, 100, Cancel)).Count;
}
