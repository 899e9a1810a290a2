using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Customers.Measuring;

/// <summary>
/// Another target holds for a customer from today on (MET-2, MET-4): day 91 has come, say. Due at the moment at which
/// that day begins where the customer is.
/// </summary>
internal sealed class ReviewTarget(CustomerChanges desk) : IDueTask
{
    public static string Kind => CustomerPost.TargetChanges;

    public Task Run(DueCall call, CancellationToken cancel) =>
        desk.Review(new CustomerKey(call.Id), call.Now, cancel);
}
