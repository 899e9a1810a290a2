using System.Collections.Concurrent;
using System.Text;
using Benchmarks.Stores;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
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
    private readonly ServerProcess _sidecar;
    private readonly string?[] _forms = new string?[PeopleWhoFillIn];
    private long _newcomers;

    public Kinds(
        SeedPlan plan,
        ServerProcess counterparts,
        ServerProcess sidecar,
        InteractionSeal seal
    )
    {
        _plan = plan;
        _sidecar = sidecar;
        _waiting = new ConcurrentQueue<long>(plan.Waiting);
        Empty = new RequestKind(
            "empty endpoint",
            counterparts,
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
                sidecar,
                turn =>
                    Requests.LookUp(
                        sidecar.Address,
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
                sidecar,
                turn => TakeWaiting() is { } id ? Acknowledge(seal, turn, id) : null,
                // The card itself shows it; a refusal would be said.
                "\r\n\r\n{}"u8.ToArray(),
                Yardstick.Bare
            ),
            // Beside its own rows it keeps the key and what was answered: three commits.
            new RequestKind(
                "API: raise, with its key",
                sidecar,
                turn =>
                    TakeNewcomer() is { } customer
                        ? Requests.ApiPost(
                            sidecar.Address,
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

    /// <summary>Seals as the sidecar does, with the keys in its data directory.</summary>
    public static InteractionSeal Seal(string dataDirectory)
    {
        var services = new ServiceCollection();
        services
            .AddDataProtection()
            .SetApplicationName("escalate")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataDirectory, "keys")));
        var provider = services.BuildServiceProvider();
        return new InteractionSeal(
            provider.GetRequiredService<IDataProtectionProvider>(),
            TimeProvider.System
        );
    }

    private RequestKind Api(string name, Func<long, string> path, string expected) =>
        new(
            name,
            _sidecar,
            turn => Requests.Api(_sidecar.Address, ApiDoor.Root + path(turn), turn),
            Encoding.UTF8.GetBytes(expected),
            Yardstick.Empty
        );

    private RequestKind Command(TypedCommand command, Yardstick against) =>
        new(
            command.Name,
            _sidecar,
            turn =>
                command.Text(At(turn)) is { } typed
                    ? Requests.Command(_sidecar.Address, Inbound.CommandPath, turn, typed)
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
            _sidecar.Address,
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
