using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>The product's own client and files, on every server.</summary>
[Collection("The server’s settings for files")]
public sealed class FileClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryMattermost]
    public async Task A_file_is_sent_by_direct_message_and_its_delivery_is_recognised(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var content = string.Concat(Enumerable.Repeat("abc,Grün\r\n", 100_000));
        var channel = await chat.DirectChannel(new UserId(stage.Tam.Id), Cancel);
        var effect = EffectId.New();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var uploaded = await chat.Upload(channel, "customers-2026-02-03.csv", file, Cancel);
        var message = new OutgoingPost(channel, null, Markdown.Typed("Here it is"), null)
        {
            Files = [uploaded],
        };
        var at = await chat.Post(message, effect, Cancel);
        (await chat.Post(message, effect, Cancel)).ShouldBe(at);

        var post = await stage.Post(at.Post.Value);
        post.Text("message").ShouldBe("Here it is");
        post.Text("metadata.files.0.name").ShouldBe("customers-2026-02-03.csv");
        var read = await stage.Tam.Api.Get($"/files/{uploaded.Value}");
        read.Body.GetString().ShouldBe(content);

        using var copy = new MemoryStream();
        await chat.Download(uploaded, copy, 10_000_000, Cancel);
        Encoding.UTF8.GetString(copy.ToArray()).ShouldBe(content);
        using var part = new MemoryStream();
        var tooLarge = await Should.ThrowAsync<ChatException>(() =>
            chat.Download(uploaded, part, 1000, Cancel)
        );
        tooLarge.Obstacle.ShouldBe(ChatObstacle.FileTooLarge);
        part.Length.ShouldBeLessThanOrEqualTo(1000);
        (await chat.FindPost(channel, effect, DateTimeOffset.UnixEpoch, Cancel)).ShouldBe(at);
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }

    [Theory, EveryMattermost]
    public async Task The_same_file_for_a_second_post_is_noticed(Under server)
    {
        await using var stage = await Stage.Open(server);
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var channel = await chat.DirectChannel(new UserId(stage.Tam.Id), Cancel);
        using var file = new MemoryStream("a"u8.ToArray());
        var uploaded = await chat.Upload(channel, "a.csv", file, Cancel);
        var message = new OutgoingPost(channel, null, Markdown.Typed("x"), null)
        {
            Files = [uploaded],
        };
        await chat.Post(message, EffectId.New(), Cancel);
        var refused = await Should.ThrowAsync<ChatException>(() =>
            chat.Post(message, EffectId.New(), Cancel)
        );
        refused.Problem.ShouldBe(ChatProblem.Refused);
    }

    [Theory, EveryMattermost]
    public async Task CUS_2_What_the_bot_can_read_and_the_person_can_not_is_as_if_it_did_not_exist(
        Under server
    )
    {
        await using var stage = await Stage.Open(server, "P");
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var (file, post) = await FileTests.Posted(stage, stage.ChannelId);
        var site = (await chat.Server(Cancel)).Site.ShouldNotBeNull();
        var link = new Uri(site, $"/{stage.Cast.TeamName}/pl/{post}").ToString();
        var nowhere = new Uri(site, $"/{stage.Cast.TeamName}/pl/{new string('a', 26)}").ToString();
        var shared = new SharedPosts(chat, new UserId(stage.Bot.Id));

        // The bot is no member: nobody gets it, and nobody learns of it.
        (await Find(link, stage.Tam)).Why.ShouldBe((await Find(nowhere, stage.Tam)).Why);

        await stage.Invite(stage.ChannelId, stage.Bot);
        (await Find(link, stage.Tam)).Found!.Id.ShouldBe(new FileId(file));
        // Lead is in the team and not in the channel, although the bot could tell them everything.
        (await Find(link, stage.Lead)).Why.ShouldNotBeNull();
        (await Find(link, stage.Lead)).Why.ShouldBe((await Find(nowhere, stage.Lead)).Why);

        // Who has left, and what was deleted.
        await stage.Admin.Api.Done(
            HttpMethod.Delete,
            $"/channels/{stage.ChannelId}/members/{stage.Engineer.Id}"
        );
        (await Find(link, stage.Engineer)).Why.ShouldBe((await Find(nowhere, stage.Engineer)).Why);
        await stage.Tam.Api.Done(HttpMethod.Delete, $"/posts/{post}");
        (await Find(link, stage.Tam)).Why.ShouldBe((await Find(nowhere, stage.Tam)).Why);

        Task<SharedResult<ChatFile>> Find(string typed, Someone who) =>
            shared.FindFile(typed, new UserId(who.Id), ".csv", 1_000_000, Cancel);
    }

    [Theory, EveryMattermost]
    public async Task CUS_2_In_a_public_channel_reading_along_is_not_membership(Under server)
    {
        await using var stage = await Stage.Open(server);
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var (_, post) = await FileTests.Posted(stage, stage.ChannelId);
        var channel = new ChannelId(stage.ChannelId);
        (await chat.ReadPost(new PostId(post), Cancel)).ShouldNotBeNull().Channel.ShouldBe(channel);
        await stage.Invite(stage.ChannelId, stage.Bot);
        (await chat.IsMember(channel, new UserId(stage.Tam.Id), Cancel)).ShouldBeTrue();
        (await chat.IsMember(channel, new UserId(stage.Lead.Id), Cancel)).ShouldBeFalse();
        (await chat.IsMember(channel, new UserId("short"), Cancel)).ShouldBeFalse();
    }

    [Theory, EveryMattermost]
    public async Task What_the_server_does_not_take_is_said_with_the_reason(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true);
        await using var services = ProductClient.Services(stage);
        var chat = ProductClient.Of(stage, services);
        var channel = await chat.DirectChannel(new UserId(stage.Tam.Id), Cancel);
        await FileTests.With(
            stage,
            "MaxFileSize",
            1024,
            async () =>
            {
                // So large that a server hangs up while it is being sent.
                (await Obstacle(20_000_000, seekable: true)).ShouldBe(ChatObstacle.FileTooLarge);
                (await Obstacle(2000, seekable: false)).ShouldBe(ChatObstacle.FileTooLarge);
            }
        );
        await FileTests.With(
            stage,
            "EnableFileAttachments",
            false,
            async () => (await Obstacle(10, seekable: true)).ShouldBe(ChatObstacle.NoFiles)
        );

        async Task<ChatObstacle> Obstacle(int size, bool seekable)
        {
            using var content = new MemoryStream(new byte[size]);
            Stream sent = seekable ? content : new Unseekable(content);
            await using (sent)
            {
                var refused = await Should.ThrowAsync<ChatException>(() =>
                    chat.Upload(channel, "a.csv", sent, Cancel)
                );
                refused.Problem.ShouldBe(ChatProblem.Refused);
                return refused.Obstacle;
            }
        }
    }

    /// <summary>A stream that does not tell its length.</summary>
    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            inner.Read(buffer, offset, count);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();
    }
}
