using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Who is told of what happened, and where: each once.</summary>
internal static class ServiceNotices
{
    /// <summary>What messages about it ask, as it stands: they are settled when it stands elsewhere.</summary>
    public static string Asks(ServiceRequest request) =>
        request.IsChangeUnsigned ? $"service.{request.State}.unsigned"
        : request.State == ServiceState.AwaitingSignOff && request.Sow.By is null
            ? $"service.{request.State}.unnamed"
        : $"service.{request.State}";

    public static IEnumerable<Effect> Of(
        ServiceRequest request,
        ServiceFact fact,
        UserId? onBehalfOf
    )
    {
        if (fact.IsToldInThread)
        {
            yield return new Effect.ReplyInThread(
                request.Card,
                request.Channel,
                fact.Begins is { } person ? fact.Sentence.Quiet(person) : fact.Sentence.Quiet()
            )
            {
                About = request.Id.ToString(),
                OnBehalfOf = onBehalfOf,
            };
        }

        if (
            request.Former is { } former
            && fact is ServiceFact.ServiceCompleted or ServiceFact.ServiceCancelled
        )
        {
            yield return new Effect.ReplyInThread(
                former.Card,
                former.Channel,
                Markdown.Of($"It went on as **{request.Id}**. {fact.Sentence}").Quiet()
            )
            {
                About = request.Id.ToString(),
                OnBehalfOf = onBehalfOf,
            };
        }

        var told = new HashSet<UserId>();
        foreach (var (to, text) in ToPeople(request, fact))
        {
            // Whoever did it has seen that; who is several things is told once, as what comes first.
            if (to is { } who && who != fact.By && told.Add(who))
            {
                yield return ServiceCards.Tell(request, who, text, AsksToEdit(fact), onBehalfOf);
            }
        }
    }

    private static bool AsksToEdit(ServiceFact fact) =>
        fact
            is ServiceFact.SowPrepared { Leads.IsEmpty: false }
                or ServiceFact.ServiceReminded
                {
                    Of: ServiceReminder.UnsignedAtStart
                        or ServiceReminder.Overdue
                        or ServiceReminder.OverdueForLeads
                };

    private static IEnumerable<(UserId? To, Markdown Text)> ToPeople(
        ServiceRequest request,
        ServiceFact fact
    )
    {
        var (id, customer) = (request.Id, request.CustomerName);
        switch (fact)
        {
            case ServiceFact.SowPrepared prepared:
                yield return (
                    request.Sow.By,
                    Markdown.Of(
                        $"{request.PreparedBy} names you in **{id}** for {customer}: you deliver it {ServiceWords.Time(request.Sow)}. The work begins when the customer has signed off; you are told."
                    )
                );
                foreach (var lead in prepared.Leads)
                {
                    yield return (
                        lead,
                        Markdown.Of(
                            $":raising_hand: Who delivers **{id}** for {customer}? {request.PreparedBy} has prepared it and named nobody; the customer signs off who does. {ServiceWords.Command($"edit {id}")}"
                        )
                    );
                }

                break;
            case ServiceFact.SowChanged changed:
                var what = Markdown.Of($"**{id}** ({customer}): {fact.Sentence}");
                yield return (
                    request.Sow.By,
                    changed.Begins is null
                        ? what
                        : Markdown.Of(
                            $"You deliver **{id}** for {customer}, {ServiceWords.Time(request.Sow)}: {fact.Sentence}"
                        )
                );
                yield return (changed.Former.By, what);
                yield return (request.PreparedBy, what);
                break;
            case ServiceFact.SowSignedOff:
                yield return (
                    request.Sow.By,
                    request.State == ServiceState.SignedOff
                        ? Markdown.Of(
                            $":handshake: {customer} has signed **{id}** off: you can begin."
                        )
                        : Markdown.Of(
                            $":handshake: {customer} has signed the change of **{id}** off: it can be delivered as it now reads."
                        )
                );
                yield return (
                    request.PreparedBy,
                    Markdown.Of($"**{id}** ({customer}): {fact.Sentence}")
                );
                break;
            case ServiceFact.ServiceStarted:
                yield return (
                    request.PreparedBy,
                    Markdown.Of($"**{id}** ({customer}): {fact.Sentence} It is due {Due(request)}.")
                );
                break;
            case ServiceFact.ServiceDelivered:
                yield return (
                    request.PreparedBy,
                    Markdown.Of(
                        $":package: **{id}** is delivered to {customer}. Ask them whether it is what was agreed, and record what they say."
                    )
                );
                break;
            case ServiceFact.DeliveryReturned returned:
                yield return (
                    request.Sow.By,
                    Markdown.Of(
                        $":leftwards_arrow_with_hook: {customer} does not accept **{id}** yet: {returned.Reason}"
                    )
                );
                break;
            case ServiceFact.DeliveryAccepted:
                yield return (
                    request.Sow.By,
                    Markdown.Of(
                        $":tada: {customer} accepts **{id}**. One thing is left: does it need maintenance, and who does it?"
                    )
                );
                break;
            case ServiceFact.ServiceCompleted
            or ServiceFact.MaintenanceMoved
            or ServiceFact.ServiceCancelled:
                var end = Markdown.Of($"**{id}** ({customer}): {fact.Sentence}");
                yield return (request.Sow.By, end);
                yield return (request.PreparedBy, end);
                break;
            case ServiceFact.ServiceReminded reminded:
                foreach (var person in reminded.Told)
                {
                    yield return (person, Reminder(request, reminded.Of));
                }

                break;
        }
    }

