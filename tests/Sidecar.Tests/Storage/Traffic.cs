using System.Globalization;
using System.Text;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Tests.Storage;

/// <summary>
/// Commits whose halves tell on each other: step n of a writer moves two documents, an index entry of each, an effect,
/// an audit entry and a due time from n-1 to n.
/// </summary>
internal static class Traffic
{
    /// <summary>How far <see cref="Run"/> lets each of its writers come.</summary>
    public static int[] Steps { get; } = [5, 3, 9];

    /// <summary>A little of it, always the same.</summary>
    public static async Task Run(IStoreEngine engine)
    {
        for (var writer = 0; writer < Steps.Length; writer++)
        {
            for (var step = 1; step <= Steps[writer]; step++)
            {
                await Step(engine, writer, step);
            }
        }
    }

    public static async Task Step(IStoreEngine engine, int writer, int step)
    {
        var number = await engine.NextNumber("ESC", CancellationToken.None);
        var outcome = await engine.Commit(
            new StoreCommit
            {
                Documents =
                [
                    Half("left", writer, step),
                    Half("right", writer, step),
                    new DocumentWrite(new DocumentKey("numbered", $"{number}"), 0, Utf8("1"), []),
                ],
                Due = [new DueTime("step", $"{writer}", DateTimeOffset.UnixEpoch.AddSeconds(step))],
                Outbox =
                [
                    new OutboxWrite(
                        EffectId.From($"{writer}-{step}"),
                        $"{writer}",
                        Utf8("{}"),
                        DateTimeOffset.UnixEpoch
                    ),
                ],
                Audit =
                [
                    new AuditWrite(DateTimeOffset.UnixEpoch, "tam", $"{writer}", Utf8($"{step}")),
                ],
            },
            CancellationToken.None
        );
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
    }

    /// <summary>How far a writer has come; fails when a step is there by halves.</summary>
    public static async Task<int> Reached(IStoreEngine engine, int writer, string context)
    {
        var left = await Body(engine, $"left-{writer}");
        (await Body(engine, $"right-{writer}")).ShouldBe(left, context);
        var reached = left is null ? 0 : int.Parse(left, CultureInfo.InvariantCulture);
        var audit = await engine.ReadAudit($"{writer}", 0, int.MaxValue, CancellationToken.None);
        audit.Count.ShouldBe(reached, context);
        var entries = await engine.Scan(
            new IndexScan("half", "step", IndexKey.Empty.Then(writer), After: null, 10),
            CancellationToken.None
        );
        entries
            .Select(entry => entry.At)
            .ShouldBe(
                Enumerable.Repeat(IndexKey.Empty.Then(writer).Then(reached), left is null ? 0 : 2),
                context
            );
        var effects = await engine.ReadOutbox(0, int.MaxValue, CancellationToken.None);
        effects.Count(effect => effect.Effect.Lane == $"{writer}").ShouldBe(reached, context);
        return reached;
    }

    private static DocumentWrite Half(string side, int writer, int step) =>
        new(
            new DocumentKey("half", $"{side}-{writer}"),
            step - 1,
            Utf8($"{step}"),
            [new IndexEntry("step", IndexKey.Empty.Then(writer).Then(step))]
        );

    private static async Task<string?> Body(IStoreEngine engine, string id) =>
        await engine.Get(new DocumentKey("half", id), CancellationToken.None) is { } found
            ? Encoding.UTF8.GetString(found.Body.Span)
            : null;

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
