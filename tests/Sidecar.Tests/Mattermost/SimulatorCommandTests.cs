using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class SimulatorCommandTests
{
    [Fact]
    public async Task A_command_carries_the_thread_since_10_and_its_text_untrimmed()
    {
        await using var town = await Town.StartAsync();
        town.Recorder.Body = """{"response_type":"ephemeral","text":"hello"}""";
        var root = await town.Mm.As("tam").Post("town-square", "it is down");

        var outcome = await town.Mm.As("tam").Execute("town-square", "/Escalate  list ", root.Id);

        outcome.Text.ShouldBe("hello");
        outcome.Ephemerals.Single().RootId.ShouldBe(root.Id);
        var form = RecordedAssertions.Form(town.Recorder.Last.Body);
        form["text"].ShouldBe(" list ");
        form["command"].ShouldBe("/escalate");
        form["root_id"].ShouldBe(root.Id);
        town.Mm.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_in_the_channel_is_posted_as_the_caller()
    {
        await using var town = await Town.StartAsync();
        town.Recorder.Body =
            """{"response_type":"in_channel","text":"<!here> see <https://x.test|this>"}""";

        await town.Mm.As("tam").Execute("town-square", "/escalate say");

        var post = town.Mm.LastPost("town-square");
        post.UserId.ShouldBe(town.Mm.GetUser("tam").Id);
        post.Message.ShouldBe("@here see [this](https://x.test)");
        post.Props.GetProperty("from_webhook").GetString().ShouldBe("true");
    }

    [Fact]
    public async Task An_integration_that_takes_too_long_is_given_up()
    {
        await using var town = await Town.StartAsync();
        var asked = new TaskCompletionSource();
        town.Recorder.BeforeAnswering = async gone =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var executing = town.Mm.As("tam").Execute("town-square", "/escalate list");
        await asked.Task;
        town.Clock.Move(TimeSpan.FromSeconds(31));

        (await executing).Error!.Id.ShouldBe("api.command.execute_command.failed.app_error");
    }

    [Fact]
    public async Task A_response_url_is_gone_after_half_an_hour()
    {
        await using var town = await Town.StartAsync();
        await town.Mm.As("tam").Execute("town-square", "/escalate list");
        var url = new Uri(RecordedAssertions.Form(town.Recorder.Last.Body)["response_url"]);

        var early = await town.SendAsync(
            "",
            HttpMethod.Post,
            url.AbsolutePath,
            new { text = "later" }
        );
        town.Clock.Move(TimeSpan.FromMinutes(31));
        var late = await town.SendAsync(
            "",
            HttpMethod.Post,
            url.AbsolutePath,
            new { text = "too late" }
        );

        early.Status.ShouldBe(200);
        late.Status.ShouldBe(404);
        town.Mm.EphemeralsOf("tam").Single().Message.ShouldBe("later");
    }

    [Theory]
    [InlineData("/nothing here", 404, "api.command.execute_command.not_found.app_error")]
    [InlineData("no slash", 400, "api.command.execute_command.start.app_error")]
    public async Task What_is_no_command_is_refused(string text, int status, string error)
    {
        await using var town = await Town.StartAsync();

        var outcome = await town.Mm.As("tam").Execute("town-square", text);

        outcome.Status.ShouldBe(status);
        outcome.Error!.Id.ShouldBe(error);
    }

    [Fact]
    public async Task Commands_can_be_switched_off()
    {
        await using var town = await Town.StartAsync();
        town.Mm.Configure("ServiceSettings.EnableCommands", value: false);

        var outcome = await town.Mm.As("tam").Execute("town-square", "/escalate list");

        outcome.Status.ShouldBe(501);
        outcome.Error!.Id.ShouldBe("api.command.disabled.app_error");
    }

    [Fact]
    public async Task An_ephemeral_button_is_sealed_for_the_client_and_can_be_clicked()
    {
        await using var town = await Town.StartAsync();
        town.Recorder.Body = JsonSerializer.Serialize(
            new
            {
                text = "pick",
                attachments = new[]
                {
                    new
                    {
                        actions = new[]
                        {
                            new
                            {
                                id = "go",
                                name = "Go",
                                type = "button",
                                integration = new
                                {
                                    url = town.Recorder.Url("/action"),
                                    context = new { a = 1 },
                                },
                            },
                        },
                    },
                },
            }
        );
        var shown = (
            await town.Mm.As("tam").Execute("town-square", "/escalate pick")
        ).Ephemerals.Single();
        town.Recorder.Body = """{"ephemeral_text":"gone"}""";

        var click = await town.Mm.As("tam").Click(shown.Id, "Go");

        shown.Actions.Single().Integration.ShouldBeNull();
        shown.Actions.Single().Cookie.ShouldNotBeNull();
        town.Recorder.Last.Body.ShouldContain("\"context\":{\"a\":1}");
        click.Text.ShouldBe("gone");
    }
}
