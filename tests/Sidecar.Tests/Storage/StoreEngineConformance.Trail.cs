using System.Text;
using Shouldly;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task An_audit_entry_comes_back_as_it_was_written()
    {
        var at = new DateTimeOffset(2025, 3, 4, 14, 0, 0, 123, TimeSpan.FromHours(2)).AddTicks(4);
        await MustCommit(
            new StoreCommit { Audit = [new AuditWrite(at, "tam", "ESC-1", Bytes("{\"ä\":1}"))] }
        );

        var read = (await Engine.ReadAudit("ESC-1", 0, 10, Cancel)).ShouldHaveSingleItem();
        read.Entry.At.ShouldBe(at);
        read.Entry.At.Offset.ShouldBe(TimeSpan.Zero);
        read.Entry.Actor.ShouldBe("tam");
        read.Entry.Subject.ShouldBe("ESC-1");
        Text(read.Entry.Body).ShouldBe("{\"ä\":1}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    public async Task The_audit_trail_is_read_in_pages_by_subject_and_whole(int pageSize)
    {
        for (var i = 0; i < 20; i += 2)
        {
            await MustCommit(
                new StoreCommit
                {
                    Audit = [Audit($"ESC-{i % 3}", $"{i}"), Audit("ESC-9", $"{i + 1}")],
                }
            );
        }

        (await Trail(after => Engine.ReadAudit(after, pageSize, Cancel))).ShouldBe(
            Enumerable.Range(0, 20).Select(i => $"{i}")
        );
        (await Trail(after => Engine.ReadAudit("ESC-9", after, pageSize, Cancel))).ShouldBe(
            Enumerable.Range(0, 10).Select(i => $"{i * 2 + 1}")
        );
        (await Trail(after => Engine.ReadAudit("ESC-0", after, pageSize, Cancel))).ShouldBe([
            "0",
            "6",
            "12",
            "18",
        ]);
        (await Trail(after => Engine.ReadAudit("ESC", after, pageSize, Cancel))).ShouldBeEmpty();

        List<string> latest = [];
        long? before = null;
        while (
            await Engine.ReadLatestAudit("ESC-0", before, pageSize, Cancel) is [.., var last] page
        )
        {
            page.Count.ShouldBeLessThanOrEqualTo(pageSize);
            latest.AddRange(page.Select(r => Encoding.UTF8.GetString(r.Entry.Body.Span)));
            before = last.Sequence;
        }

        latest.ShouldBe(["18", "12", "6", "0"]);
        (await Engine.ReadLatestAudit("ESC", null, pageSize, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Due_times_come_earliest_first_up_to_a_moment()
    {
        await Due(("a", 30), ("b", 10), ("c", 20), ("d", 40));

        (await DueUntil(30)).ShouldBe(["b", "c", "a"]);
        (await DueUntil(30, limit: 2)).ShouldBe(["b", "c"]);
        (await DueUntil(9)).ShouldBeEmpty();
        (await Engine.NextDue(DateTimeOffset.MinValue, Cancel)).ShouldBe(Noon.AddSeconds(10));
        (await Engine.NextDue(Noon.AddSeconds(10), Cancel)).ShouldBe(Noon.AddSeconds(20));
        (await Engine.NextDue(Noon.AddSeconds(40), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Due_times_come_in_pages_that_go_on_behind_what_is_gone()
    {
        // Three of one moment: kind and id decide their order, and a page may end between them.
        await Due(("b", 10), ("a", 10), ("c", 10), ("d", 20), ("e", 30));

        var first = await Engine.ReadDue(Noon.AddSeconds(20), null, 2, Cancel);
        first.Select(due => due.Id).ShouldBe(["a", "b"]);
        await Due(("a", null), ("b", 40));
        var second = await Engine.ReadDue(Noon.AddSeconds(20), first[^1], 2, Cancel);
        second.Select(due => due.Id).ShouldBe(["c", "d"]);
        (await Engine.ReadDue(Noon.AddSeconds(20), second[^1], 2, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_later_due_time_replaces_the_earlier_one_and_null_removes_it()
    {
        await Due(("a", 10), ("b", 20));
        await Due(("a", 50));
        (await DueUntil(30)).ShouldBe(["b"]);
        (await Engine.NextDue(DateTimeOffset.MinValue, Cancel)).ShouldBe(Noon.AddSeconds(20));

        await Due(("b", null), ("never-set", null));
        (await DueUntil(100)).ShouldBe(["a"]);
        await Due(("a", null));
        (await Engine.NextDue(DateTimeOffset.MinValue, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Due_times_of_different_kinds_stand_beside_each_other_in_utc()
    {
        var there = new DateTimeOffset(2025, 3, 4, 14, 0, 0, TimeSpan.FromHours(2));
        await MustCommit(
            new StoreCommit
            {
                Due =
                [
                    new DueTime("update", "ESC-1", there),
                    new DueTime("check-in", "ESC-1", Noon),
                ],
            }
        );

        (await Engine.ReadDue(Noon, null, 10, Cancel)).ShouldBe([
            new DueTime("check-in", "ESC-1", Noon),
            new DueTime("update", "ESC-1", Noon),
        ]);
    }

    [Fact]
    public async Task Numbers_of_a_series_follow_each_other()
    {
        for (var expected = 1; expected <= 40; expected++)
        {
            (await Engine.NextNumber("ESC", Cancel)).ShouldBe(expected);
        }

        (await Engine.NextNumber("SR", Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Numbers_go_on_without_a_gap_after_a_clean_close()
    {
        for (var expected = 1; expected <= 5; expected++)
        {
            (await Engine.NextNumber("ESC", Cancel)).ShouldBe(expected);
            (await Engine.NextNumber("SR", Cancel)).ShouldBe(expected);
            await Reopen();
        }
    }

    [Fact]
    public async Task No_number_is_given_twice_to_many_at_once()
    {
        var given = await Task.WhenAll(
            Enumerable
                .Range(0, 300)
                .Select(i =>
                    Task.Run(
                        async () =>
                        {
                            var number = await Engine.NextNumber("ESC", Cancel);
                            await MustPut(Write($"ESC-{number}", 0, $"{i}"));
                            return number;
                        },
                        Cancel
                    )
                )
        );

        given.Order().ShouldBe(Enumerable.Range(1, 300).Select(i => (long)i));
    }

    private async Task Due(params IEnumerable<(string Id, int? After)> times) =>
        await MustCommit(
            new StoreCommit
            {
                Due =
                [
                    .. times.Select(time => new DueTime(
                        "update",
                        time.Id,
                        time.After is { } seconds ? Noon.AddSeconds(seconds) : null
                    )),
                ],
            }
        );

    private async Task<IEnumerable<string>> DueUntil(int seconds, int limit = 100) =>
        (await Engine.ReadDue(Noon.AddSeconds(seconds), null, limit, Cancel)).Select(due => due.Id);

    private static async Task<IReadOnlyList<string>> Trail(
        Func<long, ValueTask<IReadOnlyList<RecordedAudit>>> page
    )
    {
        List<string> bodies = [];
        long after = 0;
        while (await page(after) is { Count: > 0 } entries)
        {
            bodies.AddRange(entries.Select(entry => Text(entry.Entry.Body)));
            entries[0].Sequence.ShouldBeGreaterThan(after);
            after = entries[^1].Sequence;
        }

        return bodies;
    }
}
