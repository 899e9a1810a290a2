using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.RoleGrants;

/// <summary><c>/escalate role list</c>: who has which role.</summary>
internal sealed class ListRoles(RoleStore book, PeopleDirectory people) : ISlashCommand
{
    private const int NamedInList = 10;

    public static Permission Permission => RoleRights.Read;

    public static CommandSpec Spec { get; } =
        new("role list", "Show who has which role", RoleArguments.Which)
        {
            Examples = ["role list", "role list @engineer", "role list de-lead"],
            Details =
                $"The roles: {RoleReading.Legend}. With a person, Mattermost is asked again whether they are a guest or a system administrator.",
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
                        RoleStore.MostHolders,
                        cancel
                    ),
                _ => Markdown.None,
            }
        );

    private async Task<Markdown> Table(
        IEnumerable<RoleName> roles,
        int named,
        CancellationToken cancel
    )
    {
        List<Markdown> rows = [Markdown.Of($"| Role | | Who |"), Markdown.Of($"|:--|:--|:--|")];
        foreach (var role in roles)
        {
            var who = await book.Holders(role.Role, cancel);
            rows.Add(
                Markdown.Of(
                    $"| {role.Label} | {Markdown.Code(role.Code)} | {(who.Count == 0 ? Markdown.Of($"–") : who.Joined(named))} |"
                )
            );
        }

        rows.Add(
            Markdown.Of(
                $"\nMattermost’s system administrators are administrators without a grant. {Markdown.Code($"/{SlashCommand.Trigger} role grant @name de")} gives a role."
            )
        );
        return Markdown.Lines(rows);
    }

    private async Task<Markdown> About(UserId person, CancellationToken cancel)
    {
        var account = await people.Latest(person, cancel);
        var roles = (await book.GrantedTo(person, cancel)).Roles;
        var had = roles.IsEmpty
            ? Markdown.None
            : Markdown.Of($" Until then {roles.Named()} has no effect.");
        return account switch
        {
            null => Markdown.Of($"Mattermost knows nobody with that name."),
            { IsGuest: true } => Markdown.Of(
                $"{person} is a guest on this server and may do nothing here until they are a member.{had}"
            ),
            { IsDeactivated: true } => Markdown.Of(
                $"The account of {person} is deactivated. It can do nothing until it is activated.{had}"
            ),
            { IsSystemAdmin: true } when roles.IsEmpty => Markdown.Of(
                $"{person} is a system administrator of Mattermost, and by that {Role.Administrator.Label()} here."
            ),
            { IsSystemAdmin: true } => Markdown.Of(
                $"{person} has {roles.Named()}, and is {Role.Administrator.Label()} as a system administrator of Mattermost."
            ),
            _ when roles.IsEmpty => Markdown.Of(
                $"{person} has no role. An administrator can grant one, as in {Markdown.Code($"/{SlashCommand.Trigger} role grant @{account.Username} de")}"
            ),
            _ => Markdown.Of($"{person} has {roles.Named()}."),
        };
    }
}
