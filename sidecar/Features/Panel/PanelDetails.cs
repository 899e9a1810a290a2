using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Features.Panel;

/// <summary>Everything about one escalation, with what somebody may do with it now (ESC-10, ALL-3).</summary>
internal sealed class PanelDetails(
    RoleStore roles,
    IncidentReaders readers,
    IncidentChannels channels,
    PanelPeople people,
    TimeProvider clock
)
{
    public async ValueTask<PanelDetail> Of(
        Escalation found,
        UserId reader,
        CancellationToken cancel
    )
    {
        var escalation = await channels.Named(found, cancel);
        var actor = await roles.Of(reader, cancel);
        await people.Know(
            [
                escalation.Owner,
                escalation.Reporter,
                escalation.LastUpdate?.By,
                .. (escalation.Incident?.Tasks ?? []).SelectMany(t =>
                    new UserId?[] { t.Assignee, t.By }
                ),
            ],
            cancel
        );
        return new PanelDetail(PanelItem.Of(escalation, people))
        {
            Category = Vocabulary.Categories.Code(escalation.Category),
            Impact = Vocabulary.Impacts.Code(escalation.Impact),
            Effort = Vocabulary.Efforts.Code(escalation.Effort),
            CustomerImpact = PanelAnswer.Text(escalation.CustomerImpact),
            Links = PanelAnswer.Text(escalation.Links),
            Reporter = people.Write(escalation.Reporter),
            IsFollowed = escalation.Followers.Contains(reader),
            RedirectedTo = escalation.RedirectedTo?.Named().Label,
            StateReason = PanelAnswer.Text(escalation.StateReason),
            Resolution = PanelAnswer.Text(escalation.Resolution),
            ConfirmedBy = escalation.Confirmed?.Who,
            Bug = PanelAnswer.Text(escalation.Work.Bug),
            PullRequest = PanelAnswer.Text(escalation.Work.PullRequest),
            IncidentChannel = escalation.Incident?.Channel is { } channel
                ? new PanelChannel(channel.Id.Value, channel.Name)
                : null,
            LastUpdate = escalation.LastUpdate is { } update
                ? new PanelUpdate(
                    PanelAnswer.Time(update.At),
                    people.Write(update.By),
                    update.Summary
                )
                : null,
            Playbook = escalation.Incident?.PlaybookName,
            Checklist = await readers.MayRead(escalation, reader, cancel)
                ? [.. Stages(escalation, actor)]
                : [],
            Moves =
            [
                .. MoveRules
                    .LegalFor(escalation, actor, clock.GetUtcNow())
                    .Select(PanelActs.NameOf),
            ],
            Commands = [.. PanelCommands.Of(escalation, actor)],
        };
    }

    private IEnumerable<PanelStage> Stages(Escalation escalation, ActingPerson actor) =>
        escalation.Incident is not { } incident
            ? []
            : incident.Stages.Select(
                (stage, i) =>
                    new PanelStage(
                        stage.Title,
                        [
                            .. stage.Tasks.Select(
                                (task, j) =>
                                    Task(escalation, new TaskNumber(i + 1, j + 1), task, actor)
                            ),
                        ]
                    )
            );

    private PanelTask Task(
        Escalation escalation,
        TaskNumber number,
        IncidentTask task,
        ActingPerson actor
    ) =>
        new(
            number.ToString(),
            task.Title,
            task.State switch
            {
                TaskState.Done => "done",
                TaskState.Skipped => "skipped",
                _ => "open",
            },
            people.Write(task.Assignee),
            PanelAnswer.Time(task.DueAt),
            task.IsOverdue,
            task.RepliesToCustomer,
            people.Write(task.By),
            PanelAnswer.Text(task.Reason),
            escalation.RefusingTask(number, actor) is null
        );
}

/// <summary>Which commands besides moves make sense for somebody now.</summary>
internal static class PanelCommands
{
    public static IEnumerable<string> Of(Escalation escalation, ActingPerson actor)
    {
        var isTheirs = escalation.Owner == actor.User || escalation.Reporter == actor.User;
        var isWorkedOn =
            escalation.State == EscalationState.Accepted || PossibleMoves.IsWork(escalation.State);
        if (isWorkedOn && EscalationRights.PostUpdate.Allows(actor, isTheirs))
        {
            yield return "update";
        }

        if (!escalation.IsOver)
        {
            if (EscalationRights.Edit.Allows(actor, isTheirs))
            {
                yield return "edit";
            }

            yield return escalation.Followers.Contains(actor.User) ? "unfollow" : "follow";
            if (
                escalation.WhyNotAgreedFirst(actor.User) is null
                && EscalationRights.AgreeFirst.Allows(actor)
            )
            {
                yield return "service from";
            }
        }
    }
}
