using Mattermost.Simulator;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Xunit;
using static Sidecar.Tests.Mattermost.ChatBench;

namespace Sidecar.Tests.Mattermost;

public sealed class PresenceTests
{
    [Theory]
    [InlineData("online", ChatStatus.Online)]
    [InlineData("away", ChatStatus.Away)]
    [InlineData("dnd", ChatStatus.DoNotDisturb)]
    [InlineData("ooo", ChatStatus.OutOfOffice)]
    [InlineData("offline", ChatStatus.Offline)]
    [InlineData("levitating", ChatStatus.Offline)]
    public async Task A_status_is_read(string said, ChatStatus status)
    {
        await using var bench = await Start();
        bench.Server.SetStatus("engineer", said);

        (await Of(bench, "engineer")).ShouldBe(
            new ChatPresence(Id(bench, "engineer"), status, null, "", "")
        );
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Do_not_disturb_says_until_when()
    {
        await using var bench = await Start();
        var until = bench.Clock.GetUtcNow().AddHours(2);
        bench.Server.SetStatus("engineer", "dnd", until);
        bench.Server.SetCustomStatus("engineer", "Focus", until: until.AddHours(1));

        var presence = await Of(bench, "engineer");

        presence.Until.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(until.ToUnixTimeSeconds()));
        (presence.CustomText, presence.CustomEmoji).ShouldBe(("Focus", "calendar"));
    }

    [Fact]
    public async Task A_server_that_does_not_know_when_it_ends_says_nothing_about_it()
    {
        await using var bench = await Start("5.37.0");
        var until = bench.Clock.GetUtcNow().AddHours(2);
        bench.Server.SetStatus("engineer", "dnd", until);
        bench.Server.SetCustomStatus("engineer", "Focus", until: until);

        (await Of(bench, "engineer")).Until.ShouldBeNull();
    }

    [Fact]
    public async Task A_custom_status_counts_until_it_runs_out()
    {
        await using var bench = await Start();
        var until = bench.Clock.GetUtcNow().AddMinutes(30);
        bench.Server.SetStatus("engineer", "online");
        bench.Server.SetCustomStatus("engineer", "In a meeting", "calendar", until);
        var id = Id(bench, "engineer");

        (await Of(bench, "engineer")).ShouldBe(
            new ChatPresence(id, ChatStatus.Online, until, "In a meeting", "calendar")
        );
        bench.Clock.Advance(TimeSpan.FromMinutes(30));
        (await Of(bench, "engineer")).ShouldBe(
            new ChatPresence(id, ChatStatus.Online, null, "", "")
        );

        bench.Server.SetCustomStatus("engineer", "On holiday");
        var open = await Of(bench, "engineer");
        (open.CustomText, open.Until).ShouldBe(("On holiday", null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"emoji\":7}")]
    [InlineData("{\"text\":null,\"expires_at\":\"soon\"}")]
    public async Task What_people_write_there_themselves_breaks_nothing(string written)
    {
        await using var bench = await Start();
        bench.Server.ChangeUser("engineer", u => u with { CustomStatus = written });

        var presence = await Of(bench, "engineer");

        (presence.CustomText, presence.CustomEmoji, presence.Until).ShouldBe(("", "", null));
    }

    [Fact]
    public async Task Who_has_no_account_is_left_out_and_the_others_come_in_order()
    {
        await using var bench = await Start();
        bench.Server.AddUser("lead");
        bench.Server.AddUser("gone");
        bench.Server.SetActive("gone", active: false);
        UserId[] asked =
        [
            Id(bench, "lead"),
            new("abcdefghijklmnopqrstuvwxyz"),
            Id(bench, "gone"),
            new("short"),
            Id(bench, "engineer"),
            Id(bench, "lead"),
        ];

        (await bench.Chat.Presences(asked, Cancel))
            .Select(p => p.Person)
            .ShouldBe([asked[0], asked[4]]);
        (await bench.Chat.Presences([], Cancel)).ShouldBeEmpty();
        (await bench.Chat.Presences([asked[3]], Cancel)).ShouldBeEmpty();
        bench.Server.Violations.ShouldBeEmpty();
    }

    private static async Task<ChatPresence> Of(ChatBench bench, string name) =>
        (await bench.Chat.Presences([Id(bench, name)], Cancel)).ShouldHaveSingleItem();

    private static UserId Id(ChatBench bench, string name) => new(bench.Server.GetUser(name).Id);
}
