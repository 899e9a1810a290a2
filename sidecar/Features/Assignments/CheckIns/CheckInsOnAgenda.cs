using Sidecar.Features.AgendaItems;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>Check-ins that were missed (WEEK-1).</summary>
internal sealed class CheckInsOnAgenda(Store store, AssignmentStore book) : IAgendaSource
{
    // More have no place at a time.
    private const int Most = 200;
    private const long WithPlace = 0;

    public async ValueTask<IReadOnlyList<AgendaSection>> Sections(
        AgendaReader reader,
        CancellationToken cancel
    )
    {
        var all = await store.List(
            AssignmentIndexes.Kind,
            AssignmentIndexes.ByPlace,
            IndexKey.Empty.Then(WithPlace),
            null,
            Most,
            cancel
        );
        return
        [
            new AgendaSection(
                60,
                "Missed check-ins",
                [
                    .. all
                        .Items.Select(i => i.Value)
                        .Where(a => a is { HasCheckIns: true, MissedInARow: > 0 })
                        .Select(a => new AgendaItem(
                            a.Id.ToString(),
                            $"{a.Id} {a.CustomerName}",
                            Markdown.Of(
                                $"{CheckInWords.Name(a)}: {Missed(a.MissedInARow)}{(a.MissedSince is { } since ? Markdown.Of($", since the week of {CheckInWords.Day(since)}") : Markdown.None)} · {a.Engineer!.Value} with {a.CustomerEngineer}"
                            ),
                            Missed(a.MissedInARow)
                        )),
                ]
            ),
        ];
    }

    public bool Has(string about) =>
        about.StartsWith(AssignmentId.Series + "-", StringComparison.Ordinal);

    public Task<Refusal?> Keep(
        string about,
        MeetingNote note,
        string act,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    ) =>
        book.Note(
            AssignmentId.Read(about)!.Value,
            note.By,
            new AssignmentFact.AssignmentInMeeting(note),
            act,
            also,
            cancel
        );

    private static string Missed(int weeks) =>
        weeks == 1 ? "the last one was missed" : $"{weeks} missed in a row";
}
