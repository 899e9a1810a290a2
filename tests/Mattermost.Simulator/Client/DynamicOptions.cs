using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>
/// The lists that ask the integration what they offer: when the form opens, for each letter, and after every change
/// of any field.
/// </summary>
internal sealed class DynamicOptions(FormClient client)
{
    private readonly Dictionary<string, IReadOnlyList<Option>> offered = new(
        StringComparer.Ordinal
    );

    private readonly Dictionary<(string Field, string Value), string> labels = [];

    public static bool Has(DialogElement field) =>
        field is { Type: "select", DataSource: "dynamic" };

    /// <summary>Asks once, when the form comes onto the screen.</summary>
    public async Task AtOpenAsync(
        OpenedDialog form,
        DialogElement field,
        IReadOnlyDictionary<string, object?> values
    )
    {
        if (!offered.ContainsKey(field.Name))
        {
            await AskAsync(form, field, values, typed: "");
        }
    }

    /// <summary>Types letter by letter, and returns what is offered at the end.</summary>
    public async Task<IReadOnlyList<Option>> TypedAsync(
        OpenedDialog form,
        DialogElement field,
        IReadOnlyDictionary<string, object?> values,
        string typed
    )
    {
        for (var letters = 1; letters <= typed.Length; letters++)
        {
            await AskAsync(form, field, values, typed[..letters]);
        }

        return offered[field.Name];
    }

    /// <summary>Types one more letter; nothing typed is what is offered already.</summary>
    public async Task<IReadOnlyList<Option>> LetterAsync(
        OpenedDialog form,
        DialogElement field,
        IReadOnlyDictionary<string, object?> values,
        string typed
    )
    {
        if (typed.Length > 0)
        {
            await AskAsync(form, field, values, typed);
        }

        return offered[field.Name];
    }

    /// <summary>What the reader sees of a value: what was chosen with it, or the value itself, as a preset is.</summary>
    public string TextOf(string field, string value) =>
        labels.GetValueOrDefault((field, value), value);

    /// <summary>Chooses by text or value, people without the at sign too: from what is offered already, or by typing until it is.</summary>
    public async Task<string> ChooseAsync(
        OpenedDialog form,
        DialogElement field,
        IReadOnlyDictionary<string, object?> values,
        string wanted
    )
    {
        for (var letters = 0; letters <= wanted.Length; letters++)
        {
            if (letters > 0)
            {
                await AskAsync(form, field, values, wanted[..letters]);
            }

            if (
                offered[field.Name]
                    .FirstOrDefault(o =>
                        o.Text == wanted || o.Value == wanted || o.Value == $"@{wanted}"
                    ) is
                { } found
            )
            {
                labels[(field.Name, found.Value)] = found.Text;
                return found.Value;
            }
        }

        var there = string.Join(", ", offered[field.Name].Select(o => $"{o.Text} ({o.Value})"));
        throw new ArgumentException(
            $"The list of '{field.Name}' does not offer '{wanted}'; it offers: {there}.",
            nameof(wanted)
        );
    }

    public async Task AskAsync(
        OpenedDialog form,
        DialogElement field,
        IReadOnlyDictionary<string, object?> values,
        string typed
    )
    {
        if (field.DataSourceUrl is not { } url || !IsAllowed(url))
        {
            // The browser asks no other addresses: the list stays empty.
            offered[field.Name] = [];
            return;
        }

        var submission = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var element in form.Elements)
        {
            if (AsAsked(element, values.GetValueOrDefault(element.Name)) is { } value)
            {
                submission[element.Name] = value;
            }
        }

        if (typed.Length > 0)
        {
            submission["query"] = typed;
        }

        submission["selected_field"] = field.Name;
        // Unlike a submission, a look-up keeps to the first form's state as well.
        var sent = await client.SendAsync(
            "/api/v4/actions/dialogs/lookup",
            form.First ?? form,
            url,
            submission
        );
        offered[field.Name] = sent.Body.Get("items") is { ValueKind: JsonValueKind.Array } items
            ?
            [
                .. items
                    .EnumerateArray()
                    .Select(i => new Option(i.Str("text") ?? "", i.Str("value") ?? "")),
            ]
            : [];
    }

    /// <summary>The addresses that the browser lets a list ask.</summary>
    public static bool IsAllowed(string url) =>
        url.StartsWith("https://", StringComparison.Ordinal)
        || (
            url.StartsWith("http://", StringComparison.Ordinal)
            && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address.Host is "localhost" or "127.0.0.1"
        )
        || (
            url.StartsWith("/plugins/", StringComparison.Ordinal)
            && !url.Contains("..", StringComparison.Ordinal)
            && !url.Contains("//", StringComparison.Ordinal)
        );

    /// <summary>How a value stands in a look-up: what was chosen in a list with what the reader saw of it.</summary>
    private object? AsAsked(DialogElement element, object? value) =>
        element switch
        {
            { Type: "select", MultiSelect: true, DataSource: "users" or "channels" } => value
                is IEnumerable<string> people
                ? people.Select(p => Labelled(element, p)).ToList()
                : null,
            { Type: "select", MultiSelect: true } => Array.Empty<string>(),
            { Type: "select" or "radio" } when value is string { Length: > 0 } chosen =>
                element.Type == "radio" ? chosen : Labelled(element, chosen),
            _ => value is "" ? null : value,
        };

    private Dictionary<string, string> Labelled(DialogElement element, string value) =>
        new(StringComparer.Ordinal)
        {
            ["label"] = element.DataSource switch
            {
                "users" => client.World.Users.Find(value)?.Username ?? value,
                "channels" => client.World.Channels.Find(value)?.DisplayName ?? value,
                "dynamic" => TextOf(element.Name, value),
                _ => element.Options?.FirstOrDefault(o => o.Value == value)?.Text ?? value,
            },
            ["value"] = value,
        };
}
