using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Help;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Help;

/// <summary>Help on one screen, and a welcome for who is new (SET-3, SET-4).</summary>
public sealed class HelpTests
{
    /// <summary>What a laptop's window shows above the message box, with the command's own line.</summary>
    private const int Screen = 22;

    [Theory]
    [InlineData("tam", "What you do most as **technical account manager**", "/escalate new")]
    [InlineData("lead", "What you do most as **DE lead**", "/escalate assign ESC-1")]
    [InlineData(
        "engineer",
        "What you do most as **deployment engineer** and **support engineer**",
        "/escalate checkin"
    )]
    public async Task SET_4_Help_begins_with_what_the_readers_roles_do_most(
        string who,
        string title,
        string command
    )
    {
        await using var desk = await Desk.Open();
        var text = (await desk.Types(who, "/escalate help")).Text;
        text.ShouldStartWith($"#### {title}");
        text.Split("#### Everything else")[0].ShouldContain(command);
        text.Split('\n').Length.ShouldBeLessThanOrEqualTo(Screen);
    }

    [Fact]
    public async Task SET_4_Who_has_every_role_still_sees_one_screen()
    {
        await using var desk = await Desk.Open();
        await desk.Grants("tam", [.. Roles.All.Select(r => r.Role)]);
        var text = (await desk.Types("tam", "/escalate help")).Text;
        text.Split('\n').Length.ShouldBeLessThanOrEqualTo(Screen);
    }

    [Fact]
    public async Task SET_4_Who_has_no_role_sees_what_people_do_most()
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("newcomer");
        var text = (await desk.Types("newcomer", "/escalate help")).Text;
        text.ShouldStartWith("#### What people do most");
        text.ShouldContain("/escalate follow ESC-1");
    }

    [Fact]
    public async Task SET_4_Every_command_for_people_is_found_under_exactly_one_topic()
    {
        await using var desk = await Desk.Open();
        var parts = desk.Parts.GetRequiredService<RegisteredParts>();
        parts
            .Commands.Where(c => !c.Spec.IsInternal && c.Topic is null)
            .Select(c => c.Spec.Path)
            .ShouldBeEmpty();
        List<string> told = [];
        foreach (var topic in Topics.All)
        {
            var text = (await desk.Types("tam", $"/escalate help {topic.Word}")).Text;
            text.ShouldStartWith($"#### {topic.Title}");
            // Nobody asks for so much at once.
            await desk.Passes(TimeSpan.FromMinutes(1));
            told.AddRange(
                text.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            );
        }

        told.Count.ShouldBe(parts.Commands.Count(c => !c.Spec.IsInternal));
        told.Distinct().Count().ShouldBe(told.Count);
        // A topic's word must not hide a command's page.
        parts
            .Commands.Where(c => !c.Spec.PathWords.IsEmpty)
            .Select(c => c.Spec.PathWords[0])
            .Intersect(Topics.All.Select(t => t.Word))
            .ShouldBeEmpty();
    }

    [Fact]
    public void SET_3_SET_4_Every_role_has_its_commands_and_each_is_one()
    {
        var product = new FeatureBuilder(new ServiceCollection());
        Sidecar.Features.AllFeatures.Register(product);
        var paths = product
            .Build()
            .Commands.Where(c => !c.Spec.IsInternal)
            .Select(c => c.Spec.Path);
        foreach (var role in Roles.All)
        {
            MostUsed.ByRole[role.Role].Length.ShouldBe(MostUsed.PerRole, role.Code);
        }

        MostUsed
            .ByRole.Values.SelectMany(p => p)
            .Concat(MostUsed.WithoutRole)
            .Except(paths)
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("help ack", "#### `/escalate ack ESC-1`")]
    [InlineData("help acknowledge", "#### `/escalate ack ESC-1`")]
    [InlineData("help /escalate ack", "#### `/escalate ack ESC-1`")]
    [InlineData(
        "help engineer assign",
        "#### `/escalate engineer assign ASG-1 @engineer [@backup]`"
    )]
    [InlineData("help ENGINEER", "#### Engineer\n| Command | |")]
    [InlineData("help setting up", "#### Setting up\n| Command | |")]
    [InlineData("help escalate", "#### `/escalate`")]
    public async Task SET_4_A_command_has_its_page_and_a_topic_its_list(string typed, string begins)
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", $"/escalate {typed}")).Text.ShouldStartWith(begins);
    }

    [Theory]
    [InlineData(
        "help asign",
        "There is no command or topic “asign”. Did you mean `/escalate help assign`?"
    )]
    [InlineData(
        "help weather",
        "There is no command or topic “weather”. Topics: `/escalate help escalations`"
    )]
    public async Task SET_4_ALL_2_What_there_is_not_is_said_with_what_was_meant(
        string typed,
        string begins
    )
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", $"/escalate {typed}")).Text.ShouldStartWith(begins);
    }

    [Fact]
    public async Task SET_3_Who_types_a_command_for_the_first_time_is_told_three_of_them_once()
    {
        await using var desk = await Welcoming();
        await desk.Types("tam", "/escalate list");
        var told = desk.ToldTo("tam").ShouldHaveSingleItem();
        told.ShouldBe(
            """
            :wave: This is where customers’ emergencies and requests are raised, worked on and followed up: whoever has to do something is told, and reminded until it is done. As **technical account manager** you will use these most:
            - :rotating_light: **Emergency?** Begin a message in a public channel with `sev1! customer what is wrong`, or type `/escalate sev1 customer what is wrong`.
            - `/escalate new` Raise an escalation
            - `/escalate list` List escalations in the order of their priority
            - `/escalate engineer request` Request an assigned support engineer for a customer
            `/escalate help` shows the rest.
            """
        );
        await desk.Types("tam", "/escalate list");
        await desk.StopSidecar();
        await desk.StartSidecar();
        await desk.Types("tam", "/escalate list");
        desk.ToldTo("tam").Count.ShouldBe(1);
    }

    [Fact]
    public async Task SET_3_A_typing_error_is_a_first_time_too_and_help_needs_no_welcome()
    {
        await using var desk = await Welcoming();
        await desk.Types("lead", "/escalate help");
        desk.ToldTo("lead").ShouldBeEmpty();
        await desk.Types("lead", "/escalate lits");
        desk.ToldTo("lead").ShouldHaveSingleItem().ShouldContain("As **DE lead**");
    }

    [Fact]
    public async Task SET_3_Who_may_not_use_the_product_is_not_welcomed()
    {
        await using var desk = await Welcoming();
        await desk.Types("guest", "/escalate list");
        desk.ToldTo("guest")
            .ShouldNotContain(m => m.StartsWith(":wave:", StringComparison.Ordinal));
    }

    private static async Task<Desk> Welcoming()
    {
        var desk = await Desk.Open();
        await desk.StopSidecar();
        desk.Welcomes = true;
        await desk.StartSidecar();
        return desk;
    }
}
