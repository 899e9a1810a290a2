using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>Looking at what is set changes nothing, and what was not named stays (ESC-3, ESC-8, UPD-2).</summary>
public sealed class TeamSetupTests
{
    [Fact]
    public async Task ESC_3_The_team_alone_shows_its_channel_and_only_off_takes_it_away()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("lead", "/escalate team channel support")).Text.ShouldContain(
            "has no channel"
        );
        await desk.Types("lead", "/escalate team channel support here");
        var shown = (await desk.Types("lead", "/escalate team channel support")).Text;
        shown.ShouldContain("come to ~town-square");
        shown.ShouldContain("`/escalate team channel support off`");
        (await desk.Types("lead", "/escalate team list")).Text.ShouldContain("~town-square");

        (await desk.Types("lead", "/escalate team channel support off")).Text.ShouldContain(
            "has no channel any more"
        );
        await desk.Types("lead", "/escalate team channel support ~town-square");
        await desk.Types("lead", "/escalate team channel support none");
        (await desk.Types("lead", "/escalate team list")).Text.ShouldNotContain("~town-square");
    }

    [Fact]
    public async Task ESC_3_A_direct_message_is_no_channel_of_a_team()
    {
        await using var desk = await Desk.Open();
        var mine = desk.Mattermost.DirectChannel("lead", "escalate").Id;
        (await desk.Types("lead", "/escalate team channel support here", mine)).Text.ShouldContain(
            "A direct message is not a channel"
        );
    }

    [Fact]
    public async Task UPD_2_Off_takes_all_broadcast_channels_of_a_severity_away()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddChannel("outages", members: ["lead", "escalate"]);
        (await desk.Types("lead", "/escalate broadcast sev2 off")).Text.ShouldContain(
            "already posted to no other channel"
        );
        await desk.Types("lead", "/escalate broadcast sev2 ~outages");
        (await desk.Types("lead", "/escalate broadcast sev2 here")).Text.ShouldContain(
            "are posted to ~town-square"
        );
        (await desk.Types("lead", "/escalate broadcast sev2 off")).Text.ShouldBe(
            "Status updates of Sev 2 are not posted to ~outages and ~town-square any more."
        );
        (await desk.Types("lead", "/escalate broadcast")).Text.ShouldNotContain("~outages");
        (await desk.Types("lead", "/escalate broadcast off")).Text.ShouldContain(
            "Of which severity?"
        );
    }

    [Fact]
    public async Task ESC_8_Naming_who_is_on_duty_leaves_the_back_up()
    {
        await using var desk = await Desk.Open();
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Types("lead", "/escalate duty @engineer @backup");
        (await desk.Types("lead", "/escalate duty @lead")).Text.ShouldBe(
            "On duty: @lead, backed up by @backup."
        );
        (await desk.Types("lead", "/escalate duty @engineer @engineer")).Text.ShouldContain(
            "can’t back themselves up"
        );
        (await desk.Types("lead", "/escalate team list")).Text.ShouldContain(
            "On duty: @lead · back-up: @backup"
        );
        (await desk.Types("lead", "/escalate duty @engineer none")).Text.ShouldBe(
            "On duty: @engineer, with nobody to back them up."
        );
        await desk.Types("lead", "/escalate duty @engineer @backup");
        (await desk.Types("lead", "/escalate duty @backup")).Text.ShouldBe(
            "On duty: @backup, with nobody to back them up."
        );
    }

    [Fact]
    public async Task DLG_5_Who_is_put_on_duty_is_told_once_by_whom()
    {
        await using var desk = await Desk.Open();
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Types("lead", "/escalate duty @engineer @backup");
        await desk.Types("lead", "/escalate duty @engineer @backup");
        desk.ToldTo("engineer")
            .ShouldHaveSingleItem()
            .ShouldStartWith(":pager: You are on duty now: @lead has put you there.");
        desk.ToldTo("backup")
            .ShouldHaveSingleItem()
            .ShouldStartWith(":pager: You back up @engineer, who is on duty");

        // The back-up of another one is the same part; who puts themselves on duty knows it.
        await desk.Types("lead", "/escalate duty @lead");
        desk.ToldTo("backup").Count.ShouldBe(1);
        desk.ToldTo("lead").ShouldBeEmpty();
        desk.ToldTo("engineer")[^1]
            .ShouldBe(":pager: You are not on duty any more: @lead has put @lead there.");
        await desk.Types("lead", "/escalate duty @backup @engineer");
        desk.ToldTo("backup")[^1].ShouldContain("You are on duty now");
        desk.ToldTo("engineer")[^1].ShouldContain("You back up @backup");
        await desk.Types("lead", "/escalate duty @backup none");
        desk.ToldTo("engineer")[^1]
            .ShouldBe(
                ":pager: You do not back up whoever is on duty any more: @lead has put nobody there."
            );
        // One part for another is no part that ended; who takes themselves off knows it.
        desk.ToldTo("backup").ShouldNotContain(t => t.Contains("any more"));
        desk.ToldTo("lead").ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_8_Who_is_on_duty_and_may_do_nothing_about_it_is_named_with_what_to_do()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("lead", "/escalate duty @tam")).Text.ShouldEndWith(
            ":warning: @tam has no role that may acknowledge or work on escalations. An administrator gives them one: `/escalate role grant @tam de`"
        );
        (await desk.Types("lead", "/escalate duty @engineer none")).Text.ShouldNotContain(
            ":warning:"
        );
    }
}
