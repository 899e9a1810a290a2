using System.Globalization;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Tokens;

/// <summary>One’s own tokens for who types the number of one.</summary>
internal sealed class CompleteTokens(Store store, TimeProvider clock)
    : OfferedNumbers<ApiToken>(store)
{
    public override string Name => WithdrawToken.Completed;

    protected override DocumentKind<ApiToken> Kind => ApiToken.Kind;

    protected override string Series => ApiTokenId.Series;

    protected override ValueTask<
        IReadOnlyList<(DocumentIndex<ApiToken> Index, IndexKey Prefix)>
    > Lists(UserId reader, CancellationToken cancel) =>
        ValueTask.FromResult<IReadOnlyList<(DocumentIndex<ApiToken>, IndexKey)>>([
            (ApiToken.ByOwner, IndexKey.Empty.Then(reader.Value)),
        ]);

    protected override (long Number, string State, string About) Tell(ApiToken document) =>
        (
            document.Id.Number,
            document.Name,
            document.IsAlive(clock.GetUtcNow())
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"until {document.LastDay:yyyy-MM-dd}"
                )
                : "no longer valid"
        );
}
