using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.People;

using Decision = Decision<GrantedRoles, RoleFact>;

/// <summary>Who has which role, and who may do what (ALL-3).</summary>
internal sealed class RoleStore(
    Store store,
    PeopleDirectory people,
    TimeProvider clock,
    ILeases? leases = null
)
{
    /// <summary>Holders of a role are counted up to this.</summary>
    public const int MostHolders = 200;

    private const int InMemory = 20_000;

    // While one process owns the store, what it changes itself is all that changes; where several share it, it is not used.
    private readonly RecentByPerson<Versioned<GrantedRoles>> _recent = new(InMemory);

    /// <summary>
    /// Somebody as they are now: what they were granted, and administrator when Mattermost has them as a system
    /// administrator. Guests and deactivated people have no role.
    /// </summary>
    /// <exception cref="ChatException">They were never asked for, and Mattermost does not say who they are.</exception>
    public async ValueTask<ActingPerson> Of(UserId user, CancellationToken cancel) =>
        await Of(user, await people.Account(user, cancel), cancel);

    /// <summary>
    /// The same with what Mattermost says at this moment: for what can't be taken back and for secrets
    /// (<see cref="Permission.IsAskedNow"/>).
    /// </summary>
    /// <exception cref="ChatException">Mattermost does not say who they are: then nothing is allowed.</exception>
    public async ValueTask<ActingPerson> OfNow(UserId user, CancellationToken cancel) =>
        await Of(user, await people.Now(user, cancel), cancel);

    private async ValueTask<ActingPerson> Of(
        UserId user,
        KnownPerson? account,
        CancellationToken cancel
    )
    {
        if (account is null)
        {
            throw new ChatException(ChatProblem.Missing, "Mattermost knows nobody with that id.");
        }

        if (account.IsGuest || account.IsDeactivated || account.IsOutside)
        {
            return new ActingPerson(user, [], account.IsGuest)
            {
                IsOutside = account.IsOutside || account.IsDeactivated,
            };
        }

        var granted = (await Granted(user, cancel)).Value.Roles;
        return new ActingPerson(
            user,
            account.IsSystemAdmin && !granted.Contains(Role.Administrator)
                ? granted.Add(Role.Administrator)
                : granted
        );
    }

    /// <summary>
    /// Who has a role, in a fixed order, up to <see cref="MostHolders"/>; without guests, bots, and people whose account
    /// is deactivated. Of Mattermost's system administrators those who ever did something here.
    /// </summary>
    public async ValueTask<IReadOnlyList<UserId>> Holders(Role role, CancellationToken cancel)
    {
        var granted = await store.List(
            GrantedRoles.Kind,
            GrantedRoles.ByRole,
            IndexKey.Empty.Then(role.Code()),
            null,
            MostHolders,
            cancel
        );
        var holders = granted.Items.Select(g => g.Value.User);
        if (role == Role.Administrator)
        {
            holders = (await people.SystemAdministrators(MostHolders, cancel)).Union(holders);
        }

        UserId[] known = [.. holders.Take(MostHolders)];
        await people.TryToKnow(known, cancel);
        var active = new List<UserId>();
        foreach (var holder in known)
        {
            if (await IsActive(holder, cancel))
            {
                active.Add(holder);
            }
        }

        return active;
    }

    /// <summary>What somebody was granted, whatever their account is.</summary>
    public async ValueTask<GrantedRoles> GrantedTo(UserId user, CancellationToken cancel) =>
        (await Granted(user, cancel)).Value;

    /// <summary>
    /// Lets a rule decide about somebody's roles, and commits what it decided with its entry in the audit trail and a
    /// direct message to the person, unless they did it themselves.
    /// </summary>
    public async Task<Decision> Decide(UserId person, UserId by, Func<GrantedRoles, Decision> rule)
    {
        while (true)
        {
            var read = await Read(person, CancellationToken.None);
            var decision = rule(read.Value);
            if (decision is not Decision.Accepted accepted)
            {
                return decision;
            }

            // Nobody gives up on this half way: what is in memory must be what was committed.
            if (await store.Commit(Changed(read, accepted, by), CancellationToken.None))
            {
                Remember(read with { Value = accepted.Next, Version = read.Version + 1 });
                return decision;
            }
        }
    }

    /// <summary>
    /// The same for what somebody decides about others' rights: whether they may is judged in the decision itself, by
    /// what Mattermost says now and by their roles as they are when it is committed.
    /// </summary>
    /// <exception cref="ChatException">Mattermost does not say who they are; nothing was changed.</exception>
    public async Task<Decision> DecideAs(
        UserId person,
        UserId by,
        Permission permission,
        Func<GrantedRoles, Decision> rule
    )
    {
        while (true)
        {
            var mine = await Read(by, CancellationToken.None);
            if (await CheckNow(permission, by, mine) is { } refusal)
            {
                return refusal;
            }

            var read = await Read(person, CancellationToken.None);
            var decision = rule(read.Value);
            if (decision is not Decision.Accepted accepted)
            {
                return decision;
            }

            var change = Changed(read, accepted, by);
            var isWitness = person != by && mine.Version > 0;
            if (isWitness)
            {
                // Unchanged, but if somebody takes their role away meanwhile, only one of the two is committed.
                change.Replace(GrantedRoles.Kind, mine, mine.Value);
            }

            if (await store.Commit(change, CancellationToken.None))
            {
                Remember(read with { Value = accepted.Next, Version = read.Version + 1 });
                if (isWitness)
                {
                    Remember(mine with { Version = mine.Version + 1 });
                }

                return decision;
            }
        }
    }

    /// <summary>
    /// The same for a piece of work that goes on long after it was asked for: whether they still may is judged in each
    /// commit of it, and a commit during which a role of theirs is taken away fails (X9).
    /// </summary>
    /// <returns>Why they may not any more; null when they may, and <paramref name="change"/> depends on that.</returns>
    /// <exception cref="ChatException">Mattermost does not say who they are.</exception>
    public async ValueTask<Refusal?> CheckWithin(
        Change change,
        Permission permission,
        UserId user,
        CancellationToken cancel
    )
    {
        var mine = await Read(user, cancel);
        if (await CheckNow(permission, user, mine) is { } refusal)
        {
            return refusal;
        }

        if (mine.Version > 0)
        {
            change.Replace(GrantedRoles.Kind, mine, mine.Value);
        }

        return null;
    }

    private async ValueTask<Refusal?> CheckNow(
        Permission permission,
        UserId user,
        Versioned<GrantedRoles> mine
    )
    {
        Remember(mine);
        return await Check(permission with { IsAskedNow = true }, user, CancellationToken.None);
    }

    /// <summary>
    /// Whether somebody may do something, as far as their account and roles decide that; null when they may, and when
    /// the rule behind it decides (<see cref="Permission.Also"/>).
    /// </summary>
    /// <exception cref="ChatException">Who they are is not known: see <see cref="Of"/>.</exception>
    public async ValueTask<Refusal?> Check(
        Permission permission,
        UserId user,
        CancellationToken cancel
    )
    {
        if (permission.IsOpen)
        {
            return null;
        }

        var actor = permission.IsAskedNow ? await OfNow(user, cancel) : await Of(user, cancel);
        return permission.Allows(actor, isRelated: permission.Also is not null) ? null
            : actor.IsOutside ? new NotOfTheTeam(permission)
            : actor.IsGuest ? new NotPermitted(Permission.Everybody(permission.What), [], [], null)
            : await Refuse(permission, user, cancel);
    }

    /// <summary>Why somebody may not do something, to be said to them.</summary>
    public ValueTask<NotPermitted> Refuse(Permission permission, CancellationToken cancel) =>
        Refuse(permission, null, cancel);

    /// <summary>The same with the command that an administrator can copy to grant them what they lack.</summary>
    public async ValueTask<NotPermitted> Refuse(
        Permission permission,
        UserId? user,
        CancellationToken cancel
    )
    {
        var who = new List<UserId>();
        foreach (var role in permission.Roles)
        {
            who.AddRange(await Holders(role, cancel));
        }

        return new NotPermitted(
            permission,
            [.. who.Distinct()],
            permission.Roles.IsEmpty ? [] : await Holders(Role.Administrator, cancel),
            user is { } person ? people.NameOf(person) : null
        );
    }

    private Change Changed(Versioned<GrantedRoles> read, Decision.Accepted accepted, UserId by)
    {
        var person = read.Value.User;
        var change = new Change(clock.GetUtcNow(), by.Value).Replace(
            GrantedRoles.Kind,
            read,
            accepted.Next
        );
        foreach (var fact in accepted.Facts)
        {
            change.Record(RoleFact.SubjectOf(person), fact, RolesJson.Default.RoleFact);
            if (by != person && !people.IsBot(person))
            {
                change.Do(
                    new Effect.TellPerson(person, fact.Message) { About = "roles", OnBehalfOf = by }
                );
            }
        }

        return change;
    }

    private async ValueTask<bool> IsActive(UserId person, CancellationToken cancel)
    {
        try
        {
            return await people.Find(person, cancel)
                is { IsDeactivated: false, IsGuest: false, IsOutside: false, IsBot: false };
        }
        catch (ChatException)
        {
            // Whoever was granted a role was somebody then; being named decides nothing.
            return true;
        }
    }

    private async ValueTask<Versioned<GrantedRoles>> Granted(
        UserId user,
        CancellationToken cancel
    ) =>
        leases?.IsShared == true
            ? await Read(user, cancel)
            : _recent.Find(user) ?? Remember(await Read(user, cancel));

    /// <summary>As stored; version 0, which a write takes for “not there yet”, when there is nothing.</summary>
    private async ValueTask<Versioned<GrantedRoles>> Read(UserId user, CancellationToken cancel) =>
        await store.Find(GrantedRoles.Kind, user.Value, cancel)
        ?? new Versioned<GrantedRoles>(user.Value, new GrantedRoles(user, []), 0);

    // A read that began before a change may end behind it: the later version stays.
    private Versioned<GrantedRoles> Remember(Versioned<GrantedRoles> read) =>
        _recent.Change(
            read.Value.User,
            known => known is not null && known.Version >= read.Version ? known : read
        );
}
