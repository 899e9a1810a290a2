using System.Collections.Immutable;
using Sidecar.Ids;

namespace Sidecar.People;

/// <summary>
/// Who may do something (ALL-3). Each use case names its own. The router enforces it before the use case runs, but for
/// <see cref="Also"/>; whatever refuses, <see cref="RoleStore.Refuse(Permission, CancellationToken)"/> says why.
/// </summary>
/// <param name="What">What it allows, after “may”: <c>acknowledge an escalation</c>.</param>
/// <param name="Roles">Who has one of these may; empty: everybody may who is not a guest of the server.</param>
public sealed record Permission(string What, params ImmutableArray<Role> Roles)
{
    /// <summary>
    /// Also people who stand in some relation to what it is about, after “or”: <c>its owner</c>. Then the router lets
    /// everybody through who is not a guest, and the rule that knows what it is about must ask <see cref="Allows"/>.
    /// </summary>
    public string? Also { get; init; }

    /// <summary>Whoever asks is answered, and Mattermost is not asked who that is: for what tells and changes nothing.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>
    /// It can't be taken back, or tells secrets: what somebody is in Mattermost is asked for at that moment, and without
    /// an answer nobody may.
    /// </summary>
    public bool IsAskedNow { get; init; }

    /// <summary>The same permission for what can't be taken back or tells secrets: see <see cref="IsAskedNow"/>.</summary>
    public Permission AskedNow() => this with { IsAskedNow = true };

    /// <summary>Everybody may, but guests.</summary>
    public static Permission Everybody(string what) => new(what);

    /// <summary>See <see cref="IsOpen"/>.</summary>
    public static Permission Open(string what) => new(what) { IsOpen = true };

    /// <summary>Whether somebody may, by role or by their relation to what it is about.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="isRelated">They are who <see cref="Also"/> says.</param>
    public bool Allows(ActingPerson actor, bool isRelated = false) =>
        IsOpen
        || (
            !actor.IsGuest
            && !actor.IsOutside
            && (
                Roles.IsEmpty
                || (isRelated && Also is not null)
                || Roles.Any(role => actor.Roles.Contains(role))
            )
        );
}

/// <summary>Somebody who wants to do something, with what they are at that moment.</summary>
/// <param name="User">Who.</param>
/// <param name="Roles">What they are.</param>
/// <param name="IsGuest">A guest of the Mattermost server, who may nothing.</param>
public sealed record ActingPerson(UserId User, ImmutableArray<Role> Roles, bool IsGuest = false)
{
    /// <summary>A member of no team in which the product is, or deactivated: they may nothing, either.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Has a role.</summary>
    public bool Is(Role role) => Roles.Contains(role);
}
