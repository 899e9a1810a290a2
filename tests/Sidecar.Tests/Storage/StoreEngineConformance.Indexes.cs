using System.Globalization;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task A_changed_document_is_found_where_it_is_now_and_nowhere_else()
    {
        await MustPut(Write("ESC-1", 0, "1", ByState("open"), Numbered(7)));
        await MustPut(Write("ESC-1", 1, "2", ByState("closed"), Numbered(7)));

        (await IdsIn("state", IndexKey.Empty.Then("open"))).ShouldBeEmpty();
        (await IdsIn("state", IndexKey.Empty.Then("closed"))).ShouldBe(["ESC-1"]);
        (await IdsIn("number", IndexKey.Empty.Then(7))).ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task A_deleted_document_is_found_nowhere()
    {
        await MustPut(Write("ESC-1", 0, "1", ByState("open"), Numbered(7)));
        await MustPut(Delete("ESC-1", 1));

        (await IdsIn("state", IndexKey.Empty)).ShouldBeEmpty();
        (await IdsIn("number", IndexKey.Empty)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_is_found_under_each_of_its_entries()
    {
        IndexEntry[] tags = [Tag("network"), Tag("database"), Tag("network")];
        await MustPut(Write("ESC-1", 0, "1", tags), Write("ESC-2", 0, "2", Tag("network")));

        (await IdsIn("tag", IndexKey.Empty.Then("network"))).ShouldBe(["ESC-1", "ESC-2"]);
        (await IdsIn("tag", IndexKey.Empty.Then("database"))).ShouldBe(["ESC-1"]);
        (await IdsIn("tag", IndexKey.Empty)).ShouldBe(["ESC-1", "ESC-1", "ESC-2"]);

        await MustPut(Write("ESC-1", 1, "1", Tag("database"), Tag("power")));
        (await IdsIn("tag", IndexKey.Empty.Then("network"))).ShouldBe(["ESC-2"]);
        (await IdsIn("tag", IndexKey.Empty.Then("power"))).ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task A_scan_answers_document_and_key()
    {
        await MustPut(Write("ESC-1", 0, "old"), Write("ESC-2", 0, "other"));
        await MustPut(Write("ESC-1", 1, "new", Numbered(7)));

        var found = (await Scan("number", IndexKey.Empty, after: null, 10)).ShouldHaveSingleItem();
        found.At.ShouldBe(IndexKey.Empty.Then(7));
        found.Document.Version.ShouldBe(2);
        Text(found.Document.Body).ShouldBe("new");
    }

    [Fact]
    public async Task Kinds_and_indexes_do_not_mix()
    {
        await MustPut(
            Write("ESC-1", 0, "1", ByState("open")),
            new DocumentWrite(
                new DocumentKey("escalation2", "x"),
                0,
                Bytes("x"),
                [ByState("open")]
            ),
            Write("ESC-3", 0, "3", new IndexEntry("state2", IndexKey.Empty.Then("open")))
        );

        (await IdsIn("state", IndexKey.Empty)).ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task A_prefix_is_whole_parts_only()
    {
        await MustPut(
            Write("1", 0, "", ByState("open")),
            Write("2", 0, "", ByState("opened")),
            Write("3", 0, "", new IndexEntry("state", IndexKey.Empty.Then("open").Then(3)))
        );

        (await IdsIn("state", IndexKey.Empty.Then("open"))).ShouldBe(["1", "3"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Pages_join_to_the_whole_in_the_order_of_keys_then_ids(int pageSize)
    {
        // Two documents share each key.
        await MustPut([
            .. Enumerable
                .Range(0, 40)
                .Select(i => Write($"id-{i * 7 % 40:00}", 0, "", Numbered(i * 7 % 40 / 2 - 10))),
        ]);
        var expected = Enumerable.Range(0, 40).Select(i => $"id-{i:00}").ToList();

        (await IdsIn("number", IndexKey.Empty, pageSize)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_page_continues_where_its_last_document_was_even_when_that_is_gone()
    {
        await MustPut([.. Enumerable.Range(0, 6).Select(i => Write($"{i}", 0, "", Numbered(i)))]);
        var page = await Scan("number", IndexKey.Empty, after: null, 3);
        var cursor = new IndexPosition(page[^1].At, page[^1].Document.Key.Id);

        await MustPut(Delete("2", 1), Delete("3", 1), Write("0", 1, "", Numbered(9)));

        (await Scan("number", IndexKey.Empty, cursor, 3))
            .Select(found => found.Document.Key.Id)
            .ShouldBe(["4", "5", "0"]);
    }

    [Fact]
    public async Task A_cursor_outside_the_prefix_starts_at_its_edge()
    {
        await MustPut([.. Enumerable.Range(0, 4).Select(i => Write($"{i}", 0, "", Numbered(i)))]);
        var prefix = IndexKey.Empty.Then(2);

        (await Scan("number", prefix, new IndexPosition(IndexKey.Empty.Then(0), "0"), 9))
            .ShouldHaveSingleItem()
            .Document.Key.Id.ShouldBe("2");
        (
            await Scan("number", prefix, new IndexPosition(IndexKey.Empty.Then(3), "3"), 9)
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prefix_without_a_key_behind_it_reaches_to_the_end()
    {
        var last = IndexKey.FromBytes([255, 255]);
        await MustPut(
            Write("1", 0, "", new IndexEntry("number", IndexKey.FromBytes([255]))),
            Write("2", 0, "", new IndexEntry("number", last)),
            Write("3", 0, "", new IndexEntry("number", IndexKey.FromBytes([255, 255, 255, 7])))
        );

        (await IdsIn("number", last, pageSize: 1)).ShouldBe(["2", "3"]);
        (await Engine.Count("escalation", "number", last, 10, Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Counting_stops_at_its_limit()
    {
        await MustPut([
            .. Enumerable
                .Range(0, 30)
                .Select(i => Write($"{i}", 0, "", ByState(i % 3 == 0 ? "open" : "closed"))),
        ]);

        (await Count("open", 100)).ShouldBe(10);
        (await Count("open", 10)).ShouldBe(10);
        (await Count("open", 4)).ShouldBe(4);
        (await Count("new", 4)).ShouldBe(0);
        (await Engine.Count("escalation", "state", IndexKey.Empty, 100, Cancel)).ShouldBe(30);

        async Task<int> Count(string state, int atMost) =>
            await Engine.Count("escalation", "state", IndexKey.Empty.Then(state), atMost, Cancel);
    }

    /// <summary>Random commits against a model of two dictionaries; the seed is in the name of what failed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20250304)]
    [InlineData(77)]
    public async Task Any_history_of_writes_leaves_the_entries_of_the_last_ones(int seed)
    {
        var chance = new Seeded(seed);
        Dictionary<string, (long Version, List<IndexEntry> Entries)> model = [];
        for (var step = 0; step < 150; step++)
        {
            List<DocumentWrite> writes = [];
            foreach (var id in chance.Some(["a", "b", "c", "d", "e"]))
            {
                var version = model.TryGetValue(id, out var now) ? now.Version : 0;
                var gone = chance.Below(4) == 0;
                List<IndexEntry> entries =
                [
                    .. chance.Some(["x", "y", "z"]).Select(tag => Tag(tag)),
                    .. chance
                        .Some(["1", "2"])
                        .Select(n => Numbered(long.Parse(n, CultureInfo.InvariantCulture))),
                ];
                writes.Add(gone ? Delete(id, version) : Write(id, version, $"{step}", entries));
                model.Remove(id);
                if (!gone)
                {
                    model[id] = (version + 1, entries);
                }
            }

            await MustPut(writes);
        }

        foreach (var index in new[] { "tag", "number" })
        {
            (await IdsIn(index, IndexKey.Empty, pageSize: 2)).ShouldBe(
                model
                    .SelectMany(document =>
                        document
                            .Value.Entries.Where(entry => entry.Index == index)
                            .Distinct()
                            .Select(entry => (entry.Key, Id: document.Key))
                    )
                    .Order()
                    .Select(entry => entry.Id),
                $"seed {seed}"
            );
        }
    }

    private static IndexEntry Tag(string tag) => new("tag", IndexKey.Empty.Then(tag));

    private static IndexEntry Numbered(long number) => new("number", IndexKey.Empty.Then(number));

    private async Task<IReadOnlyList<IndexedDocument>> Scan(
        string index,
        IndexKey prefix,
        IndexPosition? after,
        int limit
    ) => await Engine.Scan(new IndexScan("escalation", index, prefix, after, limit), Cancel);
}
