using Sidecar.Features.AgendaItems;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Service requests that await the customer's sign-off (WEEK-1).</summary>
internal sealed class ServicesOnAgenda(Store store, ServiceRequestStore book) : IAgendaSource
{
    private const int Most = 100;

    public async ValueTask<IReadOnlyList<AgendaSection>> Sections(
        AgendaReader reader,
        CancellationToken cancel
    )
    {
        var open = await store.List(
            ServiceIndexes.Kind,
            ServiceIndexes.ByDue,
            ServiceIndexes.Open,
            null,
            Most,
            cancel
        );
        return
        [
            new AgendaSection(
                30,
                "Service requests awaiting sign-off",
                [
                    .. open
                        .Items.Select(i => i.Value)
                        .Where(r => r.State == ServiceState.AwaitingSignOff)
                        .Select(r => new AgendaItem(
                            r.Id.ToString(),
                            $"{r.Id} {r.CustomerName}",
                            Markdown.Of(
                                $"**{r.Id}** {r.CustomerName}: {MarkdownEscaper.Shorten(r.Sow.Title, 90)} · due {CalendarDay.Write(r.Sow.DueOn)} · {(r.Sow.By is { } by ? Markdown.Of($"{by}") : Markdown.Of($"nobody named"))}"
                            ),
                            $"due {CalendarDay.Write(r.Sow.DueOn)}"
                        )),
                ]
            ),
        ];
    }

    public bool Has(string about) =>
        about.StartsWith(ServiceRequestId.Series + "-", StringComparison.Ordinal);

    public Task<Refusal?> Keep(
        string about,
        MeetingNote note,
        string act,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    ) =>
        book.Note(
            ServiceRequestId.Read(about)!.Value,
            note.By,
            new ServiceFact.ServiceInMeeting(note),
            act,
            also,
            cancel
        );
}
