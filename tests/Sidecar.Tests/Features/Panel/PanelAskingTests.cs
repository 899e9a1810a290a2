using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Interactions;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>How the panel asks: its form, who may, and what somebody reads who types it.</summary>
public sealed class PanelAskingTests
{
    [Theory]
    [InlineData("panel")]
    [InlineData("panel list")]
    [InlineData("""panel {"v":2,"get":"list","of":"open"}""")]
    [InlineData("""PANEL  "{"v":2,"get":"mine"}" """)]
    public async Task Whoever_types_it_reads_what_it_is_for(string typed)
    {
        await using var desk = await Desk.Open();
        var outcome = await desk.Types("tam", $"/escalate {typed}");
        outcome.Text.ShouldContain("Escalate panel in the browser");
        outcome.Text.ShouldContain("`/escalate list`");
        outcome.Props?.TryGetProperty("escalate", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_not_among_what_people_are_offered()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", "/escalate help")).Text.ShouldNotContain("panel");
        desk.Parts.GetRequiredService<CommandParser>().Hint.Split(" | ").ShouldNotContain("panel");
    }

    [Theory]
    [InlineData("", "notUnderstood")]
    [InlineData("{", "notUnderstood")]
    [InlineData("[]", "notUnderstood")]
    [InlineData("null", "notUnderstood")]
    [InlineData("""{"v":"1"}""", "notUnderstood")]
    [InlineData("""{"v":2}""", "notUnderstood")]
    [InlineData("""{"v":2,"get":"everything"}""", "notUnderstood")]
    [InlineData("""{"v":2,"get":"list"}""", "notUnderstood")]
    [InlineData("""{"v":2,"get":"list","of":"theirs"}""", "notUnderstood")]
    [InlineData("""{"v":2,"get":"list","of":"open","after":"ACME-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"get":"list","of":"open","after":"!.!"}""", "notUnderstood")]
    [InlineData("""{"v":2,"get":"escalation"}""", "notUnderstood")]
    [InlineData("""{"v":2,"get":"escalation","id":"ESC-99"}""", "notFound")]
    [InlineData("""{"v":2,"get":"timeline","id":"ESC-99"}""", "notFound")]
    [InlineData("""{"v":2,"move":"explode","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"move":"close"}""", "notUnderstood")]
    [InlineData("""{"v":2,"run":"panel {}"}""", "notUnderstood")]
    [InlineData("""{"v":2,"run":"PANEL x"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"explode","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"take"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"done","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"backUp","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"take","id":"ASG-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"done","task":"1.1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"done","task":"first","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"due","task":"2","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"take","task":"1.1","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"act":"0","task":"1.1","id":"ESC-1"}""", "notUnderstood")]
    [InlineData("""{"v":2,"step":"Explode"}""", "notUnderstood")]
    [InlineData("""{"v":2,"step":"0"}""", "notUnderstood")]
    [InlineData("""{"v":1,"get":"list","of":"open"}""", "version")]
    [InlineData("""{"v":3,"get":["list"],"id":1}""", "version")]
    [InlineData("""{"get":"list","of":"open"}""", "version")]
    public async Task What_can_not_be_answered_is_told_with_its_reason(string asked, string code)
    {
        await using var desk = await Desk.Open();
        var outcome = await desk.Types("tam", $"/escalate panel \u2063{asked}");
        outcome.Text.ShouldBeEmpty();
        var problem = outcome
            .Props.ShouldNotBeNull()
            .GetProperty("escalate")
            .GetProperty("problem");
        problem.Text("code").ShouldBe(code);
        problem.Text("text").ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("addMissing")]
    [InlineData("chooseCustomer")]
    public async Task X4_Who_may_not_write_customers_is_shown_none_by_a_form_of_the_panel(
        string act
    )
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("visitor");
        await desk.Meets("visitor");
        await desk.Types("visitor", "/escalate new acme sev2 Nobody can log in");
        var outcome = await desk.Types(
            "visitor",
            $$"""/escalate panel {{'\u2063'}}{"v":2,"act":"{{act}}","id":"ESC-1"}"""
        );
        desk.Mattermost.OpenDialogOf("visitor").ShouldBeNull();
        outcome
            .Props.ShouldNotBeNull()
            .GetProperty("escalate")
            .GetProperty("said")
            .Text("text")
            .ShouldNotBeNull()
            .ShouldContain("customer");
    }

