using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// Cut, reset and silent lines on the way to Mattermost (F1): each alone, before the request is through and after, and
/// many in a row. Whatever it is, everything is there once in the end, in order, and nothing is set aside.
/// </summary>
public sealed class F1_RoughLineTests(ITestOutputHelper output)
{
    public static TheoryData<Roughness> Kinds => [.. Enum.GetValues<Roughness>()];

    public static TheoryData<long> Seeds => [.. Enumerable.Range(1, 5).Select(i => (long)i)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task F1_A_line_that_breaks_loses_and_doubles_nothing(Roughness how)
    {
        await using var bench = await GatewayBench.StartOnALine();
        bench.Line.Next(how, IsPost);
        await bench.Says("first");
        await bench.Says("second");
        await bench.Drained();

        bench.Line.Struck.ShouldBe(1);
        bench.Messages.ShouldBe(["first", "second"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task F1_So_does_one_that_breaks_again_when_it_is_looked_for(Roughness how)
    {
        await using var bench = await GatewayBench.StartOnALine();
        bench.Line.Next(Roughness.ResetAfter, IsPost);
        bench.Line.Next(how, IsSearch);
        bench.Line.Next(how, IsSearch);
        await bench.Says("once");
        await bench.Drained();

        bench.Line.Struck.ShouldBe(3);
        bench.Messages.ShouldBe(["once"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task F1_What_is_changed_is_changed_in_the_end(Roughness how)
    {
        await using var bench = await GatewayBench.StartOnALine();
        bench.Line.Next(how, line => line.StartsWith("PUT ", StringComparison.Ordinal));
        await bench.HasHeader("acknowledged");
        await bench.Drained();

        bench.Line.Struck.ShouldBe(1);
        bench.Header.ShouldBe("acknowledged");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task F1_A_run_of_broken_lines_and_of_answers_of_others_loses_and_doubles_nothing(
        long seed
    )
    {
        output.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        await using var bench = await GatewayBench.StartOnALine();
        var kinds = Enum.GetValues<Roughness>();
        Between[] answers = [.. Between.All.Values];
        for (var number = 1; number <= 20; number++)
        {
            await bench.Says($"{number}");
            for (var strikes = chance.Below(4); strikes > 0; strikes--)
            {
                bench.Line.Next(kinds[chance.Below(kinds.Length)], _ => true);
                if (chance.Below(2) == 0)
                {
                    bench.Gateway.Next(
                        1,
                        (_, _) => true,
                        answers[chance.Below(answers.Length)],
                        arrives: chance.Below(2) == 0
                    );
                }
            }

            await bench.Goes(TimeSpan.FromSeconds(chance.Below(400)));
        }

        bench.Line.Heal();
        bench.Gateway.Heal();
        await bench.Drained();

        bench.Messages.ShouldBe(Enumerable.Range(1, 20).Select(n => $"{n}"));
    }

    /// <summary>Mattermost knows a post again for 30 seconds; whoever comes back later has to look for it.</summary>
    [Theory]
    [InlineData(31)]
    [InlineData(60)]
    [InlineData(86400)]
    public async Task F3_A_pause_that_is_asked_for_after_the_post_got_through_doubles_nothing(
        int seconds
    )
    {
        await using var bench = await GatewayBench.Start();
        bench.Gateway.Next(
            1,
            IsPost,
            Between.Of("a pause", 429, "text/plain", "no", ("Retry-After", $"{seconds}")),
            arrives: true
        );
        await bench.Says("once");
        await bench.Says("behind it");
        await bench.Drained();

        bench.Gateway.Struck.ShouldBe(1);
        bench.Messages.ShouldBe(["once", "behind it"]);
    }

    [Theory]
    [InlineData(true, false, false, false, false, false, false)]
    [InlineData(false, false, true, false, false, false, false)]
    [InlineData(false, false, false, false, false, false, true)]
    public async Task F3_A_run_of_pauses_in_which_one_post_got_through_doubles_nothing(
        params bool[] arrives
    )
    {
        await using var bench = await GatewayBench.Start();
        foreach (var one in arrives)
        {
            bench.Gateway.Next(
                1,
                IsPost,
                Between.Of("a pause", 429, "text/plain", "no", ("Retry-After", "10")),
                one
            );
        }

        await bench.Says("once");
        await bench.Drained();
        bench.Messages.ShouldBe(["once"]);
    }

    [Fact]
    public async Task F3_After_a_crash_in_the_middle_of_a_pause_nothing_is_doubled()
    {
        await using var bench = await GatewayBench.Start();
        bench.Gateway.Next(
            1,
            IsPost,
            Between.Of("a pause", 429, "text/plain", "no", ("Retry-After", "60")),
            arrives: true
        );
        await bench.Says("once");
        await bench.Goes(TimeSpan.FromSeconds(40));
        await bench.StartsAgain();
        await bench.Drained();
        bench.Messages.ShouldBe(["once"]);
    }

    private static bool IsPost(string line) =>
        line.StartsWith("POST /api/v4/posts ", StringComparison.Ordinal);

    private static bool IsPost(string method, string path) =>
        method == "POST" && path == "/api/v4/posts";

    private static bool IsSearch(string line) =>
        line.StartsWith("GET ", StringComparison.Ordinal)
        && line.Contains("/posts?", StringComparison.Ordinal);
}
