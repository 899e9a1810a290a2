using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

public sealed class RaiseFromMessageTests
{
    [Fact]
    public async Task ESC_1_A_messages_text_and_link_are_in_the_form()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        var message = await desk
            .Mattermost.As("engineer")
            .Post(Desk.Square, "Their search takes\n40 seconds");
        var link = $"{desk.Mattermost.Url}{Desk.Team}/pl/{message.Id}";
        await desk.Types("tam", $"/escalate message {link}");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["summary"].Default.ShouldBe("Their search takes 40 seconds");
        form["links"].Default.ShouldBe(link);
    }

    [Fact]
    public async Task ESC_1_A_message_that_the_person_may_not_read_is_answered_like_none()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("secret", type: "P");
        desk.Mattermost.Join("secret", "lead");
        desk.Mattermost.Join("secret", "escalate");
        var message = await desk.Mattermost.As("lead").Post("secret", "Nobody may know");
        var there = $"{desk.Mattermost.Url}{Desk.Team}/pl/{message.Id}";
        var nowhere = $"{desk.Mattermost.Url}{Desk.Team}/pl/{new string('y', 26)}";
        var answer = (await desk.Types("tam", $"/escalate message {there}")).Text;
        answer.ShouldBe((await desk.Types("tam", $"/escalate message {nowhere}")).Text);
        answer.ShouldNotContain("Nobody may know");
        desk.Mattermost.OpenDialogOf("tam").ShouldBeNull();
    }

    [Theory]
    [InlineData("O", false)]
    [InlineData("P", true)]
    public async Task U26_What_was_said_in_private_is_not_carried_elsewhere_without_a_word(
        string type,
        bool says
    )
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("ops", type: type);
        desk.Mattermost.Join("ops", "tam");
        desk.Mattermost.Join("ops", "escalate");
        var message = await desk.Mattermost.As("tam").Post("ops", "They may leave us");
        var link = $"{desk.Mattermost.Url}{Desk.Team}/pl/{message.Id}";
        await desk.Types("tam", $"/escalate message {link}");
        (desk.Mattermost.OpenDialogOf("tam")!.IntroductionText ?? "")
            .Contains("not written in a public channel", StringComparison.Ordinal)
            .ShouldBe(says);
    }
}
