using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.RoleGrants;

/// <summary><c>/escalate role revoke</c>: takes roles from somebody.</summary>
internal sealed class RevokeRole(RoleStore book, PeopleDirectory people) : ISlashCommand
{
    public static Permission Permission => RoleRights.Revoke;

    public static CommandSpec Spec { get; } =
        new(
            "role revoke",
            "Take one or more roles from somebody",
            RoleArguments.Person,
            RoleArguments.Roles
        )
        {
            Examples = ["role revoke @engineer de"],
            Details = $"The roles: {RoleReading.Legend}. They are told by direct message.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var person = call.Get(RoleArguments.Person);
        var roles = call.Get(RoleArguments.Roles)!;
        if (roles.Problem() is { } problem)
        {
            return Reply.Say(problem);
        }

        // Asked before anything is changed: a question that fails must find nothing changed.
        var isSystemAdmin =
            roles.Known.Contains(Role.Administrator)
            && await people.Now(person, cancel) is { IsSystemAdmin: true };
        var by = call.Envelope.User;
        var decision = await book.DecideAs(
            person,
            by,
            RoleRights.Revoke,
            granted => granted.Revoke(roles.Known, by)
        );
        switch (decision)
        {
            case Decision<GrantedRoles, RoleFact>.Accepted { Facts: [var fact, ..] }:
                var remains = await Remains(fact, isSystemAdmin, cancel);
                return Reply.Say(Markdown.Of($"{Done(fact, roles.Known)}{remains}"));
            case Decision<GrantedRoles, RoleFact>.Refused when isSystemAdmin:
                return Reply.Say(OnlyByMattermost(person, by));
            case Decision<GrantedRoles, RoleFact>.Refused refused:
                return Reply.No(refused.Why);
            default:
                return Reply.Nothing;
        }
    }

    private static Markdown OnlyByMattermost(UserId person, UserId by) =>
        Markdown.Of(
            $"{(person == by ? Markdown.Of($"You are") : Markdown.Of($"{person} is"))} administrator as a system administrator of Mattermost, not by a grant, so there is nothing to take away here. Take that role away in Mattermost’s System Console; it stops counting within a minute, and at once for what can’t be undone."
        );

    private static Markdown Done(RoleFact fact, ImmutableArray<Role> asked)
    {
        ImmutableArray<Role> never = [.. asked.Except(fact.Roles)];
        var isSelf = fact.By == fact.Person;
        var had = never.IsEmpty
            ? Markdown.None
            : Markdown.Of($" {(isSelf ? "You" : "They")} did not have {never.Named()}.");
        return isSelf
            ? Markdown.Of($"You gave up {fact.Roles.Named()}.{had}")
            : Markdown.Of(
                $"{fact.Person} no longer has {fact.Roles.Named()}, and is told by direct message.{had}"
            );
    }

    /// <summary>What becomes of somebody who is no administrator by a grant any more.</summary>
    private async Task<Markdown> Remains(
        RoleFact fact,
        bool isSystemAdmin,
        CancellationToken cancel
    )
    {
        if (!fact.Roles.Contains(Role.Administrator))
        {
            return Markdown.None;
        }

        if (isSystemAdmin)
        {
            return fact.By == fact.Person
                ? Markdown.Of($" You stay administrator as a system administrator of Mattermost.")
                : Markdown.Of($" They stay administrator as a system administrator of Mattermost.");
        }

        if (fact.By != fact.Person)
        {
            return Markdown.None;
        }

        var others = await book.Holders(Role.Administrator, cancel);
        return others.Count == 0
            ? Markdown.Of($" Mattermost’s system administrators can give it back to you.")
            : Markdown.Of($" {others.Joined(3)} can give it back to you.");
    }
}
