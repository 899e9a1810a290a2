using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>
/// What is known of the customer who is chosen in a form for a new assignment (DLG-2, U10): only for those who may read
/// customers, since nobody else must find out who is one (X3, X4).
/// </summary>
internal sealed class RequestNotes(CustomerStore customers, CapacityStore places)
{
    /// <summary>The customer, what speaks against it or follows from the kind, and whether who asks may mark it.</summary>
    public async ValueTask<(Customer? Known, Markdown Above, bool MayMark)> Of(
        Submission<NewRequest> soFar,
        CancellationToken cancel
    )
    {
        var typed = soFar[RequestForm.Customer];
        var mayRead = await customers.MayRead(soFar.Envelope.User, cancel);
        var known = typed.Length > 0 && mayRead ? await customers.Known(typed, cancel) : null;
        var mayMark = mayRead && await customers.MayWrite(soFar.Envelope.User, cancel);
        return (
            known,
            known is null ? Markdown.None : await Above(known, soFar, mayMark, cancel),
            mayMark
        );
    }

    private async ValueTask<Markdown> Above(
        Customer known,
        Submission<NewRequest> soFar,
        bool mayMark,
        CancellationToken cancel
    )
    {
        AssignmentKind? chosen =
            !soFar.Changed(RequestForm.Kind) ? null
            : soFar[RequestForm.Kind] == RequestForm.PreSales ? AssignmentKind.PreSales
            : AssignmentKind.PostSales;
        var lacksMark = RequestForm.LacksMark(known, chosen ?? RequestForm.KindOf(known));
        if (!lacksMark && RequestForm.Hopeless(known) is { } why)
        {
            return Markdown.Of($":warning: {why}");
        }

        if (await places.OpenOf(known.Key, cancel) is { } open)
        {
            return Markdown.Of($":warning: {new HasOne(open).Sentence}");
        }

        if (lacksMark)
        {
            // The tick says it, where there is one.
            return mayMark
                ? Markdown.None
                : Markdown.Of($":warning: {RequestForm.NotStrategic(known.Name)}");
        }

        return chosen is { } kind && RequestForm.Contradiction(known, kind) is { } contradiction
            ? Markdown.Of($":warning: {contradiction}")
            : Markdown.None;
    }
}
