using System.Collections.Frozen;
using System.Text.Json;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>
/// What somebody does in the panel: the same commands and forms as everywhere, with the same rights; what they answer is
/// shown in the panel instead of being posted.
/// </summary>
internal sealed class PanelActs(
    MoveEscalation moves,
    AskForResolution resolution,
    AssignEscalation assign,
    ChooseCustomer customer,
    AddMissing missing,
    PanelWho who,
    PanelTasks tasks,
    PanelPeople people,
    Router router,
    IRefusalHelp help,
    TimeProvider clock
)
{
    private static readonly FrozenDictionary<string, EscalationMove> Moves =
        Named<EscalationMove>();
    private static readonly FrozenDictionary<string, PanelAct> Acts = Named<PanelAct>();

    /// <summary>How the panel names a move or an act: <c>escalateSpecifically</c>.</summary>
    public static string NameOf<T>(T one)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName($"{one}");

    /// <summary>The command of a move that needs no words; null when a form asks for them.</summary>
    public static string? CommandOf(EscalationMove move, EscalationId id) =>
        move
            is EscalationMove.Acknowledge
                or EscalationMove.Investigate
                or EscalationMove.Identify
                or EscalationMove.Monitor
                or EscalationMove.Approve
            ? move.Command(id)
            : null;

    /// <summary>The same without the words that nobody has written yet.</summary>
    public static string RefusedBy(EscalationMove move, EscalationId id)
    {
        var (line, number) = (move.Command(id), $"{id}");
        return line[..(line.IndexOf(number, StringComparison.Ordinal) + number.Length)];
    }

    /// <summary>The move of a name; null when there is none.</summary>
    public static EscalationMove? Find(string name) =>
        Moves.TryGetValue(name, out var move) ? move : null;

    /// <summary>Opens the form of a move.</summary>
    public Task<Reply> Ask(
        EscalationMove move,
        EscalationId id,
        UserId by,
        CancellationToken cancel
    ) =>
        move == EscalationMove.Resolve
            ? resolution.Ask(id, by, cancel)
            : moves.Ask(new MoveRef(id, move), by, cancel);

    /// <summary>Does what is no move.</summary>
    /// <returns>Null when there is no such act, or it fits nothing that is named.</returns>
    public async Task<Reply?> Do(PanelRequest request, UserId by, CancellationToken cancel)
    {
        if (!Acts.TryGetValue(request.Act ?? "", out var act))
        {
            return null;
        }

        if (request.Task is { } task)
        {
            return request.Escalation is { } of ? await tasks.Do(act, of, task, by, cancel) : null;
        }

        if (request.Assignment is { } assignment)
        {
            return PanelWho.Ask(act, assignment);
        }

        if (request.Escalation is not { } id)
        {
            return null;
        }

        // What a button asks before its form is opened is asked here, too: forms show what not everybody may read.
        if (RightOf(act) is { } right && await router.WhyNot(right, by, cancel) is { } refusal)
        {
            return Reply.No(refusal);
        }

        return act switch
        {
            PanelAct.Take => await assign.Assign(id, by, by, anyway: true, cancel),
            PanelAct.Assign => await who.Ask(id, by, cancel),
            PanelAct.ChooseCustomer => await customer.Ask(id, by, cancel),
            PanelAct.AddMissing => await missing.Ask(id, by, cancel),
            _ => null,
        };
    }

    private static Permission? RightOf(PanelAct act) =>
        act switch
        {
            PanelAct.Take or PanelAct.Assign => AssignEscalation.Permission,
            PanelAct.ChooseCustomer => ChooseCustomer.Permission,
            PanelAct.AddMissing => AddMissing.Permission,
            _ => null,
        };

    /// <summary>The command that does the same as an act; null where none does.</summary>
    public static string? CommandOf(PanelRequest request) =>
        !Acts.TryGetValue(request.Act ?? "", out var act) || request.Escalation is not { } id ? null
        : request.Task is { } task ? $"task {id} {task}"
        : act is PanelAct.Take or PanelAct.Assign ? $"assign {id}"
        : null;

    /// <summary>
    /// The same, and who was refused because they lack a role is told how somebody who has it is asked (U16): a line in
    /// the panel has no buttons.
    /// </summary>
    /// <param name="reply">What was answered.</param>
    /// <param name="from">Who asked.</param>
    /// <param name="typed">The command that does the same; null where none does.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Reply> AsData(
        Reply reply,
        Envelope from,
        string? typed,
        CancellationToken cancel
    ) =>
        AsData(
            reply is Reply.Whisper { Because: NotPermitted why } refused
            && typed is not null
            && help.Sentence(why, from, typed) is { IsEmpty: false } sentence
                ? refused with
                {
                    Text = Markdown.Of($"{refused.Text} {sentence}"),
                }
                : reply,
            cancel
        );

    /// <summary>Text as data, so that nothing is posted; a form stays a form.</summary>
    public async ValueTask<Reply> AsData(Reply reply, CancellationToken cancel) =>
        reply switch
        {
            Reply.Whisper said => (
                PanelAnswer.At(clock.GetUtcNow()) with
                {
                    Said = new PanelSaid(await people.Write(said.Text, cancel), said.IsRefusal),
                }
            ).ToReply(),
            Reply.Silence => (
                PanelAnswer.At(clock.GetUtcNow()) with
                {
                    Said = new PanelSaid("", IsRefusal: false),
                }
            ).ToReply(),
            _ => reply,
        };

    private static FrozenDictionary<string, T> Named<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(NameOf, StringComparer.Ordinal);
}
