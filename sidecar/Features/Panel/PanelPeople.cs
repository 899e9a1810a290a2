using System.Diagnostics.CodeAnalysis;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>Names people in what the panel shows.</summary>
internal sealed class PanelPeople(PeopleDirectory people)
{
    /// <summary>Makes names available before they are written. Whom Mattermost does not tell stays unnamed.</summary>
    public async ValueTask Know(IEnumerable<UserId?> who, CancellationToken cancel)
    {
        try
        {
            await people.Know(who.OfType<UserId>(), cancel);
        }
        catch (ChatException)
        {
            // The rest is worth more than a name in it.
        }
    }

    [return: NotNullIfNotNull(nameof(who))]
    public PanelPerson? Write(UserId? who) =>
        who is { } person ? new PanelPerson(person.Value, people.NameOf(person)) : null;

    /// <summary>Sentences as Markdown, with the names of those whom they mention.</summary>
    public async ValueTask<IReadOnlyList<string>> Write(
        IReadOnlyList<Markdown> texts,
        CancellationToken cancel
    )
    {
        await Know(texts.SelectMany(t => t.Mentioned()).Select(p => (UserId?)p), cancel);
        return [.. texts.Select(t => t.Show(people.NameOf))];
    }

    public async ValueTask<string> Write(Markdown text, CancellationToken cancel) =>
        (await Write([text], cancel))[0];
}
