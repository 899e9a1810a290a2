using Sidecar.Features.AgendaItems;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations;

/// <summary>Hand-offs of the next three weeks (WEEK-1).</summary>
internal sealed class ImplementationsOnAgenda(
    ImplementationQueries queries,
    ImplementationStore book,
    ImplementationSettings settings,
    WorkingTime team
) : IAgendaSource
{
    private const int Most = 100;

    public async ValueTask<IReadOnlyList<AgendaSection>> Sections(
        AgendaReader reader,
        CancellationToken cancel
    )
    {
        var until = CalendarDay.At(reader.Now, team.Zone).AddDays(settings.HandOffDays);
        var underWay = await queries.First(BacklogGroup.UnderWay, Most, cancel);
        return
        [
            new AgendaSection(
                40,
                "Implementation hand-offs in the next 3 weeks",
                [
                    .. underWay
                        .Where(it => it.Dates.Target <= until)
                        .Select(it => new AgendaItem(
                            it.Id.ToString(),
                            $"{it.Id} {it.CustomerName}",
                            Markdown.Of(
                                $"**{it.Id}** {it.CustomerName}: {it.Type.Label()} · target {CalendarDay.Write(it.Dates.Target!.Value)} · {it.OpenRequirements.Length} requirements open · {Person("IE", it.Engineer)} · {Person("TA", it.Advisor)}"
                            ),
                            $"target {CalendarDay.Write(it.Dates.Target!.Value)}"
                        )),
                ]
            ),
        ];
    }

    public bool Has(string about) =>
        about.StartsWith(ImplementationId.Series + "-", StringComparison.Ordinal);

    public Task<Refusal?> Keep(
        string about,
        MeetingNote note,
        string act,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    ) =>
        book.Note(
            ImplementationId.Read(about)!.Value,
            note.By,
            new ImplementationFact.ImplementationInMeeting(note),
            act,
            also,
            cancel
        );

    private static Markdown Person(string part, Sidecar.Ids.UserId? who) =>
        who is { } person ? Markdown.Of($"{part} {person}") : Markdown.Of($"no {part} named");
}
