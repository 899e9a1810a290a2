using System.Globalization;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

public abstract partial class StoreEngineConformance
{
    [Fact]
    public async Task Everything_is_there_after_the_store_was_closed_and_opened()
    {
        await FillALittle();
        var before = await Everything();

        await Reopen();

        (await Everything()).ShouldBe(before);
        (await Put(Write("ESC-1", 1, "late"))).ShouldBeOfType<CommitOutcome.Conflict>();
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        await Engine.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => BodyOf("ESC-1"));
        await Should.ThrowAsync<ObjectDisposedException>(() => Put(Write("ESC-1", 0, "1")));
        await Should.ThrowAsync<ObjectDisposedException>(async () =>
            await Engine.NextNumber("ESC", Cancel)
        );
        await Engine.DisposeAsync();
    }

    [Fact]
    public async Task Closing_lets_commits_that_wait_come_to_their_end()
    {
        // More than any engine lets wait at once.
        const int commits = 3000;
        var waiting = Enumerable
            .Range(0, commits)
            .Select(i =>
                Engine.Commit(new StoreCommit { Audit = [Audit("all", $"{i}")] }, Cancel).AsTask()
            )
            .ToList();
        await Engine.DisposeAsync();
        List<string> committed = [];
        for (var i = 0; i < commits; i++)
        {
            try
            {
                (await waiting[i]).ShouldBeOfType<CommitOutcome.Committed>();
                committed.Add($"{i}");
            }
            catch (ObjectDisposedException)
            {
                // It came too late, and was told.
            }
        }

        await Reopen();
        (await Engine.ReadAudit("all", 0, commits, Cancel))
            .Select(entry => Text(entry.Entry.Body))
            .ShouldBe(committed, ignoreOrder: true);
    }

    [Fact]
    public async Task A_restored_backup_equals_what_was_backed_up()
    {
        await FillALittle();
        var before = await Everything();
        var backup = NewBackupPath();
        await Engine.Backup(backup, Cancel);
        await MustPut(Write("after", 0, "the backup"), Delete("ESC-1", 2));

        await Engine.DisposeAsync();
        await Restore(backup);
        await Reopen();

        (await Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task A_backup_never_replaces_a_file()
    {
        var backup = NewBackupPath();
        await File.WriteAllTextAsync(backup, "precious", Cancel);

        await Should.ThrowAsync<IOException>(async () => await Engine.Backup(backup, Cancel));

        (await File.ReadAllTextAsync(backup, Cancel)).ShouldBe("precious");
    }

    [Fact]
    public async Task A_backup_under_load_holds_all_that_was_acknowledged_and_nothing_by_halves()
    {
        using var stop = new CancellationTokenSource();
        var acknowledged = new int[8];
        var writers = Enumerable
            .Range(0, acknowledged.Length)
            .Select(w => Task.Run(() => WriteUntil(w, acknowledged, stop.Token), Cancel))
            .ToList();
        while (acknowledged.Any(count => Volatile.Read(in count) < 5))
        {
            await Task.Yield();
        }

        var floor = acknowledged.ToArray();
        var backup = NewBackupPath();
        await Engine.Backup(backup, Cancel);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await Engine.DisposeAsync();
        await Restore(backup);
        await Reopen();

        for (var w = 0; w < acknowledged.Length; w++)
        {
            var left = int.Parse((await BodyOf($"left-{w}"))!, CultureInfo.InvariantCulture);
            (await BodyOf($"right-{w}")).ShouldBe($"{left}");
            left.ShouldBeGreaterThanOrEqualTo(floor[w]);
            (await IdsIn("state", IndexKey.Empty.Then($"{w}/{left}"))).Count.ShouldBe(2);
            (await Engine.ReadAudit($"{w}", 0, int.MaxValue, Cancel)).Count.ShouldBe(left);
        }
    }

    private async Task WriteUntil(int writer, int[] acknowledged, CancellationToken stop)
    {
        for (var i = 1; !stop.IsCancellationRequested; i++)
        {
            await MustCommit(
                new StoreCommit
                {
                    Documents =
                    [
                        Write($"left-{writer}", i - 1, $"{i}", ByState($"{writer}/{i}")),
                        Write($"right-{writer}", i - 1, $"{i}", ByState($"{writer}/{i}")),
                    ],
                    Audit = [Audit($"{writer}", $"{i}")],
                }
            );
            Volatile.Write(ref acknowledged[writer], i);
        }
    }

    private async Task FillALittle()
    {
        for (var i = 0; i < 30; i++)
        {
            await MustCommit(
                new StoreCommit
                {
                    Documents = [Write($"ESC-{i}", 0, $"{i}", ByState("open"), Numbered(i))],
                    Due = [new DueTime("update", $"ESC-{i}", Noon.AddMinutes(i))],
                    Outbox = [Effect($"effect-{i}")],
                    Audit = [Audit($"ESC-{i % 4}", $"{i}")],
                }
            );
        }

        await MustCommit(
            new StoreCommit
            {
                Documents = [Write("ESC-1", 1, "changed", ByState("closed")), Delete("ESC-2", 1)],
                Settlements =
                [
                    new OutboxSettlement.Delivered(EffectId.From("effect-1")),
                    new OutboxSettlement.Parked(EffectId.From("effect-2"), "no such channel"),
                    new OutboxSettlement.Postponed(EffectId.From("effect-3"), Noon, "busy"),
                ],
            }
        );
    }

    /// <summary>All that can be read, as text.</summary>
    private async Task<IReadOnlyList<string>> Everything()
    {
        List<string> lines = [];
        foreach (var index in new[] { "state", "number" })
        {
            lines.AddRange(
                (await Scan(index, IndexKey.Empty, after: null, 1000)).Select(found =>
                    $"{index} {found.At} {found.Document.Key} {found.Document.Version} {Text(found.Document.Body)}"
                )
            );
        }

        lines.AddRange(
            (await Engine.ReadDue(DateTimeOffset.MaxValue, null, 1000, Cancel)).Select(due =>
                $"{due}"
            )
        );
        foreach (
            var effects in new[]
            {
                await Engine.ReadOutbox(0, 1000, Cancel),
                await Engine.ReadParked(0, 1000, Cancel),
            }
        )
        {
            lines.AddRange(
                effects.Select(effect =>
                    $"{effect.Sequence} {effect.Effect.Id} {effect.Effect.Lane} {effect.Attempts} {effect.NotBefore} {effect.Problem}"
                )
            );
        }

        lines.AddRange(
            (await Engine.ReadAudit(0, 1000, Cancel)).Select(entry =>
                $"{entry.Sequence} {entry.Entry.At} {entry.Entry.Subject} {Text(entry.Entry.Body)}"
            )
        );
        return lines;
    }
}
