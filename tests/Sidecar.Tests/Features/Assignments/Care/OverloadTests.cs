using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Availability;
using Sidecar.Features.Workload;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Care;

/// <summary>Somebody has more to do than fits, and the team helps (ASG-11).</summary>
public sealed class OverloadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASG_11_The_internal_channel_is_told_what_is_needed_and_how_much_there_is()
    {
        await using var desk = await Staff.Open();
        desk.Mattermost.AddChannel("help", type: "P", members: ["lead", "engineer", "escalate"]);
        await desk.Has(desk.Assignment());
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        (await desk.Types("product", "/escalate overload channel ~town-square")).Text.ShouldContain(
            "you need"
        );
        await desk.Types("lead", "/escalate overload channel here", "help");
        await desk.Types("lead", "/escalate internal mark here", "help");

        (
            await desk.Types("engineer", "/escalate overload The migration tonight @channel")
        ).Text.ShouldContain("knows now");

        var post = desk.Cards("help")[^1].Message;
        post.ShouldContain("@\u200Bengineer needs help");
        post.ShouldContain("The migration tonight");
        post.ShouldContain("1 assignment, 1 open Sev 2");
        post.ShouldContain("Assigned to Acme");
        post.ShouldNotContain("@channel");
        (await Find(desk)).ShouldNotBeNull().Need.ShouldStartWith("The migration");
    }

    [Theory]
    [InlineData("", "too-much")]
    [InlineData(" too much", "too-much")]
    [InlineData(" Too much work.", "too-much")]
    [InlineData(" overloaded", "too-much")]
    [InlineData(" Work outside usual hours", "outside-hours")]
    [InlineData(" outside hours", "outside-hours")]
    public async Task T6_Who_leaves_out_what_they_need_is_asked_and_nobody_is_told(
        string typed,
        string kind
    )
    {
        await using var desk = await Staff.Open();
        (await desk.Types("engineer", $"/escalate overload{typed}")).Text.ShouldBeEmpty();
        desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull()["kind"].Default.ShouldBe(kind);
        (await Find(desk)).ShouldBeNull();
        desk.ToldTo("cslead").ShouldNotContain(t => t.Contains("needs help"));
    }

    [Theory]
    [InlineData("off")]
    [InlineData("Off.")]
    [InlineData("none")]
    [InlineData("-")]
    [InlineData("done")]
    [InlineData("stop")]
    public async Task T6_A_word_for_nothing_ends_it(string typed)
    {
        await using var desk = await Staff.Open();
        (await desk.Types("engineer", $"/escalate overload {typed}")).Text.ShouldBe(
            "You were not marked as overloaded."
        );
        await desk.Types("engineer", "/escalate overload The migration tonight");
        (await Find(desk)).ShouldNotBeNull();
        (await desk.Types("engineer", $"/escalate overload {typed}")).Text.ShouldBe(
            "Good. You are suggested for new work again."
        );
        (await Find(desk)).ShouldBeNull();
    }

    [Fact]
    public async Task T6_Nobody_says_it_of_somebody_else()
    {
        await using var desk = await Staff.Open();
        (await desk.Types("tam", "/escalate overload @engineer")).Text.ShouldNotContain("marked");
        var said = (await desk.Types("engineer", "/escalate overload @engineer")).Text;
        said.ShouldContain("says so themselves");
        said.ShouldContain("Nothing was changed.");
        (await Find(desk)).ShouldBeNull();
    }

    [Fact]
    public async Task ASG_11_The_effect_has_a_version_without_names_for_where_outsiders_read()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment(kind: AssignmentKind.PreSales, name: "Secret Corp"));
        var person = desk.IdOf("engineer");
        var load = await desk.Parts.GetRequiredService<Loads>().Of(person, Cancel);
        var say = OverloadWords
            .InChannel(
                new Overload(person, OverloadKind.TooMuchWork, "Secret Corp", Desk.Morning),
                load,
                new(new Sidecar.Ids.ChannelId("id"), "help")
            )
            .ShouldBeOfType<Sidecar.Chat.Effect.Say>();
        say.IsInternal.ShouldBeTrue();
        say.Text.Show(_ => "engineer").ShouldContain("Secret Corp");
        var outside = say.Outside.ShouldNotBeNull().Text.Show(_ => "engineer");
        // Neither counts nor a hint: a board beside it may say that there is nothing (X5).
        outside.ShouldBe(
            ":rotating_light: @engineer needs help. Who can take something over? Please ask them."
        );
    }

    [Fact]
    public async Task ASG_11_Without_a_channel_the_CS_lead_is_told_and_it_is_said()
    {
        await using var desk = await Staff.Open();
        var answer = (await desk.Types("engineer", "/escalate overload Help")).Text;
        answer.ShouldContain("No internal support channel is set");
        answer.ShouldContain("I have told @cslead by direct message");
        desk.ToldTo("cslead").ShouldHaveSingleItem().ShouldContain("> Help");
        (await Find(desk)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ASG_11_Nobody_to_tell_is_said_and_still_marks()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("engineer", "/escalate overload Help")).Text.ShouldContain(
            "nobody is CS lead"
        );
        (await Find(desk)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ASG_11_Without_words_a_form_asks_what_it_is_about()
    {
        await using var desk = await Staff.Open();
        await desk.Types("engineer", "/escalate overload");
        (
            await desk.Submits("engineer", ("kind", "outside-hours"), ("need", "Tonight"))
        ).Closed.ShouldBeTrue();
        (await Find(desk))!.Kind.ShouldBe(OverloadKind.OutsideHours);
        desk.ToldTo("cslead").ShouldHaveSingleItem().ShouldContain("work outside usual hours");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_11_M1_The_form_sent_as_it_is_calls_for_help_no_second_time()
    {
        await using var desk = await Staff.Open();
        desk.Mattermost.AddChannel("help", type: "P", members: ["lead", "engineer", "escalate"]);
        await desk.Types("lead", "/escalate overload channel here", "help");
        await desk.Types("engineer", "/escalate overload The migration tonight");
        var calls = desk.Mattermost.Posts("help").Count;
        await desk.Types("engineer", "/escalate overload");
        (await desk.Submits("engineer")).Error.ShouldContain("Nothing was changed");
        desk.Mattermost.Posts("help").Count.ShouldBe(calls);
    }

    [Fact]
    public async Task ASG_11_Giving_an_escalation_to_somebody_overloaded_asks_for_confirmation()
    {
        await using var desk = await Staff.Open();
        await desk.Types("engineer", "/escalate overload Help");
        var card = await desk.Raised();

        var refused = await desk.Types("lead", "/escalate assign ESC-1 @engineer");
        refused.Text.ShouldContain("@engineer said that they are overloaded");
        refused.Text.ShouldContain("/escalate assign ESC-1 @engineer anyway");
        (await desk.Stored()).Owner.ShouldBeNull();

        var menu = await desk.Presses("lead", card, "Assign to…", desk.IdOf("engineer").Value);
        menu.Text.ShouldContain("/escalate assign ESC-1 @engineer anyway");
        (await desk.Stored()).Owner.ShouldBeNull();

        await desk.Types("lead", "/escalate assign ESC-1 @engineer anyway");
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
    }

    [Fact]
    public async Task ASG_11_ASG_3_Making_somebody_overloaded_the_back_up_asks_for_confirmation()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Types("third", "/escalate overload Help");
        var line = "/escalate engineer backup ASG-1 @third";
        (await desk.Types("cslead", line)).Text.ShouldContain(
            "Confirm that they are to be assigned"
        );
        desk.Mattermost.OpenDialogOf("cslead")
            .ShouldNotBeNull()
            .IntroductionText.ShouldContain("@third said that they are overloaded");
        (await desk.Kept()).BackUp.ShouldBeNull();
        (await desk.Submits("cslead")).Closed.ShouldBeTrue();
        (await desk.Kept()).BackUp.ShouldBe(desk.IdOf("third"));
        await desk.Types("third", "/escalate overload over");
        await desk.Types("cslead", "/escalate engineer backup ASG-1 none");
        (await desk.Types("cslead", line)).Text.ShouldContain("is the back-up");
    }

    [Fact]
    public async Task ASG_11_Taking_it_oneself_needs_no_confirmation_and_having_no_right_is_said_first()
    {
        await using var desk = await Staff.Open();
        await desk.Types("engineer", "/escalate overload Help");
        await desk.Raised();
        (await desk.Types("product", "/escalate assign ESC-1 @engineer")).Text.ShouldContain(
            "you need"
        );
        await desk.Types("engineer", "/escalate assign ESC-1 @engineer");
        (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
    }

    [Fact]
    public async Task ASG_11_It_ends_when_they_say_so_or_a_lead_does()
    {
        await using var desk = await Staff.Open();
        (await desk.Types("engineer", "/escalate overload over")).Text.ShouldContain("not marked");
        await desk.Types("engineer", "/escalate overload Help");
        (await desk.Types("tam", "/escalate overload over @engineer")).Text.ShouldContain(
            "you need"
        );
        (await Find(desk)).ShouldNotBeNull();
        await desk.Types("lead", "/escalate overload over @engineer");
        (await Find(desk)).ShouldBeNull();
        desk.ToldTo("engineer").ShouldContain(t => t.Contains("not overloaded any more"));
        await desk.Types("engineer", "/escalate overload Again");
        await desk.Types("engineer", "/escalate overload over");
        (await Find(desk)).ShouldBeNull();
    }

    [Fact]
    public async Task ASG_11_ALL_2_Too_long_a_text_is_refused_and_given_back()
    {
        await using var desk = await Staff.Open();
        var text = new string('x', Overload.MaxNeedLength + 1);
        (await desk.Types("engineer", $"/escalate overload {text}")).Text.ShouldContain("2001");
        (await Find(desk)).ShouldBeNull();
    }

    private static async Task<Overload?> Find(Desk desk) =>
        await desk.Parts.GetRequiredService<Overloads>().Find(desk.IdOf("engineer"), Cancel);
}
