using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.Panel;

/// <summary>What happened to something, the latest first, a page at a time (ESC-7, ALL-4).</summary>
internal sealed class PanelTimelines(EscalationStore book, PanelPeople people)
{
    public const int PageSize = 30;

    // Six bytes for each character at the worst; Mattermost takes 1 MiB.
    private const int PageLength = 100_000;

    public async ValueTask<PanelTimeline> Page(
        EscalationId id,
        long? before,
        bool isOurs,
        CancellationToken cancel
    ) =>
        await Page(
            [
                .. (await book.LatestHistory(id, before, PageSize + 1, cancel)).Select(
                    e => new RequestEntry(e.Sequence, e.At, e.Fact.ToldTo(isOurs))
                ),
            ],
            cancel
        );

    /// <summary>A page of what was read, which is one entry more when there are more.</summary>
    public async ValueTask<PanelTimeline> Page(
        IReadOnlyList<RequestEntry> entries,
        CancellationToken cancel
    )
    {
        var texts = await people.Write([.. entries.Take(PageSize).Select(e => e.Sentence)], cancel);
        var shown = Fitting(texts);
        return new PanelTimeline(
            [
                .. texts
                    .Take(shown)
                    .Select((text, i) => new PanelEntry(PanelAnswer.Time(entries[i].At), text)),
            ],
            shown < entries.Count ? entries[shown - 1].Sequence : null
        );
    }

    private static int Fitting(IReadOnlyList<string> texts)
    {
        var length = 0;
        return texts.TakeWhile((t, i) => (length += t.Length) <= PageLength || i == 0).Count();
    }
}
