using Shouldly;
using Sidecar.Features.Customers.Domain;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class SimulatorInteractionTests
{
    [Fact]
    public async Task What_is_behind_a_button_is_seen_by_no_client()
    {
        await using var town = await Town.StartAsync();
        var cancellation = TestContext.Current.CancellationToken;
        await using var listener = await WebSocketListener.ConnectAsync(
            town.Mm.Url,
            town.Mm.As("tam").Token,
            cancellation
        );

        var post = await town.PostButtonAsync();
        var read = await town.BotAsync(HttpMethod.Get, $"/api/v4/posts/{post.Id}");
        var listed = await town.BotAsync(HttpMethod.Get, $"/api/v4/channels/{town.Square}/posts");
        while (
            !listener.Messages.Any(m => m.ToString().Contains("ESC-1", StringComparison.Ordinal))
        )
        {
            await listener.ReceiveAsync(listener.Messages.Count + 1, cancellation);
        }

        foreach (var seen in listener.Messages.Append(read.Body).Append(listed.Body))
        {
            seen.ToString().ShouldNotContain("behind");
            seen.ToString().ShouldNotContain("/action\"");
        }

        town.Mm.HiddenIntegrationsOf(post.Id)["ack"]!.Context.ToString()!.ShouldContain("behind");
    }

    [Fact]
    public async Task An_action_id_with_a_dash_cannot_be_clicked()
    {
        await using var town = await Town.StartAsync();
        var post = await town.PostButtonAsync("ack-now");

        var click = await town.Mm.As("tam").Click(post.Id, "Acknowledge");

        click.Status.ShouldBe(404);
        town.Recorder.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_update_without_props_keeps_the_buttons()
    {
        await using var town = await Town.StartAsync();
        var post = await town.PostButtonAsync();
        town.Recorder.Body = """{"update":{"message":"seen"}}""";

        var click = await town.Mm.As("tam").Click(post.Id, "ack");

        click.Post!.Message.ShouldBe("seen");
        click.Post.Actions.Single().Name.ShouldBe("Acknowledge");
        town.Mm.HiddenIntegrationsOf(post.Id)["ack"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_user_is_chosen_by_name_and_sent_by_id()
    {
        await using var town = await Town.StartAsync();
        var menu = new
        {
            id = "assign",
            name = "Assign",
            type = "select",
            data_source = "users",
            integration = new { url = town.Recorder.Url("/action") },
        };
        var post = await town.PostAsync(
            new { attachments = new[] { new { actions = new[] { menu } } } }
        );

        await town.Mm.As("tam").Click(post.Id, "Assign", "@engineer");

        var engineer = town.Mm.GetUser("engineer").Id;
        town.Recorder.Last.Body.ShouldContain(
            $"\"data_source\":\"users\",\"context\":{{\"selected_option\":\"{engineer}\"}}"
        );
    }

    [Fact]
    public async Task A_trigger_is_bound_to_its_user_lives_30_seconds_and_works_more_than_once()
    {
        await using var town = await Town.StartAsync();
        await town.Mm.As("tam").Execute("town-square", "/escalate new");
        var trigger = RecordedAssertions.Form(town.Recorder.Last.Body)["trigger_id"];

        (await Open(trigger)).Status.ShouldBe(200);
        (await Open(trigger)).Status.ShouldBe(200);
        town.Mm.OpenDialogOf("tam").ShouldNotBeNull();
        town.Mm.OpenDialogOf("engineer").ShouldBeNull();

        town.Clock.Move(TimeSpan.FromSeconds(31));
        (await Open(trigger)).ErrorId.ShouldBe("interactive_message.decode_trigger_id.expired");
        (await Open("bm9uc2Vuc2U=")).ErrorId.ShouldBe(
            "interactive_message.decode_trigger_id.missing_data"
        );

        Task<Reply> Open(string id) => OpenAsync(town, id, "New escalation");
    }

    [Fact]
    public async Task A_dialog_that_breaks_the_rules_opens_and_is_reported()
    {
        await using var town = await Town.StartAsync();
        await town.Mm.As("tam").Execute("town-square", "/escalate new");
        var trigger = RecordedAssertions.Form(town.Recorder.Last.Body)["trigger_id"];

        var opened = await OpenAsync(
            town,
            trigger,
            "A title that is much longer than clients show"
        );

        opened.Status.ShouldBe(200);
        town.Mm.DialogProblems.Single().ShouldContain("title");
    }

    [Fact]
    public async Task A_client_does_not_send_what_is_required_and_missing()
    {
        await using var town = await Town.StartAsync();
        await town.Mm.As("tam").Execute("town-square", "/escalate new");
        await OpenAsync(
            town,
            RecordedAssertions.Form(town.Recorder.Last.Body)["trigger_id"],
            "New escalation"
        );

        var refused = await town.Mm.As("tam").SubmitDialog();
        town.Recorder.Body = """{"errors":{"customer":"unknown customer"}}""";
        var kept = await town.Mm.As("tam").SubmitDialog(("customer", "ABC"));
        town.Recorder.Body = "{}";
        var closed = await town
            .Mm.As("tam")
            .SubmitDialog(("customer", "ABC"), ("severity", "Sev 1"));

        refused.Status.ShouldBe(0);
        refused.FieldErrors.Keys.ShouldBe(["customer"]);
        kept.FieldErrors["customer"].ShouldBe("unknown customer");
        kept.Closed.ShouldBeFalse();
        closed.Closed.ShouldBeTrue();
        town.Recorder.Last.Body.ShouldContain(
            "\"submission\":{\"customer\":\"ABC\",\"severity\":\"sev1\"}"
        );
        town.Mm.OpenDialogOf("tam").ShouldBeNull();
        town.Mm.Violations.ShouldBeEmpty();
    }

    private static Task<Reply> OpenAsync(Town town, string trigger, string title) =>
        town.SendAsync(
            "",
            HttpMethod.Post,
            "/api/v4/actions/dialogs/open",
            new
            {
                trigger_id = trigger,
                url = town.Recorder.Url("/dialog"),
                dialog = new
                {
                    title,
                    callback_id = "new",
                    state = "s",
                    elements = new object[]
                    {
                        new
                        {
                            display_name = "Customer",
                            name = "customer",
                            type = "text",
                        },
                        new
                        {
                            display_name = "Severity",
                            name = "severity",
                            type = "select",
                            optional = true,
                            options = new[] { new { text = "Sev 1", value = "sev1" } },
                        },
                    },
                },
            }
        );
}
