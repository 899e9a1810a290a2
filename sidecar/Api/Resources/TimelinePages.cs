using System.Globalization;
using Sidecar.Features;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

/// <summary>What happened, the latest first, a page at a time: of escalations and of all requests alike (ALL-4).</summary>
internal sealed class TimelinePages(ApiAnswers answers, RoleStore roles)
{
    /// <summary>The operation that reads a timeline: declared once for all that have one.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="of">The path of what it is the timeline of.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="scope">What a token must be for.</param>
    /// <param name="tag">The group that it is shown in.</param>
    /// <param name="subject">What of the path says whose it is.</param>
    /// <param name="run">Answers it.</param>
    /// <param name="readers">For whom it is, when that is not everybody who reads the rest.</param>
    public static ApiOperation Operation(
        string id,
        string of,
        string summary,
        TokenScope scope,
        string tag,
        ApiField subject,
        Func<IServiceProvider, ApiCall, CancellationToken, Task<ApiAnswer>> run,
        string readers = ""
    ) =>
        new(id, "GET", of + "/timeline", summary, scope)
        {
            Tag = tag,
            Description = $"The latest first. {readers}".TrimEnd(),
            PathFields = [subject],
            Query = Paging.Fields,
            Result = ApiJson.Default.TimelinePage,
            Refusals = [404],
            Run = run,
        };

    /// <summary>A page.</summary>
    /// <param name="call">Who reads, and from where on.</param>
    /// <param name="latest">Reads what happened before an entry; the latest for null.</param>
    /// <param name="told">The sentence for a reader, who may be one of ours.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ApiAnswer> Page<TFact>(
        ApiCall call,
        Func<long?, int, CancellationToken, ValueTask<IReadOnlyList<HistoryEntry<TFact>>>> latest,
        Func<TFact, bool, Markdown> told,
        CancellationToken cancel
    )
        where TFact : class
    {
        if (NumberedPlaces.Before(call) is not { } before)
        {
            return NumberedPlaces.None;
        }

        var isOurs = !(await roles.Of(call.User, cancel)).Roles.IsEmpty;
        var entries = await latest(before == 0 ? null : before, call.Limit + 1, cancel);
        var shown = entries
            .Take(call.Limit)
            .Select(e => (Entry: e, Text: told(e.Fact, isOurs)))
            .ToList();
        await answers.Know(
            shown.SelectMany(s => s.Text.Mentioned()).Select(p => (UserId?)p),
            cancel
        );
        var lines = new List<TimelineView>();
        foreach (var (entry, text) in shown)
        {
            lines.Add(
                new TimelineView(entry.Sequence, entry.At, await answers.Plain(text, cancel))
            );
        }

        var next = entries.Count > shown.Count ? NumberedPlaces.Of(shown[^1].Entry.Sequence) : null;
        return new ApiAnswer.OfValue(new ApiPage<TimelineView>(lines, next)) { Next = next };
    }
}

/// <summary>
/// Where pages of what is numbered in the order of the list end. They need no seal: the number says nothing that the
/// list does not.
/// </summary>
internal static class NumberedPlaces
{
    public static ApiProblem None { get; } =
        ApiProblem.Invalid(Paging.CursorName, "This is not a place in this list.");

    /// <summary>The number before which a page ends; 0 for the first page, null for what is no place.</summary>
    public static long? Before(ApiCall call) =>
        call[Paging.CursorName] is not { } text ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
        : null;

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);
}
