using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.People;

/// <summary>Roles, and who has them, within a sentence.</summary>
internal static class RoleWords
{
    /// <summary><c>the role DE lead</c>, <c>the roles DE lead and executive</c>.</summary>
    public static Markdown Named(this IReadOnlyCollection<Role> roles) =>
        Markdown.Of($"the role{(roles.Count == 1 ? "" : "s")} {roles.Joined("and")}");

    /// <summary><c>support engineer, CS lead or executive</c>.</summary>
    /// <param name="roles">At least one.</param>
    /// <param name="last">What stands before the last.</param>
    public static Markdown Joined(this IEnumerable<Role> roles, string last) =>
        Markdown.Listed([.. roles.Select(role => Markdown.Of($"**{role.Label()}**"))], last);

    /// <summary><c>@a, @b and 3 others</c>.</summary>
    /// <param name="people">At least one.</param>
    /// <param name="named">How many are named at the most.</param>
    public static Markdown Joined(this IReadOnlyList<UserId> people, int named)
    {
        // “and 1 other” is longer than a name.
        var shown = people.Count <= named + 1 ? people.Count : named;
        List<Markdown> parts = [.. people.Take(shown).Select(person => Markdown.Of($"{person}"))];
        if (people.Count > shown)
        {
            var others = people.Count - shown;
            parts.Add(
                people.Count < RoleStore.MostHolders
                    ? Markdown.Of($"{others} others")
                    : Markdown.Of($"more than {others - 1} others")
            );
        }

        return Markdown.Listed(parts, "and");
    }
}
