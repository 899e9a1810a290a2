using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.ServiceRequests;

/// <summary>A deadline of a service request comes or has passed: whoever has to do something is reminded, at work.</summary>
internal sealed class RemindOfServiceRequest(
    ServiceRequestStore store,
    ServiceCalendar calendar,
    RoleStore roles,
    PeopleDirectory people,
    PeopleTimes times,
    TimeProvider clock
) : IDueTask
{
    public static string Kind => "service.remind";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = ServiceRequestId.Read(call.Id)!.Value;
        var request = (await store.Find(id, cancel))?.Value;
        var askable = call.Now;
        if (request is not null)
        {
            var whom = request.NextReminded(calendar);
            await people.TryToKnow([request.PreparedBy, request.Sow.By ?? whom], cancel);
            askable = (await times.Of(whom, cancel)).NextAskable(clock.GetUtcNow());
        }

        var leads = await roles.Holders(Role.DeploymentEngineeringLead, cancel);
        await store.DecideByItself(
            id,
            Kind,
            (current, now) =>
                current.Remind(calendar, [.. leads], p => !people.IsGone(p), askable, now),
            cancel
        );
    }
}
