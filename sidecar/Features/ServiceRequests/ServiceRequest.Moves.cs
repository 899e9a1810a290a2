using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.ServiceRequests;

using Decision = Decision<ServiceRequest, ServiceFact>;

/// <summary>What somebody does with a service request, when it is done.</summary>
internal delegate Decision ServiceRule(ServiceRequest request, ActingPerson by, DateTimeOffset now);

/// <content>From the statement of work to who maintains it (SRV-1 to SRV-3).</content>
internal sealed partial record ServiceRequest
{
    /// <summary>Somebody prepares it (SRV-1). The customer is above the ARR line; whoever calls has looked.</summary>
    /// <param name="made">As it is to be.</param>
    /// <param name="by">Who.</param>
    /// <param name="leads">Who names whoever delivers it, when nobody is named.</param>
    public static Decision Prepare(
        ServiceRequest made,
        ActingPerson by,
        ImmutableArray<UserId> leads
    ) =>
        !ServiceRights.Prepare.Allows(by) ? new MayNot(ServiceRights.Prepare)
        : made.Sow.Days <= StatementOfWork.NoMoreThan ? new TooSmallForSow(made.CustomerName)
        : new Decision.Accepted(
            made,
            new ServiceFact.SowPrepared(
                by.User,
                made.CustomerName,
                made.Sow.Title,
                made.Former?.Id.ToString(),
                made.Sow.By is null ? leads : []
            )
        );

    /// <summary>Why the customer's sign-off can't be recorded now (SRV-2); null when it can.</summary>
    public Refusal? WhyNotSigned(ActingPerson by) =>
        !ServiceRights.SignOff.Allows(by, PreparedBy == by.User) ? new MayNot(ServiceRights.SignOff)
        : SignOff is { } signed && IsToBeDelivered ? new SignedAlready(this, signed)
        : State != ServiceState.AwaitingSignOff && !IsChangeUnsigned
            ? new NotPossibleForServiceRequest(this, "signed off")
        : Sow.By is null ? new NobodyDelivers(this)
        : null;

    /// <summary>The customer signs off, verbally or in writing (SRV-2).</summary>
    public Decision Sign(ActingPerson by, CustomerWord word, DateTimeOffset now) =>
        WhyNotSigned(by) is { } why
            ? why
            : new Decision.Accepted(
                (
                    State == ServiceState.AwaitingSignOff
                        ? To(ServiceState.SignedOff, by, now)
                        : this
                ) with
                {
                    SignOff = word,
                },
                new ServiceFact.SowSignedOff(by.User, word)
            );

    /// <summary>Why the work can't begin now (SRV-2); null when it can.</summary>
    public Refusal? WhyNotStarted(ActingPerson by) =>
        !ServiceRights.Deliver.Allows(by, Sow.By == by.User)
            ? new MayNot(ServiceRights.Deliver)
            : State switch
            {
                ServiceState.SignedOff => null,
                ServiceState.AwaitingSignOff => new NotSignedOff(this),
                ServiceState.InProgress => new StartedAlready(this, by.User),
                _ => new NotPossibleForServiceRequest(this, "started"),
            };

    /// <summary>The work begins.</summary>
    public Decision Start(ActingPerson by, DateTimeOffset now) =>
        WhyNotStarted(by) is { } why
            ? why
            : new Decision.Accepted(
                To(ServiceState.InProgress, by, now),
                new ServiceFact.ServiceStarted(by.User)
            );

    /// <summary>Why it can't be delivered now; null when it can.</summary>
    public Refusal? WhyNotDelivered(ActingPerson by) =>
        !ServiceRights.Deliver.Allows(by, Sow.By == by.User) ? new MayNot(ServiceRights.Deliver)
        : IsChangeUnsigned ? new ChangeNotSignedOff(this)
        : State switch
        {
            ServiceState.InProgress => null,
            ServiceState.AwaitingSignOff => new NotSignedOff(this),
            _ => new NotPossibleForServiceRequest(this, "delivered"),
        };

    /// <summary>The customer has it.</summary>
    public Decision Deliver(ActingPerson by, string what, DateTimeOffset now) =>
        WhyNotDelivered(by) is { } why
            ? why
            : new Decision.Accepted(
                To(ServiceState.Delivered, by, now) with
                {
                    Delivery = what,
                },
                new ServiceFact.ServiceDelivered(by.User, what)
            );

    /// <summary>Why what was delivered can be neither accepted nor returned now; null when it can.</summary>
    public Refusal? WhyNotJudged(ActingPerson by) =>
        !ServiceRights.Conclude.Allows(by, IsOf(by.User)) ? new MayNot(ServiceRights.Conclude)
        : State != ServiceState.Delivered
            ? new NotPossibleForServiceRequest(this, "accepted or returned")
        : null;

    /// <summary>The customer accepts what was delivered.</summary>
    public Decision Accept(ActingPerson by, CustomerWord word, DateTimeOffset now) =>
        WhyNotJudged(by) is { } why
            ? why
            : new Decision.Accepted(
                To(ServiceState.Accepted, by, now) with
                {
                    Acceptance = word,
                },
                new ServiceFact.DeliveryAccepted(by.User, word)
            );

