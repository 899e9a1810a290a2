using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Storage;

namespace Sidecar.Interactions;

/// <summary>
/// Remembers which values of others somebody was shown in a form that stays open, so that saving it again means: mine in
/// their place (M1). Mattermost keeps an open form as it was opened: nothing new can be put into its state.
/// </summary>
internal sealed partial class SeenClashes(Store store, TimeProvider clock)
{
    /// <summary>Those that were not shown yet; they are noted as shown.</summary>
    /// <param name="from">The form that was sent.</param>
    /// <param name="clashes">The fields that others changed as well, and what they put there.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreUnwritableException">Nothing can be stored at the moment.</exception>
    public async ValueTask<IReadOnlyList<(string Field, string Now)>> Unseen(
        Envelope from,
        IReadOnlyCollection<(string Field, string Now)> clashes,
        CancellationToken cancel
    )
    {
        if (clashes.Count == 0)
        {
            return [];
        }

        var seen = await Seen(from.Act, cancel);
        var unseen = clashes.Where(c => seen.GetValueOrDefault(c.Field) != c.Now).ToList();
        if (unseen.Count > 0)
        {
            await Show(from, clashes, cancel);
        }

        return unseen;
    }

    /// <summary>What was shown in a form, by field.</summary>
    /// <param name="act">The opening of the form.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyDictionary<string, string>> Seen(
        string act,
        CancellationToken cancel
    ) =>
        await store.Find(IdempotencyRecord.Kind, Id(act), cancel) is { Value.Made: var shown }
            ? JsonSerializer.Deserialize(shown, ClashJson.Default.DictionaryStringString)!
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Notes what is shown now.</summary>
    /// <exception cref="StoreUnwritableException">Nothing can be stored at the moment.</exception>
    public async Task Show(
        Envelope from,
        IEnumerable<(string Field, string Now)> clashes,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var shown = JsonSerializer.Serialize(
            clashes.ToDictionary(c => c.Field, c => c.Now, StringComparer.Ordinal),
            ClashJson.Default.DictionaryStringString
        );
        var receipt = new IdempotencyRecord(shown, now);
        var id = Id(from.Act);
        var change = new Change(now, from.User.Value);
        // When the form was sent twice at once, the other one notes it.
        await store.Commit(
            await store.Find(IdempotencyRecord.Kind, id, cancel) is { } before
                ? change.Replace(IdempotencyRecord.Kind, before, receipt)
                : change.Add(IdempotencyRecord.Kind, id, receipt),
            cancel
        );
    }

    private static string Id(string act) => act + "/contested";

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class ClashJson : JsonSerializerContext;
}
