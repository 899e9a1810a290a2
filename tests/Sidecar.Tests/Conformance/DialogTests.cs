using System.Text.Json;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>Opening dialogs and relaying what is submitted.</summary>
public sealed class DialogTests
{
    private static object Dialog(string callback, bool notify = true) =>
        new
        {
            callback_id = callback,
            title = "Raise",
            introduction_text = "*intro*",
            submit_label = "Send",
            notify_on_cancel = notify,
            state = "sealed-state",
            elements = new object[]
            {
                new
                {
                    display_name = "Summary",
                    name = "summary",
                    type = "text",
                    max_length = 100,
                },
                new
                {
                    display_name = "More",
                    name = "more",
                    type = "textarea",
                    optional = true,
                },
                new
                {
                    display_name = "Severity",
                    name = "severity",
                    type = "select",
                    options = new[] { new { text = "Sev 1", value = "sev1" } },
                },
                new
                {
                    display_name = "Sure",
                    name = "sure",
                    type = "bool",
                    optional = true,
                },
            },
        };

    private static Task<Answered> OpenWith(Stage stage, string trigger, string callback) =>
        stage.Anyone.Post(
            "/actions/dialogs/open",
            new
            {
                trigger_id = trigger,
                url = stage.Recorder.Url("/dialog"),
                dialog = Dialog(callback),
            }
        );

    private static Task<Answered> Submit(Stage stage, Someone who, object? more = null)
    {
        var body = new Dictionary<string, object?>
        {
            ["url"] = stage.Recorder.Url("/dialog"),
            ["callback_id"] = "cb",
            ["state"] = "sealed-state",
            ["channel_id"] = stage.ChannelId,
            ["team_id"] = stage.TeamId,
            ["submission"] = new Dictionary<string, object?>
            {
                ["summary"] = "Ünï",
                ["more"] = null,
                ["severity"] = "sev1",
                ["sure"] = true,
            },
        };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }

