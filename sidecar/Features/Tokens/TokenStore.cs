using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Tokens;

/// <summary>All tokens: made, found, withdrawn.</summary>
internal sealed class TokenStore(Store store, RoleStore roles, TimeProvider clock)
{
    /// <summary>How many living ones an owner may have.</summary>
    public const int MostOfOne = 20;

    private const int LookedThrough = 200;

    /// <summary>Makes one. The same act, delivered twice, makes one.</summary>
    /// <returns>The token and what it is, shown once; the second is null when the act was done before.</returns>
    public async Task<(ApiToken Token, string? Shown)> Make(
        TokenWish wish,
        UserId by,
        string act,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (
                await store.Find(IdempotencyRecord.Kind, act, cancel) is { Value.Made: var made }
                && await store.Find(ApiToken.Kind, made, cancel) is { Value: var before }
            )
            {
                return (before, null);
            }

            var now = clock.GetUtcNow();
            var id = new ApiTokenId(await store.Engine.NextNumber(ApiTokenId.Series, cancel));
            var shown = TokenText.New(id);
            var token = new ApiToken(
                id,
                wish.Name,
                wish.Owner,
                [.. wish.Scopes.Select(s => s.Code)],
                TokenText.DigestOf(shown),
                by,
                now,
                wish.EndsAt
            )
            {
                IsOfIntegration = wish.IsOfIntegration,
            };
            var change = new Change(now, by.Value)
                .Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(id.ToString(), now))
                .Add(ApiToken.Kind, id.ToString(), token)
                .Record<TokenFact>(
                    ActedThrough.Subject(id.ToString()),
                    new TokenFact.TokenMade(
                        id,
                        by,
                        wish.Name,
                        wish.Owner,
                        token.Scopes,
                        wish.EndsAt
                    ),
                    TokenJson.Default.TokenFact
                );
            if (await store.Commit(change, cancel))
            {
                return (token, shown);
            }
        }
    }

    /// <summary>
    /// The living token that was presented; null when it is none, has ended, was withdrawn, or its owner has no account of
    /// the team any more.
    /// </summary>
    public async ValueTask<ApiToken?> Find(string presented, CancellationToken cancel) =>
        TokenText.NumberIn(presented) is { } id
        && await store.Find(ApiToken.Kind, id.ToString(), cancel) is { Value: var token }
        && token.IsThis(presented)
        && token.IsAlive(clock.GetUtcNow())
        && await roles.Of(token.Owner, cancel) is { IsGuest: false, IsOutside: false }
            ? token
            : null;

    /// <summary>Those of an owner, or all, the latest first.</summary>
    public async ValueTask<IReadOnlyList<ApiToken>> List(UserId? owner, CancellationToken cancel) =>
        [
            .. (
                await store.List(
                    ApiToken.Kind,
                    owner is null ? ApiToken.ByNumber : ApiToken.ByOwner,
                    owner is { } one ? IndexKey.Empty.Then(one.Value) : IndexKey.Empty,
                    null,
                    LookedThrough,
                    cancel
                )
            ).Items.Select(t => t.Value),
        ];

    public async ValueTask<int> CountAlive(UserId owner, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return (await List(owner, cancel)).Count(t => t.IsAlive(now));
    }

    /// <summary>Withdraws one: its owner, whoever made it, or an administrator may.</summary>
    /// <returns>Why not; null when it is withdrawn.</returns>
    public async Task<Refusal?> Withdraw(ApiTokenId id, UserId by, CancellationToken cancel)
    {
        while (true)
        {
            // Whose tokens there are besides one's own is for administrators: both are told alike.
            if (
                await store.Find(ApiToken.Kind, id.ToString(), cancel) is not { } read
                || (
                    read.Value.Owner != by
                    && read.Value.MadeBy != by
                    && await roles.Check(TokenRights.Administer, by, cancel) is not null
                )
            )
            {
                return new NoSuchToken(id);
            }

            var now = clock.GetUtcNow();
            if (!read.Value.IsAlive(now))
            {
                return new TokenIsOver(id);
            }

            var change = new Change(now, by.Value)
                .Replace(
                    ApiToken.Kind,
                    read,
                    read.Value with
                    {
                        WithdrawnAt = now,
                        WithdrawnBy = by,
                    }
                )
                .Record<TokenFact>(
                    ActedThrough.Subject(id.ToString()),
                    new TokenFact.TokenWithdrawn(id, by, read.Value.Name),
                    TokenJson.Default.TokenFact
                );
            if (await store.Commit(change, cancel))
            {
                return null;
            }
        }
    }
}

/// <summary>What somebody wants of a token.</summary>
internal sealed record TokenWish(
    string Name,
    UserId Owner,
    IReadOnlyList<TokenScope> Scopes,
    DateTimeOffset EndsAt
)
{
    public bool IsOfIntegration { get; init; }
}

internal sealed record NoSuchToken(ApiTokenId Id)
    : Refusal(
        Markdown.Of(
            $"You have no token {Id}. {Markdown.Code($"/{SlashCommand.Trigger} token list")} shows those that there are."
        )
    );

internal sealed record TokenIsOver(ApiTokenId Id)
    : Refusal(Markdown.Of($"{Id} is already no longer valid; nothing was changed."));
