using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>The people of the stand-in fill in forms as the web client of 11.6 did when it was recorded.</summary>
public sealed class RecordedFormsTests
{
    [Fact]
    [Replays(
        "11.6/dialog-open-every-element",
        "11.6/dialog-lookup-at-open",
        "11.6/dialog-lookup-typed",
        "11.6/dialog-lookup-after-choice"
    )]
    public async Task A_dynamic_list_asks_when_the_form_opens_for_each_letter_and_after_each_change()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-every-element");
        stage.AnswersAs("11.6/dialog-lookup-at-open");

        (await stage.Tam.OfferedIn("cust")).Select(o => o.Text).ShouldBe(["Acme Corp", "Globex"]);
        await stage.ShouldHaveSent("11.6/dialog-lookup-at-open");

        await stage.Tam.OfferedIn("cust", "glo");
        await stage.ShouldHaveSent("11.6/dialog-lookup-typed");
        stage.LookUps.ShouldBe(4);

        await stage.Tam.FillIn(("cust", "Globex"));
        await stage.ShouldHaveSent("11.6/dialog-lookup-after-choice");
        await stage.Tam.FillIn(("txt", "x"));
        stage.LookUps.ShouldBe(6);
    }

    [Fact]
    [Replays("11.6/dialog-open-every-element", "11.6/dialog-submit-optional-left-out")]
    public async Task What_is_empty_is_left_out()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-every-element");
        stage.AnswersAs("11.6/dialog-lookup-at-open");
        await stage.Tam.FillIn(("cust", "globex"));
        stage.AnswersAs("11.6/dialog-submit-optional-left-out");

        (await stage.Tam.SubmitDialog()).Closed.ShouldBeTrue();

        await stage.ShouldHaveSent("11.6/dialog-submit-optional-left-out");
        stage.Tam.OpenDialog.ShouldBeNull();
    }

    [Fact]
    [Replays("11.6/dialog-open-every-element", "11.6/dialog-submit-errors")]
    public async Task Errors_of_fields_and_of_the_form_are_both_shown()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-every-element");
        stage.AnswersAs("11.6/dialog-submit-errors");

        var refused = await stage.Tam.SubmitDialog(("txt", "bad"));

        await stage.ShouldHaveSent("11.6/dialog-submit-errors");
        refused.Error.ShouldBe("general trouble");
        refused.FieldErrors["txt"].ShouldBe("that is **bad**");
        stage.Tam.OpenDialog.ShouldNotBeNull();
    }

    [Fact]
    [Replays("11.6/dialog-open-defaults", "11.6/dialog-submit-defaults-untouched")]
    public async Task A_preset_person_or_channel_is_neither_shown_nor_sent()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-defaults");
        stage.AnswersAs("11.6/dialog-submit-defaults-untouched");

        stage.Tam.ShownIn("who").ShouldBeNull();
        stage.Tam.ShownIn("chan").ShouldBeNull();
        stage.Tam.ShownIn("sel").ShouldBe("a");
        await stage.Tam.SubmitDialog();

        await stage.ShouldHaveSent("11.6/dialog-submit-defaults-untouched");
    }

    [Fact]
    [Replays("11.6/dialog-open-defaults", "11.6/dialog-submit-emptied-after-error")]
    public async Task What_is_emptied_after_an_error_comes_back_with_the_value_it_had()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-defaults");
        stage.AnswersAs("11.6/dialog-submit-emptied-after-error");
        await stage.Tam.SubmitDialog();

        await stage.Tam.SubmitDialog(("txt", ""));

        await stage.ShouldHaveSent("11.6/dialog-submit-emptied-after-error");
        stage.Tam.ShownIn("txt").ShouldBeNull();
    }

    [Fact]
    [Replays("11.6/dialog-open-dynamic-defaults", "11.6/dialog-submit-dynamic-defaults")]
    public async Task Presets_of_dynamic_lists_are_sent_and_those_of_people_are_not()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-dynamic-defaults");

        await stage.Tam.SubmitDialog();

        await stage.ShouldHaveSent("11.6/dialog-submit-dynamic-defaults");
    }

    [Fact]
    [Replays("11.6/dialog-open-datetime", "11.6/dialog-datetime")]
    public async Task A_time_is_an_instant_in_UTC()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-datetime");

        await stage.Tam.SubmitDialog();

        await stage.ShouldHaveSent("11.6/dialog-datetime");
    }

    [Fact]
    [Replays("11.6/dialog-open-without-elements", "11.6/dialog-without-elements")]
    public async Task A_form_without_fields_is_a_question()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-without-elements");

        (await stage.Tam.SubmitDialog()).Closed.ShouldBeTrue();

        await stage.ShouldHaveSent("11.6/dialog-without-elements");
    }

    [Fact]
    [Replays("11.6/dialog-open-every-element", "11.6/dialog-cancel")]
    public async Task Putting_a_form_away_is_told_when_it_asked_for_it()
    {
        await using var stage = await FormStage.StartAsync();
        var form = await stage.OpensRecordedAsync("11.6/dialog-open-every-element");

        await stage.Tam.CancelDialog(form);

        await stage.ShouldHaveSent("11.6/dialog-cancel");
    }

    [Fact]
    [Replays("11.6/dialog-open-refresh", "11.6/dialog-refresh", "11.6/dialog-refresh-submit")]
    public async Task A_change_replaces_the_form_and_keeps_what_was_typed()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-refresh");
        stage.AnswersAs("11.6/dialog-refresh");

        var refreshed = await stage.Tam.FillIn(("sev", "Sev 1"));

        await stage.ShouldHaveSent("11.6/dialog-refresh");
        refreshed.Title.ShouldBe("Refreshed");
        stage.Tam.ShownIn("told").ShouldBe("everybody");
        stage.AnswersAs("11.6/dialog-refresh-submit");
        (await stage.Tam.SubmitDialog()).Closed.ShouldBeTrue();
        await stage.ShouldHaveSent("11.6/dialog-refresh-submit");
    }

    [Fact]
    [Replays("11.6/dialog-open-steps", "11.6/dialog-step-1", "11.6/dialog-step-2")]
    public async Task The_last_step_sends_the_values_of_all_steps()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-steps");
        stage.AnswersAs("11.6/dialog-step-1");

        var first = await stage.Tam.SubmitDialog(("name", "Ann"));

        await stage.ShouldHaveSent("11.6/dialog-step-1");
        first.Closed.ShouldBeFalse();
        first.Next!.Title.ShouldBe("Step 2 of 2");
        stage.AnswersAs("11.6/dialog-step-2");
        (await stage.Tam.SubmitDialog(("col", "red"))).Closed.ShouldBeTrue();
        await stage.ShouldHaveSent("11.6/dialog-step-2");
    }
}
