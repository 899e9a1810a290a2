using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Webhooks;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Webhooks;

/// <summary>What webhooks do when one is held, troubled, or one too many (HOOK-1).</summary>
public sealed class WebhookLimitsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HOOK_1_What_is_held_waits_for_nobody_to_look_and_goes_on_when_somebody_says_so()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver, "escalation.raised");
        await desk.Types(Desk.Admin, "/escalate webhook pause HOOK-1");
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        desk.Parts.GetRequiredService<WebhookPump>().WakesAt.ShouldBeNull();
        await desk.RestartSidecar();
        await desk.Settled();
        desk.Parts.GetRequiredService<WebhookPump>().WakesAt.ShouldBeNull();
        receiver.All.ShouldBeEmpty();
        await desk.Types(Desk.Admin, "/escalate webhook resume HOOK-1");
        receiver.All.ShouldHaveSingleItem().Type.ShouldBe("escalation.raised");
        (await desk.Store.Engine.ReadOutbox(0, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_1_What_was_held_until_it_is_forgotten_leaves_the_outbox()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver, "escalation.raised");
        await desk.Types(Desk.Admin, "/escalate webhook pause HOOK-1");
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        await desk.Types("engineer", "/escalate cancel ESC-1 By mistake");
        (await desk.Store.Engine.ReadOutbox(0, 10, Cancel)).Count.ShouldBe(1);
        await desk.Passes(TimeSpan.FromDays(16));
        (await desk.Store.Engine.ReadOutbox(0, 10, Cancel)).ShouldBeEmpty();
        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task HOOK_1_A_test_goes_at_once_also_to_who_takes_nothing()
    {
        await using var desk = await WebhookDesk.Open();
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver, "escalation.raised");
        receiver.Answers = (sent, answer) =>
        {
            answer.StatusCode = sent.Type == "webhook.test" ? 204 : 503;
            return Task.CompletedTask;
        };
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        await desk.Passes(TimeSpan.FromHours(2));
        var before = receiver.All.Count;
        await desk.Types(Desk.Admin, "/escalate webhook test HOOK-1");
        receiver.All.Skip(before).ShouldHaveSingleItem().Type.ShouldBe("webhook.test");
        desk.ToldTo(Desk.Admin)[^1].ShouldContain("was taken");
    }

    [Fact]
    public async Task HOOK_1_There_are_twenty_at_the_most_also_when_several_are_added_at_once()
    {
        await using var desk = await WebhookDesk.Open();
        var hooks = desk.Parts.GetRequiredService<WebhookStore>();
        for (var number = 1; number <= FactTeller.Most - 3; number++)
        {
            (await Add(number)).Made.ShouldNotBeNull();
        }

        var made = await Task.WhenAll(Enumerable.Range(100, 8).Select(n => Task.Run(() => Add(n))));
        made.Count(m => m.Made is not null).ShouldBe(3);
        (await hooks.All(Cancel)).Length.ShouldBe(FactTeller.Most);
        var refused = (
            await desk.Types(
                Desk.Admin,
                "/escalate webhook add https://hooks.example.com/one-more all"
            )
        ).Text;
        refused.ShouldContain("There are 20 webhooks already, and nothing was set up.");
        refused.ShouldNotContain("whsec_");
        await desk.Types(Desk.Admin, "/escalate webhook remove HOOK-1");
        (
            await desk.Types(
                Desk.Admin,
                "/escalate webhook add https://hooks.example.com/one-more all"
            )
        ).Text.ShouldContain("is set up");

        Task<(WebhookSubscription? Made, string? Key)> Add(int number) =>
            hooks.Add(
                $"https://hooks.example.com/{number}",
                [],
                desk.IdOf(Desk.Admin),
                $"act-{number}",
                Cancel
            );
    }

    [Theory]
    [InlineData("private", false)]
    [InlineData("public", true)]
    public async Task HOOK_1_ALL_7_Of_the_checklist_of_a_private_incident_nothing_is_told(
        string channel,
        bool isTold
    )
    {
        await using var desk = await Desk.Open(
            settings: $$"""
            {
              "webhooks": { "allowHttp": true, "allowedNetworks": ["127.0.0.0/8"] },
              "incidents": { "channel": "{{channel}}" }
            }
            """
        );
        await using var receiver = await HookReceiver.Start();
        await desk.Adds(receiver);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 2.3 done");
        await desk.Types("engineer", "/escalate task ESC-1 2.4 assign @tam");
        await desk.Types("engineer", "/escalate task ESC-1 3 skip Nothing to review");
        receiver.All.Select(s => s.Type).ShouldContain("escalation.acknowledged");
        receiver
            .All.Any(s => s.Type.StartsWith("checklist.", StringComparison.Ordinal))
            .ShouldBe(isTold);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("none")]
    public async Task HOOK_1_Nothing_written_is_not_everything(string facts)
    {
        await using var desk = await WebhookDesk.Open();
        await desk.Types(Desk.Admin, "/escalate webhook add");
        var form = desk.Mattermost.OpenDialogOf(Desk.Admin).ShouldNotBeNull();
        form["facts"].Default.ShouldBe("all");
        var sent = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["address"] = "https://hooks.example.com/escalate",
            ["facts"] = facts,
        };
        var refused = await desk.Mattermost.As(Desk.Admin).SubmitRaw(form, sent, cancelled: false);
        refused.FieldErrors["facts"].ShouldContain("Write all");
        (await desk.Types(Desk.Admin, "/escalate webhook list")).Text.ShouldContain(
            "No other system is told anything."
        );
    }
}
