using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Changes;

/// <summary>
/// Remembers with which answers an act was done: whoever sends the same form again with other ones is told that those were
/// not taken, whichever field it is (M1), and whoever sends the same twice is not.
/// </summary>
internal sealed class SentAnswers(Store store)
{
    private const char BetweenFields = '\u001e';
    private const char BehindName = '\u001f';

    /// <summary>Notes them, in the commit that does the act.</summary>
    /// <param name="change">That commit.</param>
    /// <param name="act">The act.</param>
    /// <param name="answers">By field name.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask Note(
        Change change,
        string act,
        IReadOnlyDictionary<string, string> answers,
        CancellationToken cancel
    )
    {
        var (id, receipt) = (Id(act), new IdempotencyRecord(Digest(answers), change.Now));
        if (await store.Find(IdempotencyRecord.Kind, id, cancel) is { } before)
        {
            change.Replace(IdempotencyRecord.Kind, before, receipt);
        }
        else
        {
            change.Add(IdempotencyRecord.Kind, id, receipt);
        }
    }

    /// <summary>The act was done with other answers than these; never of what an earlier release did.</summary>
    public async ValueTask<bool> Differ(
        string act,
        IReadOnlyDictionary<string, string> answers,
        CancellationToken cancel
    ) =>
        await store.Find(IdempotencyRecord.Kind, Id(act), cancel) is { Value.Made: var sent }
        && sent != Digest(answers);

    /// <summary>A field that is empty says as much as one that is missing, and clients end lines as they like.</summary>
    private static string Digest(IReadOnlyDictionary<string, string> answers) =>
        AskedField.Digest(
            string.Join(
                BetweenFields,
                answers
                    .Select(a => (a.Key, Value: a.Value.ReplaceLineEndings("\n").Trim()))
                    .Where(a => a.Value.Length > 0)
                    .OrderBy(a => a.Key, StringComparer.Ordinal)
                    .Select(a => $"{a.Key}{BehindName}{a.Value}")
            )
        );

    private static string Id(string act) => act + "/sent";
}
