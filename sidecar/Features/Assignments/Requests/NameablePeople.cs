using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Availability;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>Who can be named in an assignment.</summary>
internal sealed class NameablePeople(PeopleDirectory people, RoleStore roles, Overloads overloads)
{
    /// <summary>Why somebody can't have a part in one; null when they can.</summary>
    public async ValueTask<NotToBeNamed?> Person(UserId person, CancellationToken cancel) =>
        await people.Find(person, cancel) switch
        {
            null => new NotToBeNamed(Markdown.Of($"Mattermost knows nobody with that id.")),
            { IsBot: true } => new NotToBeNamed(
                Markdown.Of($"{person} is a bot. Choose a person.")
            ),
            { IsDeactivated: true } => new NotToBeNamed(
                Markdown.Of($"The account of {person} is deactivated.")
            ),
            { IsGuest: true } => new NotToBeNamed(
                Markdown.Of($"{person} is a guest on this server. Choose somebody on the team.")
            ),
            _ => null,
        };

    /// <summary>Why somebody can't be the engineer or the back-up; null when they can.</summary>
    public async ValueTask<NotToBeNamed?> Engineer(UserId person, CancellationToken cancel)
    {
        if (await Person(person, cancel) is { } why)
        {
            return why;
        }

        return (await roles.Of(person, cancel)).Is(Role.SupportEngineer)
            ? null
            : new NotToBeNamed(
                Markdown.Of(
                    $"{person} is not a **{Role.SupportEngineer.Label()}**, and only those are assigned. {Markdown.Code($"/{SlashCommand.Trigger} role grant @{people.NameOf(person) ?? "user"} {Role.SupportEngineer.Code()}")} makes them one."
                )
            );
    }

    /// <summary>
    /// What speaks against giving somebody more work, so that whoever does it confirms it (ASG-11); null when nothing does.
    /// </summary>
    public async ValueTask<Refusal?> MayBeAssigned(UserId engineer, CancellationToken cancel) =>
        await overloads.Find(engineer, cancel) is { } overload
            ? new AssignedThoughOverloaded(overload)
            : null;
}

/// <summary>Whoever is overloaded is given more only by somebody who knows it (ASG-11).</summary>
internal sealed record AssignedThoughOverloaded(Overload Overload)
    : Refusal(
        Markdown.Of(
            $"{Overload.Person} said that they are overloaded ({Overload.About}). Confirm that they are to be assigned all the same, or choose somebody else: {Markdown.Code($"/{SlashCommand.Trigger} load")} shows who has room."
        )
    );