    /// <summary>The customer does not accept it yet: the work goes on.</summary>
    public Decision Return(ActingPerson by, string reason, DateTimeOffset now) =>
        WhyNotJudged(by) is { } why
            ? why
            : new Decision.Accepted(
                To(ServiceState.InProgress, by, now) with
                {
                    StateReason = reason,
                },
                new ServiceFact.DeliveryReturned(by.User, reason)
            );

    /// <summary>Why it can't be decided now who maintains it (SRV-3); null when it can.</summary>
    public Refusal? WhyNotCompleted(ActingPerson by) =>
        !ServiceRights.Conclude.Allows(by, IsOf(by.User)) ? new MayNot(ServiceRights.Conclude)
        : State is ServiceState.Accepted or ServiceState.Completed ? null
        : new NotPossibleForServiceRequest(this, "completed");

    /// <summary>It is done, and it is decided who maintains it (SRV-3); later that can be decided anew.</summary>
    public Decision Complete(ActingPerson by, MaintenancePlan plan, DateTimeOffset now)
    {
        if (WhyNotCompleted(by) is { } why)
        {
            return why;
        }

        if (State == ServiceState.Accepted)
        {
            return new Decision.Accepted(
                To(ServiceState.Completed, by, now) with
                {
                    Maintenance = plan,
                },
                new ServiceFact.ServiceCompleted(by.User, plan)
            );
        }

        return
            Maintenance is { } before
            && (before.By, before.Who, before.What) == (plan.By, plan.Who, plan.What)
            ? new NothingToChangeInServiceRequest(this)
            : new Decision.Accepted(
                this with
                {
                    Maintenance = plan,
                },
                new ServiceFact.MaintenanceMoved(by.User, Maintenance, plan)
            );
    }

    /// <summary>Why it can't be cancelled now; null when it can.</summary>
    public Refusal? WhyNotCancelled(ActingPerson by) =>
        !ServiceRights.Cancel.Allows(by, PreparedBy == by.User) ? new MayNot(ServiceRights.Cancel)
        : IsToBeDelivered || State == ServiceState.Delivered ? null
        : new NotPossibleForServiceRequest(this, "cancelled");

    /// <summary>It is not done, or not any further.</summary>
    public Decision Cancel(ActingPerson by, string reason, DateTimeOffset now) =>
        WhyNotCancelled(by) is { } why
            ? why
            : new Decision.Accepted(
                To(ServiceState.Cancelled, by, now) with
                {
                    StateReason = reason,
                },
                new ServiceFact.ServiceCancelled(by.User, reason)
            );

    /// <summary>Why the statement of work can't be changed now; null when it can.</summary>
    public Refusal? WhyNotEdited(ActingPerson by) =>
        !ServiceRights.Edit.Allows(by, IsOf(by.User)) ? new MayNot(ServiceRights.Edit)
        : IsToBeDelivered ? null
        : new NotPossibleForServiceRequest(this, "changed");

    /// <summary>
    /// The statement of work changes. What the customer signed off is not what it says then, so they sign off anew
    /// (SRV-2); when they have agreed to the change, that is recorded with it.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="wanted">As it is to be.</param>
    /// <param name="agreed">The customer's word for the change; null without one.</param>
    /// <param name="now">When.</param>
    public Decision Edit(
        ActingPerson by,
        StatementOfWork wanted,
        CustomerWord? agreed,
        DateTimeOffset now
    )
    {
        if (WhyNotEdited(by) is { } why)
        {
            return why;
        }

        if (wanted == Sow)
        {
            return new NothingToChangeInServiceRequest(this);
        }

        if (wanted.Days <= StatementOfWork.NoMoreThan)
        {
            return new TooSmallForSow(CustomerName);
        }

        // Without whoever delivers it nobody could have signed it off.
        var word = wanted.By is null ? null : agreed;
        var goesBack = State == ServiceState.SignedOff && word is null;
        var moved = goesBack ? To(ServiceState.AwaitingSignOff, by, now) : this;
        var areDatesNew = (wanted.StartsOn, wanted.DueOn) != (Sow.StartsOn, Sow.DueOn);
        return new Decision.Accepted(
            moved with
            {
                Sow = wanted,
                SowChanges = SowChanges + 1,
                SignOff = SignOff is null ? null : word,
                DatesSetAt = areDatesNew ? now : DatesSetAt,
                Reminded = areDatesNew
                    ? [.. moved.Reminded.Where(r => r < ServiceReminder.DueSoon)]
                    : moved.Reminded,
                NotBefore = null,
            },
            new ServiceFact.SowChanged(
                by.User,
                Sow,
                wanted,
                SignOff is null ? null : word,
                LostSignOff: SignOff is not null && word is null
            )
        );
    }

    private ServiceRequest To(ServiceState state, ActingPerson by, DateTimeOffset now) =>
        this with
        {
            State = state,
            StateSince = now,
            StateBy = by.User,
            StateReason = "",
            SignOff = state == ServiceState.AwaitingSignOff ? null : SignOff,
            Reminded = [.. Reminded.Where(r => r >= ServiceReminder.DueSoon)],
            NotBefore = null,
        };
}
