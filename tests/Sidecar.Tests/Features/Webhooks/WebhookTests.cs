using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Features.Webhooks;
using Sidecar.Storage;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using StandardWebhooks;
using Xunit;

namespace Sidecar.Tests.Features.Webhooks;

/// <summary>Other systems are told what happens (HOOK-1).</summary>
public sealed class WebhookTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task HOOK_1_A_receiver_written_from_the_specification_verifies_what_it_is_told()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        var key = await desk.Adds(receiver);
        await desk.Types("tam", "/escalate new acme sev2 Nobody can log in");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate state ESC-1 identified it was the index");
        await desk.Types("engineer", "/escalate resolve ESC-1 reindexed");
        await desk.Types("engineer", "/escalate close ESC-1");

        receiver
            .All.Select(s => s.Type)
            .Where(t => t != "escalation.accepted")
            .ShouldBe([
                "escalation.raised",
                "escalation.acknowledged",
                "escalation.moved",
                "escalation.resolved",
                "escalation.closed",
            ]);
        receiver.All.ShouldAllBe(s => HookReceiver.Verifies(s, key, desk.Clock.GetUtcNow()));
        receiver.All.Select(s => s.Id).Distinct().Count().ShouldBe(receiver.All.Count);
        receiver.All.ShouldAllBe(s => s.Headers["content-type"] == "application/json");
        var raised = receiver.All[0];
        HookReceiver
            .Verifies(raised, WebhookSignature.FreshKey(), desk.Clock.GetUtcNow())
            .ShouldBeFalse();
        HookReceiver
            .Verifies(
                raised with
                {
                    Body = raised.Body.Replace("Nobody", "Somebody", StringComparison.Ordinal),
                },
                key,
                desk.Clock.GetUtcNow()
            )
            .ShouldBeFalse();
        raised.Json.GetProperty("version").GetInt32().ShouldBe(1);
        raised.Json.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(Desk.Morning);
        var escalation = raised.Json.GetProperty("data").GetProperty("escalation");
        escalation.GetProperty("id").GetString().ShouldBe("ESC-1");
        escalation.GetProperty("summary").GetString().ShouldBe("Nobody can log in");
        escalation.GetProperty("severity").GetString().ShouldBe("sev2");
        var moved = receiver.All.Single(s => s.Type == "escalation.moved").Json.GetProperty("data");
        moved.GetProperty("to").GetString().ShouldBe("identified");
        moved.GetProperty("by").GetString().ShouldBe(desk.IdOf("engineer").Value);
        // What a customer pays is nobody's business there.
        receiver.All.ShouldNotContain(s => s.Body.Contains("120", StringComparison.Ordinal));
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_1_The_library_of_Standard_Webhooks_takes_it_too()
    {
        // It looks at the clock on the wall.
        await using var desk = await WebhookDesk.Open(TimeProvider.System.GetUtcNow());
        await using var receiver = await HookReceiver.Start();
        var key = await desk.Adds(receiver, "escalation.raised");
        await desk.Types("tam", "/escalate new acme sev3 “Größe” & <b>\\n");
        var sent = receiver.All.ShouldHaveSingleItem();
        var headers = new HeaderDictionary();
        foreach (var (name, value) in sent.Headers)
        {
            headers[name] = value;
        }

        new StandardWebhook(key).Verify(sent.Body, headers);
        Should.Throw<Exception>(() => new StandardWebhook(key).Verify(sent.Body + " ", headers));
        sent.Json.GetProperty("data")
            .GetProperty("escalation")
            .GetProperty("summary")
            .GetString()
            .ShouldBe("“Größe” & <b>\\n");
    }

    [Fact]
    public async Task HOOK_1_Only_what_was_subscribed_to_is_told()
    {
        await using var desk = await WebhookDesk.Open();
        await using var all = await HookReceiver.Start();
        await using var some = await HookReceiver.Start();
        await desk.Adds(all);
        await desk.Adds(some, "escalation.resolved, check-in");
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 done");
        all.All.Count.ShouldBeGreaterThan(2);
        some.All.ShouldHaveSingleItem().Type.ShouldBe("escalation.resolved");
        (
            await desk.Types(Desk.Admin, $"/escalate webhook add {all.Address} escalation.solved")
        ).Text.ShouldContain("is not a fact");
        var list = (await desk.Types(Desk.Admin, "/escalate webhook list")).Text;
        list.ShouldContain("HOOK-1");
        list.ShouldContain("everything");
        list.ShouldContain("`escalation.resolved` and `check-in`");
        (await desk.Types(Desk.Admin, "/escalate webhook facts")).Text.ShouldContain("resolved");
    }

    [Fact]
    public async Task HOOK_1_While_a_key_is_rotated_both_sign_and_then_only_the_new_one()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        var former = await desk.Adds(receiver, "escalation.raised");
        var said = await desk.Types(Desk.Admin, "/escalate webhook rotate HOOK-1");
        var key = WebhookDesk.KeyIn(said.Text);
        key.ShouldNotBe(former);
        await Raises("one");
        await desk.Passes(Day);
        await Raises("two");
        var now = WebhookDesk.KeyIn(
            (await desk.Types(Desk.Admin, "/escalate webhook rotate HOOK-1 now")).Text
        );
        await Raises("three");

        Signed(0, former).ShouldBeTrue();
        Signed(0, key).ShouldBeTrue();
        Signed(1, former).ShouldBeFalse();
        Signed(1, key).ShouldBeTrue();
        Signed(2, key).ShouldBeFalse();
        Signed(2, now).ShouldBeTrue();

        async Task Raises(string summary)
        {
            await desk.Knows(summary, summary, 100_000);
            await desk.Types("tam", $"/escalate new {summary} sev3 {summary}");
        }

        bool Signed(int which, string with)
        {
            var sent = receiver.All[which];
            return HookReceiver.Verifies(
                sent,
                with,
                DateTimeOffset.FromUnixTimeSeconds(
                    long.Parse(
                        sent.Headers["webhook-timestamp"],
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                )
            );
        }
    }

    [Fact]
    public async Task HOOK_1_It_is_tried_for_a_day_then_dead_told_once_and_sent_again_when_somebody_says_so()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver, "escalation.raised escalation.acknowledged");
        var tries = new List<DateTimeOffset>();
        receiver.Answers = (_, answer) =>
        {
            tries.Add(desk.Clock.GetUtcNow());
            answer.StatusCode = 503;
            return Task.CompletedTask;
        };
        var before = desk.ToldTo(Desk.Admin).Count;
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(Day + TimeSpan.FromHours(1));

        var ids = receiver.All.Select(s => s.Id).Distinct().ToList();
        ids.Count.ShouldBe(2);
        var first = receiver.All.Zip(tries).Where(t => t.First.Id == ids[0]).ToList();
        first.Count.ShouldBeInRange(10, 20);
        first[^1].Second.ShouldBe(Desk.Morning + Day, TimeSpan.FromMinutes(6));
        // Ever longer waits, the same words each time.
        var waits = first.Zip(first.Skip(1), (a, b) => b.Second - a.Second).ToList();
        waits[0].ShouldBeLessThan(TimeSpan.FromMinutes(2));
        waits.Max().ShouldBeGreaterThan(TimeSpan.FromHours(3));
        first.Select(t => t.First.Body).Distinct().Count().ShouldBe(1);

        var told = desk.ToldTo(Desk.Admin).Skip(before).ToList();
        told.Count(t => t.Contains("did not take what it was told")).ShouldBe(1);
        var show = (await desk.Types(Desk.Admin, "/escalate webhook show HOOK-1")).Text;
        show.ShouldContain("2 could not be delivered");
        show.ShouldContain("it answered 503");

        var count = receiver.All.Count;
        receiver.Answers = (_, _) => Task.CompletedTask;
        (await desk.Types(Desk.Admin, "/escalate webhook replay HOOK-1 dead")).Text.ShouldContain(
            "2 are sent"
        );
        receiver.All.Skip(count).Select(s => s.Id).ShouldBe(ids);
        (await desk.Types(Desk.Admin, "/escalate webhook replay HOOK-1 dead")).Text.ShouldContain(
            "nothing that could be sent"
        );
        (
            await desk.Types(Desk.Admin, $"/escalate webhook replay HOOK-1 {ids[1]}")
        ).Text.ShouldContain("under the id that it had");
        (
            await desk.Types(Desk.Admin, "/escalate webhook replay HOOK-1 since 26h ago")
        ).Text.ShouldContain("2 are sent");
        receiver.All.Skip(count + 2).Select(s => s.Id).ShouldBe([ids[1], .. ids]);
        (await desk.Types(Desk.Admin, "/escalate webhook replay HOOK-1 blue")).Text.ShouldContain(
            "blue"
        );

        // After something got through the next trouble is told again.
        receiver.Answers = (_, answer) =>
        {
            answer.StatusCode = 500;
            return Task.CompletedTask;
        };
        await desk.Types("tam", "/escalate new acme-labs sev4 Slow, too");
        await desk.Passes(Day + TimeSpan.FromHours(1));
        desk.ToldTo(Desk.Admin)
            .Skip(before)
            .Count(t => t.Contains("did not take what it was told"))
            .ShouldBe(2);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_1_One_that_is_not_taken_does_not_hold_up_those_behind_it()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        receiver.Answers = (sent, answer) =>
        {
            answer.StatusCode = sent.Type == "escalation.raised" ? 400 : 204;
            return Task.CompletedTask;
        };
        await desk.Adds(receiver, "escalation.raised escalation.acknowledged");
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromSeconds(2));
        receiver.All.Select(s => s.Type).ShouldBe(["escalation.raised", "escalation.acknowledged"]);
        await desk.Passes(TimeSpan.FromSeconds(10));
        receiver.All.Count(s => s.Type == "escalation.raised").ShouldBe(2);
    }

    [Fact]
    public async Task HOOK_1_Who_asks_to_be_left_alone_is_and_a_redirect_leads_nowhere()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await using var elsewhere = await HookReceiver.Start();
        await desk.Adds(receiver, "escalation.raised");
        receiver.Answers = (_, answer) =>
        {
            answer.StatusCode = 429;
            answer.Headers.RetryAfter = "1800";
            return Task.CompletedTask;
        };
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        await desk.Passes(TimeSpan.FromMinutes(29));
        receiver.All.Count.ShouldBe(1);
        receiver.Answers = (_, answer) =>
        {
            answer.StatusCode = 307;
            answer.Headers.Location = elsewhere.Address;
            return Task.CompletedTask;
        };
        await desk.Passes(TimeSpan.FromSeconds(90));
        receiver.All.Count.ShouldBe(2);
        elsewhere.All.ShouldBeEmpty();
        (await desk.Types(Desk.Admin, "/escalate webhook show HOOK-1")).Text.ShouldContain(
            "redirects are not followed"
        );
    }

    [Fact]
    public async Task HOOK_1_Who_answers_that_it_is_gone_is_told_nothing_any_more()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver);
        receiver.Answers = (_, answer) =>
        {
            answer.StatusCode = 410;
            return Task.CompletedTask;
        };
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromHours(2));
        receiver.All.Count.ShouldBe(1);
        desk.ToldTo(Desk.Admin).Count(t => t.Contains("answered that it is gone")).ShouldBe(1);

        receiver.Answers = (_, _) => Task.CompletedTask;
        await desk.Types(Desk.Admin, "/escalate webhook resume HOOK-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 done");
        receiver.All[^1].Type.ShouldBe("escalation.resolved");
    }

    [Fact]
    public async Task HOOK_1_A_receiver_that_says_nothing_holds_up_nobody_and_is_left_after_the_limit()
    {
        await using var desk = await WebhookDesk.Open();
        await using var silent = await HookReceiver.Start();
        await using var quick = await HookReceiver.Start();
        await desk.Adds(silent);
        await desk.Adds(quick);
        var (reached, let, acknowledged) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(),
            new TaskCompletionSource()
        );
        silent.Answers = (_, _) =>
        {
            reached.TrySetResult();
            return let.Task;
        };
        quick.Answers = (sent, _) =>
        {
            if (sent.Type == "escalation.acknowledged")
            {
                acknowledged.TrySetResult();
            }

            return Task.CompletedTask;
        };
        await desk.Mattermost.As("tam").Execute(Desk.Square, "/escalate new acme sev3 Slow");
        await desk.Pump.WhenIdle(TestContext.Current.CancellationToken);
        await desk.Mattermost.As("engineer").Execute(Desk.Square, "/escalate ack ESC-1");
        await desk.Pump.WhenIdle(TestContext.Current.CancellationToken);
        desk.Thread(desk.Card()).ShouldContain(t => t.Contains("acknowledged it"));
        await Task.WhenAll(reached.Task, acknowledged.Task);
        silent.All.Count.ShouldBe(1);
        // Nothing else goes to the silent one meanwhile; after the limit it is a failed try.
        desk.Clock.Advance(TimeSpan.FromSeconds(15));
        await desk.Settled();
        (await desk.Types(Desk.Admin, "/escalate webhook show HOOK-1")).Text.ShouldContain(
            "did not answer within 15 seconds"
        );
        let.SetResult();
        silent.Answers = (_, _) => Task.CompletedTask;
        // On a busy machine a delivery may be under way when the clock jumps past its limit; then it comes again.
        for (var look = 0; look < 20 && Different(silent) < Different(quick); look++)
        {
            await desk.Passes(TimeSpan.FromMinutes(2));
        }

        // The quick one may have been sent one twice for the same reason.
        Different(silent).ShouldBe(Different(quick));
        desk.Log.Errors.ShouldBeEmpty();

        static int Different(HookReceiver receiver) =>
            receiver.All.Select(s => s.Id).Distinct().Count();
    }

    [Fact]
    public async Task HOOK_1_What_was_not_delivered_when_the_process_died_is_delivered_by_the_next_one()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        var key = await desk.Adds(receiver, "escalation.raised escalation.acknowledged");
        for (var round = 1; round <= 5; round++)
        {
            await desk.Knows($"c{round}", $"c{round}", 100_000);
            var reached = new TaskCompletionSource();
            var let = new TaskCompletionSource();
            receiver.Answers = (_, _) =>
            {
                reached.TrySetResult();
                return let.Task;
            };
            await desk
                .Mattermost.As("tam")
                .Execute(Desk.Square, $"/escalate new c{round} sev3 Slow");
            // It has been sent, and nobody knows whether it arrived.
            await reached.Task;
            await desk.KillSidecar();
            let.SetResult();
            receiver.Answers = (_, _) => Task.CompletedTask;
            await desk.StartSidecar();
            await desk.Types("engineer", $"/escalate ack ESC-{round}");
        }

        var told = receiver.All.DistinctBy(s => s.Id).ToList();
        told.Count(s => s.Type == "escalation.raised").ShouldBe(5);
        told.Count(s => s.Type == "escalation.acknowledged").ShouldBe(5);
        receiver.All.Count(s => s.Type == "escalation.raised").ShouldBe(10);
        receiver.All.ShouldAllBe(s => HookReceiver.Verifies(s, key, desk.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task HOOK_1_A_paused_one_is_told_later_and_a_removed_one_never()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver, "escalation.raised escalation.acknowledged");
        await desk.Types(Desk.Admin, "/escalate webhook pause HOOK-1");
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        await desk.Passes(TimeSpan.FromDays(3));
        receiver.All.ShouldBeEmpty();
        await desk.Types(Desk.Admin, "/escalate webhook resume HOOK-1");
        receiver.All.ShouldHaveSingleItem().Type.ShouldBe("escalation.raised");
        await desk.Types(Desk.Admin, "/escalate webhook pause HOOK-1");
        await desk.Types("engineer", "/escalate ack ESC-1");
        (await desk.Types(Desk.Admin, "/escalate webhook remove HOOK-1")).Text.ShouldContain(
            "is removed"
        );
        await desk.Passes(TimeSpan.FromDays(1));
        receiver.All.Count.ShouldBe(1);
        (await desk.Types(Desk.Admin, "/escalate webhook show HOOK-1")).Text.ShouldContain(
            "There is no HOOK-1"
        );
        // What was kept goes when its time has come.
        await desk.Passes(TimeSpan.FromDays(16));
        (
            await desk.Store.List(
                WebhookDelivery.Kind,
                WebhookDelivery.ByAge,
                IndexKey.Empty,
                null,
                10,
                TestContext.Current.CancellationToken
            )
        ).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_1_The_key_is_shown_once_to_who_set_it_up_and_kept_where_nobody_reads_it()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        (
            await desk.Types("lead", $"/escalate webhook add {receiver.Address}")
        ).Text.ShouldNotContain("whsec_");
        await desk.Types(Desk.Admin, "/escalate webhook add");
        desk.Mattermost.OpenDialogOf(Desk.Admin).ShouldNotBeNull();
        var refused = await desk.Submits(
            Desk.Admin,
            ("address", "ftp://example.com"),
            ("facts", "everything")
        );
        refused.FieldErrors.Keys.ShouldBe(["address", "facts"], ignoreOrder: true);
        var made = await desk.Submits(
            Desk.Admin,
            ("address", receiver.Address),
            ("facts", "escalation")
        );
        made.Closed.ShouldBeTrue();
        // What a form says may be kept, so the key is not in it.
        var said = desk.Mattermost.EphemeralsOf(Desk.Admin)[^1].Message;
        said.ShouldContain("`/escalate webhook rotate HOOK-1 now`");
        said.ShouldNotContain("whsec_");
        var key = WebhookDesk.KeyIn(
            (await desk.Types(Desk.Admin, "/escalate webhook rotate HOOK-1 now")).Text
        );
        await desk.Types("tam", "/escalate new acme sev3 Slow");
        HookReceiver.Verifies(receiver.All[0], key, desk.Clock.GetUtcNow()).ShouldBeTrue();

        foreach (var typed in (string[])["webhook list", "webhook show HOOK-1", "export audit"])
        {
            (await desk.Types(Desk.Admin, "/escalate " + typed)).Text.ShouldNotContain("whsec_");
        }

        desk.ToldTo(Desk.Admin).ShouldNotContain(t => t.Contains("whsec_"));
        desk.Log.Lines.ShouldNotContain(l => l.Contains("whsec_"));
        await desk.StopSidecar();
        foreach (
            var file in Directory.GetFiles(desk.DataDirectory, "*", SearchOption.AllDirectories)
        )
        {
            System
                .Text.Encoding.Latin1.GetString(
                    await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)
                )
                .ShouldNotContain(key["whsec_".Length..], customMessage: file);
        }
    }

    [Fact]
    public async Task HOOK_1_A_test_is_sent_once_and_its_end_told_to_who_asked()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver, "check-in");
        await desk.Types(Desk.Admin, "/escalate webhook test HOOK-1");
        receiver.All.ShouldHaveSingleItem().Type.ShouldBe("webhook.test");
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("was taken");
        receiver.Answers = (_, answer) =>
        {
            answer.StatusCode = 500;
            return Task.CompletedTask;
        };
        await desk.Types(Desk.Admin, "/escalate webhook test HOOK-1");
        await desk.Passes(TimeSpan.FromDays(2));
        receiver.All.Count.ShouldBe(2);
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("it answered 500");
    }

    [Fact]
    public async Task HOOK_1_ASG_4_Of_prospects_engineers_and_implementations_no_other_system_learns_anything()
    {
        await using var desk = await RequestDesk.Open(settings: WebhookDesk.Near);
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver);
        await desk.Types("tam", "/escalate engineer request acme-labs");
        await desk.Submits("tam", ("why", "zebra"));
        await desk.Approve();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer assign ASG-1 @engineer");
        await desk.Passes(TimeSpan.FromDays(30));
        await desk.Types("engineer", "/escalate checkin skip acme-labs zebra");
        await desk.Types(RequestDesk.CsLead, "/escalate engineer end acme-labs zebra");
        receiver.All.ShouldBeEmpty();

        // Of a strategic customer everything is told, but not what was said.
        await desk.Assigns("acme", number: 2);
        await desk.Passes(TimeSpan.FromDays(8));
        receiver.All.Select(s => s.Type).ShouldContain("assignment.made");
        receiver.All.Select(s => s.Type).ShouldContain("check-in.asked");
        receiver.All.ShouldAllBe(s => !s.Body.Contains("zebra") && !s.Body.Contains("ASG-1\""));
    }

    [Fact]
    public void HOOK_1_Somebody_has_decided_about_every_fact_whether_it_is_told()
    {
        Decided<EscalationFact>(EscalationsTold.Table.Known);
        Decided<AssignmentFact>(AssignmentsTold.Table.Known);
        Decided<ImplementationFact>(ImplementationsTold.Table.Known);
        Decided<ServiceFact>(ServiceRequestsTold.Table.Known);

        static void Decided<T>(IEnumerable<Type> known) =>
            typeof(T)
                .Assembly.GetTypes()
                .Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract)
                .Select(t => t.Name)
                .ShouldBe(known.Select(t => t.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task HOOK_1_What_is_told_is_written_down()
    {
        await using var desk = await WebhookDesk.Open();
        var wish = desk.Parts.GetRequiredService<WebhookWish>();
        wish.Types.Select(t => t.Name).ShouldBeUnique();
        Golden.MatchText(
            "Features/Webhooks/facts.md",
            $"""
            # What other systems can be told
            Each delivery is a POST of `application/json` with `type`, `timestamp` (when it happened), `version` (1) and `data`. `data` has what it is about (`escalation`, `assignment`, `implementation` or `serviceRequest`) as it is afterwards, `by` (who did it, by their id in Mattermost; null when the product did) and what stands in the last column.

            | Type | What happened | Also in `data` |
            | :-- | :-- | :-- |
            {string.Join(
                '\n',
                wish.Types.Select(t =>
                    $"| `{t.Name}` | {t.Meaning} | {string.Join(", ", t.Members.Select(m => $"`{m}`"))} |"
                )
            )}

            """
        );
    }
}
