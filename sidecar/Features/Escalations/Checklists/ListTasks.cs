using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary><c>/escalate tasks ESC-1</c>: the whole checklist, in the reader's time (PB-3).</summary>
internal sealed class ListTasks(
    EscalationStore book,
    IncidentReaders readers,
    ChecklistUseCase desk
) : ISlashCommand
{
    private static readonly Parameter<int?> Stage = new(
        "stage",
        "[stage]",
        source =>
            source.Next is not { } word ? ReadArgument.Absent<int?>()
            : TypedNumber.Whole(word.Value) is { } stage and > 0 and <= int.MaxValue
                ? ReadArgument.Of<int?>((int)stage)
            : ReadArgument.Wrong<int?>(
                $"“{word.Value}” is not a stage: write its number, as in `tasks ESC-12 3`."
            )
    )
    {
        IsOptional = true,
        Hint = "Which stage? Leave it out for all.",
    };

    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("tasks", "Show the checklist of an incident", EscalationArguments.Id, Stage)
        {
            Examples = ["tasks ESC-12", "tasks ESC-12 3"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (id, stage) = (call.Get(EscalationArguments.Id), call.Get(Stage));
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (await readers.WhyNot(escalation, call.Envelope.User, cancel) is { } why)
        {
            return Reply.No(why);
        }

        return escalation.Incident is not { } incident ? Reply.No(new NoChecklist(escalation))
            : stage > incident.Stages.Length
                ? Reply.No(new NoSuchTask(escalation, new TaskNumber(stage.Value, 1)))
            : Reply.Say(
                ChecklistCards.Describe(
                    escalation,
                    stage,
                    await desk.ZoneOf(call.Envelope.User, cancel)
                )
            );
    }
}
