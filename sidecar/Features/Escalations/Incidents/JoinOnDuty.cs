using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// Who is on duty by now joins the incidents in which they are needed, as whoever was on duty when the channel was
/// opened did (PB-1).
/// </summary>
internal sealed class JoinOnDuty(Store store, EscalationStore book) : IDueTask
{
    private const int AtOnce = 100;

    public static string Kind => ReminderPlan.OnDuty;

    public Task Run(DueCall call, CancellationToken cancel) =>
        EscalationId.Read(call.Id) is { } one ? LetIntoOne(one, cancel) : LetIntoAll(call, cancel);

    private async Task LetIntoOne(EscalationId id, CancellationToken cancel)
    {
        var setup = await store.Find(RoutingSetup.Kind, RoutingSetup.Subject, cancel);
        await book.DecideByItself(
            id,
            Kind,
            (escalation, _) =>
                setup?.Value.OnDuty is { } onDuty
                    ? escalation.Join(onDuty)
                    : new NothingNew(escalation),
            cancel,
            (change, _) =>
            {
                change.Due(Kind, id.ToString(), null);
                return ValueTask.CompletedTask;
            }
        );
    }

    private async Task LetIntoAll(DueCall call, CancellationToken cancel)
    {
        Change done;
        do
        {
            var setup = await store.Find(RoutingSetup.Kind, RoutingSetup.Subject, cancel);
            if (setup?.Value.OnDuty is { } onDuty)
            {
                await LetIn(onDuty, cancel);
            }

            done = new Change(call.Now, Kind).Due(Kind, call.Id, null);
            if (setup is not null)
            {
                // Whoever names somebody else meanwhile changes the set-up: then this fails, and they are let in, too.
                done.Replace(RoutingSetup.Kind, setup, setup.Value);
            }
        } while (!await store.Commit(done, cancel));
    }

    private async Task LetIn(UserId onDuty, CancellationToken cancel)
    {
        IndexPosition? after = null;
        do
        {
            var page = await store.List(
                EscalationIndexes.Kind,
                EscalationIndexes.ByPriority,
                EscalationList.Open.Prefix,
                after,
                AtOnce,
                cancel
            );
            foreach (var found in page.Items.Where(e => Lacks(e.Value, onDuty)))
            {
                await book.DecideByItself(
                    found.Value.Id,
                    Kind,
                    (escalation, _) => escalation.Join(onDuty),
                    cancel
                );
            }

            after = page.Next;
        } while (after is not null);
    }

    private static bool Lacks(Escalation escalation, UserId onDuty) =>
        escalation is { NeedsWhoIsOnDuty: true, Incident: { Channel: not null } incident }
        && !incident.Admitted.Contains(onDuty);
}
