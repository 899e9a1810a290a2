using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.RoleGrants;

/// <summary><c>/escalate role list</c>: who has which role.</summary>
internal sealed class ListRoles(RoleBook book, PeopleDirectory people) : ISlashCommand
{
    private const int NamedInList = 10;

    public static Permission Permission => RoleRights.Read;

    public static CommandSpec Spec { get; } =
        new("role list", "Show who has which role", RoleArguments.Which)
        {
            Examples = ["role list", "role list @engineer", "role list de-lead"],
            Details =
                $"The roles: {RoleReading.Legend}. With a person, Mattermost is asked anew whether they are a guest or a system administrator.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Reply.Say(
            call.Get(RoleArguments.Which) switch
            {
                null => await Table(Roles.All, NamedInList, cancel),
                { Person: { } person } => await About(person, cancel),
                { Roles: { } roles } => roles.Problem()
                    ?? await Table(
                        Roles.All.Where(r => roles.Known.Contains(r.Role)),
                        RoleBook.MostHolders,
                        cancel
                    ),
                _ => Words.None,
            }
        );

    private async Task<Words> Table(
        IEnumerable<RoleName> roles,
        int named,
        CancellationToken cancel
    )
    {
        List<Words> rows = [Words.Of($"| Role | | Who |"), Words.Of($"|:--|:--|:--|")];
        foreach (var role in roles)
        {
            var who = await book.Holders(role.Role, cancel);
            rows.Add(
                Words.Of(
                    $"| {role.Label} | {Words.Code(role.Code)} | {(who.Count == 0 ? Words.Of($"–") : who.Joined(named))} |"
                )
            );
        }

        rows.Add(
            Words.Of(
                $"\nMattermost’s system administrators are administrators without a grant. {Words.Code($"/{SlashCommand.Trigger} role grant @name de")} gives a role."
            )
        );
        return Words.Lines(rows);
    }

    private async Task<Words> About(UserId person, CancellationToken cancel)
    {
        var account = await people.Latest(person, cancel);
        var roles = (await book.GrantedTo(person, cancel)).Roles;
        var had = roles.IsEmpty
            ? Words.None
            : Words.Of($" Until then {roles.Named()} counts for nothing.");
        return account switch
        {
            null => Words.Of($"Mattermost shows me nobody with that name."),
            { IsGuest: true } => Words.Of(
                $"{person} is a guest of this server and may do nothing here until they are a member.{had}"
            ),
            { IsDeactivated: true } => Words.Of(
                $"The account of {person} is deactivated. It can do nothing until it is activated.{had}"
            ),
            { IsSystemAdmin: true } when roles.IsEmpty => Words.Of(
                $"{person} is a system administrator of Mattermost, and by that {Role.Administrator.Label()} here."
            ),
            { IsSystemAdmin: true } => Words.Of(
                $"{person} has {roles.Named()}, and is {Role.Administrator.Label()} as a system administrator of Mattermost."
            ),
            _ when roles.IsEmpty => Words.Of(
                $"{person} has no role. An administrator can grant one, as in {Words.Code($"/{SlashCommand.Trigger} role grant @{account.Username} de")}"
            ),
            _ => Words.Of($"{person} has {roles.Named()}."),
        };
    }
}