        return who.Api.Post("/actions/dialogs/submit", body);
    }

    [Theory, EveryMattermost]
    public async Task The_trigger_of_a_command_opens_one_at_the_callers_clients(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Tam);
        var other = await stage.Client(stage.Engineer);
        var callback = Stage.Unique("cb");
        var call = await stage.Command(" new");

        var opened = await OpenWith(stage, call.Field("trigger_id"), callback);
        opened.Status.ShouldBe(200);
        opened["status"].ShouldBe("OK");

        var shown = await client.Event(
            "open_dialog",
            m => m.Text("data.dialog.dialog.callback_id") == callback
        );
        shown.Text("data.dialog.url").ShouldBe(stage.Recorder.Url("/dialog"));
        shown.Text("data.dialog.trigger_id").ShouldNotBeEmpty();
        shown.Text("data.dialog.dialog.state").ShouldBe("sealed-state");
        shown.Text("data.dialog.dialog.title").ShouldBe("Raise");
        shown.Text("data.dialog.dialog.notify_on_cancel").ShouldBe("true");
        shown.Text("data.dialog.dialog.elements.2.options.0.value").ShouldBe("sev1");
        shown.Text("broadcast.user_id").ShouldBe(stage.Tam.Id);

        await stage.Posted(stage.Tam, "fence");
        await other.Event("posted", m => m.Text("data.post.message") == "fence");
        other.Seen.ShouldNotContain(m => m.Text("event") == "open_dialog");
    }

    [Theory, EveryMattermost]
    public async Task The_trigger_of_a_click_opens_one_at_the_clickers_clients(Under server)
    {
        await using var stage = await Stage.Open(server);
        var client = await stage.Client(stage.Engineer);
        var callback = Stage.Unique("cb");
        var card = await stage.Card();
        await Stage.Clicks(stage.Engineer, card.Text("id"), "ack");
        var click = await stage.Recorder.Next();
        (await OpenWith(stage, click.Json.Text("trigger_id"), callback)).Status.ShouldBe(200);
        await client.Event(
            "open_dialog",
            m => m.Text("data.dialog.dialog.callback_id") == callback
        );
    }

    [Theory, EveryMattermost]
    [Trait(
        "why",
        "Set-up through a dialog may retry, and a form may be opened from inside of the call."
    )]
    public async Task A_trigger_opens_as_often_as_one_likes_while_it_lives(Under server)
    {
        await using var stage = await Stage.Open(server);
        var trigger = (await stage.Command(" new")).Field("trigger_id");
        (await OpenWith(stage, trigger, Stage.Unique("cb"))).Status.ShouldBe(200);
        (await OpenWith(stage, trigger, Stage.Unique("cb"))).Status.ShouldBe(200);
    }

    [Theory, EveryMattermost]
    public async Task It_may_be_opened_before_the_command_is_answered(Under server)
    {
        await using var stage = await Stage.Open(server);
        var status = 0;
        stage.Recorder.Answers(
            "/command",
            call =>
            {
                var opened = OpenWith(stage, call.Field("trigger_id"), "cb");
                status = opened.GetAwaiter().GetResult().Status;
                return new Spoken(200, "application/json", "{}");
            }
        );
        await stage.Command(" new");
        status.ShouldBe(200);
    }

    [Theory, EveryMattermost]
    public async Task A_trigger_expires(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true);
        var trigger = (await stage.Command(" new")).Field("trigger_id");
        var life = stage.IsOld ? 3 : 30;
        await stage.Cast.Server.Passes(TimeSpan.FromSeconds(life + 0.5));
        var late = await OpenWith(stage, trigger, "cb");
        late.Verdict.ShouldBe("400 interactive_message.decode_trigger_id.expired");
        late["message"]
            .ShouldBe(
                stage.IsOld
                    ? "Trigger ID for interactive dialog is expired. Trigger IDs live for a maximum of 3 seconds."
                    : "Trigger ID for interactive dialog is expired. Trigger IDs live for a maximum of 30s."
            );
    }

    [Theory, EveryMattermost]
    public async Task A_trigger_can_not_be_made_up(Under server)
    {
        await using var stage = await Stage.Open(server);
        var trigger = (await stage.Command(" new")).Field("trigger_id");
        (await OpenWith(stage, "!not-base64!", "cb")).Verdict.ShouldBe(
            "400 interactive_message.decode_trigger_id.base64_decode_failed"
        );
        (await OpenWith(stage, Base64("a:b"), "cb")).Verdict.ShouldBe(
            "400 interactive_message.decode_trigger_id.missing_data"
        );
        var parts = System
            .Text.Encoding.UTF8.GetString(Convert.FromBase64String(trigger))
            .Split(':');
        parts.Length.ShouldBe(4);
        parts[1].ShouldBe(stage.Tam.Id);
        parts[1] = stage.Engineer.Id;
        (await OpenWith(stage, Base64(string.Join(':', parts)), "cb")).Verdict.ShouldBe(
            "400 interactive_message.decode_trigger_id.verify_signature_failed"
        );
        (await OpenWith(stage, "", "cb")).Status.ShouldBe(400);
    }

    [Theory, EveryMattermost]
    public async Task A_dialog_without_an_address_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server);
        var trigger = (await stage.Command(" new")).Field("trigger_id");
        var answer = await stage.Anyone.Post(
            "/actions/dialogs/open",
            new { trigger_id = trigger, dialog = Dialog("cb") }
        );
        answer.Status.ShouldBe(400);
    }

    [Theory, EveryMattermost]
    public async Task A_submission_is_relayed_with_these_members(Under server)
    {
        await using var stage = await Stage.Open(server);
        stage.Recorder.Answers("/dialog", new { });
        var answer = await Submit(stage, stage.Tam);
        answer.Status.ShouldBe(200);
        answer.Body.GetRawText().Trim().ShouldBe("{}");

        var call = await stage.Recorder.Next();
        call.Method.ShouldBe("POST");
        call.Headers["Content-Type"].ShouldBe("application/json");
        call.Headers["Accept"].ShouldBe("application/json");
        call.Headers.Keys.ShouldNotContain("Authorization");
        call.Headers.Keys.ShouldNotContain("Cookie");
        call.Json.Names()
            .ShouldBe([
                "callback_id",
                "cancelled",
                "channel_id",
                "state",
                "submission",
                "team_id",
                "type",
                "user_id",
            ]);
        call.Json.Text("type").ShouldBe("dialog_submission");
        call.Json.Text("callback_id").ShouldBe("cb");
        call.Json.Text("state").ShouldBe("sealed-state");
        call.Json.Text("user_id").ShouldBe(stage.Tam.Id);
        call.Json.Text("channel_id").ShouldBe(stage.ChannelId);
        call.Json.Text("team_id").ShouldBe(stage.TeamId);
        call.Json.Text("cancelled").ShouldBe("false");
        call.Json.Text("submission.summary").ShouldBe("Ünï");
        call.Json.At("submission.more")!.Value.ValueKind.ShouldBe(JsonValueKind.Null);
        call.Json.At("submission.sure")!.Value.ValueKind.ShouldBe(JsonValueKind.True);
    }

    [Theory, EveryMattermost]
    public async Task Whoever_is_logged_in_can_have_anything_relayed_but_only_as_oneself(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        var answer = await Submit(
            stage,
            stage.Engineer,
            new
            {
                user_id = stage.Tam.Id,
                callback_id = "made-up",
                state = "stolen",
                type = "other",
                submission = new { anything = 5 },
            }
        );
        answer.Status.ShouldBe(200);
        var call = await stage.Recorder.Next();
        call.Json.Text("user_id").ShouldBe(stage.Engineer.Id);
        call.Json.Text("callback_id").ShouldBe("made-up");
        call.Json.Text("state").ShouldBe("stolen");
        call.Json.Text("type").ShouldBe("dialog_submission");
        call.Json.Text("submission.anything").ShouldBe("5");
    }

    [Theory, EveryMattermost]
    public async Task A_channel_that_one_can_not_read_is_refused(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        (await Submit(stage, stage.Lead)).Verdict.ShouldBe("403 api.context.permissions.app_error");
        (await stage.Anyone.Post("/actions/dialogs/submit", new { url = "x" })).Status.ShouldBe(
            401
        );
        stage.Recorder.Calls.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task Putting_it_away_is_relayed(Under server)
    {
        await using var stage = await Stage.Open(server);
        var answer = await Submit(stage, stage.Tam, new { cancelled = true, submission = new { } });
        answer.Status.ShouldBe(200);
        var call = await stage.Recorder.Next();
        call.Json.Text("cancelled").ShouldBe("true");
        call.Json.Text("submission").ShouldBe("{}");
    }

    [Theory, EveryMattermost]
    public async Task Errors_come_back_to_the_client(Under server)
    {
        await using var stage = await Stage.Open(server);
        stage.Recorder.Answers("/dialog", new { errors = new { summary = "Too short" } });
        var fields = await Submit(stage, stage.Tam);
        fields.Status.ShouldBe(200);
        fields["errors.summary"].ShouldBe("Too short");
        fields.Body.Has("error").ShouldBeFalse();

        stage.Recorder.Answers("/dialog", new { error = "Not now" });
        var whole = await Submit(stage, stage.Tam);
        whole["error"].ShouldBe("Not now");
        whole.Body.Has("errors").ShouldBeFalse();
    }

    [Theory, EveryMattermost]
    public async Task An_empty_answer_closes_it(Under server)
    {
        await using var stage = await Stage.Open(server);
        stage.Recorder.Answers("/dialog", 200, "application/json", "");
        var answer = await Submit(stage, stage.Tam);
        answer.Status.ShouldBe(200);
        answer.Body.GetRawText().Trim().ShouldBe("{}");
    }

    [Theory, EveryMattermost]
    public async Task Any_other_status_is_a_failure_and_broken_json_closes_it_on_old_servers_only(
        Under server
    )
    {
        await using var stage = await Stage.Open(server);
        stage.Recorder.Answers("/dialog", 500, "application/json", """{"error":"mine"}""");
        var failed = await Submit(stage, stage.Tam);
        failed.Status.ShouldBe(400);
        failed.Body.GetRawText().ShouldNotContain("mine");

        stage.Recorder.Answers("/dialog", 200, "application/json", """{"error":""");
        (await Submit(stage, stage.Tam)).Verdict.ShouldBe(
            stage.IsOld ? "200" : "500 app.submit_interactive_dialog.decode_json_error"
        );
    }

    [Theory, EveryMattermost]
    public async Task Todays_servers_relay_steps_and_look_ups_and_refuse_other_types(Under server)
    {
        await using var stage = await Stage.Open(server);
        var form = new { type = "form", form = Dialog("step2") };
        stage.Recorder.Answers("/dialog", form);
        var step = await Submit(stage, stage.Tam);
        step["type"].ShouldBe(stage.IsOld ? "" : "form");
        step["form.callback_id"].ShouldBe(stage.IsOld ? "" : "step2");

        stage.Recorder.Answers("/dialog", new { type = "nonsense" });
        (await Submit(stage, stage.Tam)).Verdict.ShouldBe(
            stage.IsOld ? "200" : "400 app.submit_interactive_dialog.invalid_response"
        );

        stage.Recorder.Answers(
            "/lookup",
            new { items = new[] { new { text = "Acme", value = "acme" } } }
        );
        var items = await stage.Tam.Api.Post(
            "/actions/dialogs/lookup",
            new
            {
                url = stage.Recorder.Url("/lookup"),
                callback_id = "cb",
                state = "sealed-state",
                channel_id = stage.ChannelId,
                team_id = stage.TeamId,
                submission = new { query = "ac", selected_field = "customer" },
            }
        );
        items.Status.ShouldBe(stage.IsOld ? 404 : 200);
        items["items.0.value"].ShouldBe(stage.IsOld ? "" : "acme");
    }

    private static string Base64(string text) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
