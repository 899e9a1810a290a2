using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// Makes ids of the people whom a form names: lists that ask us show and send names, and so do people who type.
/// </summary>
internal static class FormPeople
{
    /// <summary>More than that is no list of people; each is asked for at Mattermost.</summary>
    private const int Most = 50;

    private const int ShortestId = 20;

    /// <summary>The answers with ids in place of names, or what is wrong with them, by field.</summary>
    /// <exception cref="ChatException">Mattermost had to be asked and did not answer.</exception>
    public static async ValueTask<(
        FormAnswers Answers,
        ImmutableDictionary<string, string> Problems
    )> Find(FormAnswers answers, PeopleDirectory people, CancellationToken cancel)
    {
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var values = new Dictionary<string, string>(answers.Values, StringComparer.Ordinal);
        foreach (var field in (answers.Asked ?? []).Where(NamesPeople))
        {
            if (
                !values.TryGetValue(field.Name, out var typed)
                || (typed == field.Preset && AreIds(typed))
                || (field.Drawing == FieldDrawing.Several && AreIds(typed))
            )
            {
                continue;
            }

            var names = Names(typed).ToList();
            if (names.Count > Most)
            {
                problems[field.Name] = $"These are {names.Count} people, and {Most} fit at once.";
                continue;
            }

            var known = await people.Called(names.SelectMany(SentenceMarks.Spellings), cancel);
            var found = names.Select(name => Id(name, known)).ToList();
            if (found.Exists(f => f is null))
            {
                var unknown = names.Where((_, i) => found[i] is null).Select(n => $"“{n}”");
                problems[field.Name] = $"There is nobody called {string.Join(", ", unknown)} here.";
            }

            if (field.Kind == FieldKind.Person && found.Distinct().Count() > 1)
            {
                problems[field.Name] = "One person is meant here.";
                continue;
            }

            values[field.Name] = string.Join(
                ' ',
                found.OfType<UserId>().Distinct().Select(f => f.Value)
            );
        }

        return (answers with { Values = values }, problems.ToImmutable());
    }

    /// <summary>As lists send them, unlike names that people type.</summary>
    private static bool AreIds(string typed) =>
        typed
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => word.Length >= ShortestId && IdForm.Fits(word));

    private static bool NamesPeople(AskedField field) =>
        field.Drawing is FieldDrawing.Names or FieldDrawing.Several
        || field is { Kind: FieldKind.Person, Drawing: FieldDrawing.Offered };

    private static IEnumerable<string> Names(string typed) =>
        UnseenMarks
            .Without(typed)
            .Split(
                [' ', '\t', '\r', '\n', '\u00A0', ',', ';', '，', '、'],
                StringSplitOptions.RemoveEmptyEntries
            )
            .Where(word => word is not ("and" or "&" or "+"))
            .Select(word => SentenceMarks.Bare(word, '@'))
            .Where(name => name.Length > 0);

    private static UserId? Id(string name, IReadOnlyDictionary<string, ChatPerson> known) =>
        SentenceMarks.Fits(name, known, out var person, out _) ? person.Id : null;
}
