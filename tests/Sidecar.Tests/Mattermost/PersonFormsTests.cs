using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>What the people of the stand-in see of forms and send of them, by age, beyond what was recorded.</summary>
public sealed class PersonFormsTests
{
    private static readonly JsonElement Form = JsonSerializer.SerializeToElement(
        new
        {
            title = "Change",
            callback_id = "change",
            state = "s",
            elements = new object[]
            {
                new
                {
                    display_name = "Owner",
                    name = "owner",
                    type = "select",
                    data_source = "users",
                    optional = true,
                    @default = "cttxkgch8bf5jcukzugixe4d8r",
                },
                new
                {
                    display_name = "Seats",
                    name = "seats",
                    type = "text",
                    subtype = "number",
                    optional = true,
                },
                new
                {
                    display_name = "Note",
                    name = "note",
                    type = "text",
                    optional = true,
                    @default = "old",
                },
            },
        }
    );

    [Theory]
    [InlineData(
        SimulatorOptions.OldEnd,
        """{"note":"old","owner":"cttxkgch8bf5jcukzugixe4d8r","seats":"12"}"""
    )]
    [InlineData(SimulatorOptions.Today, """{"note":"old","seats":12}""")]
    public async Task Each_age_sends_what_its_client_sends(string version, string submission)
    {
        await using var stage = await FormStage.StartAsync(version);
        await stage.OpensAsync(Form);

        (await stage.Tam.SubmitDialog(("seats", "12"))).Closed.ShouldBeTrue();

        stage.Town.Recorder.Last.Body.ShouldContain($"\"submission\":{submission}");
        stage.Town.Mm.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SimulatorOptions.OldEnd, """{"note":"typed","owner":null,"seats":null}""")]
    [InlineData(SimulatorOptions.Today, """{"note":"typed"}""")]
    public async Task What_was_typed_before_an_error_is_still_there(
        string version,
        string submission
    )
    {
        await using var stage = await FormStage.StartAsync(version);
        await stage.OpensAsync(Form);
        stage.Town.Recorder.Body = """{"error":"No."}""";
        await stage.Tam.SubmitDialog(("note", "typed"), ("owner", null));

        await stage.Tam.SubmitDialog();

        stage.Town.Recorder.Last.Body.ShouldContain($"\"submission\":{submission}");
    }

    [Fact]
    public async Task A_person_who_was_chosen_is_sent_and_comes_back_when_cleared_after_an_error()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensAsync(Form);
        stage.Town.Recorder.Body = """{"errors":{"note":"No."}}""";
        var engineer = stage.Town.Mm.GetUser("engineer").Id;
        (await stage.Tam.SubmitDialog(("owner", "@engineer"))).Sent["owner"].ShouldBe(engineer);

        (await stage.Tam.SubmitDialog(("owner", null))).Sent["owner"].ShouldBe(engineer);
    }

    [Fact]
    public async Task The_text_of_an_error_that_names_no_field_is_lost()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensAsync(Form);
        stage.Town.Recorder.Body = """{"errors":{"customer":"There is no such customer."}}""";

        var refused = await stage.Tam.SubmitDialog();

        refused.Error.ShouldBe("Submission failed with validation errors");
        refused.FieldErrors.ShouldBeEmpty();
        refused.Closed.ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_of_another_type_says_only_that_it_failed()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensAsync(Form);
        stage.Town.Recorder.Body = """{"type":"nonsense"}""";

        var failed = await stage.Tam.SubmitDialog();

        failed.Status.ShouldBe(400);
        failed.Error.ShouldBe("Submission failed");
        failed.Closed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://sidecar.example/lookup", true)]
    [InlineData("http://localhost:8085/lookup", true)]
    [InlineData("http://127.0.0.1:8085/lookup", true)]
    [InlineData("/plugins/escalate/lookup", true)]
    [InlineData("/plugins/../api", false)]
    [InlineData("http://sidecar.internal:8085/lookup", false)]
    [InlineData("http://localhost.example/lookup", false)]
    public async Task The_browser_refuses_other_addresses_of_lists(string url, bool asks)
    {
        await using var stage = await FormStage.StartAsync();
        var form = JsonSerializer.SerializeToElement(
            new
            {
                title = "Find",
                callback_id = "find",
                elements = new[]
                {
                    new
                    {
                        display_name = "Customer",
                        name = "customer",
                        type = "select",
                        data_source = "dynamic",
                        data_source_url = url,
                        optional = true,
                    },
                },
            }
        );
        await stage.OpensAsync(form);
        // Only whether the client asks matters here: nobody answers at these addresses.
        stage.Town.Mm.Faults.Next(1, "POST", "/api/v4/actions/dialogs/lookup", Fault.Status(503));

        (await stage.Tam.OfferedIn("customer")).ShouldBeEmpty();

        stage
            .Town.Mm.Requests.Any(r => r.Path.EndsWith("/lookup", StringComparison.Ordinal))
            .ShouldBe(asks);
    }

    [Fact]
    public async Task The_old_end_has_no_dynamic_lists_and_no_steps()
    {
        await using var stage = await FormStage.StartAsync(SimulatorOptions.OldEnd);
        var form = await stage.OpensRecordedAsync("11.6/dialog-open-every-element");
        form["cust"].DataSourceUrl.ShouldBeNull();
        form["prods"].MultiSelect.ShouldBeFalse();
        stage.AnswersAs("11.6/dialog-step-1");

        (await stage.Tam.SubmitDialog()).Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task Several_are_chosen_by_what_the_reader_sees()
    {
        await using var stage = await FormStage.StartAsync();
        await stage.OpensRecordedAsync("11.6/dialog-open-every-element");

        var sent = (
            await stage.Tam.SubmitDialog(
                ("prods", "Desktop, Mobile"),
                ("people", "@tam, engineer"),
                ("due", new DateOnly(2026, 12, 24)),
                ("num", "7")
            )
        ).Sent;

        ((IEnumerable<string>)sent["prods"]!).ShouldBe(["desktop", "mobile"]);
        ((IEnumerable<string>)sent["people"]!).ShouldBe([
            stage.Town.Mm.GetUser("tam").Id,
            stage.Town.Mm.GetUser("engineer").Id,
        ]);
        sent["due"].ShouldBe("2026-12-24");
        sent["num"].ShouldBe(7L);
        await Should.ThrowAsync<ArgumentException>(async () =>
        {
            await stage.OpensRecordedAsync("11.6/dialog-open-every-element");
            await stage.Tam.FillIn(("due", new DateOnly(2027, 12, 24)));
        });
    }
}
