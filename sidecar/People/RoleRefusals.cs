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
    private const int Named = 5;

    private static Markdown Write(
        Permission permission,
        IReadOnlyList<UserId> who,
        IReadOnlyList<UserId> administrators,
        string? name
    ) =>
        permission.Roles.IsEmpty
            ? Markdown.Of(
                $"Guests of this server may not {permission.What}. Ask somebody of the team to do it."
            )
            : Markdown.Of(
                $"{Needed(permission)} {Have(permission.Roles, who)} {Grant(permission.Roles, administrators, name)}"
            );

    private static Markdown Needed(Permission permission)
    {
        var roles = permission.Roles;
        var needed =
            roles.Length == 1
                ? roles.Named()
                : Markdown.Of($"one of the roles {roles.Joined("or")}");
        return permission.Also is { } also
            ? Markdown.Of($"To {permission.What} you need {needed}, or have to be {also}.")
            : Markdown.Of($"To {permission.What} you need {needed}.");
    }

    private static Markdown Have(ImmutableArray<Role> roles, IReadOnlyList<UserId> who)
    {
        var what = roles.Length == 1 ? "it" : "one of them";
        return who.Count switch
        {
            0 => Markdown.Of($"Nobody I know has {what} yet."),
            1 => Markdown.Of($"{who[0]} has {what}."),
            _ => Markdown.Of($"{who.Joined(Named)} have {what}."),
        };
    }

    private static Markdown Grant(
        ImmutableArray<Role> roles,
        IReadOnlyList<UserId> administrators,
        string? name
    )
    {
        var grant = Markdown.Code(
            $"/{SlashCommand.Trigger} role grant @{name ?? "name"} {roles[0].Code()}"
        );
        var (what, how) =
            roles.Length == 1
                ? (Markdown.Of($"it"), Markdown.Of($": {grant}"))
                : (Markdown.Of($"one"), Markdown.Of($", as in {grant}"));
        return administrators.Count == 0
                ? Markdown.Of($"Mattermost’s system administrators can grant {what}{how}")
            : roles is [Role.Administrator] ? Markdown.Of($"Who has it can grant it: {grant}")
            : Markdown.Of($"Administrators ({administrators.Joined(3)}) can grant {what}{how}");
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
                $"We have not met before, and Mattermost does not let me see who you are. Nothing was done. Tell your administrator: the product’s `doctor` says what to mend."
            )
    );

/// <summary>They are in none of the teams in which the product is.</summary>
internal sealed record NotOfTheTeam(Permission Permission)
    : Refusal(
        Markdown.Of(
            $"You are not a member of the team any more, so you may not {Permission.What}. Nothing was done; ask somebody of the team."
        )
    );

/// <summary>What they are must be asked for now, and Mattermost does not say.</summary>
/// <param name="Permission">What they wanted to do.</param>
/// <param name="WillPass">It is worth trying again.</param>
internal sealed record NotAskedNow(Permission Permission, bool WillPass)
    : Refusal(
        WillPass
            ? Markdown.Of(
                $"Whether you may {Permission.What} I ask Mattermost each time, and it did not answer. Nothing was done; try again in a moment."
            )
            : Markdown.Of(
                $"Whether you may {Permission.What} I ask Mattermost each time, and it does not let me see who you are. Nothing was done. Tell your administrator: the product’s `doctor` says what to mend."
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
