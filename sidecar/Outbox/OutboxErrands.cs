using System.Collections.Frozen;
using Sidecar.Chat;
using Sidecar.Interactions;

namespace Sidecar.Outbox;

/// <summary>Does what was promised to people for after the answer.</summary>
/// <param name="runners">By the names of the errands.</param>
internal sealed class OutboxErrands(IEnumerable<KeyValuePair<string, ErrandRunner>> runners)
{
    private readonly FrozenDictionary<string, ErrandRunner> _runners = runners.ToFrozenDictionary(
        StringComparer.Ordinal
    );

    /// <exception cref="UndeliverableException">Nothing does such errands any more.</exception>
    public Task Run(Effect.Errand errand, CancellationToken cancel) =>
        _runners.TryGetValue(errand.Name, out var run)
            ? run(new ErrandCall(errand.For, errand.Argument), cancel)
            : throw new UndeliverableException(
                $"Nothing does errands of the kind “{errand.Name}” any more."
            );
}

/// <summary>Does one errand.</summary>
internal delegate Task ErrandRunner(ErrandCall call, CancellationToken cancel);
