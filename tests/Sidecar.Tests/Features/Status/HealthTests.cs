using Mattermost.Simulator;
using Shouldly;
using Sidecar.Interactions;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Status;

/// <summary>What the doctor finds, asked for in the chat.</summary>
public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UP_1_An_administrator_sees_that_all_is_well(bool isPlugin)
    {
        await using var desk = await Open(isPlugin);

        var answer = (await desk.Types(Desk.Admin, "/escalate doctor")).Text;

        answer.ShouldNotContain(":red_circle:");
        // Beside Mattermost the panel is an archive of its own, which this one does not have.
        answer.ShouldContain(
            isPlugin ? "things were checked" : "1 thing needs a look",
            Case.Sensitive,
            answer
        );
        desk.Mattermost.Posts(Desk.Square).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UP_1_What_is_wrong_is_said_with_what_it_means_and_what_to_do(bool isPlugin)
    {
        await using var desk = await Open(isPlugin);
        desk.Mattermost.Faults.Next(1, "GET", "/api/v4/websocket", Fault.Status(502));

        var answer = (await desk.Types(Desk.Admin, "/escalate doctor")).Text;

        answer.ShouldContain("502 BadGateway");
        answer.ShouldContain("Reactions to cards are not heard");
        answer
            .Replace("\\", "", StringComparison.Ordinal)
            .ShouldContain("proxy_set_header Upgrade");
    }

    [Fact]
    public async Task UP_1_Settings_with_which_it_would_not_start_again_are_told()
    {
        await using var desk = await Open(isPlugin: false);
        await desk.Sets("""{ "nonsense": true }""");

        var answer = (await desk.Types(Desk.Admin, "/escalate doctor")).Text;

        answer.ShouldContain("1 thing does not work");
        answer.ShouldContain("nonsense");
        answer.ShouldContain("What to do:");
    }

    [Fact]
    public async Task UP_1_A_bot_without_a_team_is_told()
    {
        await using var desk = await Open(isPlugin: true);
        using var http = new HttpClient { BaseAddress = desk.Mattermost.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", desk.Mattermost.AdminToken);
        using var left = await http.DeleteAsync(
            $"/api/v4/teams/{desk.Mattermost.Teams[0].Id}/members/{desk.Bot.Id}",
            Cancel
        );
        left.EnsureSuccessStatusCode();

        (await desk.Types(Desk.Admin, "/escalate doctor")).Text.ShouldContain("is in no team");
    }

    [Fact]
    public async Task UP_1_Nobody_else_sees_it()
    {
        await using var desk = await Open(isPlugin: false);

        var answer = (await desk.Types("lead", "/escalate doctor")).Text;

        answer.ShouldContain("administrator");
        answer.ShouldNotContain("looked at");
    }

    private static Task<Desk> Open(bool isPlugin) =>
        Desk.Open(
            given: (settings, _) =>
                settings with
                {
                    RunBy = isPlugin ? new RunningServer("chat-1", "1") : null,
                }
        );
}