    private static Markdown Reminder(ServiceRequest request, ServiceReminder of)
    {
        var (id, customer) = (request.Id, request.CustomerName);
        return of switch
        {
            ServiceReminder.SignOff => Markdown.Of(
                $":hourglass: Nobody has recorded yet that {customer} has signed **{id}** off. The work does not begin without it."
            ),
            ServiceReminder.UnsignedAtStart => Markdown.Of(
                $":hourglass: **{id}** for {customer} was to begin today, and is not signed off. Record the sign-off, or set another day: {ServiceWords.Command($"edit {id}")}"
            ),
            ServiceReminder.Start => Markdown.Of(
                $":alarm_clock: **{id}** for {customer} is signed off and waits for you to begin. It is due {Due(request)}."
            ),
            ServiceReminder.Acceptance => Markdown.Of(
                $":hourglass: Has {customer} accepted what **{id}** delivered? Nobody has recorded what they say."
            ),
            ServiceReminder.Completion => Markdown.Of(
                $":hourglass: {customer} has accepted **{id}**. Does it need maintenance, and who does it?"
            ),
            ServiceReminder.DueSoon => Markdown.Of(
                $":calendar: **{id}** for {customer} is due {Due(request)}. {Markdown.Sentence(StateAt(request))}"
            ),
            ServiceReminder.Overdue => Markdown.Of(
                $":warning: **{id}** for {customer} was due {Due(request)}. {Markdown.Sentence(StateAt(request))} {(request.State == ServiceState.AwaitingSignOff ? Markdown.Of($"Record the sign-off, or agree another day with the customer") : Markdown.Of($"Deliver it, or agree another day with the customer"))}: {ServiceWords.Command($"edit {id}")}"
            ),
            _ => Markdown.Of(
                $":warning: **{id}** for {customer} was due {Due(request)} and is not delivered. {Markdown.Sentence(StateAt(request))} {ServiceWords.Person(request.Sow.By)} delivers it, {request.PreparedBy} prepared it."
            ),
        };
    }

    private static string Due(ServiceRequest request) =>
        $"on {CalendarDay.Write(request.Sow.DueOn)}";

    private static string StateAt(ServiceRequest request) => $"It is {request.State.Label()}.";
}
