using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.People;

/// <summary>Somebody may not do something: which role that takes, who has it, who can grant it and how (ALL-3).</summary>
/// <param name="Permission">What they lack.</param>
/// <param name="Who">Who has one of its roles, each once.</param>
/// <param name="Administrators">Who can grant it, as far as they are known.</param>
/// <param name="Name">Their user name, for a command to be sent on; null when it is not at hand.</param>
internal sealed record NotPermitted(
    Permission Permission,
    IReadOnlyList<UserId> Who,
    IReadOnlyList<UserId> Administrators,
    string? Name
) : Refusal(Write(Permission, Who, Administrators, Name))
{
    private const int Named = 3;

    /// <summary>More roles than this are not read: what they have in common is that the reader has none of them.</summary>
    private const int RolesNamed = 3;

    private static Markdown Write(
        Permission permission,
        IReadOnlyList<UserId> who,
        IReadOnlyList<UserId> administrators,
        string? name
    ) =>
        permission.Roles.IsEmpty
            ? Markdown.Of(
                $"Guests on this server may not {permission.What}. Ask somebody on the team to do it."
            )
            : Markdown.Of(
                $"{Needed(permission)} {Have(permission.Roles, who)}{Grant(permission.Roles, who, administrators, name)}"
            );

    private static Markdown Needed(Permission permission)
    {
        var roles = permission.Roles;
        var needed = roles.Length switch
        {
            1 => roles.Named(),
            <= RolesNamed => Markdown.Of($"one of the roles {roles.Joined("or")}"),
            _ => Markdown.Of(
                $"one of the roles {roles[..2].Joined("or")}, or one of {roles.Length - 2} others"
            ),
        };
        return permission.Also is { } also
            ? Markdown.Of($"To {permission.What} you need {needed}, or have to be {also}.")
            : Markdown.Of($"To {permission.What} you need {needed}.");
    }

    private static Markdown Have(ImmutableArray<Role> roles, IReadOnlyList<UserId> who) =>
        (who.Count, roles.Length) switch
        {
            (0, 1) => Markdown.Of($"Nobody I know has it yet."),
            (0, _) => Markdown.Of($"Nobody I know has one of them yet."),
            (1, 1) => Markdown.Of($"{who[0]} has it."),
            (_, 1) => Markdown.Of($"{who.Joined(Named)} have it."),
            _ => Markdown.Of($"{who.Joined(Named)} can do it."),
        };

    /// <summary>Who could grant the role; whom an administrator would make one of themselves is asked for it instead.</summary>
    private static Markdown Grant(
        ImmutableArray<Role> roles,
        IReadOnlyList<UserId> who,
        IReadOnlyList<UserId> administrators,
        string? name
    )
    {
        if (roles is [Role.Administrator] && who.Count > 0)
        {
            return Markdown.None;
        }

        if (roles.Length > RolesNamed && who.Count > 0 && administrators.Count > 0)
        {
            return Markdown.Of($" Administrators ({administrators.Joined(Named)}) grant roles.");
        }

        var grant = Markdown.Code(
            $"/{SlashCommand.Trigger} role grant @{name ?? "name"} {roles[0].Code()}"
        );
        var (what, how) =
            roles.Length == 1
                ? (Markdown.Of($"it"), Markdown.Of($": {grant}"))
                : (Markdown.Of($"one"), Markdown.Of($", as in {grant}"));
        return administrators.Count == 0
            ? Markdown.Of($" Mattermost’s system administrators can grant {what}{how}")
            : Markdown.Of(
                $" Administrators ({administrators.Joined(Named)}) can grant {what}{how}"
            );
    }
}

/// <summary>
/// Somebody is here for the first time, and Mattermost does not say whether they are a guest: then nothing is allowed.
/// </summary>
/// <param name="WillPass">It is worth trying again.</param>
internal sealed record NotRecognised(bool WillPass)
    : Refusal(
        WillPass
            ? Markdown.Of(
                $"We have not met before, and Mattermost did not answer when I asked who you are. Nothing was done; try again in a moment."
            )
            : Markdown.Of(
                $"We have not met before, and Mattermost does not let me see who you are. Nothing was done. Tell your administrator: the product’s `doctor` says what to fix."
            )
    );

/// <summary>They are in none of the teams in which the product is.</summary>
internal sealed record NotOfTheTeam(Permission Permission)
    : Refusal(
        Markdown.Of(
            $"You are not a member of the team any more, so you may not {Permission.What}. Nothing was done; ask somebody on the team."
        )
    );

/// <summary>What they are must be asked for now, and Mattermost does not say.</summary>
/// <param name="Permission">What they wanted to do.</param>
/// <param name="WillPass">It is worth trying again.</param>
internal sealed record NotAskedNow(Permission Permission, bool WillPass)
    : Refusal(
        WillPass
            ? Markdown.Of(
                $"I ask Mattermost each time whether you may {Permission.What}, and it did not answer. Nothing was done; try again in a moment."
            )
            : Markdown.Of(
                $"I ask Mattermost each time whether you may {Permission.What}, and it does not let me see who you are. Nothing was done. Tell your administrator: the product’s `doctor` says what to fix."
            )
    );

/// <summary>They have all of these already.</summary>
internal sealed record HasThemAlready(UserId Person, ImmutableArray<Role> Roles)
    : Refusal(Markdown.Of($"{Person} has {Roles.Named()} already; nothing was changed."));

/// <summary>They have none of these by a grant.</summary>
/// <param name="Person">Who.</param>
/// <param name="Roles">What was to be taken.</param>
/// <param name="Have">What they have.</param>
internal sealed record HasThemNot(
    UserId Person,
    ImmutableArray<Role> Roles,
    ImmutableArray<Role> Have
)
    : Refusal(
        Have.IsEmpty
            ? Markdown.Of($"{Person} was granted no role, so nothing was changed.")
            : Markdown.Of(
                $"{Person} was not granted {Roles.Named()}, only {Have.Named()}; nothing was changed."
            )
    );
