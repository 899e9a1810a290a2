using Sidecar.Ids;

namespace Sidecar.Features.Workload;

/// <summary>What a feature gives people to do, besides escalations and assignments (MET-5).</summary>
internal interface IWorkSource
{
    /// <summary>What somebody has under way; null for nothing.</summary>
    ValueTask<OtherWork?> Of(UserId person, CancellationToken cancel);
}

/// <summary>Work of one kind that somebody has under way.</summary>
/// <param name="What">How many of what, without the name of a customer: <c>2 implementations</c>.</param>
/// <param name="Points">What all of it counts.</param>
internal sealed record OtherWork(string What, int Points);
