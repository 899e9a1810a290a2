using Sidecar.Features.AgendaItems;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Agenda;

/// <summary><c>/escalate agenda</c>: what there is to talk about now, for whoever asks alone.</summary>
internal sealed class ShowAgenda(
    Store store,
    AgendaKeeping agenda,
    WorkingTime team,
    TimeProvider clock
) : ISlashCommand
{
    public static Permission Permission => AgendaRights.Read;

    public static CommandSpec Spec { get; } =
        new("agenda", "Show the agenda of the weekly meeting as it stands now")
        {
            Examples = ["agenda"],
            Details =
                "What is new or has changed since the last meeting is marked. Notes and decisions are taken with the buttons of the posted agenda.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var sections = await agenda.Sections(new AgendaReader(now, MayReadRevenue: true), cancel);
        var last = await agenda.Last(now, cancel);
        var plan = (await store.Find(AgendaPlan.Kind, AgendaPlan.Id, cancel))?.Value;
        return Reply.Say(
            Markdown.Lines([
                plan?.NextAfter(now, team) is { } next
                    ? Markdown.Of(
                        $"#### Weekly meeting, {AgendaText.When(next, plan.Zone)}\nIts agenda is posted in {plan.Channel} {(next - plan.Ahead <= now ? "already" : Times.At(next - plan.Ahead, plan.Zone))}."
                    )
                    : Markdown.Of(
                        $"#### Weekly meeting\nNobody has said when it is: {Markdown.Code($"/{SlashCommand.Trigger} agenda set tue 14:00")}, typed by a lead in its channel, posts the agenda there every week."
                    ),
                AgendaText.Body(sections, last?.Sections ?? [], last is null),
            ])
        );
    }
}
