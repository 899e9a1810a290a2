using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Benchmarks.Stores;
using Sidecar.Api;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Interactions;
using Sidecar.Mattermost;

namespace Benchmarks.Load;

/// <summary>Everything that is sent, each by another person each time, so that nobody is asked to slow down.</summary>
internal sealed class Kinds
{
    /// <summary>So many that nobody's lists ask too often, and so few that sealing their forms costs nothing here.</summary>
    private const int PeopleWhoFillIn = 600;

    private readonly SeedPlan _plan;
    private readonly ConcurrentQueue<long> _waiting;
    private readonly ImmutableArray<ServerProcess> _sidecars;
    private readonly string?[] _forms = new string?[PeopleWhoFillIn];
    private long _newcomers;

    public Kinds(
        SeedPlan plan,
        ServerProcess counterparts,
        ImmutableArray<ServerProcess> sidecars,
        InteractionSeal seal
    )
    {
        _plan = plan;
        _sidecars = sidecars;
        // What a request names as its host is nothing to any of them.
        var address = sidecars[0].Address;
        _waiting = new ConcurrentQueue<long>(plan.Waiting);
        Empty = new RequestKind(
            "empty endpoint",
            [counterparts],
            turn =>
                Requests.Command(
                    counterparts.Address,
                    Counterparts.EmptyPath,
                    turn,
                    RequestTable.Reads[0].Text(At(turn))!
                ),
            "ephemeral"u8.ToArray(),
            Against: null
        );
        Reads =
        [
            .. RequestTable.Reads.Select(typed => Command(typed, Yardstick.Empty)),
            // What is typed into the list of customers of the form for a new escalation, letter by letter.
            new RequestKind(
                "a list of a form",
                sidecars,
                turn =>
                    Requests.LookUp(
                        address,
                        Inbound.LookUpPath,
                        turn % PeopleWhoFillIn,
                        FormOf(seal, turn % PeopleWhoFillIn),
                        "customer"[..(int)(turn % 8)]
                    ),
                "\"items\":[{\"text\":\""u8.ToArray(),
                Yardstick.Empty
            ),
            Api("API: an escalation", turn => $"/escalations/{At(turn).Any}", "\"reporter\":"),
            Api("API: a page of 15", _ => "/escalations?limit=15", "\"next\":\""),
        ];
        Writes =
        [
            .. RequestTable.Writes.Select(typed => Command(typed, Yardstick.Bare)),
            new RequestKind(
                "click on a card",
                sidecars,
                turn => TakeWaiting() is { } id ? Acknowledge(seal, turn, id) : null,
                // No card of the product is pressed here, so it is said.
                "You acknowledged"u8.ToArray(),
                Yardstick.Bare
            ),
            // Beside its own rows it keeps the key and what was answered: three commits.
            new RequestKind(
                "API: raise, with its key",
                sidecars,
                turn =>
                    TakeNewcomer() is { } customer
                        ? Requests.ApiPost(
                            address,
                            ApiDoor.Root + "/escalations",
                            turn,
                            $$"""{"customer":"{{customer}}","severity":"sev2","summary":"Slow search on node {{turn}}"}"""
                        )
                        : null,
                "\"id\":\"ESC-"u8.ToArray(),
                Yardstick.Bare
            ),
        ];
    }

    public RequestKind Empty { get; }

    public IReadOnlyList<RequestKind> Reads { get; }

    public IReadOnlyList<RequestKind> Writes { get; }

    private RequestKind Api(string name, Func<long, string> path, string expected) =>
        new(
            name,
            _sidecars,
            turn => Requests.Api(_sidecars[0].Address, ApiDoor.Root + path(turn), turn),
            Encoding.UTF8.GetBytes(expected),
            Yardstick.Empty
        );

    private RequestKind Command(TypedCommand command, Yardstick against) =>
        new(
            command.Name,
            _sidecars,
            turn =>
                command.Text(At(turn)) is { } typed
                    ? Requests.Command(_sidecars[0].Address, Inbound.CommandPath, turn, typed)
                    : null,
            Encoding.UTF8.GetBytes(command.Expected),
            against
        );

    private string FormOf(InteractionSeal seal, long person) =>
        _forms[person] ??= seal.SealDialog(
            new SealedDialog(
                IntakeDialog.Key.Name,
                SeedPlan.Id('d', person),
                SeedPlan.Person(person),
                null,
                SeedPlan.Channel(person),
                null,
                DateTimeOffset.MaxValue,
                "{}",
                AskedField.Of(
                    FormDrawing.For(
                        IntakeForm.With(new IntakeDraft()),
                        new FormAbilities(true, true),
                        _ => null
                    )
                )
            )
        );

    private byte[] Acknowledge(InteractionSeal seal, long turn, EscalationId id) =>
        Requests.Click(
            _sidecars[0].Address,
            Inbound.ActionPath,
            turn,
            seal.SealAction(AcknowledgeEscalation.Key.Name, $"{{\"id\":\"{id}\"}}")
        );

    private Turn At(long turn) => new(_plan, turn, TakeWaiting, TakeNewcomer);

    private EscalationId? TakeWaiting() =>
        _waiting.TryDequeue(out var number) ? new EscalationId(number) : null;

    private string? TakeNewcomer() =>
        Interlocked.Increment(ref _newcomers) is var number && number <= _plan.Newcomers
            ? SeedPlan.Newcomer(number)
            : null;
}
