using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features;

/// <summary>Something besides escalations that <c>/escalate find</c> looks through.</summary>
internal interface IFindable
{
    /// <summary>What has all of the words, a line for each; empty for who may not read it, who is not told so either.</summary>
    ValueTask<IReadOnlyList<Markdown>> Find(
        SearchQuery query,
        UserId reader,
        CancellationToken cancel
    );
}
