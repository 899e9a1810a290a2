using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Interactions;

/// <summary>
/// The people who have a role: for forms in which a role decides who can be chosen, and for who types somebody’s name,
/// where any role will do. Who has which role is no secret within the team.
/// </summary>
internal sealed class OfferPeople(RoleStore roles, PeopleDirectory people) : ICompletion
{
    private static readonly Permission Read = Permission.Everybody("see who has which role");

    public string Name => OfferSource.People;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    ) =>
        typed.Length > OfferSource.LongestTyped
            ? []
            :
            [
                .. (
                    await Find(
                        new OfferQuery(
                            reader,
                            typed,
                            string.Join(',', Roles.All.Select(r => r.Code))
                        ),
                        cancel
                    )
                )
                    .Where(o => o.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                    .Select(o => new OfferedWord(o.Value, "", "")),
            ];

    public async ValueTask<IReadOnlyList<ControlOption>> Find(
        OfferQuery query,
        CancellationToken cancel
    )
    {
        if (!Read.Allows(await roles.Of(query.Reader, cancel)))
        {
            return [];
        }

        var typed = SentenceMarks.Bare(query.Typed, '@');
        var found = new List<ControlOption>();
        foreach (var role in Roles.All.Where(r => query.Among.Split(',').Contains(r.Code)))
        {
            foreach (var person in await roles.Holders(role.Role, cancel))
            {
                if (
                    people.NameOf(person) is { } name
                    && name.Contains(typed, StringComparison.OrdinalIgnoreCase)
                    && found.TrueForAll(f => f.Value != $"@{name}")
                )
                {
                    found.Add(new ControlOption($"@{name}", $"@{name}"));
                }
            }
        }

        return
        [
            .. found
                .OrderBy(f =>
                    !f.Value.AsSpan(1).StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                )
                .ThenBy(f => f.Value, StringComparer.OrdinalIgnoreCase)
                .Take(ICompletion.Most),
        ];
    }
}
