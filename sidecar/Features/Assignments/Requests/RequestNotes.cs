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
    /// <summary>The customer, and what speaks against it or follows from the kind.</summary>
    public async ValueTask<(Customer? Known, Markdown Above)> Of(
        Submission<NewRequest> soFar,
        CancellationToken cancel
    )
    {
        var typed = soFar[RequestForm.Customer];
        var known =
            typed.Length > 0 && await customers.MayRead(soFar.Envelope.User, cancel)
                ? await customers.Known(typed, cancel)
                : null;
        return (known, known is null ? Markdown.None : await Above(known, soFar, cancel));
    }

    private async ValueTask<Markdown> Above(
        Customer known,
        Submission<NewRequest> soFar,
        CancellationToken cancel
    )
    {
        if (RequestForm.Hopeless(known) is { } why)
        {
            return Markdown.Of($":warning: {why}");
        }

        if (await places.OpenOf(known.Key, cancel) is { } open)
        {
            return Markdown.Of($":warning: {new HasOne(open).Sentence}");
        }

        AssignmentKind? chosen =
            !soFar.Changed(RequestForm.Kind) ? null
            : soFar[RequestForm.Kind] == RequestForm.PreSales ? AssignmentKind.PreSales
            : AssignmentKind.PostSales;
        return chosen is { } kind && RequestForm.Contradiction(known, kind) is { } contradiction
            ? Markdown.Of($":warning: {contradiction}")
            : Markdown.None;
    }
}
