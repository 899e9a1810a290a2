using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What Mattermost’s database does not take must not hold up what comes behind it (ALL-5).</summary>
public sealed class UnstorableTextTests
{
    [Fact]
    public async Task ALL_5_A_NUL_in_a_form_or_a_command_goes_and_everything_is_posted()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("tam", "/escalate edit ESC-1");
        (await desk.Submits("tam", ("summary", "good\0 text"))).Closed.ShouldBeTrue();
        (await desk.Stored()).Summary.ShouldBe("good text");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate state ESC-1 investigating Re\0started");
        (await desk.Facts())
            .OfType<EscalationFact.Moved>()
            .ShouldHaveSingleItem()
            .Note.ShouldBe("Restarted");
        desk.Card().Attachments[0].Title.ShouldBe("good text");
    }

    [Fact]
    public async Task ALL_5_One_that_was_stored_before_is_posted_without_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        var read = (
            await desk.Store.Find(
                EscalationIndexes.Kind,
                "ESC-1",
                TestContext.Current.CancellationToken
            )
        )!;
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), "test").Replace(
                EscalationIndexes.Kind,
                read,
                read.Value with
                {
                    Summary = "bad\0text",
                }
            ),
            TestContext.Current.CancellationToken
        );
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Card().Attachments[0].Title.ShouldBe("badtext");
        desk.Thread(card)[^1].ShouldContain("acknowledged");
    }

    [Fact]
    public async Task ALL_5_What_the_server_itself_never_manages_is_set_aside_and_told()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Mattermost.Faults.Next(
            1000,
            r => r.Path == "/api/v4/posts" && r.Body.Contains("poison", StringComparison.Ordinal),
            Fault.Error(500, "app.post.save.app_error")
        );
        await desk.Types("engineer", "/escalate state ESC-1 investigating poison");
        await desk.Knows("other", "Other", 60_000);
        for (var i = 0; i < 300 && desk.Pump.Health.Parked == 0; i++)
        {
            // Elsewhere everything goes through.
            await desk.Types("tam", "/escalate new other sev4 Fine", "off-topic");
            desk.Clock.AdvanceTo(desk.Clock.NextTimer!.Value);
            await desk.Settled();
        }

        desk.Pump.Health.Parked.ShouldBe(1);
        await desk.Types("engineer", "/escalate state ESC-1 identified healthy");
        desk.Thread(card)[^1].ShouldContain("healthy");
        desk.ToldTo("engineer").ShouldContain(m => m.Contains("**ESC-1** could not be posted"));
    }

    [Fact]
    public async Task ALL_5_A_server_that_fails_with_most_for_minutes_loses_nothing()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        var requests = 0;
        desk.Mattermost.Faults.Next(
            10_000,
            r => r.Path == "/api/v4/posts" && Interlocked.Increment(ref requests) % 5 != 0,
            Fault.Error(500, "app.post.save.app_error")
        );
        var until = desk.Clock.GetUtcNow().AddMinutes(5);
        for (var i = 0; i < 60; i++)
        {
            await desk.Types(
                "engineer",
                $"/escalate state ESC-1 {(i % 2 == 0 ? "investigating" : "identified")} Note {i}"
            );
            await desk.Knows($"client{i}", $"Client {i}", 60_000);
            await desk.Types("tam", $"/escalate new client{i} sev4 Fine", "off-topic");
            desk.Clock.Advance(TimeSpan.FromSeconds(5));
            await desk.Settled();
        }

        desk.Clock.GetUtcNow().ShouldBeLessThanOrEqualTo(until);
        requests.ShouldBeGreaterThan(60);
        desk.Pump.Health.Parked.ShouldBe(0);
        desk.Mattermost.Faults.Clear();
        await desk.Passes(TimeSpan.FromMinutes(10));
        desk.Thread(card).Count(t => t.Contains("Note")).ShouldBe(60);
        desk.Cards("off-topic").Count.ShouldBe(60);
    }

    [Fact]
    public async Task ALL_5_A_server_that_manages_nothing_is_waited_for()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.Mattermost.Faults.Next(
            10_000,
            r => r.Path.StartsWith("/api/v4/posts", StringComparison.Ordinal),
            Fault.Error(500, "app.post.save.app_error")
        );
        await desk.Types("engineer", "/escalate state ESC-1 investigating first");
        for (var i = 0; i < 40; i++)
        {
            desk.Clock.AdvanceTo(desk.Clock.NextTimer!.Value);
            await desk.Settled();
        }

        desk.Pump.Health.Parked.ShouldBe(0);
    }
}
