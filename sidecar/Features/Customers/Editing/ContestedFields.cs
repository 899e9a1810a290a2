using System.Text.Json;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Customers.Editing;

/// <summary>
/// Remembers which values of others somebody was shown in a form that stays open, so that sending it again means yes.
/// Mattermost keeps an open form as it was opened: nothing new can be put into its state.
/// </summary>
internal sealed class ContestedFields(Store store, TimeProvider clock)
{
    /// <summary>What was shown in a form, by field.</summary>
    /// <param name="act">The opening of the form.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyDictionary<string, string>> Seen(
        string act,
        CancellationToken cancel
    ) =>
        await store.Find(IdempotencyRecord.Kind, Id(act), cancel) is { Value.Made: var shown }
            ? JsonSerializer.Deserialize(shown, CustomerFormJson.Default.DictionaryStringString)!
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Notes what is shown now.</summary>
    public async Task Show(
        Envelope envelope,
        IReadOnlyList<FieldChange> contested,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var shown = JsonSerializer.Serialize(
            contested.ToDictionary(c => c.Field, c => c.From, StringComparer.Ordinal),
            CustomerFormJson.Default.DictionaryStringString
        );
        var receipt = new IdempotencyRecord(shown, now);
        var id = Id(envelope.Act);
        var change = new Change(now, envelope.User.Value);
        // When the form was sent twice at once, the other one notes it.
        await store.Commit(
            await store.Find(IdempotencyRecord.Kind, id, cancel) is { } before
                ? change.Replace(IdempotencyRecord.Kind, before, receipt)
                : change.Add(IdempotencyRecord.Kind, id, receipt),
            cancel
        );
    }

    private static string Id(string act) => act + "/contested";
}
