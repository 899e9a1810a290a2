using System.Collections.Concurrent;
using System.Globalization;
using Benchmarks.Stores;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Features.Escalations;
using Sidecar.Mattermost;

namespace Benchmarks.Load;

/// <summary>Everything that is sent, each by another person each time, so that nobody is asked to slow down.</summary>
internal sealed class Kinds
{
    private readonly ConcurrentQueue<long> _new;
    private readonly ServerProcess _sidecar;

    public Kinds(SeedPlan plan, ServerProcess counterparts, ServerProcess sidecar, SealedState seal)
    {
        _sidecar = sidecar;
        _new = new ConcurrentQueue<long>(plan.New);
        Empty = new RequestKind(
            "empty endpoint",
            counterparts,
            turn =>
                Requests.Command(
                    counterparts.Address,
                    Counterparts.EmptyPath,
                    turn,
                    Show(plan, turn)
                ),
            "ephemeral"u8.ToArray()
        );
        Reads =
        [
            Command("`show`", turn => Show(plan, turn), "Raised by"u8),
            Command("`list`", _ => "list", "Open escalations"u8),
            Command("`list mine`", _ => "list mine", "own or raised"u8),
        ];
        Writes =
        [
            Command("`ack`", _ => TakeNew() is { } id ? $"ack {id}" : null, "You acknowledged"u8),
            new RequestKind(
                "click on a card",
                sidecar,
                turn =>
                    TakeNew() is { } id
                        ? Requests.Click(
                            sidecar.Address,
                            Inbound.ActionPath,
                            turn,
                            seal.SealAction(AcknowledgeEscalation.Key.Name, $"{{\"id\":\"{id}\"}}")
                        )
                        : null,
                "You acknowledged"u8.ToArray()
            ),
            Command(
                "`new`",
                turn => $"new {SeedPlan.Customer(turn)} sev2 Slow search on node {turn}",
                "Raised as"u8
            ),
        ];
    }

    public RequestKind Empty { get; }

    public IReadOnlyList<RequestKind> Reads { get; }

    /// <summary>Each commits before it is answered.</summary>
    public IReadOnlyList<RequestKind> Writes { get; }

    /// <summary>Seals as the sidecar does, with the keys in its data directory.</summary>
    public static SealedState Seal(string dataDirectory)
    {
        var services = new ServiceCollection();
        services
            .AddDataProtection()
            .SetApplicationName("escalate")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataDirectory, "keys")));
        var provider = services.BuildServiceProvider();
        return new SealedState(
            provider.GetRequiredService<IDataProtectionProvider>(),
            TimeProvider.System
        );
    }

    private RequestKind Command(
        string name,
        Func<long, string?> text,
        ReadOnlySpan<byte> expected
    ) =>
        new(
            name,
            _sidecar,
            turn =>
                text(turn) is { } typed
                    ? Requests.Command(_sidecar.Address, Inbound.CommandPath, turn, typed)
                    : null,
            expected.ToArray()
        );

    private EscalationId? TakeNew() =>
        _new.TryDequeue(out var number) ? new EscalationId(number) : null;

    private static string Show(SeedPlan plan, long turn) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"show {new EscalationId(SeedPlan.Scattered(turn, plan.Escalations))}"
        );
}
