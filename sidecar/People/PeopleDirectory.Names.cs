using System.Text.RegularExpressions;
using Sidecar.Chat;

namespace Sidecar.People;

/// <summary>Who is meant by a user name, where Mattermost has not resolved it: in files, in direct messages.</summary>
internal sealed partial class PeopleDirectory
{
    /// <summary>The accounts with some user names.</summary>
    /// <param name="usernames">With or without the at sign.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>By name, without the at sign and in lower case; names that nobody has are missing.</returns>
    /// <exception cref="ChatException">Mattermost does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, ChatPerson>> Called(
        IEnumerable<string> usernames,
        CancellationToken cancel
    )
    {
        List<string> names =
        [
            .. usernames
                .Select(name => name.TrimStart('@', '＠').ToLowerInvariant())
                .Where(name => Username().IsMatch(name))
                .Distinct(StringComparer.Ordinal),
        ];
        if (names.Count == 0)
        {
            return new Dictionary<string, ChatPerson>(StringComparer.Ordinal);
        }

        var found = await chat.FindPeople(names, cancel);
        foreach (var person in found)
        {
            Learn(person.Id, person.Username);
        }

        return found.ToDictionary(
            person => person.Username.ToLowerInvariant(),
            StringComparer.Ordinal
        );
    }

    [GeneratedRegex(@"^[a-z0-9._-]{1,64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Username();
}
