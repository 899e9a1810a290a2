using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>The product's own client and its channels, on every server.</summary>
public sealed class ChannelClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryMattermost]
    public async Task A_channel_is_opened_once_filled_titled_and_has_its_pin(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var began = Markdown.Of($"IC nobody yet");
        var wanted = Wanted(stage, "ESC-12") with { Header = began };

        var opened = await chat.OpenChannel(wanted, Cancel);
        (await chat.OpenChannel(wanted, Cancel)).ShouldBe(opened);
        (await stage.Bot.Api.Get($"/channels/{opened.Id.Value}"))
            .Body.Text("header")
            .ShouldBe("IC nobody yet");
        await chat.SetHeader(opened.Id, began, Cancel);
        var other = await chat.OpenChannel(wanted with { Marker = "ESC-1" }, Cancel);
        other.Name.ShouldBe(opened.Name + "-2");
        await chat.Admit(opened.Id, new UserId(stage.Tam.Id), Cancel);
        await chat.Admit(opened.Id, new UserId(stage.Tam.Id), Cancel);
        var header = Markdown.Of($"IC {new UserId(stage.Tam.Id)}");
        await chat.SetHeader(opened.Id, header, Cancel);
        await chat.SetHeader(opened.Id, header, Cancel);
        var post = new OutgoingPost(opened.Id, null, Markdown.Typed("the card"), null);
        var at = await chat.Post(post, EffectId.New(), Cancel);
        await chat.Pin(at, Cancel);

        var channel = (await stage.Tam.Api.Get($"/channels/{opened.Id.Value}")).Body;
        channel.Text("header").ShouldBe("IC @" + stage.Tam.Name);
        channel.Text("type").ShouldBe("P");
        channel.Text("team_id").ShouldBe(stage.TeamId);
        channel.Text("purpose").ShouldBe("ESC-12 · Nobody can pay");
        (await stage.Read(channel: opened.Id.Value))
            .Count(p => p.Text("type") == "system_header_change")
            .ShouldBe(1);
        (await stage.Post(at.Post.Value)).Text("is_pinned").ShouldBe("true");
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task ASG_4_Who_reads_a_channel_and_a_direct_message_is_known(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var opened = await chat.OpenChannel(Wanted(stage, "ESC-12"), Cancel);
        await chat.Admit(opened.Id, new UserId(stage.Tam.Id), Cancel);
        ((await chat.Audience(opened.Id, Cancel))! with { Members = null }).ShouldBe(
            new ChatAudience(HasGuests: false, IsShared: false, IsDirect: false)
            {
                Name = opened.Name,
            }
        );
        var direct = await chat.DirectChannel(new UserId(stage.Tam.Id), Cancel);
        (await chat.Audience(direct, Cancel))
            .ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                a => a.IsDirect.ShouldBeTrue(),
                a => a.HasGuests.ShouldBeFalse(),
                a => a.IsShared.ShouldBeFalse()
            );
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task What_stands_in_the_way_is_told_apart(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var opened = (await chat.OpenChannel(Wanted(stage, "ESC-12"), Cancel)).Id;
        var outside = await stage.Cast.Person(Stage.Unique("o"), inTeam: false);
        var left = await stage.Cast.Person(Stage.Unique("l"));
        await stage.Admin.Api.Done(HttpMethod.Delete, $"/teams/{stage.TeamId}/members/{left.Id}");
        var gone = await stage.Cast.Person(Stage.Unique("g"));
        await stage.Admin.Api.Done(HttpMethod.Delete, $"/users/{gone.Id}");
        var foreign = new ChannelId(stage.ChannelId);
        var at = await chat.Post(
            new OutgoingPost(opened, null, Markdown.Typed("x"), null),
            EffectId.New(),
            Cancel
        );

        (await Admission(opened, outside.Id)).ShouldBe(ChatObstacle.NotInTeam);
        (await Admission(opened, left.Id)).ShouldBe(ChatObstacle.NotInTeam);
        (await Admission(opened, gone.Id)).ShouldBe(ChatObstacle.NoAccount);
        (await Admission(opened, "ybndrfg8ejkmcpqxot1uwisza3")).ShouldBe(ChatObstacle.NoAccount);
        (await Admission(foreign, stage.Lead.Id)).ShouldBe(ChatObstacle.NotAdmitted);
        (await Heading(foreign)).ShouldBe(ChatObstacle.NotAdmitted);
        await stage.Bot.Api.Done(HttpMethod.Delete, $"/channels/{opened.Value}");
        (await Admission(opened, stage.Tam.Id)).ShouldBe(ChatObstacle.Archived);
        (await Heading(opened)).ShouldBe(ChatObstacle.Archived);
        (await Refusal(() => chat.Pin(at, Cancel))).ShouldBe(ChatObstacle.Archived);

        Task<ChatObstacle> Admission(ChannelId channel, string person) =>
            Refusal(() => chat.Admit(channel, new UserId(person), Cancel));

        Task<ChatObstacle> Heading(ChannelId channel) =>
            Refusal(() => chat.SetHeader(channel, Markdown.Typed("new"), Cancel));
    }

    [Theory, EveryMattermost]
    public async Task A_crowded_name_and_an_archived_one_get_numbers(Under server)
    {
        await using var stage = await Stage.Open(server, "P");
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var wanted = Wanted(stage, "ESC-12") with
        {
            Beside = (await chat.OpenChannel(Wanted(stage, "ESC-11"), Cancel)).Id,
            Name = stage.ChannelName,
        };

        var second = await chat.OpenChannel(wanted, Cancel);
        second.Name.ShouldBe(stage.ChannelName + "-2");
        await stage.Bot.Api.Done(HttpMethod.Delete, $"/channels/{second.Id.Value}");
        (await chat.OpenChannel(wanted, Cancel)).Name.ShouldBe(stage.ChannelName + "-3");
    }

    [Theory, EveryMattermost]
    public async Task Presences_are_read(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var quiet = await stage.Cast.Person(Stage.Unique("q"));
        await quiet.Api.Done(
            HttpMethod.Put,
            $"/users/{quiet.Id}/status",
            new { user_id = quiet.Id, status = "dnd" }
        );
        await quiet.Api.Done(
            HttpMethod.Put,
            $"/users/{quiet.Id}/status/custom",
            new { emoji = "calendar", text = "In a meeting" }
        );
        UserId[] asked = [new("ybndrfg8ejkmcpqxot1uwisza3"), new(quiet.Id), new("short")];

        (await chat.Presences(asked, Cancel)).ShouldBe([
            new ChatPresence(
                new UserId(quiet.Id),
                ChatStatus.DoNotDisturb,
                null,
                "In a meeting",
                "calendar"
            ),
        ]);
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }

    private static NewChannel Wanted(Stage stage, string marker) =>
        new(
            new ChannelId(stage.ChannelId),
            Stage.Unique("sev1-"),
            "Sev 1",
            marker,
            "Nobody can pay",
            IsPrivate: true
        );

    private static async Task<ChatObstacle> Refusal(Func<Task> ask) =>
        (await Should.ThrowAsync<ChatException>(ask)).Obstacle;
}
