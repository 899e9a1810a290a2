using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task A_join_answers_what_is_filed_under_all_conditions_in_the_order_of_the_rest()
    {
        await MustPut(
            Write("both-2", 0, "x", Word("disk", 2), Word("full", 2)),
            Write("both-1", 0, "y", Word("disk", 1), Word("full", 1)),
            Write("one", 0, "", Word("disk", 3)),
            Write("other", 0, "", Word("full", 4)),
            Write("elsewhere", 0, "", Word("disk", 5), Word("full", 6))
        );

        var page = await Join([
            ["disk"],
            ["full"],
        ]);

        page.Items.Select(item => item.Document.Key.Id).ShouldBe(["both-1", "both-2"]);
        page.Items[0].At.ShouldBe(IndexKey.Empty.Then(1));
        Text(page.Items[0].Document.Body).ShouldBe("y");
        page.StoppedAt.ShouldBeNull();
    }

    [Fact]
    public async Task One_of_several_alternatives_is_enough()
    {
        await MustPut(
            Write("1", 0, "", Word("log", 1), Word("full", 1)),
            Write("2", 0, "", Word("logs", 2), Word("full", 2)),
            Write("3", 0, "", Word("log", 3), Word("logs", 3), Word("full", 3)),
            Write("4", 0, "", Word("lock", 4), Word("full", 4))
        );

        (
            await Join([
                ["full"],
                ["log", "logs"],
            ])
        ).Items.Select(item => item.Document.Key.Id).ShouldBe(["1", "2", "3"]);
        (
            await Join([
                ["full"],
                [],
            ])
        ).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_join_stops_after_its_steps_and_goes_on_where_it_stopped()
    {
        // Every other one: there is nothing to leap over.
        await MustPut([
            .. Enumerable
                .Range(0, 100)
                .Select(i => Write($"{i:000}", 0, "", Word(i % 2 == 0 ? "even" : "odd", i))),
            Write("999", 0, "", Word("even", 999), Word("odd", 999)),
        ]);
        List<string> found = [];
        IndexPosition? after = null;
        var pages = 0;
        do
        {
            var page = await Join(
                [
                    ["even"],
                    ["odd"],
                ],
                after,
                steps: 10
            );
            page.Steps.ShouldBeLessThanOrEqualTo(12);
            found.AddRange(page.Items.Select(item => item.Document.Key.Id));
            after = page.StoppedAt;
            pages++;
        } while (after is not null);

        found.ShouldBe(["999"]);
        pages.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task What_lies_between_is_leapt_over()
    {
        await MustPut([
            .. Enumerable.Range(0, 200).Select(i => Write($"{i:000}", 0, "", Word("early", i))),
            .. Enumerable.Range(200, 200).Select(i => Write($"{i:000}", 0, "", Word("late", i))),
            Write("400", 0, "", Word("early", 400), Word("late", 400)),
        ]);

        var page = await Join([
            ["early"],
            ["late"],
        ]);

        page.Items.ShouldHaveSingleItem().Document.Key.Id.ShouldBe("400");
        page.Steps.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Texts_that_begin_alike_are_told_once_each_and_in_order()
    {
        string[] words =
        [
            "log",
            "logs",
            "login",
            "lo",
            "log\0",
            "log\u0001",
            "lp",
            "日本",
            "日本語",
        ];
        await MustPut([
            .. words.Select((word, i) => Write($"{i}", 0, "", Word(word, i), Word(word, -i))),
            Write("last", 0, "", new IndexEntry("word", IndexKey.FromBytes([255, 255, 0, 7]))),
        ]);

        (await Under("log", 9)).ShouldBe(Keys("log", "log\0", "log\u0001", "login", "logs"));
        (await Under("log", 2)).ShouldBe(Keys("log", "log\0"));
        (await Under("日", 9)).ShouldBe(Keys("日本", "日本語"));
        (await Under("x", 9)).ShouldBeEmpty();
        (
            await Engine.TextsUnder("escalation", "word", IndexKey.FromBytes([255]), 9, Cancel)
        ).ShouldBe([IndexKey.FromBytes([255, 255, 0])]);

        async Task<IReadOnlyList<IndexKey>> Under(string start, int atMost) =>
            await Engine.TextsUnder(
                "escalation",
                "word",
                IndexKey.Empty.ThenStart(start),
                atMost,
                Cancel
            );

        static IEnumerable<IndexKey> Keys(params IEnumerable<string> texts) =>
            texts.Select(text => IndexKey.Empty.Then(text));
    }

    [Fact]
    public async Task A_join_without_a_condition_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(() => Join([]));

    /// <summary>Random words, conditions and pages against looking at every document; the seed is in what failed.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(23)]
    [InlineData(20260131)]
    public async Task Any_join_finds_what_looking_at_everything_finds(int seed)
    {
        string[] words = ["a", "b", "c", "d"];
        var chance = new Seeded(seed);
        List<(long Order, string Id, IReadOnlyList<string> Words)> model = [];
        for (var i = 0; i < 80; i++)
        {
            // Some share their order: then the id decides.
            var document = (Order: (long)chance.Below(30), Id: $"{i}", Words: chance.Some(words));
            model.Add(document);
            await MustPut(
                Write(
                    document.Id,
                    0,
                    "",
                    [.. document.Words.Select(word => Word(word, document.Order))]
                )
            );
        }

        for (var i = 0; i < 100; i++)
        {
            List<IReadOnlyList<string>> allOf =
            [
                .. Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => chance.Some(words)),
            ];
            var expected = model
                .Where(d => allOf.TrueForAll(any => any.Any(word => d.Words.Contains(word))))
                .OrderBy(d => d.Order)
                .ThenBy(d => d.Id, StringComparer.Ordinal)
                .Select(d => d.Id);

            (await JoinAll(allOf, 1 + chance.Below(7), 1 + chance.Below(20))).ShouldBe(
                expected,
                $"seed {seed}, question {i}"
            );
        }
    }

    private static IndexEntry Word(string word, long order) =>
        new("word", IndexKey.Empty.Then(word).Then(order));

    private async Task<IReadOnlyList<string>> JoinAll(
        IReadOnlyList<IReadOnlyList<string>> allOf,
        int limit,
        int steps
    )
    {
        List<string> ids = [];
        IndexPosition? after = null;
        while (true)
        {
            var page = await Join(allOf, after, limit, steps);
            ids.AddRange(page.Items.Select(item => item.Document.Key.Id));
            if (page.StoppedAt is null && page.Items.Count < limit)
            {
                return ids;
            }

            after =
                page.StoppedAt
                ?? new IndexPosition(page.Items[^1].At, page.Items[^1].Document.Key.Id);
        }
    }

    private async Task<IndexJoinPage> Join(
        IReadOnlyList<IReadOnlyList<string>> allOf,
        IndexPosition? after = null,
        int limit = 100,
        int steps = 10_000
    ) =>
        await Engine.Join(
            new IndexJoin(
                "escalation",
                "word",
                [
                    .. allOf.Select(any =>
                        (IReadOnlyList<IndexKey>)[.. any.Select(word => IndexKey.Empty.Then(word))]
                    ),
                ],
                after,
                limit,
                steps
            ),
            Cancel
        );
}
