using System.Text;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Outbox;

/// <summary>Files sent to people: once, for nobody else's eyes, and never silently not at all.</summary>
public sealed class OutboxFilesTests
{
    [Fact]
    public async Task A_file_comes_by_direct_message_and_leaves_nothing_on_disk()
    {
        await using var bench = await PumpBench.Start();
        var mode = UnixFileMode.None;
        bench.Report = async (request, to, cancel) =>
        {
            request.For.ShouldBe(new UserId("tam"));
            if (!OperatingSystem.IsWindows())
            {
                var file = Directory.GetFiles(bench.Sending).ShouldHaveSingleItem();
                mode = File.GetUnixFileMode(file) | File.GetUnixFileMode(bench.Sending);
            }

            await to.WriteAsync(Encoding.UTF8.GetBytes(request.Argument), cancel);
            return null;
        };
        await bench.Commit(PumpBench.File("tam", "a,b"));
        await bench.Drain();

        var post = bench.Chat.In("dm-tam").ShouldHaveSingleItem();
        post.Text.ShouldBe("Here it is");
        var (name, content) = bench.Chat.Files[post.Files.ShouldHaveSingleItem()];
        name.ShouldBe("report.csv");
        Encoding.UTF8.GetString(content).ShouldBe("a,b");
        Directory.GetFiles(bench.Sending).ShouldBeEmpty();
        (
            mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
        ).ShouldBe(UnixFileMode.None);
    }

    [Theory]
    [InlineData("upload", Mishap.LostAnswer)]
    [InlineData("upload", Mishap.HangsAfter)]
    [InlineData("post", Mishap.LostRequest)]
    [InlineData("post", Mishap.LostAnswer)]
    [InlineData("post", Mishap.HangsAfter)]
    [InlineData("direct", Mishap.Busy)]
    internal async Task Whatever_goes_wrong_on_the_way_it_is_shown_once(string where, Mishap mishap)
    {
        await using var bench = await PumpBench.Start();
        var left = 3;
        bench.Chat.Mishaps = (name, _) => name == where && left-- > 0 ? mishap : Mishap.None;
        await bench.Commit(PumpBench.File("tam", "a,b"));
        await bench.Drain();
        var post = bench.Chat.In("dm-tam").ShouldHaveSingleItem();
        bench.Chat.Files.ShouldContainKey(post.Files.ShouldHaveSingleItem());
        Directory.GetFiles(bench.Sending).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_crash_left_on_disk_is_gone_with_the_next_start_and_the_file_still_comes()
    {
        await using var bench = await PumpBench.Start();
        bench.Chat.Mishaps = (name, _) => name == "upload" ? Mishap.HangsBefore : Mishap.None;
        await bench.Commit(PumpBench.File("tam", "secret"));
        await bench.Chat.WhenHanging();
        Directory.GetFiles(bench.Sending).ShouldHaveSingleItem();
        await bench.Crash();

        bench.Chat.Mishaps = (_, _) => Mishap.None;
        await bench.Begin();
        await bench.Drain();
        bench.Chat.In("dm-tam").ShouldHaveSingleItem().Files.ShouldHaveSingleItem();
        Directory.GetFiles(bench.Sending).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ChatObstacle.NoFiles, "takes no files")]
    [InlineData(ChatObstacle.FileTooLarge, "larger than this Mattermost takes")]
    public async Task A_server_that_takes_no_such_file_is_said_to_the_person_with_what_to_do(
        ChatObstacle obstacle,
        string why
    )
    {
        await using var bench = await PumpBench.Start();
        bench.Chat.FilesRefused = obstacle;
        await bench.Commit(PumpBench.File("tam", "a,b"));
        await bench.Drain();
        var post = bench.Chat.In("dm-tam").ShouldHaveSingleItem();
        post.Text.ShouldContain(why);
        post.Text.ShouldContain("FileSettings.");
        post.Text.ShouldContain("Ask for less");
        post.Files.ShouldBeEmpty();
        (await bench.Parked()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_no_longer_have_it_is_told_so_instead()
    {
        await using var bench = await PumpBench.Start();
        bench.Report = async (_, to, cancel) =>
        {
            await to.WriteAsync("half of it"u8.ToArray(), cancel);
            return new NotAnyMore();
        };
        await bench.Commit(PumpBench.File("tam", "a,b"));
        await bench.Drain();
        var post = bench.Chat.In("dm-tam").ShouldHaveSingleItem();
        post.Text.ShouldBe("Not any more");
        bench.Chat.Files.ShouldBeEmpty();
        Directory.GetFiles(bench.Sending).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_of_ours_is_tried_again_then_parked_and_the_person_is_told()
    {
        await using var bench = await PumpBench.Start();
        bench.Report = (_, _, _) => throw new InvalidOperationException("bug");
        await bench.Commit(PumpBench.File("tam", "a,b"));
        await bench.Drain();
        bench.Chat.Texts("dm-tam").ShouldHaveSingleItem().ShouldContain("could not be sent");
        (await bench.Parked())
            .ShouldHaveSingleItem()
            .Problem.ShouldNotBeNull()
            .ShouldContain("fault");
        Directory.GetFiles(bench.Sending).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_disk_is_no_fault_it_comes_when_there_is_room()
    {
        await using var bench = await PumpBench.Start();
        var tries = 0;
        bench.Report = async (_, to, cancel) =>
        {
            if (++tries <= 8)
            {
                throw new IOException("No space left on device");
            }

            await to.WriteAsync("a"u8.ToArray(), cancel);
            return null;
        };
        await bench.Commit(PumpBench.File("tam", "a"));
        await bench.Drain();
        bench.Chat.In("dm-tam").ShouldHaveSingleItem().Files.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Something_can_be_said_in_a_channel_and_below_any_post_in_order_with_its_cards()
    {
        await using var bench = await PumpBench.Start();
        await bench.Commit(
            PumpBench.Card("ESC-1", "card"),
            new Effect.Say(new ChannelId("war-room"), null, Markdown.Typed("of its own"))
            {
                About = "ESC-1",
            },
            new Effect.Say(new ChannelId("war-room"), new PostId("post2"), Markdown.Typed("below"))
            {
                About = "ESC-1",
            },
            new Effect.Say(
                new ChannelId("war-room"),
                new PostId("gone"),
                Markdown.Typed("homeless")
            )
            {
                About = "ESC-1",
            }
        );
        await bench.Drain();
        bench.Chat.Texts("war-room").ShouldBe(["card", "of its own", "below", "homeless"]);
        var posts = bench.Chat.In("war-room");
        posts[2].At.Thread.ShouldBe(posts[1].At.Post);
        posts[3].At.Thread.ShouldBe(posts[3].At.Post);
    }

    private sealed record NotAnyMore() : Refusal(Markdown.Typed("Not any more"));
}
