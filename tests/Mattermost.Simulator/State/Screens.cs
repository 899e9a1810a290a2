using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>The forms that are open on pages.</summary>
internal sealed class Screens(World world)
{
    private readonly ConcurrentDictionary<string, ScreenForm> open = new(StringComparer.Ordinal);

    /// <summary>Makes the client behind a page, which goes over HTTP with the page's own token.</summary>
    public Func<User, string, Person>? Client { get; set; }

    /// <summary>The form that the page was told of, as it looks at first; null when there is none.</summary>
    public async Task<JsonObject?> OpenAsync(User user, string token, string trigger)
    {
        if (world.Dialogs.OpenedWith(trigger) is not { } dialog || dialog.UserId != user.Id)
        {
            return null;
        }

        var form = new ScreenForm(
            Client!(user, token),
            dialog,
            close: id => open.TryRemove(id, out _)
        );
        open[form.Id] = form;
        return await form.FillAsync(Wire.EmptyObject);
    }

    public ScreenForm? Find(User user, string id) =>
        open.TryGetValue(id, out var form) && form.UserId == user.Id ? form : null;
}

/// <summary>A form on a page.</summary>
internal sealed class ScreenForm(Person person, OpenedDialog first, Action<string> close)
{
    private static readonly Dictionary<string, string> NoErrors = new(StringComparer.Ordinal);

    private OpenedDialog dialog = first;

    public string Id { get; } = Ids.New();

    public string UserId => person.User.Id;

    /// <summary>The reader changed fields; what can't be chosen stays as it was, and its field says why.</summary>
    public async Task<JsonObject?> FillAsync(JsonElement values)
    {
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        dialog = await person.FillIn(dialog, []);
        foreach (var member in values.EnumerateObject())
        {
            try
            {
                dialog = await person.FillIn(dialog, (member.Name, Given(member.Value)));
            }
            catch (ArgumentException problem)
            {
                // The name of the argument is for programmers.
                refused[member.Name] = problem.Message.Split(" (Parameter")[0];
            }
        }

        return Told(refused, person.TroubleOf(dialog));
    }

    /// <summary>The reader typed into a list.</summary>
    public async Task<JsonObject?> OfferAsync(string field, string typed) =>
        new()
        {
            ["offers"] = new JsonArray([
                .. (await person.OfferedAfter(dialog, field, typed)).Select(o =>
                    (JsonNode)new JsonObject { ["text"] = o.Text, ["value"] = o.Value }
                ),
            ]),
        };

    public async Task<JsonObject?> SubmitAsync()
    {
        var outcome = await person.SubmitDialog(dialog, new Dictionary<string, object?>());
        if (outcome.Closed)
        {
            close(Id);
            return new JsonObject { ["closed"] = true };
        }

        if (outcome.Next is { } next)
        {
            dialog = next;
            return await FillAsync(Wire.EmptyObject);
        }

        return Told(
            outcome.FieldErrors,
            outcome.AppError is { } failure && outcome.Error.Length == 0
                ? failure.Message
                : outcome.Error
        );
    }

    public async Task<JsonObject?> CancelAsync()
    {
        close(Id);
        await person.CancelDialog(dialog);
        return new JsonObject { ["closed"] = true };
    }

    private JsonObject Told(IReadOnlyDictionary<string, string> errors, string error) =>
        new()
        {
            ["id"] = Id,
            ["app"] = person.DrawsFormsAsApps,
            ["dialog"] = dialog.ToClientJson(person.Version)["dialog"]!.DeepClone(),
            ["values"] = JsonSerializer.SerializeToNode(person.AllShown(dialog).Values),
            ["texts"] = JsonSerializer.SerializeToNode(person.AllShown(dialog).Texts),
            ["errors"] = JsonSerializer.SerializeToNode(errors),
            ["error"] = error,
        };

    private static object? Given(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Array => value.EnumerateArray().Select(v => v.ToString()).ToList(),
            JsonValueKind.Null => null,
            _ => value.ToString(),
        };
}
