using Shouldly;
using Sidecar.Settings;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>Somebody changed something in Mattermost: set-up mends it, says so, and then has nothing more to do.</summary>
public sealed class DriftTests
{
    [Fact]
    public Task A_changed_command_address() =>
        IsMended(
            bench => bench.ChangeCommand(c => c with { Url = "http://example.com/elsewhere" }),
            "repaired   team ops: command /escalate: its URL was \"http://example.com/elsewhere\""
        );

    [Fact]
    public Task A_changed_autocomplete_hint() =>
        IsMended(
            bench => bench.ChangeCommand(c => c with { AutoCompleteHint = "old" }),
            "its autocomplete hint was \"old\""
        );

    [Fact]
    public Task A_regenerated_command_token() =>
        IsMended(
            bench =>
                bench.Api(
                    "PUT",
                    $"commands/{bench.Mattermost.CommandsOf("ops").Single().Id}/regen_token"
                ),
            "its token had been regenerated"
        );

    [Fact]
    public Task A_deleted_command() =>
        IsMended(
            bench =>
                bench.Api("DELETE", $"commands/{bench.Mattermost.CommandsOf("ops").Single().Id}"),
            "repaired   team ops: command /escalate: it had been deleted"
        );

    [Fact]
    public Task A_regenerated_webhook_token() =>
        IsMended(
            bench =>
                bench.Api(
                    "POST",
                    $"hooks/outgoing/{bench.Mattermost.OutgoingHooks.Single().Id}/regen_token"
                ),
            "repaired   team ops: webhook sev1!: its token had been regenerated"
        );

    [Fact]
    public Task A_deleted_webhook() =>
        IsMended(
            bench =>
                bench.Api("DELETE", $"hooks/outgoing/{bench.Mattermost.OutgoingHooks.Single().Id}"),
            "repaired   team ops: webhook sev1!: it had been deleted"
        );

    [Fact]
    public Task A_deactivated_bot() =>
        IsMended(
            bench => bench.Api("POST", $"bots/{bench.File.Read().Bot.UserId}/disable"),
            "repaired   bot @escalate: it was deactivated"
        );

    [Fact]
    public Task A_revoked_bot_token() =>
        IsMended(
            bench =>
                bench.Api(
                    "POST",
                    "users/tokens/revoke",
                    new { token_id = bench.File.Read().Bot.TokenId }
                ),
            "repaired   access token of @escalate"
        );

    [Fact]
    public Task A_disabled_bot_token() =>
        IsMended(
            bench =>
                bench.Api(
                    "POST",
                    "users/tokens/disable",
                    new { token_id = bench.File.Read().Bot.TokenId }
                ),
            "repaired   access token of @escalate"
        );

    [Fact]
    public Task A_bot_that_left_the_team() =>
        IsMended(
            bench =>
                bench.Api(
                    "DELETE",
                    $"teams/{bench.Mattermost.Teams[0].Id}/members/{bench.File.Read().Bot.UserId}"
                ),
            "created    team ops: membership of @escalate"
        );

    [Fact]
    public Task A_lost_bot_token() =>
        IsMended(
            bench =>
            {
                var secrets = bench.File.Read();
                bench.File.Write(
                    secrets with
                    {
                        Bot = secrets.Bot with { TokenId = "", Token = Secret.None },
                    }
                );
                return Task.CompletedTask;
            },
            "removed    earlier token"
        );

    [Fact]
    public async Task A_lost_data_directory_is_made_again_without_doubles()
    {
        await using var bench = await SetupBench.Installed();
        Directory.Delete(bench.Data, recursive: true);

        (await bench.Install()).ShouldBe(ExitCode.Done, bench.Error);

        bench.Mattermost.CommandsOf("ops").ShouldHaveSingleItem();
        bench.Mattermost.OutgoingHooks.ShouldHaveSingleItem();
        (await bench.Api("GET", $"users/{bench.File.Read().Bot.UserId}/tokens"))!
            .AsArray()
            .ShouldHaveSingleItem();
        await bench.IsSettled();
    }

    private static async Task IsMended(Func<SetupBench, Task> harm, string says)
    {
        await using var bench = await SetupBench.Installed();
        await harm(bench);

        (await bench.InstallAgain()).ShouldBe(ExitCode.Done, bench.Error);

        bench.Output.ShouldContain(says);
        bench.File.Read().FirstGap().ShouldBeNull();
        await bench.IsSettled();
    }
}
