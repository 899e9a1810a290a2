using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// What stands between answers in Mattermost's place (F1, F2): each kind alone and many in a row, before the request gets
/// through and after. Whatever it is, everything is there once in the end, in order, and nothing is set aside.
/// </summary>
public sealed class F1_AnswersOfOthersTests(ITestOutputHelper output)
{
    public static TheoryData<string> Kinds => [.. Between.All.Keys];

    public static TheoryData<long> Seeds => [.. Enumerable.Range(1, 5).Select(i => (long)i)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task F1_One_answer_of_somebody_else_loses_and_doubles_nothing(string kind)
    {
        await using var bench = await GatewayBench.Start();
        foreach (var arrives in (bool[])[false, true])
        {
            bench.Gateway.Next(
                1,
                (method, path) => method == "POST" && path == "/api/v4/posts",
                Between.All[kind],
                arrives
            );
            await bench.Says($"arrives {arrives}");
            await bench.Drained();
        }

        bench.Gateway.Struck.ShouldBe(2);
        bench.Messages.ShouldBe(["arrives False", "arrives True"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task F1_In_the_place_of_a_list_it_is_no_empty_list(string kind)
    {
        await using var bench = await GatewayBench.Start();
        bench.Gateway.Next(1, IsPost, Between.All["a fault"], arrives: true);
        bench.Gateway.Next(
            2,
            (method, path) => method == "GET" && path.EndsWith("/posts", StringComparison.Ordinal),
            Between.All[kind]
        );

        await bench.Says("once");
        await bench.Drained();

        bench.Gateway.Struck.ShouldBe(3);
        bench.Messages.ShouldBe(["once"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task F1_In_the_place_of_a_success_it_is_no_success(string kind)
    {
        await using var bench = await GatewayBench.Start();
        bench.Gateway.Next(
            2,
            (method, path) => method == "PUT" && path.EndsWith("/patch", StringComparison.Ordinal),
            Between.All[kind]
        );

        await bench.HasHeader("acknowledged");
        await bench.Drained();

        bench.Gateway.Struck.ShouldBe(2);
        bench.Header.ShouldBe("acknowledged");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task F1_A_run_of_answers_of_everybody_loses_and_doubles_nothing(long seed)
    {
        output.WriteLine($"seed {seed}");
        var chance = new Seeded(seed);
        await using var bench = await GatewayBench.Start();
        Between[] kinds = [.. Between.All.Values];
        for (var number = 1; number <= 30; number++)
        {
            await bench.Says($"{number}");
            for (var strikes = chance.Below(4); strikes > 0; strikes--)
            {
                bench.Gateway.Next(
                    1,
                    (_, _) => true,
                    kinds[chance.Below(kinds.Length)],
                    arrives: chance.Below(2) == 0
                );
            }

            await bench.Goes(TimeSpan.FromSeconds(chance.Below(400)));
        }

        bench.Gateway.Heal();
        await bench.Drained();

        bench.Messages.ShouldBe(Enumerable.Range(1, 30).Select(n => $"{n}"));
    }

    [Fact]
    public async Task F2_What_a_filter_never_lets_through_is_told_and_holds_up_nobody_for_ever()
    {
        await using var bench = await GatewayBench.Start();
        bench.Gateway.Next(1000, IsPost, Between.All["a filter"], says: "DROP TABLE");
        await bench.Says("DROP TABLE customers");
        await bench.Says("behind it");

        for (var minute = 0; minute < 60 && (await bench.SetAside()).Count == 0; minute++)
        {
            await bench.Tells($"{minute}");
            await bench.Goes(TimeSpan.FromMinutes(1));
        }

        (await bench.SetAside())
            .ShouldHaveSingleItem()
            .Problem.ShouldNotBeNull()
            .ShouldContain("403");
        await bench.Goes(TimeSpan.FromMinutes(1));
        bench.Messages.ShouldBe(["behind it"]);
        bench.TellsOf.ShouldContain(m => m.Contains("could not be posted"));

        bench.Gateway.Heal();
        await bench.Releases();
        bench.Messages.ShouldBe(["behind it", "DROP TABLE customers"], ignoreOrder: true);
    }

    private static bool IsPost(string method, string path) =>
        method == "POST" && path == "/api/v4/posts";
}
