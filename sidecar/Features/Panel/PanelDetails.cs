using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>Everything about one escalation, with what somebody may do with it now (ESC-10, ALL-3).</summary>
internal sealed class PanelDetails(
    RoleStore roles,
    IncidentReaders readers,
    IncidentChannels channels,
    Store store,
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
        var (escalation, channel) = await channels.Seen(found, cancel);
        var actor = await roles.Of(reader, cancel);
        var (next, more) = PanelActions.Of(escalation, actor, clock.GetUtcNow());
        var card = await store.Find(PostedPosts.Kind, escalation.Card.Value, cancel);
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
            IncidentChannel = escalation.Incident?.Channel is { } own
                ? new PanelChannel(
                    own.Id.Value,
                    own.Name,
                    channel is null ? null : PanelAnswer.Text(channel.Title),
                    channel?.Team?.Value
                )
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
            Missing =
                escalation.IsOver || escalation.Missing.IsEmpty ? null
                : escalation.CustomerIsUnknown ? "customer"
                : "arr",
            MaybeSameAs = escalation.IsOver ? null : escalation.MaybeSameAs?.ToString(),
            Card = card?.Value.Post.Value,
            Next = next,
            More = more,
        };
    }

    private IEnumerable<PanelStage> Stages(Escalation escalation, ActingPerson actor) =>
        escalation.Incident is not { } incident
            ? []
            : incident.Stages.Select(
                (stage, i) =>
                    new PanelStage(
                        TaskNumber.Whole(i + 1).ToString(),
                        stage.Title,
                        [
                            .. stage.Tasks.Select(
                                (task, j) =>
                                    Task(escalation, new TaskNumber(i + 1, j + 1), task, actor)
                            ),
                        ],
                        escalation.FinishStage(i + 1, TaskState.Done, "", actor, clock.GetUtcNow())
                            is Decision<Escalation, EscalationFact>.Accepted
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
            PanelActs.NameOf(task.State),
            people.Write(task.Assignee),
            PanelAnswer.Time(task.DueAt),
            task.IsOverdue,
            task.RepliesToCustomer,
            people.Write(task.By),
            PanelAnswer.Text(task.Reason),
            escalation.RefusingTask(number, actor) is null
        );
}
