using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Mattermost has answered what an incident asked of it: the channel is open, people are in it, or not (PB-1).</summary>
internal sealed class HearFromChat(
    EscalationStore book,
    Store store,
    CustomerStore customers,
    RoutingStore desk,
    RoleStore roles
) : IDueTask
{
    public static string Kind => "escalation.heard-from-chat";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = EscalationId.Read(call.Id.Split('/')[0])!.Value;
        var outcome = (await store.Find(Outcome.Kind, call.Id, cancel))?.Value;
        if (await book.Find(id, cancel) is not { Value: var escalation } || outcome is null)
        {
            await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
            return;
        }

        var people = await Belonging(escalation, cancel);
        var menders = await Menders(escalation, cancel);
        await book.DecideByItself(
            id,
            Kind,
            (current, now) => Rule(current, outcome, people, menders, now),
            cancel,
            (change, c) => Settle(change, call.Id, outcome, c)
        );
    }

    private static Decision Rule(
        Escalation escalation,
        Outcome outcome,
        IReadOnlyList<UserId> people,
        ImmutableArray<UserId> menders,
        DateTimeOffset now
    ) =>
        outcome switch
        {
            { Opened: { } channel } => escalation.ChannelOpened(channel, people, now),
            { Hindered: { } why } when escalation.Incident?.Channel is null =>
                escalation.ChannelNotOpened(why, menders),
            { Hindered: { } why } => escalation.NobodyAdded(why, menders),
            _ => escalation.PeopleAdded(outcome.NotAdmitted, menders, now),
        };

    /// <summary>A newer outcome that came meanwhile stays, and stays due.</summary>
    private async ValueTask Settle(
        Change change,
        string id,
        Outcome heard,
        CancellationToken cancel
    )
    {
        if (await store.Find(Outcome.Kind, id, cancel) is not { } read)
        {
            change.Due(Kind, id, null);
        }
        else if (Same(read.Value, heard))
        {
            change.Delete(Outcome.Kind, read).Due(Kind, id, null);
        }
    }

    private static bool Same(Outcome one, Outcome other) =>
        one.Opened == other.Opened
        && one.Hindered == other.Hindered
        && one.NotAdmitted.SequenceEqual(other.NotAdmitted);

    /// <summary>
    /// The customer's CSM and TAM, the CSM, TAM and DE leads, executives who are looped in, and the engineer on duty
    /// where they are needed (PB-1).
    /// </summary>
    private async Task<IReadOnlyList<UserId>> Belonging(
        Escalation escalation,
        CancellationToken cancel
    )
    {
        var customer = (await customers.Read(escalation.Customer, cancel))?.Value;
        var onDuty = escalation.NeedsWhoIsOnDuty ? (await desk.Setup(cancel)).OnDuty : null;
        return
        [
            .. new[] { customer?.CustomerSuccessManager, customer?.TechnicalAccountManager, onDuty }
                .OfType<UserId>()
                .Concat(await roles.Holders(Role.CustomerSuccessLead, cancel))
                .Concat(await roles.Holders(Role.DeploymentEngineeringLead, cancel))
                .Concat(await LoopedIn(escalation, cancel))
                .Distinct(),
        ];
    }

    /// <summary>The executives, when they were looped in while there was no channel (PB-4).</summary>
    private async Task<IReadOnlyCollection<UserId>> LoopedIn(
        Escalation escalation,
        CancellationToken cancel
    ) =>
        escalation.Incident is { ExecutiveSince: not null }
            ? [.. await roles.Holders(Role.Executive, cancel)]
            : [];

    /// <summary>Who can mend what stood in the way: the administrators; the owner at least knows then.</summary>
    private async Task<ImmutableArray<UserId>> Menders(
        Escalation escalation,
        CancellationToken cancel
    ) =>
        await roles.Holders(Role.Administrator, cancel) is { Count: > 0 } administrators
            ? [.. administrators]
            : [escalation.Owner ?? escalation.Reporter];
}

/// <summary>The incident is older than an hour: the executive is looped in (PB-4).</summary>
internal sealed class LoopInExecutive(EscalationStore book, RoleStore roles, ReminderPlan plan)
    : IDueTask
{
    public static string Kind => ReminderPlan.Executive;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var executives = await roles.Holders(Role.Executive, cancel);
        var menders = await roles.Holders(Role.Administrator, cancel);
        await book.DecideByItself(
            EscalationId.Read(call.Id)!.Value,
            Kind,
            (escalation, now) =>
                escalation.BringInExecutive(plan, [.. executives], [.. menders], now),
            cancel
        );
    }
}

/// <summary>A fix has been watched long enough: its owner is asked whether it held (PB-5).</summary>
internal sealed class AskWhetherItHeld(EscalationStore book, RoutingStore desk, ReminderPlan plan)
    : IDueTask
{
    public static string Kind => ReminderPlan.Watch;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = EscalationId.Read(call.Id)!.Value;
        var people = await desk.Ladder([(await book.Find(id, cancel))?.Value.Owner], cancel);
        await book.DecideByItself(
            id,
            Kind,
            (escalation, now) => escalation.AskIfFixHeld(plan, people, now),
            cancel
        );
    }
}