    [Fact]
    public async Task ALL_3_ASG_4_A_guest_gets_no_data_and_no_posts_about_it()
    {
        await using var desk = await Desk.Open();
        await desk.Raised("The secret of Acme");
        foreach (
            var request in (object[])
                [
                    new
                    {
                        v = 2,
                        get = "list",
                        of = "open",
                    },
                    new
                    {
                        v = 2,
                        get = "escalation",
                        id = "ESC-1",
                    },
                    new
                    {
                        v = 2,
                        get = "timeline",
                        id = "ESC-1",
                    },
                    new { v = 2, get = "mine" },
                    new
                    {
                        v = 2,
                        move = "acknowledge",
                        id = "ESC-1",
                    },
                    new
                    {
                        v = 2,
                        move = "close",
                        id = "ESC-1",
                    },
                ]
        )
        {
            var answer = await desk.Asks("guest", request);
            answer.GetProperty("problem").Text("code").ShouldBe("mayNot");
            answer.GetRawText().ShouldNotContain("Acme");
        }

        var run = await desk.Asks("guest", new { v = 2, run = "show ESC-1" });
        run.GetProperty("said").GetProperty("isRefusal").GetBoolean().ShouldBeTrue();
        run.GetRawText().ShouldNotContain("Acme");
        (await desk.StateOf()).ShouldBe(
            Sidecar.Features.Escalations.Domain.EscalationState.Accepted
        );
    }

    [Fact]
    public async Task What_a_command_answers_is_data_instead_of_a_post()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        var said = (await desk.Asks("engineer", new { v = 2, run = "show ESC-1" })).GetProperty(
            "said"
        );
        said.GetProperty("isRefusal").GetBoolean().ShouldBeFalse();
        said.Text("text").ShouldBe((await desk.Types("engineer", "/escalate show ESC-1")).Text);

        var no = (await desk.Asks("tam", new { v = 2, run = "close ESC-1 done" })).GetProperty(
            "said"
        );
        no.GetProperty("isRefusal").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task U16_What_the_panel_refuses_for_a_role_says_how_somebody_who_has_it_is_asked()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised(by: "lead");
        foreach (
            var (request, line) in ((object, string)[])
                [
                    (
                        new
                        {
                            v = 2,
                            move = "resolve",
                            id = "ESC-1",
                        },
                        "resolve ESC-1"
                    ),
                    (
                        new
                        {
                            v = 2,
                            move = "acknowledge",
                            id = "ESC-1",
                        },
                        "ack ESC-1"
                    ),
                    (
                        new
                        {
                            v = 2,
                            act = "assign",
                            id = "ESC-1",
                        },
                        "assign ESC-1"
                    ),
                ]
        )
        {
            var said = (await desk.Asks("executive", request)).GetProperty("said");
            said.GetProperty("isRefusal").GetBoolean().ShouldBeTrue(line);
            said.Text("text")!
                .ShouldContain($"`/escalate ask {line}` asks for it", customMessage: line);
        }

        (await desk.Types("executive", "/escalate ask resolve ESC-1")).Text.ShouldContain(
            "I have asked"
        );
    }

    [Fact]
    public async Task A_command_in_the_panel_means_the_people_whom_it_mentions()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        var said = (
            await desk.Asks("lead", new { v = 2, run = "assign ESC-1 @engineer" })
        ).GetProperty("said");
        said.Text("text")!.ShouldContain("@engineer");
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
        var wrong = (await desk.Asks("lead", new { v = 2, run = "asign ESC-1" })).GetProperty(
            "said"
        );
        wrong.GetProperty("isRefusal").GetBoolean().ShouldBeTrue();
        wrong.Text("text")!.ShouldContain("assign");
    }

    [Fact]
    public async Task A_command_that_opens_a_form_opens_it()
    {
        await using var desk = await Desk.Open();
        var outcome = await desk.Runs("tam", new { v = 2, run = "new" });
        outcome.Text.ShouldBeEmpty();
        desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        outcome.Response.Text("trigger_id").ShouldNotBeNullOrEmpty();
    }
}
