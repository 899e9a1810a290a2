using System.Text.Json.Serialization;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.LiteDb;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Storage.LiteDb;
using Xunit;

namespace Sidecar.Tests.Storage;

public sealed class SearchTests : LiteStores
{
    private static readonly WordIndex<Note> Words = new(
        "by-words",
        note => [note.Title, note.Text],
        note => IndexKey.Empty.ThenDescending(note.Number),
        note => [IndexKey.Empty.Then(""), IndexKey.Empty.Then(note.Group)]
    );

    private static readonly DocumentKind<Note> Kind = new("note", NoteJson.Default.Note)
    {
        Indexes = [Words.Index],
    };

    [Fact]
    public async Task All_words_must_be_there_and_the_latest_comes_first()
    {
        await using var engine = await Open();
        var store = await Filled(engine, "Disk is full", "Disk is slow", "The disk: full again!");

        (await Found(store, "disk FULL")).ShouldBe([3, 1]);
        (await Found(store, "disk full quick")).ShouldBeEmpty();
        (await Found(store, "")).ShouldBeEmpty();
        (await Found(store, "!?")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_word_may_be_a_beginning_and_the_others_not()
    {
        await using var engine = await Open();
        var store = await Filled(engine, "logins fail", "login fails", "a logo failed");

        (await Found(store, "login")).ShouldBe([2, 1]);
        (await Found(store, "log")).ShouldBe([3, 2, 1]);
        (await Found(store, "lo")).ShouldBeEmpty();
        (await Found(store, "login fail")).ShouldBe([2]);
    }

    [Fact]
    public async Task Scripts_without_spaces_are_found_by_any_part_of_a_word()
    {
        await using var engine = await Open();
        var store = await Filled(
            engine,
            "データベース障害",
            "電気が切れた",
            "電が気",
            "น้ำท่วมถนน"
        );

        (await Found(store, "ベース")).ShouldBe([1]);
        (await Found(store, "障害 データ")).ShouldBe([1]);
        (await Found(store, "気")).ShouldBe([3, 2]);
        (await Found(store, "気が切")).ShouldBe([2]);
        (await Found(store, "切れた気が")).ShouldBeEmpty();
        (await Found(store, "ท่วม")).ShouldBe([4]);
    }

    [Fact]
    public async Task A_group_is_searched_by_itself()
    {
        await using var engine = await Open();
        var store = new Store(engine);
        await Add(
            store,
            new Note(1, "disk full", "", "acme"),
            new Note(2, "disk full", "", "zeta")
        );

        (await Found(store, "disk", group: "acme")).ShouldBe([1]);
        (await Found(store, "disk", group: "ac")).ShouldBeEmpty();
        (await Found(store, "disk")).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Changed_words_are_found_and_the_old_ones_are_not()
    {
        await using var engine = await Open();
        var store = await Filled(engine, "disk full");
        var read = (await store.Find(Kind, "1", Cancel))!;
        await store.Commit(
            new Change(DateTimeOffset.UnixEpoch, "engineer").Replace(
                Kind,
                read,
                read.Value with
                {
                    Title = "disk slow",
                }
            ),
            Cancel
        );

        (await Found(store, "full")).ShouldBeEmpty();
        (await Found(store, "slow disk")).ShouldBe([1]);
    }

    [Fact]
    public async Task Pages_join_to_the_whole()
    {
        await using var engine = await Open();
        var store = await Filled(engine, [.. Enumerable.Repeat("disk full", 25)]);
        var query = SearchQuery.Read("disk full");
        List<long> found = [];
        IndexPosition? after = null;
        do
        {
            var page = await store.Search(
                Kind,
                Words,
                query,
                Everywhere with
                {
                    After = after,
                },
                Cancel
            );
            page.StoppedEarly.ShouldBeFalse();
            page.Items.Count.ShouldBe(page.Next is null ? 5 : 10);
            found.AddRange(page.Items.Select(item => item.Value.Number));
            after = page.Next;
            (
                page.Next is null
                || page.Next == Words.PlaceOf(page.Items[^1].Id, page.Items[^1].Value)
            ).ShouldBeTrue();
        } while (after is not null);

        found.ShouldBe(Enumerable.Range(1, 25).Reverse().Select(i => (long)i));
    }

    [Fact]
    public async Task It_says_when_it_stopped_and_goes_on_from_there()
    {
        await using var engine = await Open();
        // Each second one: there is nothing to leap over, and only the oldest has both.
        var store = await Filled(
            engine,
            [
                "even odd",
                .. Enumerable
                    .Range(0, Search<Note>.MostSteps + 500)
                    .Select(i => i % 2 == 0 ? "even" : "odd"),
            ]
        );
        var query = SearchQuery.Read("even odd");

        var first = await store.Search(Kind, Words, query, Everywhere, Cancel);
        first.StoppedEarly.ShouldBeTrue();
        first.Items.ShouldBeEmpty();
        var second = await store.Search(
            Kind,
            Words,
            query,
            Everywhere with
            {
                After = first.Next.ShouldNotBeNull(),
            },
            Cancel
        );
        second.StoppedEarly.ShouldBeFalse();
        second.Items.ShouldHaveSingleItem().Value.Number.ShouldBe(1);
    }

    [Fact]
    public async Task Only_so_many_documents_are_read_that_nobody_wants()
    {
        await using var engine = await Open();
        var store = await Filled(engine, [.. Enumerable.Repeat("disk full", 600)]);
        var asked = 0;

        var page = await store.Search(
            Kind,
            Words,
            SearchQuery.Read("disk full"),
            Everywhere with
            {
                Also = note => ++asked > 0 && note.Number == 1,
            },
            Cancel
        );

        page.StoppedEarly.ShouldBeTrue();
        asked.ShouldBe(Search<Note>.MostRead);
        page.Next.ShouldBe(Words.PlaceOf("101", new Note(101, "", "", "")));
    }

    [Fact]
    public async Task Too_many_beginnings_leave_only_the_word_itself_and_that_is_told()
    {
        await using var engine = await Open();
        var store = await Filled(
            engine,
            [
                "log",
                .. Enumerable.Range(0, Search<Note>.MostAlternatives + 1).Select(i => $"log{i}"),
            ]
        );

        var page = await store.Search(Kind, Words, SearchQuery.Read("log"), Everywhere, Cancel);

        page.WholeWordsOnly.ShouldBeTrue();
        page.Items.ShouldHaveSingleItem().Value.Number.ShouldBe(1);
    }

    /// <summary>Random texts and queries of several scripts against reading everything.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(20260131)]
    public async Task Any_search_finds_what_reading_everything_finds(int seed)
    {
        string[] words =
        [
            "log",
            "logs",
            "login",
            "disk",
            "電気",
            "電",
            "気が切",
            "123",
            "1234",
            "wörter",
        ];
        var chance = new Seeded(seed);
        var texts = Enumerable
            .Range(0, 120)
            .Select(_ => string.Join(chance.Below(2) == 0 ? " " : "、", chance.Some(words)))
            .ToArray();
        await using var engine = await Open();
        var store = await Filled(engine, texts);
        for (var i = 0; i < 100; i++)
        {
            var typed = string.Join(' ', chance.Some(words).Take(3));
            var query = SearchQuery.Read(typed);
            (await Found(store, typed, limit: 200)).ShouldBe(
                Enumerable
                    .Range(1, texts.Length)
                    .Where(n => !query.IsEmpty && query.IsIn([texts[n - 1]], query.IsBeginning))
                    .Select(n => (long)n)
                    .Reverse(),
                $"seed {seed}: {typed}"
            );
        }
    }

    private static SearchFor<Note> Everywhere { get; } =
        new(10) { Group = IndexKey.Empty.Then("") };

    private static async Task<Store> Filled(LiteDbStoreEngine engine, params string[] titles)
    {
        var store = new Store(engine);
        await Add(store, [.. titles.Select((title, i) => new Note(i + 1, title, "", "all"))]);
        return store;
    }

    private static async Task Add(Store store, params Note[] notes)
    {
        foreach (var some in notes.Chunk(1000))
        {
            var change = new Change(DateTimeOffset.UnixEpoch, "engineer");
            foreach (var note in some)
            {
                change.Add(Kind, $"{note.Number}", note);
            }

            (await store.Commit(change, Cancel)).ShouldBeTrue();
        }
    }

    private static async Task<IEnumerable<long>> Found(
        Store store,
        string typed,
        string group = "",
        int limit = 10
    )
    {
        var page = await store.Search(
            Kind,
            Words,
            SearchQuery.Read(typed),
            new SearchFor<Note>(limit) { Group = IndexKey.Empty.Then(group) },
            Cancel
        );
        page.StoppedEarly.ShouldBeFalse();
        return page.Items.Select(item => item.Value.Number);
    }
}

internal sealed record Note(long Number, string Title, string Text, string Group);

[JsonSerializable(typeof(Note))]
internal sealed partial class NoteJson : JsonSerializerContext;
