namespace Sidecar.Mattermost;

/// <summary>
/// A request that came through Mattermost itself, which says who is signed in. Whoever is not must not be named in it.
/// </summary>
/// <param name="User">The id; null when nobody is signed in.</param>
internal sealed record VouchedUser(string? User)
{
    /// <summary>Whether a request may speak for a person. Requests that came another way prove it in another way.</summary>
    public static bool Agrees(HttpContext http, string user) =>
        http.Features.Get<VouchedUser>() is not { } vouched || vouched.User == user;
}
