using Mattermost.Simulator;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>What the people of the stand-in see after they did something, from where they looked.</summary>
public sealed class PersonSightTests
{
    private const string Refusal = """{"ephemeral_text":"You may not."}""";

    [Fact]
    public async Task The_answer_to_a_press_in_the_channel_is_in_the_threads_and_nobody_sees_it()
    {
        await using var town = await Town.StartAsync();
        var card = await town.PostButtonAsync();
        town.Recorder.Body = Refusal;

        var press = await town.Mm.As("tam").Click(card.Id, "Acknowledge");

        press.Saw.From.ShouldBe(new View(Place.Channel, town.Square, ""));
        press.Saw.Nothing.ShouldBeTrue();
        press.Text.ShouldBeEmpty();
        press.Saw.Missed.Single().Message.ShouldBe("You may not.");
        press.Ephemerals.Single().RootId.ShouldBe(card.Id);
    }

    [Fact]
    public async Task Whoever_has_the_thread_open_sees_it()
    {
        await using var town = await Town.StartAsync();
        var card = await town.PostButtonAsync();
        town.Recorder.Body = Refusal;
        town.Mm.As("tam").OpenThread(card.Id);

        (await town.Mm.As("tam").Click(card.Id, "Acknowledge")).Text.ShouldBe("You may not.");

        town.Mm.As("tam").CloseThread();
        (await town.Mm.As("tam").Click(card.Id, "Acknowledge")).Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SimulatorOptions.OldEnd, null)]
    [InlineData(SimulatorOptions.Today, "default_off")]
    public async Task Without_collapsed_threads_it_is_seen_in_the_channel(
        string version,
        string? setting
    )
    {
        await using var town = await Town.StartAsync(o => o with { ServerVersion = version });
        if (setting is not null)
        {
            town.Mm.Configure("ServiceSettings.CollapsedThreads", setting);
        }

        var card = await town.PostButtonAsync();
        town.Recorder.Body = Refusal;

        (await town.Mm.As("tam").Click(card.Id, "Acknowledge")).Text.ShouldBe("You may not.");
    }

    [Fact]
    public async Task In_a_direct_message_it_is_in_a_thread_too()
    {
        await using var town = await Town.StartAsync();
        var direct = town.Mm.DirectChannel("escalate", "tam");
        var card = await town.PostButtonAsync(channel: direct.Id);
        town.Recorder.Body = Refusal;

        var press = await town.Mm.As("tam").Click(card.Id, "Acknowledge");

        press.Saw.From.Place.ShouldBe(Place.DirectMessage);
        press.Saw.Nothing.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_presses_on_a_reply_has_its_thread_open()
    {
        await using var town = await Town.StartAsync();
        var root = await town.Mm.As("engineer").Post("town-square", "The site is down");
        var card = await town.PostButtonAsync(rootId: root.Id);
        town.Recorder.Body = Refusal;

        var press = await town.Mm.As("tam").Click(card.Id, "Acknowledge");

        press.Saw.From.ShouldBe(new View(Place.Thread, town.Square, root.Id));
        press.Text.ShouldBe("You may not.");
        town.Mm.As("tam").Reads("town-square").Select(p => p.Id).ShouldBe([root.Id]);
    }

    [Fact]
    public async Task A_card_that_changes_is_seen_and_a_reply_in_its_closed_thread_is_not()
    {
        await using var town = await Town.StartAsync();
        var card = await town.PostButtonAsync();
        town.Recorder.Body = """{"update":{"message":"Acknowledged by @tam"}}""";

        var press = await town.Mm.As("tam").Click(card.Id, "Acknowledge");
        await town.BotAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = town.Square,
                root_id = card.Id,
                message = "in the thread",
            }
        );
        await town.PostAsync(new { }, "in the channel");

        press.Saw.Posts.Select(p => p.Message).ShouldBe(["Acknowledged by @tam", "in the channel"]);
        press.Saw.Text.ShouldContain("[Acknowledge]");
        press.Text.ShouldBeEmpty();

        await town.Mm.As("tam").Execute("town-square", "/escalate list");
        await town.PostAsync(new { }, "after the next thing");
        press.Saw.Text.ShouldNotContain("after the next thing");
    }

    [Fact]
    public async Task A_change_of_what_nobody_can_see_is_nothing()
    {
        await using var town = await Town.StartAsync();
        var card = await town.PostButtonAsync();
        town.Recorder.Body = "{}";

        var press = await town.Mm.As("tam").Click(card.Id, "Acknowledge");
        await town.BotAsync(
            HttpMethod.Put,
            $"/api/v4/posts/{card.Id}/patch",
            new { props = new { attachments = card.Props.GetProperty("attachments"), mark = "E1" } }
        );

        press.Saw.Nothing.ShouldBeTrue();
    }

    [Fact]
    public async Task A_form_that_opens_is_seen_and_one_without_fields_is_said()
    {
        await using var town = await Town.StartAsync();
        var card = await town.PostButtonAsync();
        town.Recorder.Body = Refusal;
        var press = await town.Mm.As("tam").Click(card.Id, "Acknowledge");
        using var click = System.Text.Json.JsonDocument.Parse(town.Recorder.Last.Body);

        await town.SendAsync(
            "",
            HttpMethod.Post,
            "/api/v4/actions/dialogs/open",
            new
            {
                trigger_id = click.RootElement.GetProperty("trigger_id").GetString(),
                url = town.Recorder.Url("/dialog"),
                dialog = new
                {
                    title = "Not acknowledged",
                    introduction_text = "You need a role.",
                    callback_id = "told",
                    elements = Array.Empty<object>(),
                },
            }
        );

        press.Text.ShouldBe("You need a role.");
        press.Saw.Form!.Title.ShouldBe("Not acknowledged");
        press.Saw.Text.ShouldBe("Not acknowledged\nYou need a role.");
        press.Saw.Nothing.ShouldBeFalse();
    }

    [Fact]
    public async Task The_answer_to_a_command_is_seen_where_it_was_typed()
    {
        await using var town = await Town.StartAsync();
        var root = await town.Mm.As("engineer").Post("town-square", "The site is down");
        town.Recorder.Body = """{"text":"Here."}""";

        var inChannel = await town.Mm.As("tam").Execute("town-square", "/escalate list");
        var inThread = await town.Mm.As("tam").Execute("town-square", "/escalate list", root.Id);

        inChannel.Text.ShouldBe("Here.");
        inThread.Text.ShouldBe("Here.");
        inThread.Saw.From.Place.ShouldBe(Place.Thread);
    }
}
