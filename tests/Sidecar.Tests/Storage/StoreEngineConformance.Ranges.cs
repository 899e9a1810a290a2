using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Backwards_pages_join_to_the_whole_from_the_end(int pageSize)
    {
        await MustPut([
            .. Enumerable
                .Range(0, 20)
                .Select(i => Write($"id-{i * 7 % 20:00}", 0, "", Numbered(i * 7 % 20 / 2 - 5))),
        ]);

        (await AllIds(IndexKey.Empty, pageSize, backwards: true)).ShouldBe(
            Enumerable.Range(0, 20).Reverse().Select(i => $"id-{i:00}")
        );
    }

    [Fact]
    public async Task A_backwards_cursor_outside_the_prefix_starts_at_its_edge()
    {
        await MustPut([.. Enumerable.Range(0, 4).Select(i => Write($"{i}", 0, "", Numbered(i)))]);
        var prefix = IndexKey.Empty.Then(2);

        (await Back(new IndexPosition(IndexKey.Empty.Then(3), "3"))).ShouldBe(["2"]);
        (await Back(new IndexPosition(IndexKey.Empty.Then(2), "2"))).ShouldBeEmpty();
        (await Back(new IndexPosition(IndexKey.Empty.Then(1), "1"))).ShouldBeEmpty();

        async Task<IEnumerable<string>> Back(IndexPosition after) =>
            (
                await Engine.Scan(
                    new IndexScan("escalation", "number", prefix, after, 9, Backwards: true),
                    Cancel
                )
            ).Select(found => found.Document.Key.Id);
    }

    [Fact]
    public async Task What_lies_in_front_of_a_place_is_counted_up_to_a_limit()
    {
        await MustPut([.. Enumerable.Range(0, 30).Select(i => Write($"{i}", 0, "", Numbered(i)))]);

        (await Before(12, "12", 100)).ShouldBe(12);
        (await Before(12, "13", 100)).ShouldBe(13, "the id is behind that of the entry");
        (await Before(12, "12", 5)).ShouldBe(5);
        (await Before(0, "0", 5)).ShouldBe(0);
        (await Before(99, "", 100)).ShouldBe(30, "nothing needs to be at the place");

        async Task<int> Before(long number, string id, int atMost) =>
            await Engine.CountBefore(
                "escalation",
                "number",
                IndexKey.Empty,
                new IndexPosition(IndexKey.Empty.Then(number), id),
                atMost,
                Cancel
            );
    }

    /// <summary>Random entries, prefixes and places against a sorted list.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(41)]
    [InlineData(20260131)]
    public async Task Any_range_in_any_direction_is_that_of_a_sorted_list(int seed)
    {
        var chance = new Seeded(seed);
        var model = new SortedSet<(IndexKey Key, string Id)>(ByPlace);
        HashSet<string> written = [];
        for (var i = 0; i < 60; i++)
        {
            var id = ManyIds[chance.Below(ManyIds.Length)] + chance.Below(9);
            if (!written.Add(id))
            {
                continue;
            }

            List<IndexKey> keys =
            [
                .. Enumerable.Range(0, chance.Below(4)).Select(_ => AnyKey(chance)),
            ];
            await MustPut(Write(id, 0, "", [.. keys.Select(key => new IndexEntry("any", key))]));
            model.UnionWith(keys.Select(key => (key, id)));
        }

        for (var i = 0; i < 200; i++)
        {
            var prefix = chance.Below(3) == 0 ? IndexKey.Empty : AnyKey(chance);
            var backwards = chance.Below(2) == 0;
            var place = new IndexPosition(
                AnyKey(chance),
                ManyIds[chance.Below(ManyIds.Length)] + "5"
            );
            var limit = 1 + chance.Below(8);
            var inside = model.Where(entry => BeginsWith(entry.Key, prefix)).ToList();
            var before = inside.Where(e => ByPlace.Compare(e, (place.Key, place.Id)) < 0).ToList();
            var behind = inside.Where(e => ByPlace.Compare(e, (place.Key, place.Id)) > 0);
            var why = $"seed {seed}, question {i}";

            (
                await Engine.Scan(
                    new IndexScan("escalation", "any", prefix, place, limit, backwards),
                    Cancel
                )
            )
                .Select(found => (found.At, found.Document.Key.Id))
                .ShouldBe((backwards ? before.AsEnumerable().Reverse() : behind).Take(limit), why);
            (await Engine.CountBefore("escalation", "any", prefix, place, limit, Cancel)).ShouldBe(
                Math.Min(limit, before.Count),
                why
            );
        }
    }

    // The last ones order differently by UTF-16 and by UTF-8.
    private static readonly string[] ManyIds = ["a", "b", "", "\uFFFD", "💥"];

    private static readonly Comparer<(IndexKey Key, string Id)> ByPlace = Comparer<(
        IndexKey Key,
        string Id
    )>.Create(
        (a, b) =>
            a.Key != b.Key
                ? a.Key.CompareTo(b.Key)
                : Bytes(a.Id).AsSpan().SequenceCompareTo(Bytes(b.Id))
    );

    private static IndexKey AnyKey(Seeded chance)
    {
        byte[] letters = [0, 1, 7, 254, 255];
        return IndexKey.FromBytes([
            .. Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => letters[chance.Below(5)]),
        ]);
    }

    private static bool BeginsWith(IndexKey key, IndexKey prefix) =>
        key.Bytes.Span.StartsWith(prefix.Bytes.Span);

    private async Task<IReadOnlyList<string>> AllIds(IndexKey prefix, int pageSize, bool backwards)
    {
        List<string> ids = [];
        IndexPosition? after = null;
        while (true)
        {
            var page = await Engine.Scan(
                new IndexScan("escalation", "number", prefix, after, pageSize, backwards),
                Cancel
            );
            ids.AddRange(page.Select(found => found.Document.Key.Id));
            if (page.Count < pageSize)
            {
                return ids;
            }

            after = new IndexPosition(page[^1].At, page[^1].Document.Key.Id);
        }
    }
}
