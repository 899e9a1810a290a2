using Mattermost.Simulator;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Text;
using Xunit;
using static Sidecar.Tests.Mattermost.ChatBench;

namespace Sidecar.Tests.Mattermost;

/// <summary>Channels of the bot's own: opened, filled, titled, and what stands in the way of it.</summary>
public sealed class ChannelTests
{
    [Theory]
    [InlineData(true, "P")]
    [InlineData(false, "O")]
    public async Task A_channel_is_opened_in_the_team_of_the_one_beside(bool isPrivate, string type)
    {
        await using var bench = await Start();
        bench.Server.AddTeam("other");
        var beside = bench.Server.AddChannel("elsewhere", "other", members: "escalate");
        var wanted = Wanted(bench) with
        {
            Beside = new ChannelId(beside.Id),
            IsPrivate = isPrivate,
        };
        await Fails(() => bench.Chat.OpenChannel(wanted, Cancel));
        wanted = wanted with { Beside = bench.Room };

        var opened = await bench.Chat.OpenChannel(wanted, Cancel);

        var channel = bench.Server.GetChannel(opened.Id.Value);
        opened.Name.ShouldBe("sev1-abc-20260131");
        (channel.Type, channel.Name).ShouldBe((type, "sev1-abc-20260131"));
        channel.TeamId.ShouldBe(bench.Server.GetChannel("war-room").TeamId);
        channel.DisplayName.ShouldBe("Sev 1: ABC");
        channel.Purpose.ShouldBe("ESC-12 · Nobody can pay");
        channel.CreatorId.ShouldBe(bench.Bot.Id);
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Beside_a_direct_message_it_is_opened_in_the_bots_first_team()
    {
        await using var bench = await Start();
        var direct = bench.Server.DirectChannel("engineer", "escalate");
        var wanted = Wanted(bench) with { Beside = new ChannelId(direct.Id) };

        var opened = await bench.Chat.OpenChannel(wanted, Cancel);

        bench
            .Server.GetChannel(opened.Id.Value)
            .TeamId.ShouldBe(bench.Server.GetChannel("war-room").TeamId);
    }

    [Fact]
    public async Task Beside_a_channel_that_the_bot_can_not_see_its_only_team_is_meant()
    {
        await using var bench = await Start();
        var secret = bench.Server.AddChannel("secret", type: "P", members: "engineer");
        var wanted = Wanted(bench) with { Beside = new ChannelId(secret.Id) };
        (await bench.Chat.OpenChannel(wanted, Cancel)).Name.ShouldBe("sev1-abc-20260131");

        var more = bench.Server.AddTeam("more");
        await bench
            .Server.As("admin")
            .Request(
                HttpMethod.Post,
                $"/api/v4/teams/{more.Id}/members",
                new { team_id = more.Id, user_id = bench.Bot.Id }
            );
        var refused = await Fails(() =>
            bench.Chat.OpenChannel(wanted with { Marker = "ESC-13" }, Cancel)
        );
        refused.Obstacle.ShouldBe(ChatObstacle.NotAdmitted);
    }

    [Fact]
    public async Task The_same_channel_comes_again_whatever_became_of_the_first_try()
    {
        await using var bench = await Start();
        bench.Server.Faults.Next(1, "POST", "/api/v4/channels", Fault.ResetAfter);
        (await Fails(() => Open(bench))).Problem.ShouldBe(ChatProblem.Uncertain);

        var again = await Open(bench);
        var third = await Open(bench);

        third.ShouldBe(again);
        Opened(bench).ShouldBe(["sev1-abc-20260131"]);
    }

    [Fact]
    public async Task The_last_channel_that_the_team_may_have_comes_again_too()
    {
        await using var bench = await Start();
        bench.Server.Configure("TeamSettings.MaxChannelsPerTeam", bench.Server.Channels.Count + 1);
        var opened = await Open(bench);

        (await Open(bench)).ShouldBe(opened);
        var full = await Fails(() => Open(bench, "ESC-13"));

        (full.Problem, full.Obstacle).ShouldBe((ChatProblem.Refused, ChatObstacle.TooManyChannels));
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_number()
    {
        await using var bench = await Start();
        bench.Server.AddChannel("sev1-abc-20260131", type: "P", members: "engineer");
        var second = await Open(bench);
        var third = await Open(bench, "ESC-1");
        bench.Server.Archive(third.Id.Value);
        var fourth = await Open(bench, "ESC-1");

        (second.Name, third.Name, fourth.Name).ShouldBe(
            ("sev1-abc-20260131-2", "sev1-abc-20260131-3", "sev1-abc-20260131-4")
        );
        (await Open(bench)).ShouldBe(second);
        (await Open(bench, "ESC-1")).ShouldBe(fourth);
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_channel_with_our_purpose_is_not_ours()
    {
        await using var bench = await Start();
        await bench
            .Server.As("engineer")
            .Request(
                HttpMethod.Post,
                "/api/v4/channels",
                new
                {
                    team_id = bench.Server.GetChannel("war-room").TeamId,
                    name = "sev1-abc-20260131",
                    display_name = "mine",
                    type = "O",
                    purpose = "ESC-12 · mine",
                }
            );

        (await Open(bench)).Name.ShouldBe("sev1-abc-20260131-2");
    }

    [Fact]
    public async Task When_all_names_are_taken_it_is_refused()
    {
        await using var bench = await Start();
        bench.Server.AddChannel("sev1-abc-20260131");
        for (var number = 2; number <= 50; number++)
        {
            bench.Server.AddChannel($"sev1-abc-20260131-{number}");
        }

        var refused = await Fails(() => Open(bench));

        refused.Problem.ShouldBe(ChatProblem.Refused);
        refused.Message.ShouldContain("taken");
    }

    [Theory]
    [InlineData(true, "create_private_channel")]
    [InlineData(false, "create_public_channel")]
    public async Task A_bot_that_may_not_open_channels_says_so(bool isPrivate, string permission)
    {
        await using var bench = await Start();
        bench.Server.Forbid(permission);

        var refused = await Fails(() =>
            bench.Chat.OpenChannel(Wanted(bench) with { IsPrivate = isPrivate }, Cancel)
        );

        (refused.Problem, refused.Obstacle).ShouldBe(
            (ChatProblem.Refused, ChatObstacle.MayNotOpenChannels)
        );
        bench.Server.Allow(permission);
        await bench.Chat.OpenChannel(Wanted(bench) with { IsPrivate = isPrivate }, Cancel);
    }

    [Fact]
    public async Task A_bot_in_no_team_may_not_open_channels()
    {
        await using var bench = await Start();
        bench.Server.LeaveTeam("escalate");

        (await Fails(() => Open(bench))).Obstacle.ShouldBe(ChatObstacle.MayNotOpenChannels);
    }

    [Fact]
    public async Task Title_and_purpose_are_cut_to_what_fits()
    {
        await using var bench = await Start();
        var wanted = Wanted(bench) with
        {
            Title = string.Concat(Enumerable.Repeat("😀", 70)),
            Purpose = new string('é', 300),
            Name = new string('x', 90),
        };

        var opened = await bench.Chat.OpenChannel(wanted, Cancel);
        (await bench.Chat.OpenChannel(wanted, Cancel)).ShouldBe(opened);

        var channel = bench.Server.GetChannel(opened.Id.Value);
        channel.DisplayName.EnumerateRunes().Count().ShouldBe(64);
        channel.Purpose.Length.ShouldBe(250);
        channel.Name.Length.ShouldBe(64);
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sev1-abc-20260131", 1, "sev1-abc-20260131")]
    [InlineData("sev1-abc-20260131", 12, "sev1-abc-20260131-12")]
    [InlineData("Sev1 Ünïted Ärzte & Söhne", 1, "sev1-united-arzte-sohne")]
    [InlineData("--a__b--", 1, "a_b")]
    [InlineData("日本", 1, "channel")]
    [InlineData("日本", 2, "channel-2")]
    [InlineData("x", 1, "channel")]
    [InlineData("", 3, "channel-3")]
    public void A_name_is_made_to_fit(string wanted, int number, string name) =>
        ChannelNames.Fit(wanted, number).ShouldBe(name);

    [Fact]
    public void A_long_name_keeps_its_number()
    {
        var name = ChannelNames.Fit(new string('x', 61) + "-yz", 7);
        name.ShouldBe(new string('x', 61) + "-7");
        ChannelNames.Fit(new string('x', 80), 50).Length.ShouldBe(64);
    }

    [Fact]
    public async Task People_are_added_once_and_the_channel_is_told()
    {
        await using var bench = await Start();
        var opened = await Open(bench);

        await Admit(bench, opened.Id, "engineer");
        await Admit(bench, opened.Id, "engineer");

        bench.Server.MembersOf(opened.Id.Value).ShouldBe(["escalate", "engineer"]);
        bench
            .Server.Posts(opened.Id.Value, withSystemMessages: true)
            .Select(p => p.Type)
            .ShouldBe(["system_join_channel", "system_add_to_channel"]);
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_keeps_people_out_is_told_apart()
    {
        await using var bench = await Start();
        var opened = await Open(bench);
        bench.Server.AddTeam("other");
        bench.Server.AddUser("outside", "other");
        bench.Server.AddUser("left");
        bench.Server.LeaveTeam("left");
        bench.Server.AddUser("gone");
        bench.Server.SetActive("gone", active: false);

        (await Admission(bench, opened.Id, "outside")).ShouldBe(ChatObstacle.NotInTeam);
        (await Admission(bench, opened.Id, "left")).ShouldBe(ChatObstacle.NotInTeam);
        (await Admission(bench, opened.Id, "gone")).ShouldBe(ChatObstacle.NoAccount);
        foreach (var nobody in (string[])["abcdefghijklmnopqrstuvwxyz", "short"])
        {
            var missing = await Fails(() =>
                bench.Chat.Admit(opened.Id, new UserId(nobody), Cancel)
            );
            (missing.Problem, missing.Obstacle).ShouldBe(
                (ChatProblem.Missing, ChatObstacle.NoAccount)
            );
        }

        var nowhere = new ChannelId("abcdefghijklmnopqrstuvwxyz");
        (await Admission(bench, nowhere, "engineer")).ShouldBe(ChatObstacle.NoChannel);
        var secret = bench.Server.AddChannel("secret", type: "P");
        (await Admission(bench, new ChannelId(secret.Id), "engineer")).ShouldBe(
            ChatObstacle.NotAdmitted
        );
        bench.Server.Forbid("manage_private_channel_members");
        (await Admission(bench, opened.Id, "engineer")).ShouldBe(ChatObstacle.MayNotAdd);
        bench.Server.Archive(opened.Id.Value);
        (await Admission(bench, opened.Id, "engineer")).ShouldBe(ChatObstacle.Archived);
        bench.Server.MembersOf(opened.Id.Value).ShouldBe(["escalate"]);
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_header_is_set_once_and_shows_names()
    {
        await using var bench = await Start();
        var lead = new UserId(bench.Server.GetUser("engineer").Id);
        var header = Markdown.Of($"IC {lead} · {Markdown.Typed("*not bold*")}");

        await bench.Chat.SetHeader(bench.Room, header, Cancel);
        await bench.Chat.SetHeader(bench.Room, header, Cancel);

        bench.Server.ChannelHeader("war-room").ShouldBe(@"IC @engineer · \*not bold\*");
        bench
            .Server.Posts("war-room", withSystemMessages: true)
            .ShouldHaveSingleItem()
            .Type.ShouldBe("system_header_change");
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_header_that_is_too_long_is_cut()
    {
        await using var bench = await Start();
        var header = Markdown.Typed(string.Join(' ', Enumerable.Repeat("😀wörd", 400)));

        await bench.Chat.SetHeader(bench.Room, header, Cancel);
        await bench.Chat.SetHeader(bench.Room, header, Cancel);

        var shown = bench.Server.ChannelHeader("war-room");
        shown.EnumerateRunes().Count().ShouldBeInRange(900, 1024);
        shown.ShouldEndWith("…");
        bench.Server.Posts("war-room", withSystemMessages: true).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_keeps_a_header_from_being_set_is_told_apart()
    {
        await using var bench = await Start();
        var opened = await Open(bench);
        bench.Server.Forbid("manage_private_channel_properties");
        (await Heading(bench, opened.Id)).ShouldBe(ChatObstacle.MayNotChangeHeader);
        bench.Server.Allow("manage_private_channel_properties");
        bench.Server.Archive(opened.Id.Value);
        (await Heading(bench, opened.Id)).ShouldBe(ChatObstacle.Archived);
        var nowhere = new ChannelId("abcdefghijklmnopqrstuvwxyz");
        (await Heading(bench, nowhere)).ShouldBe(ChatObstacle.NoChannel);
        var secret = bench.Server.AddChannel("secret", type: "P");
        (await Heading(bench, new ChannelId(secret.Id))).ShouldBe(ChatObstacle.NotAdmitted);
    }

    [Fact]
    public async Task Where_the_bot_may_join_it_comes_back_to_do_its_work()
    {
        await using var bench = await Start();
        var at = await bench.Says("hello", new EffectId("one"));
        bench.Server.Leave("war-room", "escalate");
        await bench.Chat.SetHeader(bench.Room, Markdown.Typed("one"), Cancel);
        bench.Server.Leave("war-room", "escalate");
        bench.Server.AddUser("lead");
        await Admit(bench, bench.Room, "lead");
        bench.Server.Leave("war-room", "escalate");
        await bench.Chat.Pin(at, Cancel);

        bench.Server.ChannelHeader("war-room").ShouldBe("one");
        bench.Server.MembersOf("war-room").ShouldContain("lead");
        bench.Server.Pinned("war-room").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_post_is_pinned_and_does_not_count_as_edited()
    {
        await using var bench = await Start();
        var at = await bench.Says("hello", new EffectId("one"));

        await bench.Chat.Pin(at, Cancel);
        await bench.Chat.Pin(at, Cancel);

        var post = bench.Server.Pinned("war-room").ShouldHaveSingleItem();
        (post.Id, post.EditAt).ShouldBe((at.Post.Value, 0));
        bench.Server.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_keeps_a_post_from_being_pinned_is_told_apart()
    {
        await using var bench = await Start("5.37.0");
        var at = await bench.Says("hello", new EffectId("one"));
        var gone = await bench.Says("gone", new EffectId("two"));
        await bench
            .Server.As("admin")
            .Request(HttpMethod.Delete, $"/api/v4/posts/{gone.Post.Value}");
        var missing = await Fails(() => bench.Chat.Pin(gone, Cancel));
        (missing.Problem, missing.Obstacle).ShouldBe((ChatProblem.Missing, ChatObstacle.NoPost));
        var never = at with { Post = new PostId("abcdefghijklmnopqrstuvwxyz") };
        (await Fails(() => bench.Chat.Pin(never, Cancel))).Obstacle.ShouldBe(ChatObstacle.NoPost);
        var secret = bench.Server.AddChannel("secret", type: "P", members: "engineer");
        var post = await bench.Server.As("engineer").Post("secret", "mine");
        var unseen = new PostedAt(new ChannelId(secret.Id), new(post.Id), new(post.Id));
        (await Fails(() => bench.Chat.Pin(unseen, Cancel))).Obstacle.ShouldBe(
            ChatObstacle.NotAdmitted
        );
        bench.Server.Archive("war-room");
        var archived = await Fails(() => bench.Chat.Pin(at, Cancel));
        (archived.Problem, archived.Obstacle).ShouldBe(
            (ChatProblem.Refused, ChatObstacle.Archived)
        );
    }

    private static NewChannel Wanted(ChatBench bench, string marker = "ESC-12") =>
        new(bench.Room, "sev1-abc-20260131", "Sev 1: ABC", marker, "Nobody can pay", true);

    private static Task<NamedChannel> Open(ChatBench bench, string marker = "ESC-12") =>
        bench.Chat.OpenChannel(Wanted(bench, marker), Cancel);

    private static IEnumerable<string> Opened(ChatBench bench) =>
        bench.Server.Channels.Where(c => c.CreatorId == bench.Bot.Id).Select(c => c.Name);

    private static Task Admit(ChatBench bench, ChannelId channel, string name) =>
        bench.Chat.Admit(channel, new UserId(bench.Server.GetUser(name).Id), Cancel);

    private static async Task<ChatObstacle> Admission(
        ChatBench bench,
        ChannelId channel,
        string name
    ) => (await Fails(() => Admit(bench, channel, name))).Obstacle;

    private static async Task<ChatObstacle> Heading(ChatBench bench, ChannelId channel) =>
        (await Fails(() => bench.Chat.SetHeader(channel, Markdown.Typed("new"), Cancel))).Obstacle;

    private static Task<ChatException> Fails(Func<Task> ask) =>
        Should.ThrowAsync<ChatException>(ask);
}
