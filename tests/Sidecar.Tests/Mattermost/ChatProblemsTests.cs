using Mattermost.Simulator;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Xunit;
using static Sidecar.Tests.Mattermost.ChatBench;

namespace Sidecar.Tests.Mattermost;

public sealed class ChatProblemsTests
{
    private static readonly EffectId Effect = new("effect");

    [Theory]
    [InlineData(500, ChatProblem.Uncertain)]
    [InlineData(502, ChatProblem.Uncertain)]
    [InlineData(503, ChatProblem.Uncertain)]
    [InlineData(408, ChatProblem.Uncertain)]
    [InlineData(302, ChatProblem.Uncertain)]
    [InlineData(404, ChatProblem.Missing)]
    [InlineData(413, ChatProblem.Refused)]
    [InlineData(400, ChatProblem.Refused)]
    [InlineData(501, ChatProblem.Refused)]
    [InlineData(401, ChatProblem.LockedOut)]
    public async Task A_verdict_tells_whether_it_may_have_happened(int status, ChatProblem expected)
    {
        await using var bench = await Start();
        bench.Server.Faults.Next(
            10,
            "POST",
            "/api/v4/posts",
            Fault.Error(status, "api.some.thing.app_error")
        );

        (await Fails(() => bench.Says("hello", Effect))).Problem.ShouldBe(expected);
        bench.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rate_limit_says_when_to_come_back()
    {
        await using var bench = await Start();
        bench.Server.Faults.Next(
            1,
            "POST",
            "/api/v4/posts",
            Fault.RateLimited(TimeSpan.FromSeconds(7))
        );

        var problem = await Fails(() => bench.Says("hello", Effect));

        problem.Problem.ShouldBe(ChatProblem.Busy);
        problem.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_connection_cut_before_or_after_leaves_us_in_doubt()
    {
        await using var bench = await Start();
        bench.Server.Faults.Next(1, "POST", "/api/v4/posts", Fault.ResetBefore);
        (await Fails(() => bench.Says("one", Effect))).Problem.ShouldBe(ChatProblem.Uncertain);
        bench.Messages.ShouldBeEmpty();

        bench.Server.Faults.Next(1, "POST", "/api/v4/posts", Fault.ResetAfter);
        (await Fails(() => bench.Says("two", Effect))).Problem.ShouldBe(ChatProblem.Uncertain);
        bench.Messages.ShouldBe(["two"]);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_in_time()
    {
        await using var bench = await Start();
        var hang = bench.Server.Faults.HangNext(1, r => r.Method == "POST");
        var saying = bench.Says("hello", Effect);
        await hang.UntilHeldAsync(1, Cancel);

        bench.Clock.Advance(TimeSpan.FromSeconds(14.9));
        saying.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await Fails(() => saying)).Problem.ShouldBe(ChatProblem.Uncertain);
    }

    [Fact]
    public async Task Giving_up_ourselves_is_no_problem_of_the_chat()
    {
        await using var bench = await Start();
        var hang = bench.Server.Faults.HangNext(1, r => r.Method == "POST");
        using var own = new CancellationTokenSource();
        var saying = bench.Chat.Post(bench.Post("hello"), Effect, own.Token);
        await hang.UntilHeldAsync(1, Cancel);
        await own.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => saying);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_locks_us_out()
    {
        await using var bench = await Start();
        var stranger = bench.Client("wrong");

        (await Fails(() => stranger.Post(bench.Post("hello"), Effect, Cancel))).Problem.ShouldBe(
            ChatProblem.LockedOut
        );
    }

    [Fact]
    public async Task A_private_channel_without_the_bot_admits_nobody()
    {
        await using var bench = await Start();
        var secret = bench.Server.AddChannel("secret", type: "P", members: ["engineer"]);

        var problem = await Fails(() => PostTo(bench, secret.Id));

        problem.Problem.ShouldBe(ChatProblem.Refused);
        problem.Obstacle.ShouldBe(ChatObstacle.NotAdmitted);
    }

    [Fact]
    public async Task An_archived_channel_refuses_posts_and_updates()
    {
        await using var bench = await Start();
        var at = await bench.Says("hello", new EffectId("earlier"));
        await bench
            .Server.As("admin")
            .Request(HttpMethod.Delete, $"/api/v4/channels/{bench.Room.Value}");

        var post = await Fails(() => bench.Says("more", Effect));
        var update = await Fails(() => Update(bench, at.Post));

        (post.Problem, post.Obstacle).ShouldBe((ChatProblem.Refused, ChatObstacle.Archived));
        (update.Problem, update.Obstacle).ShouldBe((ChatProblem.Refused, ChatObstacle.Archived));
    }

    [Fact]
    public async Task A_deleted_post_is_missing_though_Mattermost_speaks_of_permissions()
    {
        await using var bench = await Start();
        var at = await bench.Says("hello", new EffectId("earlier"));
        await bench.Server.As("admin").Request(HttpMethod.Delete, $"/api/v4/posts/{at.Post.Value}");

        var update = await Fails(() => Update(bench, at.Post));
        var reply = await Fails(() =>
            bench.Chat.Post(bench.Post("reply", at.Post), Effect, Cancel)
        );

        (update.Problem, update.Obstacle).ShouldBe((ChatProblem.Missing, ChatObstacle.NoPost));
        (reply.Problem, reply.Obstacle).ShouldBe((ChatProblem.Missing, ChatObstacle.NoPost));
    }

    [Fact]
    public async Task Somebody_elses_post_is_there_but_not_ours_to_change()
    {
        await using var bench = await Start();
        var post = await bench.Server.As("engineer").Post("war-room", "mine");

        var problem = await Fails(() => Update(bench, new PostId(post.Id)));

        problem.Problem.ShouldBe(ChatProblem.Refused);
    }

    [Fact]
    public async Task A_channel_that_never_was_is_missing()
    {
        await using var bench = await Start();

        var problem = await Fails(() => PostTo(bench, "abcdefghijklmnopqrstuvwxyz"));

        problem.Problem.ShouldBeOneOf(ChatProblem.Missing, ChatProblem.Refused);
    }

    [Fact]
    public async Task No_problem_tells_the_token()
    {
        await using var bench = await Start();
        bench.Server.Faults.Next(1, "POST", "/api/v4/posts", Fault.Status(500));

        (await Fails(() => bench.Says("hello", Effect))).ToString().ShouldNotContain(bench.Token);
    }

    private static Task<PostedAt> PostTo(ChatBench bench, string channel) =>
        bench.Chat.Post(
            new OutgoingPost(new ChannelId(channel), null, Markdown.Typed("hello"), null),
            Effect,
            Cancel
        );

    private static Task Update(ChatBench bench, PostId post) =>
        bench.Chat.Update(
            new PostedAt(bench.Room, post, post),
            Markdown.Typed("changed"),
            null,
            Effect,
            Cancel
        );

    private static Task<ChatException> Fails(Func<Task> ask) =>
        Should.ThrowAsync<ChatException>(ask);
}
