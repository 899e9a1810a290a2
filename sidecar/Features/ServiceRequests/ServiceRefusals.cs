using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.ServiceRequests;

internal sealed record NoSuchServiceRequest(ServiceRequestId Id)
    : Refusal(
        Markdown.Of(
            $"There is no {Id}. {ServiceWords.Command("list all")} shows all that there are."
        )
    );

/// <summary>It is not where that could be done.</summary>
internal sealed record NotPossibleForServiceRequest(ServiceRequest Request, string Done)
    : Refusal(
        Markdown.Of(
            $"**{Request.Id}** is *{Request.State.Label()}* (last moved by {Request.StateBy}), so it can’t be {Markdown.Typed(Done)} now.{(ServiceWords.Next(Request) is { IsEmpty: false } next ? Markdown.Of($" Next: {next}") : Markdown.None)}"
        )
    );

/// <summary>The work does not begin before the customer has signed off (SRV-2).</summary>
internal sealed record NotSignedOff(ServiceRequest Request)
    : Refusal(
        Markdown.Of(
            $"**{Request.Id}** is not signed off by {Request.CustomerName} yet, so the work has not begun: nothing was changed. {Request.PreparedBy}, or any CSM or TAM, records the sign-off, verbal or written: {ServiceWords.Command($"signed {Request.Id}")}"
        )
    );

/// <summary>The scope changed under way (SRV-2).</summary>
internal sealed record ChangeNotSignedOff(ServiceRequest Request)
    : Refusal(
        Markdown.Of(
            $"The scope of **{Request.Id}** has changed since {Request.CustomerName} signed it off, so it can’t be delivered yet. {Request.PreparedBy}, or any CSM or TAM, records that they agree: {ServiceWords.Command($"signed {Request.Id}")}"
        )
    );

internal sealed record SignedAlready(ServiceRequest Request, CustomerWord Word)
    : Refusal(
        Markdown.Of(
            $"**{Request.Id}** is signed off already: {ServiceWords.Word(Word)}, recorded by {Word.RecordedBy}."
        )
    );

internal sealed record StartedAlready(ServiceRequest Request, UserId By)
    : Refusal(
        Request.StateBy == By
            ? Markdown.Of($"You began **{Request.Id}** already.")
            : Markdown.Of($"{Request.StateBy} was first: the work on **{Request.Id}** has begun.")
    );

/// <summary>Who delivers it is part of what the customer signs off (SRV-1).</summary>
internal sealed record NobodyDelivers(ServiceRequest Request)
    : Refusal(
        Markdown.Of(
            $"The statement of work of **{Request.Id}** does not say who delivers it, and that is part of what {Request.CustomerName} signs off: {ServiceWords.Command($"edit {Request.Id}")}"
        )
    );

/// <summary>Somebody at the customer agrees to a change that is none.</summary>
internal sealed record NothingAgreedTo(ServiceRequest Request, CustomerWord Word)
    : Refusal(
        Markdown.Of(
            $"**{Request.Id}** says that already, so there is no change to which {Word.Who} could have agreed: nothing was recorded.{(Request.SignOff is { } signed ? Markdown.Of($" It is signed off: {ServiceWords.Word(signed)}.") : Markdown.Of($" Their sign-off of all of it is recorded by {ServiceWords.Command($"signed {Request.Id}")}"))}"
        )
    );

internal sealed record NothingToChangeInServiceRequest(ServiceRequest Request)
    : Refusal(Markdown.Of($"**{Request.Id}** says that already; nothing was changed."));

/// <summary>Nothing is to be reminded of; nobody reads this.</summary>
internal sealed record NothingDueForServiceRequest(ServiceRequestId Id)
    : Refusal(Markdown.Of($"Nothing about {Id} is due."));

/// <summary>A day's work is simply done (SRV-1).</summary>
internal sealed record TooSmallForSow(string Customer) : Refusal(Markdown.Typed(Plain(Customer)))
{
    public static string Plain(string customer) =>
        $"Work of a day or less needs no service request: raise it as an escalation with /{SlashCommand.Trigger} new {customer} …";
}

/// <summary>For whom there can be none, said to people who may read customers: it names no amount (SRV-1).</summary>
internal sealed record NoServiceFor(string Why) : Refusal(Markdown.Typed(Why))
{
    /// <summary>Why a customer can have none; null when they can.</summary>
    public static NoServiceFor? Check(Customer customer, CustomerSettings settings) =>
        Plain(customer, settings) is { } why ? new NoServiceFor(why) : null;

    private static string? Plain(Customer customer, CustomerSettings settings) =>
        customer switch
        {
            { IsArchived: true } => $"{customer.Name} is archived.",
            { Phase: CustomerPhase.PreSales } =>
                $"{customer.Name} is still a prospect (pre-sales), and service requests are for customers. If that has changed: /{SlashCommand.Trigger} customer edit {customer.Key}",
            { Arr: null } =>
                $"Nobody has recorded the ARR of {customer.Name}, which decides whether a service request is possible. Add it: /{SlashCommand.Trigger} customer edit {customer.Key}",
            { Arr: { } arr } when arr <= settings.CountsFromArrAbove =>
                $"{customer.Name} is not among the customers for whom one-off work is done as a service request. Its CSM or TAM looks for another way, such as a partner.",
            _ => null,
        };
}
