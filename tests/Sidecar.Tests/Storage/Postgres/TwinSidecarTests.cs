using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Storage.Postgres;
using Sidecar.Tests.Features.Webhooks;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Scheduling;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>HA-1 through the doors: two whole sidecars, one database, one Mattermost, the clock in hand.</summary>
[Trait("Category", Campaign.Category)]
public sealed class TwinSidecarTests
{
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HA_1_What_one_has_done_the_other_knows_at_once_and_buttons_work_at_both()
    {
        await using var twins = await TwinDesk.Open();
        var desk = twins.Desk;

        await desk
            .Mattermost.As("tam")
            .Execute(Desk.Square, "/other new acme sev1 Nobody can log in");
        (await Answer(desk, "tam", "/escalate show ESC-1")).ShouldContain("Nobody can log in");
        await twins.Settle();
        var card = desk.Card();
        // Whoever drew it: the one opens what either has sealed.
        await desk.Mattermost.As("engineer").Click(card.Id, "Acknowledge");

        (await Answer(desk, "tam", "/other show ESC-1")).ShouldContain("engineer");
        await twins.Settle();
        desk.Cards().ShouldHaveSingleItem();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task HA_1_A_right_that_was_taken_at_one_is_gone_at_the_other()
    {
        await using var twins = await TwinDesk.Open();
        var roles = twins.Other.GetRequiredService<RoleStore>();
        var lead = twins.Desk.IdOf("lead");
        (await roles.Of(lead, Cancel)).Roles.ShouldContain(Role.DeploymentEngineeringLead);

        await twins.Desk.Revokes("lead", Role.DeploymentEngineeringLead);

        (await roles.Of(lead, Cancel)).Roles.ShouldNotContain(Role.DeploymentEngineeringLead);
    }

    [Fact]
    public async Task HA_1_One_listens_at_a_time_and_the_other_takes_over_everything_within_thirty_seconds()
    {
        await using var twins = await TwinDesk.Open();
        var desk = twins.Desk;
        var others = twins.Other.GetRequiredService<EventListener>();
        desk.Listening.Health.State.ShouldBe(ListeningState.Listening);
        others.Health.State.ShouldBe(ListeningState.Elsewhere);
        var card = await Raised(twins);
        await Reminders.Set(
            twins.Other.GetRequiredService<Store>(),
            Enumerable
                .Range(0, 50)
                .Select(i => ($"m{i}", (DateTimeOffset?)desk.Clock.GetUtcNow().AddSeconds(1)))
        );

        await twins.KillOne();
        // Nobody hears it now.
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");
        var began = desk.Clock.GetUtcNow();
        await twins.Until(() => twins.Reminders.Other.AllDone.Count == 50);
        await others.WhenIn(ListeningState.Listening, Cancel);
        (desk.Clock.GetUtcNow() - began).ShouldBeLessThanOrEqualTo(TakenOverWithin);

        // What was missed in between is looked up.
        await twins.Until(() => others.IsQuietNow(desk.Mattermost.Lines.Of(desk.Bot.Id)));
        await twins.Settle();
        (await Answer(desk, "tam", "/other show ESC-1")).ShouldContain("engineer");
        twins.Reminders.Other.Ids.ShouldBeUnique();
    }

    [Fact]
    public async Task HA_1_HOOK_1_What_is_said_of_a_webhook_at_one_is_heard_by_whoever_serves_it()
    {
        await using var twins = await TwinDesk.Open(settings: WebhookDesk.Near);
        await using var receiver = await HookReceiver.Start();
        var (desk, admin) = (twins.Desk, twins.Desk.Mattermost.As(Desk.Admin));
        await Says("/escalate webhook add " + receiver.Address + " escalation.raised");
        foreach (var (round, slash) in ((string[])["/escalate", "/other"]).Index())
        {
            await Says($"{slash} webhook pause HOOK-1");
            await desk.Knows($"c{round}", $"c{round}", 100_000);
            await desk.Mattermost.As("tam").Execute(Desk.Square, $"{slash} new c{round} sev4 Slow");
            await twins.Settle();
            receiver.All.Count.ShouldBe(round);
            await Says($"{slash} webhook resume HOOK-1");
            // No time passes.
            receiver.All.Count.ShouldBe(round + 1);
        }

        receiver.Answers = (sent, answer) =>
        {
            answer.StatusCode = sent.Type == "webhook.test" ? 204 : 503;
            return Task.CompletedTask;
        };
        await desk.Mattermost.As("tam").Execute(Desk.Square, "/other new acme sev4 Slow");
        await twins.Passes(TimeSpan.FromMinutes(2));
        foreach (var slash in (string[])["/escalate", "/other"])
        {
            var before = receiver.All.Count;
            await Says($"{slash} webhook test HOOK-1");
            receiver.All.Skip(before).Select(s => s.Type).ShouldBe(["webhook.test"]);
        }

        desk.Log.Errors.ShouldBeEmpty();

        async Task Says(string words)
        {
            await admin.Execute(Desk.Square, words);
            await twins.Settle();
        }
    }

    [Fact]
    public async Task HA_1_Each_due_task_runs_once_whoever_does_it()
    {
        await using var twins = await TwinDesk.Open();
        var square = new ChannelId(twins.Desk.Mattermost.GetChannel(Desk.Square).Id);
        (twins.Reminders.One.Channel, twins.Reminders.Other.Channel) = (square, square);
        await Reminders.Set(
            twins.Desk.Store,
            Enumerable.Range(0, 100).Select(i => ($"m{i}", (DateTimeOffset?)Desk.Morning))
        );

        await twins.Settle();
        await twins.Passes(TimeSpan.FromSeconds(9));

        var (one, other) = (twins.Reminders.One, twins.Reminders.Other);
        one.AllDone.ShouldNotBeEmpty();
        other.AllDone.ShouldNotBeEmpty();
        one.Ids.Concat(other.Ids)
            .Order()
            .ShouldBe(Enumerable.Range(0, 100).Select(i => $"m{i}").Order());
        twins.Desk.Cards().Count.ShouldBe(100);
    }

    [Fact]
    public async Task HA_1_A_task_that_a_frozen_sidecar_had_begun_counts_once()
    {
        await using var twins = await TwinDesk.Open();
        var desk = twins.Desk;
        var square = new ChannelId(desk.Mattermost.GetChannel(Desk.Square).Id);
        (twins.Reminders.One.Channel, twins.Reminders.Other.Channel) = (square, square);
        var mine = Enumerable
            .Range(0, 100)
            .Select(i => $"m{i}")
            .First(id =>
                desk.Parts.GetRequiredService<ILeases>().Held(WorkShares.Of(id)) is not null
            );
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var awake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        twins.Reminders.One.Before = (_, _) =>
        {
            begun.TrySetResult();
            return awake.Task;
        };
        await Reminders.Set(desk.Store, (mine, Desk.Morning));
        var look = desk.DueTimes.Look(Cancel);
        await begun.Task.WaitAsync(Cancel);

        // Only the other's time passes: the one does not know that it lost what it holds.
        twins.FreezeOne();
        for (var i = 0; i < 10; i++)
        {
            twins.OtherClock.Advance(new LeaseOptions().Beat);
            await twins.Settle();
        }

        twins.Reminders.Other.Ids.ShouldBe([mine]);
        awake.SetResult();
        await look;
        twins.WakeOne();
        await twins.Passes(TimeSpan.FromSeconds(30));

        twins.Reminders.One.AllDone.ShouldBeEmpty();
        desk.Cards().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task HA_1_With_clocks_five_minutes_apart_nothing_comes_early_or_late()
    {
        await using var twins = await TwinDesk.Open(otherWrongBy: TimeSpan.FromMinutes(5));
        var at = twins.Desk.Clock.GetUtcNow().AddMinutes(1);
        await Reminders.Set(
            twins.Desk.Store,
            Enumerable.Range(0, 40).Select(i => ($"m{i}", (DateTimeOffset?)at))
        );

        await twins.Passes(TimeSpan.FromSeconds(57));
        twins.Reminders.One.AllDone.Concat(twins.Reminders.Other.AllDone).ShouldBeEmpty();
        await twins.Passes(TimeSpan.FromSeconds(6));

        var done = twins.Reminders.One.AllDone.Concat(twins.Reminders.Other.AllDone).ToList();
        done.Count.ShouldBe(40);
        twins.Reminders.Other.AllDone.ShouldNotBeEmpty();
        done.ShouldAllBe(call => call.Now - at < TimeSpan.FromSeconds(10));
    }

    private static async Task<global::Mattermost.Simulator.Post> Raised(TwinDesk twins)
    {
        await twins
            .Desk.Mattermost.As("tam")
            .Execute(Desk.Square, "/escalate new acme sev1 Nobody can log in");
        await twins.Settle();
        return twins.Desk.Card();
    }

    /// <summary>What somebody reads as the answer to a command.</summary>
    private static async Task<string> Answer(Desk desk, string who, string text) =>
        (await desk.Mattermost.As(who).Execute(Desk.Square, text)).Text;
}
