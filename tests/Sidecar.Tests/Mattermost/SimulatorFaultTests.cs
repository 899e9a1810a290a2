using Mattermost.Simulator;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class SimulatorFaultTests
{
    [Fact]
    public async Task The_next_requests_are_rate_limited_as_by_a_real_server()
    {
        await using var town = await Town.StartAsync();
        town.Mm.Faults.Next(2, "POST", "/api/v4/posts", Fault.RateLimited(TimeSpan.FromSeconds(3)));

        var first = await Post(town);
        await Post(town);
        var third = await Post(town);

        first.Status.ShouldBe(429);
        first.Headers["X-Ratelimit-Reset"].ShouldBe("3");
        first.Headers["X-Ratelimit-Remaining"].ShouldBe("0");
        first.Body.GetString().ShouldBe("limit exceeded\n");
        third.Status.ShouldBe(201);
        town.Mm.Posts("town-square").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reset_before_leaves_nothing_and_a_reset_after_leaves_the_effect()
    {
        await using var town = await Town.StartAsync();

        town.Mm.Faults.Next(1, "POST", "/api/v4/posts", Fault.ResetBefore);
        await Should.ThrowAsync<HttpRequestException>(() => Post(town));
        town.Mm.Posts("town-square").ShouldBeEmpty();

        town.Mm.Faults.Next(1, "POST", "/api/v4/posts", Fault.ResetAfter);
        await Should.ThrowAsync<HttpRequestException>(() => Post(town));
        town.Mm.Posts("town-square").Count.ShouldBe(1);
        town.Mm.RequestsWith(town.BotToken).Select(r => r.Status).ShouldBe([0, 0]);
        town.Mm.RequestsWith(town.BotToken).ShouldAllBe(r => r.Username == "escalate");
    }

    [Fact]
    public async Task A_hanging_request_waits_until_it_is_released()
    {
        await using var town = await Town.StartAsync();
        var hang = town.Mm.Faults.HangNext(
            1,
            r => r.Body.Contains("hello", StringComparison.Ordinal)
        );

        var posting = Post(town);
        await hang.UntilHeldAsync(1, TestContext.Current.CancellationToken);
        town.Mm.Posts("town-square").ShouldBeEmpty();
        hang.Release();

        (await posting).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public async Task A_failing_server_answers_its_status(int status)
    {
        await using var town = await Town.StartAsync();
        town.Mm.Faults.Next(1, "POST", "/api/v4/posts", Fault.Status(status));

        (await Post(town)).Status.ShouldBe(status);
        town.Mm.Faults.Pending.ShouldBe(0);
    }

    [Fact]
    public async Task A_slow_request_is_served_when_its_time_has_come()
    {
        await using var town = await Town.StartAsync();
        town.Mm.Faults.Next(1, "POST", "/api/v4/posts", Fault.Slow(TimeSpan.FromSeconds(5)));
        var posting = Post(town);
        await town.Mm.WaitForAsync(
            () => town.Mm.Faults.Pending == 0,
            TestContext.Current.CancellationToken
        );

        while (!posting.IsCompleted)
        {
            town.Clock.Move(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await posting).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_token_has_so_many_requests_a_second()
    {
        await using var town = await Town.StartAsync(o => o with { RequestsPerSecond = 2 });

        (await Post(town)).Headers["X-Ratelimit-Remaining"].ShouldBe("1");
        (await Post(town)).Status.ShouldBe(201);
        (await Post(town)).Status.ShouldBe(429);
        town.Clock.Move(TimeSpan.FromSeconds(1));
        (await Post(town)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_request_that_does_not_fit_the_description_is_refused_and_reported()
    {
        await using var town = await Town.StartAsync();

        var missing = await town.BotAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new { channel_id = town.Square }
        );
        var wrongType = await town.BotAsync(
            HttpMethod.Post,
            "/api/v4/users/usernames",
            new { names = "tam" }
        );
        var unknown = await town.BotAsync(HttpMethod.Get, "/api/v4/no/such/thing");

        missing.Body.GetProperty("message").GetString()!.ShouldContain("message is missing");
        wrongType.Status.ShouldBe(400);
        unknown.Status.ShouldBe(404);
        town.Mm.Violations.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Internal_addresses_are_called_only_when_they_are_listed()
    {
        await using var town = await Town.StartAsync(o =>
            o with
            {
                GuardInternalConnections = true,
            }
        );

        var forbidden = await town.Mm.As("tam").Execute("town-square", "/escalate list");
        town.Mm.Configure("ServiceSettings.AllowedUntrustedInternalConnections", "127.0.0.0/8");
        var allowed = await town.Mm.As("tam").Execute("town-square", "/escalate list");

        forbidden.Error!.Id.ShouldBe("api.command.execute_command.failed.app_error");
        allowed.Status.ShouldBe(200);
    }

    private static Task<Reply> Post(Town town) =>
        town.BotAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new { channel_id = town.Square, message = "hello" }
        );
}
