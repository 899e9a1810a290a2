using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.Panel;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Implementations;

/// <summary>Implementation requests as the panel lists, opens and makes them.</summary>
internal sealed class ImplementationsInPanel(
    ImplementationQueries queries,
    ImplementationStore book,
    ImplementationCalendar calendar,
    TimeProvider clock
) : IPanelRequests
{
    private const int Most = 50;

    public string Series => ImplementationId.Series;

    public string Stored => ImplementationIndexes.Kind.Name;

    public string Title => "Implementation requests";

    public (string, Permission) Make => ("implementation", ImplementationRights.Request);

    public Permission Read => ImplementationRights.Read;

    public async ValueTask<IReadOnlyList<RequestShown>> Open(
        UserId reader,
        CancellationToken cancel
    ) => [.. (await UnderWay(cancel)).Select(Shown)];

    public async ValueTask<IReadOnlyList<RequestShown>> Of(
        UserId person,
        CancellationToken cancel
    ) => [.. (await queries.Of(person, cancel)).Take(Most).Select(Shown)];

    public async ValueTask<IReadOnlyList<RequestShown>> In(
        ChannelId channel,
        CancellationToken cancel
    ) => [.. (await UnderWay(cancel)).Where(it => it.Channel?.Id == channel).Select(Shown)];

    private async ValueTask<IEnumerable<Implementation>> UnderWay(CancellationToken cancel)
    {
        List<Implementation> open = [];
        foreach (
            var group in (BacklogGroup[])
                [BacklogGroup.UnderWay, BacklogGroup.Qualified, BacklogGroup.Triage]
        )
        {
            open.AddRange(await queries.First(group, Most, cancel));
        }

        return open;
    }

    public async ValueTask<RequestDetails?> Find(
        long number,
        ActingPerson reader,
        CancellationToken cancel
    )
    {
        if (await book.Find(new ImplementationId(number), cancel) is not { Value: var it })
        {
            return null;
        }

        return new RequestDetails(
            Shown(it),
            it.Information,
            [
                .. ImplementationCards
                    .Fields(it, it.IsAtRisk(calendar, clock.GetUtcNow()))
                    .Where(f => f.Name != ImplementationCards.StateField)
                    .Select(f => (f.Name, f.Value)),
            ],
            [
                .. ImplementationCards
                    .InOrder(it)
                    .Where(step => it.WhyNot(step, reader) is null)
                    .Select(step => new PanelAction(
                        step.Label,
                        PanelAsk.Command($"implementation {step.Word} {it.Id}"),
                        step == ImplementationSteps.Withdraw
                    )),
            ]
        );
    }

    public async ValueTask<IReadOnlyList<RequestEntry>> Latest(
        long number,
        long? before,
        int limit,
        CancellationToken cancel
    ) =>
        [
            .. (
                await book.LatestHistory(new ImplementationId(number), before, limit, cancel)
            ).Select(e => new RequestEntry(e.Sequence, e.At, e.Fact.Sentence)),
        ];

    private RequestShown Shown(Implementation it) =>
        new(
            it.Id.ToString(),
            it.CustomerName,
            it.Type.Label(),
            it.State.Label(),
            it.Engineer,
            it.Dates.Target,
            it.IsAtRisk(calendar, clock.GetUtcNow())
                ? "requirements are open, and the contract is near"
                : null
        );
}
