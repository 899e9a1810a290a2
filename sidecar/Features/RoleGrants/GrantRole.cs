using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.RoleGrants;

/// <summary><c>/escalate role grant</c>: makes somebody something.</summary>
internal sealed class GrantRole(RoleStore book, PeopleDirectory people, OutboxOptions product)
    : ISlashCommand
{
    public static Permission Permission => RoleRights.Grant;

    public static CommandSpec Spec { get; } =
        new(
            "role grant",
            "Give somebody one or more roles",
            RoleArguments.Person,
            RoleArguments.Roles
        )
        {
            Examples =
            [
                "role grant @engineer de",
                "role grant @engineer DE lead, support engineer",
            ],
            Details =
                $"The roles: {RoleReading.Legend}. They are told by direct message. The bot account of an integration can have roles, too: for what it does with a token, and it is never called or suggested by them.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var person = call.Get(RoleArguments.Person);
        var roles = call.Get(RoleArguments.Roles)!;
        if (roles.Problem() is { } problem)
        {
            return Reply.Say(problem);
        }

        var account = await people.Now(person, cancel);
        if (Impossible(person, account) is { } why)
        {
            return Reply.Say(why);
        }

        var by = call.Envelope.User;
        return await book.DecideAs(
            person,
            by,
            RoleRights.Grant,
            granted => granted.Grant(roles.Known, by)
        ) switch
        {
            Decision<GrantedRoles, RoleFact>.Accepted { Facts: [var fact, ..] } => Reply.Say(
                Markdown.Of($"{Done(fact, roles.Known, account!)}{ByMattermost(fact, account!)}")
            ),
            Decision<GrantedRoles, RoleFact>.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    private Markdown? Impossible(UserId person, KnownPerson? account) =>
        account switch
        {
            null => Markdown.Of($"Mattermost knows nobody with that name, so nothing was changed."),
            { IsBot: true } when person == product.Bot => Markdown.Of(
                $"{person} is a bot, and I am it: what I do takes no role. Nothing was changed."
            ),
            { IsGuest: true } => Markdown.Of(
                $"{person} is a guest on this server, and guests may do nothing here, whatever their role. Make them a member in Mattermost first. Nothing was changed."
            ),
            { IsOutside: true } => Markdown.Of(
                $"{person} is in no team that I am in, so they could do nothing here. Add them to the team first. Nothing was changed."
            ),
            { IsDeactivated: true } => Markdown.Of(
                $"The account of {person} is deactivated, so nothing was changed."
            ),
            _ => null,
        };

    private static Markdown Done(RoleFact fact, ImmutableArray<Role> asked, KnownPerson account)
    {
        ImmutableArray<Role> before = [.. asked.Except(fact.Roles)];
        var isSelf = fact.By == fact.Person;
        var had = before.IsEmpty
            ? Markdown.None
            : Markdown.Of($" {(isSelf ? "You" : "They")} had {before.Named()} before.");
        return isSelf ? Markdown.Of($"You gave yourself {fact.Roles.Named()}.{had}")
            : account.IsBot
                ? Markdown.Of(
                    $"{fact.Person} has {fact.Roles.Named()} now, for what it does with a token.{had}"
                )
            : Markdown.Of(
                $"{fact.Person} has {fact.Roles.Named()} now, and is told by direct message.{had}"
            );
    }

    private static Markdown ByMattermost(RoleFact fact, KnownPerson account) =>
        account.IsSystemAdmin && fact.Roles.Contains(Role.Administrator)
            ? Markdown.Of(
                $" They were already administrator here as a system administrator of Mattermost; with this grant they stay one even if they lose that."
            )
            : Markdown.None;
}
