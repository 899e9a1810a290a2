using Shouldly;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task A_document_comes_back_as_it_was_written()
    {
        await MustPut(Write("ESC-1", 0, """{"title":"Störung 💥"}"""));

        var found = (await Engine.Get(Key("ESC-1"), Cancel)).ShouldNotBeNull();
        found.Key.ShouldBe(Key("ESC-1"));
        found.Version.ShouldBe(1);
        Text(found.Body).ShouldBe("""{"title":"Störung 💥"}""");
    }

    [Fact]
    public async Task What_was_never_written_is_not_there()
    {
        await MustPut(Write("ESC-1", 0, "{}"));

        (await Engine.Get(Key("ESC-2"), Cancel)).ShouldBeNull();
        (await Engine.Get(new DocumentKey("customer", "ESC-1"), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task All_ids_of_a_kind_are_told_in_order_page_by_page_whatever_changes_meanwhile()
    {
        string[] ids = ["", "ESC-1", "ESC-10", "ESC-2", "a\0b", "b", "é", "日本"];
        await MustPut([.. ids.Reverse().Select(id => Write(id, 0, "1"))]);
        await MustPut(new DocumentWrite(new DocumentKey("customer", "c"), 0, Bytes("1"), []));
        (await Engine.ReadIds("escalation", null, 100, Cancel)).ShouldBe(ids);
        (await Engine.ReadIds("customer", null, 100, Cancel)).ShouldBe(["c"]);
        (await Engine.ReadIds("nothing", null, 100, Cancel)).ShouldBeEmpty();

        List<string> read = [];
        while (
            await Engine.ReadIds("escalation", read.Count == 0 ? null : read[^1], 3, Cancel)
                is { Count: > 0 } page
        )
        {
            read.AddRange(page);
            await MustPut(
                Write(
                    "ESC-2",
                    read.Count == 3 ? 1
                        : read.Count == 6 ? 2
                        : 3,
                    "2"
                )
            );
        }

        read.ShouldBe(ids);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("'; DROP TABLE documents; --")]
    [InlineData("日本語/ä ö\u0001")]
    public async Task Any_text_is_an_id(string id)
    {
        await MustPut(Write(id, 0, "1", ByState("open")), Write(id + "x", 0, "2", ByState("open")));

        (await BodyOf(id)).ShouldBe("1");
        (await IdsIn("state", IndexKey.Empty.Then("open"), pageSize: 1)).ShouldBe([id, id + "x"]);
    }

    [Fact]
    public async Task A_large_body_and_an_empty_one_come_back()
    {
        var large = new string('x', 3_000_000);
        await MustPut(Write("large", 0, large), Write("empty", 0, ""));

        (await BodyOf("large")).ShouldBe(large);
        (await BodyOf("empty")).ShouldBe("");
    }

    [Fact]
    public async Task Each_write_raises_the_version_by_one()
    {
        await MustPut(Write("ESC-1", 0, "1"));
        await MustPut(Write("ESC-1", 1, "2"));
        await MustPut(Write("ESC-1", 2, "3"));

        (await Engine.Get(Key("ESC-1"), Cancel))!.Version.ShouldBe(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_write_that_expects_another_version_is_a_conflict(long expected)
    {
        await MustPut(Write("ESC-1", 0, "1"));
        await MustPut(Write("ESC-1", 1, "2"));

        (await Put(Write("ESC-1", expected, "other"))).ShouldBe(
            new CommitOutcome.Conflict(Key("ESC-1"))
        );
        (await Put(Delete("ESC-1", expected))).ShouldBe(new CommitOutcome.Conflict(Key("ESC-1")));
        (await BodyOf("ESC-1")).ShouldBe("2");
    }

    [Fact]
    public async Task A_write_to_what_was_deleted_is_a_conflict()
    {
        await MustPut(Write("ESC-1", 0, "1"));
        await MustPut(Delete("ESC-1", 1));

        (await BodyOf("ESC-1")).ShouldBeNull();
        (await Put(Write("ESC-1", 1, "2"))).ShouldBe(new CommitOutcome.Conflict(Key("ESC-1")));
        (await Put(Delete("ESC-1", 1))).ShouldBe(new CommitOutcome.Conflict(Key("ESC-1")));
    }

    [Fact]
    public async Task What_was_deleted_can_be_made_again()
    {
        await MustPut(Write("ESC-1", 0, "1", ByState("open")));
        await MustPut(Delete("ESC-1", 1));
        await MustPut(Write("ESC-1", 0, "2", ByState("closed")));

        (await Engine.Get(Key("ESC-1"), Cancel))!.Version.ShouldBe(1);
        (await IdsIn("state", IndexKey.Empty)).ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task Deleting_what_is_expected_to_be_missing_changes_nothing()
    {
        await MustPut(Delete("ESC-1", 0));

        (await BodyOf("ESC-1")).ShouldBeNull();
    }

    [Fact]
    public async Task A_commit_that_writes_a_document_twice_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() =>
            Put(Write("ESC-1", 0, "1"), Write("ESC-1", 1, "2"))
        );

        (await BodyOf("ESC-1")).ShouldBeNull();
    }
}
