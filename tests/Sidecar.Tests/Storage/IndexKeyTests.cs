using System.Text;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

public sealed class IndexKeyTests
{
    private static readonly string[] Awkward =
    [
        "",
        "\0",
        "\0\0",
        "\u0001",
        "\u0001\u0001",
        "\u0001\u0002",
        "\u0002",
        "a",
        "a\0",
        "a\0b",
        "a\u0001",
        "ab",
        "b",
        "ä",
        "日",
        "\uffff",
        "💥",
        "\u007f",
    ];

    private static readonly long[] AwkwardNumbers =
    [
        long.MinValue,
        long.MinValue + 1,
        -256,
        -255,
        -1,
        0,
        1,
        127,
        128,
        255,
        256,
        long.MaxValue - 1,
        long.MaxValue,
    ];

    [Fact]
    public void Texts_sort_by_their_bytes()
    {
        foreach (var (left, right) in Pairs(Awkward))
        {
            Sign(IndexKey.Empty.Then(left).CompareTo(IndexKey.Empty.Then(right)))
                .ShouldBe(Sign(Compare(left, right)), $"{Show(left)} and {Show(right)}");
        }
    }

    [Fact]
    public void Numbers_and_flags_sort_by_value_and_the_other_way_round()
    {
        foreach (var (left, right) in Pairs(AwkwardNumbers))
        {
            var order = Sign(left.CompareTo(right));
            Sign(IndexKey.Empty.Then(left).CompareTo(IndexKey.Empty.Then(right))).ShouldBe(order);
            Sign(
                    IndexKey
                        .Empty.ThenDescending(left)
                        .CompareTo(IndexKey.Empty.ThenDescending(right))
                )
                .ShouldBe(-order);
        }

        (IndexKey.Empty.Then(false) < IndexKey.Empty.Then(true)).ShouldBeTrue();
    }

    [Fact]
    public void Times_sort_by_the_moment_whatever_their_offset()
    {
        var noon = new DateTimeOffset(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);
        var sameMoment = noon.ToOffset(TimeSpan.FromHours(5));
        DateTimeOffset[] times =
        [
            DateTimeOffset.UnixEpoch.AddYears(-3),
            noon,
            noon.AddMilliseconds(1),
        ];

        IndexKey.Empty.Then(noon).ShouldBe(IndexKey.Empty.Then(sameMoment));
        times.OrderBy(time => IndexKey.Empty.Then(time)).ShouldBe(times);
        times.OrderBy(time => IndexKey.Empty.ThenDescending(time)).ShouldBe(times.Reverse());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4711)]
    [InlineData(20250304)]
    public void Keys_sort_part_by_part(int seed)
    {
        var chance = new Seeded(seed);
        for (var i = 0; i < 5000; i++)
        {
            var (text1, number1, text2, number2) = (
                AnyText(chance),
                AnyNumber(chance),
                AnyText(chance),
                AnyNumber(chance)
            );
            var same = chance.Below(3) == 0;
            var (text3, number3, text4, number4) = same
                ? (text1, number1, AnyText(chance), AnyNumber(chance))
                : (AnyText(chance), AnyNumber(chance), AnyText(chance), AnyNumber(chance));
            var left = IndexKey.Empty.Then(text1).Then(number1).Then(text2).ThenDescending(number2);
            var right = IndexKey
                .Empty.Then(text3)
                .Then(number3)
                .Then(text4)
                .ThenDescending(number4);

            int[] parts =
            [
                Compare(text1, text3),
                number1.CompareTo(number3),
                Compare(text2, text4),
                number4.CompareTo(number2),
            ];
            Sign(left.CompareTo(right))
                .ShouldBe(Sign(Array.Find(parts, part => part != 0)), $"seed {seed}, round {i}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(815)]
    public void The_range_of_a_prefix_holds_exactly_the_keys_that_begin_with_its_parts(int seed)
    {
        var chance = new Seeded(seed);
        for (var i = 0; i < 5000; i++)
        {
            var (mine, other) = (AnyText(chance), AnyText(chance));
            var prefix = IndexKey.Empty.Then(mine);
            var key = IndexKey.Empty.Then(other).Then(AnyNumber(chance)).Then(AnyText(chance));

            var inRange = key >= prefix && (prefix.Next() is not { } end || key < end);

            inRange.ShouldBe(
                mine == other,
                $"seed {seed}, round {i}: {Show(mine)} and {Show(other)}"
            );
        }
    }

    [Fact]
    public void The_key_behind_a_prefix_carries_over_full_bytes()
    {
        IndexKey.FromBytes([1, 255, 255]).Next().ShouldBe(IndexKey.FromBytes([2]));
        IndexKey.FromBytes([1, 2]).Next().ShouldBe(IndexKey.FromBytes([1, 3]));
        IndexKey.FromBytes([255, 255]).Next().ShouldBeNull();
        IndexKey.Empty.Next().ShouldBeNull();
    }

    private static string AnyText(Seeded chance) =>
        Awkward[chance.Below(Awkward.Length)]
        + (chance.Below(2) == 0 ? "" : Awkward[chance.Below(Awkward.Length)]);

    private static long AnyNumber(Seeded chance) =>
        chance.Below(2) == 0 ? AwkwardNumbers[chance.Below(AwkwardNumbers.Length)] : chance.Any();

    private static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static int Sign(int order) => Math.Sign(order);

    private static string Show(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<(T Left, T Right)> Pairs<T>(T[] all) =>
        all.SelectMany(left => all.Select(right => (left, right)));
}
