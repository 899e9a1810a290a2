using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;
using Sidecar.Storage.LiteDb;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Reactions to cards, as people give them and as lines lose them.</summary>
public sealed class ReactionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ESC_10_Eyes_on_a_card_acknowledge()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();

        await desk.Reacts("engineer", card);

        (await IsAcknowledged(desk)).ShouldBeTrue();
        desk.Thread(card).ShouldHaveSingleItem().ShouldContain("@engineer");
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_10_The_second_reaction_and_the_second_person_change_nothing_more()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();

        await desk.Reacts("engineer", card);
        await desk.Reacts("engineer", card);
        await desk.Reacts("lead", card);

        Acknowledgements(desk, card).ShouldBe(1);
    }

    [Fact]
    public async Task ESC_10_Other_emojis_other_posts_and_the_bots_own_reactions_mean_nothing()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        var other = await desk.Mattermost.As("tam").Post(Desk.Square, "look at this");
        await desk.Mattermost.As(desk.Bot.Username).React(card.Id, "eyes");

        await desk.Reacts("engineer", card, "tada");
        await desk.Reacts("engineer", other);

        (await IsAcknowledged(desk)).ShouldBeFalse();
        (await desk.Store.Find(IdempotencyRecord.Kind, "none", Cancel)).ShouldBeNull();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_10_What_was_reacted_while_the_line_was_lost_is_looked_up()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.LosesLine();

        await desk.Reacts("engineer", card);
        (await IsAcknowledged(desk)).ShouldBeFalse();
        await desk.TriesAgain();

        (await IsAcknowledged(desk)).ShouldBeTrue();
        Acknowledgements(desk, card).ShouldBe(1);
    }

    [Fact]
    public async Task ESC_10_What_was_reacted_while_the_sidecar_was_down_is_looked_up()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.StopSidecar();
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");
        desk.Clock.Advance(TimeSpan.FromHours(30));

        await desk.StartSidecar();
        await desk.Settled();

        (await IsAcknowledged(desk)).ShouldBeTrue();
    }

    [Fact]
    public async Task ESC_10_What_was_taken_back_while_nobody_listened_means_nothing()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.LosesLine();
        // A line that is taken up tells both, and who listened would have acted on the first.
        desk.Mattermost.Lines.ForgetLost();
        var engineer = desk.Mattermost.As("engineer");

        await engineer.React(card.Id, "eyes");
        await engineer.Request(
            HttpMethod.Delete,
            $"/api/v4/users/{engineer.User.Id}/posts/{card.Id}/reactions/eyes"
        );
        await desk.TriesAgain();

        (await IsAcknowledged(desk)).ShouldBeFalse();
    }

    [Fact]
    public async Task ESC_10_A_reaction_is_not_looked_for_where_receipts_are_gone()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.StopSidecar();
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");
        desk.Clock.Advance(IdempotencyRecord.KeptFor + TimeSpan.FromDays(1));
        await desk.StartSidecar();
        await desk.Settled();

        (await IsAcknowledged(desk)).ShouldBeFalse();
    }

    [Fact]
    public async Task ESC_10_Looking_up_again_does_nothing_again()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.Reacts("engineer", card);
        var before = await Trail(desk);

        for (var i = 0; i < 3; i++)
        {
            await desk.RestartSidecar();
            await desk.LosesLine();
            await desk.TriesAgain();
        }

        (await Trail(desk)).ShouldBe(before);
    }

    [Fact]
    public async Task ESC_10_A_burst_is_heard_to_the_end()
    {
        await using var desk = await Desk.Open();
        var cards = new List<Post>();
        for (var i = 0; i < 10; i++)
        {
            cards.Add(await desk.Raised($"Number {i}"));
        }

        string[] emojis = ["eyes", "tada", "fire", "rocket"];
        await Task.WhenAll(
            from card in cards
            from who in (string[])["tam", "engineer", "lead"]
            from emoji in emojis
            select desk.Mattermost.As(who).React(card.Id, emoji)
        );
        await desk.Settled();

        foreach (var card in cards)
        {
            Acknowledgements(desk, card).ShouldBe(1);
        }

        desk.Mattermost.Lines.OpenedSoFar.ShouldBe(1);
    }

    [Fact]
    public async Task ESC_10_What_is_too_much_to_keep_is_looked_up()
    {
        await using var desk = await Desk.Open();
        desk.Listens = options => options with { MostWaiting = 0 };
        await desk.RestartSidecar();
        var card = await desk.Raised();

        await desk.Reacts("engineer", card);

        Acknowledgements(desk, card).ShouldBe(1);
    }

    [Fact]
    public async Task ESC_10_Trouble_while_looking_up_is_tried_again_and_a_channel_that_is_closed_to_us_is_left_out()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("war-room", members: ["tam", "engineer", desk.Bot.Username]);
        await desk.Types("tam", "/escalate new \"Acme Labs\" sev1 One", "war-room");
        var card = await desk.Raised("Two");
        await desk.StopSidecar();
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");
        desk.Mattermost.Faults.Next(
            1,
            "GET",
            $"/api/v4/channels/{desk.Mattermost.GetChannel("war-room").Id}/posts",
            Fault.Error(403, "api.context.permissions.app_error")
        );
        desk.Mattermost.Faults.Next(
            1,
            "GET",
            $"/api/v4/channels/{desk.Mattermost.GetChannel(Desk.Square).Id}/posts",
            Fault.Status(500)
        );

        await desk.StartSidecar();
        desk.Mattermost.Faults.Pending.ShouldBe(0);
        Acknowledgements(desk, card).ShouldBe(0);
        await desk.LooksAgain();

        Acknowledgements(desk, card).ShouldBe(1);
    }

    [Fact]
    public async Task ESC_10_Where_more_has_changed_than_is_told_each_card_is_asked_about()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        await desk.StopSidecar();
        for (var i = 0; i < 1001; i++)
        {
            await desk.Mattermost.As("tam").Post(Desk.Square, $"talk {i}");
        }

        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Mattermost.As("engineer").React(card.Id, "eyes");
        await desk.StartSidecar();
        await desk.Settled();

        Acknowledgements(desk, card).ShouldBe(1);
        desk.Mattermost.Requests.ShouldContain(r =>
            r.Path.EndsWith("/reactions") && r.Method == "GET"
        );
    }

    [Fact]
    public async Task ESC_10_A_reaction_quicker_than_the_news_of_where_the_card_stands_is_not_lost()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.Faults.Next(1, "POST", "/api/v4/posts", Fault.ResetAfter);
        var card = await desk.Raised();
        await desk.Reacts("engineer", card);
        (await IsAcknowledged(desk)).ShouldBeFalse();

        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.Settled();

        Acknowledgements(desk, card).ShouldBe(1);
    }

    [Fact]
    public async Task ESC_10_A_full_disk_delays_a_reaction_and_loses_none()
    {
        await using var desk = await Desk.Open();
        var card = await desk.Raised();
        var engine = (LiteDbStoreEngine)desk.Store.Engine;
        engine.LimitPages(1);
        await FillUp(desk);
        await desk.Reacts("engineer", card);
        (await IsAcknowledged(desk)).ShouldBeFalse();

        engine.LimitPages(100_000);
        await desk.LooksAgain();

        Acknowledgements(desk, card).ShouldBe(1);
    }

    internal static async Task<bool> IsAcknowledged(Desk desk) =>
        (await desk.Store.Find(EscalationIndexes.Kind, "ESC-1", Cancel))!.Value.State
        == EscalationState.Acknowledged;

    internal static int Acknowledgements(Desk desk, Post card) =>
        desk.Thread(card)
            .Count(line => line.Contains("acknowledged it and is", StringComparison.Ordinal));

    /// <summary>Uses what room is left in the file, down to what a small document needs.</summary>
    private static async Task FillUp(Desk desk)
    {
        foreach (var size in (int[])[50_000, 2_000, 100])
        {
            var full = false;
            for (var i = 0; !full; i++)
            {
                var filler = new IdempotencyRecord(new string('x', size), desk.Clock.GetUtcNow());
                var change = new Change(desk.Clock.GetUtcNow(), "test").Add(
                    IdempotencyRecord.Kind,
                    $"filler-{size}-{i}",
                    filler
                );
                try
                {
                    await desk.Store.Commit(change, Cancel);
                }
                catch (StoreUnwritableException)
                {
                    full = true;
                }
            }
        }
    }

    private static async Task<int> Trail(Desk desk) =>
        (await desk.Store.Engine.ReadAudit(0, 1000, Cancel)).Count;
}
