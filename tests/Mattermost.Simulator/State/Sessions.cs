namespace Mattermost.Simulator;

/// <summary>Who is logged in, and the personal access tokens that log in by themselves.</summary>
internal sealed class Sessions(World world)
{
    private readonly Dictionary<string, Session> byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessToken> accessTokens = new(StringComparer.Ordinal);

    public Session Start(User user)
    {
        var session = new Session(Ids.New(), Ids.New(), user.Id, Ids.New(), null);
        lock (world.Gate)
        {
            byToken.Add(session.Token, session);
        }

        return session;
    }

    public (Session Session, User User)? Find(string token)
    {
        lock (world.Gate)
        {
            if (
                !byToken.TryGetValue(token, out var session)
                || world.Users.Find(session.UserId) is not { DeleteAt: 0 } user
            )
            {
                return null;
            }

            var refusedToken =
                session.AccessTokenId is { } id
                && (
                    !accessTokens[id].IsActive
                    || (!user.IsBot && !world.Config.Current.EnableUserAccessTokens)
                );
            return refusedToken ? null : (session, user);
        }
    }

    public void End(string token)
    {
        lock (world.Gate)
        {
            byToken.Remove(token);
        }
    }

    public void EndAllOf(string userId)
    {
        lock (world.Gate)
        {
            foreach (
                var session in byToken
                    .Values.Where(s => s.UserId == userId && s.AccessTokenId is null)
                    .ToList()
            )
            {
                byToken.Remove(session.Token);
            }
        }
    }

    public AccessToken CreateAccessToken(User user, string description)
    {
        if (!user.IsBot && !world.Config.Current.EnableUserAccessTokens)
        {
            throw Refuse.With("app.user_access_token.disabled", 501);
        }

        var token = new AccessToken(Ids.New(), Ids.New(), user.Id, description, IsActive: true);
        lock (world.Gate)
        {
            accessTokens.Add(token.Id, token);
            byToken.Add(
                token.Token,
                new Session(Ids.New(), token.Token, user.Id, Ids.New(), token.Id)
            );
        }

        return token;
    }

    public AccessToken GetAccessToken(string id)
    {
        lock (world.Gate)
        {
            return accessTokens.GetValueOrDefault(id)
                ?? throw Refuse.With("app.user_access_token.invalid_or_missing", 404);
        }
    }

    public IReadOnlyList<AccessToken> AccessTokensOf(string userId)
    {
        lock (world.Gate)
        {
            return [.. accessTokens.Values.Where(t => t.UserId == userId)];
        }
    }

    public void Revoke(string id)
    {
        lock (world.Gate)
        {
            if (accessTokens.Remove(id, out var token))
            {
                byToken.Remove(token.Token);
            }
        }
    }

    public void Enable(string id, bool enabled)
    {
        lock (world.Gate)
        {
            accessTokens[id] = GetAccessToken(id) with { IsActive = enabled };
        }
    }
}
