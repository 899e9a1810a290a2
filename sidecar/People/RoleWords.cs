using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.People;

/// <summary>Roles, and who has them, within a sentence.</summary>
internal static class RoleWords
{
    /// <summary><c>the role DE lead</c>, <c>the roles DE lead and executive</c>.</summary>
    public static Words Named(this IReadOnlyCollection<Role> roles) =>
        Words.Of($"the role{(roles.Count == 1 ? "" : "s")} {roles.Joined("and")}");

    /// <summary><c>support engineer, CS lead or executive</c>.</summary>
    /// <param name="roles">At least one.</param>
    /// <param name="last">What stands before the last.</param>
    public static Words Joined(this IEnumerable<Role> roles, string last) =>
        Words.Listed([.. roles.Select(role => Words.Of($"**{role.Label()}**"))], last);

    /// <summary><c>@a, @b and 3 others</c>.</summary>
    /// <param name="people">At least one.</param>
    /// <param name="named">How many are named at the most.</param>
    public static Words Joined(this IReadOnlyList<UserId> people, int named)
    {
        // “and 1 other” is longer than a name.
        var shown = people.Count <= named + 1 ? people.Count : named;
        List<Words> parts = [.. people.Take(shown).Select(person => Words.Of($"{person}"))];
        if (people.Count > shown)
        {
            var others = people.Count - shown;
            parts.Add(
                people.Count < RoleBook.MostHolders
                    ? Words.Of($"{others} others")
                    : Words.Of($"more than {others - 1} others")
            );
        }

        return Words.Listed(parts, "and");
    }
}
