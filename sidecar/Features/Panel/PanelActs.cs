using System.Collections.Frozen;
using System.Text.Json;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Features.Panel;

/// <summary>
/// What somebody does in the panel: the same commands and forms as everywhere, with the same rights; what they answer is
/// shown in the panel instead of being posted.
/// </summary>
internal sealed class PanelActs(
    MoveEscalation moves,
    AskForResolution resolution,
    PanelPeople people,
    TimeProvider clock
)
{
    private static readonly FrozenDictionary<string, EscalationMove> ByName =
        Enum.GetValues<EscalationMove>().ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>How the panel names a move: <c>escalateSpecifically</c>.</summary>
    public static string NameOf(EscalationMove move) =>
        JsonNamingPolicy.CamelCase.ConvertName($"{move}");

    /// <summary>The move of a name; null when there is none.</summary>
    public static EscalationMove? Find(string name) =>
        ByName.TryGetValue(name, out var move) ? move : null;

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
}
