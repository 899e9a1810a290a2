using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Interactions;

namespace Sidecar.Features.Panel;

/// <summary>The panel's lists of open escalations, in the order of their priority (ESC-5).</summary>
internal sealed class PanelLists(
    EscalationLists lists,
    CustomerStore customers,
    PanelRequests requests,
    PanelSetups setups,
    PanelPeople people,
    PanelCursor cursor
)
{
    private const string Open = "open";
    private const string Mine = "mine";
    private const string Here = "here";

    // Beyond it people read “more than”.
    private const int MostCounted = 1000;

    /// <returns>Null when there is no such list, or nothing that it could go on after.</returns>
    public async ValueTask<PanelList?> Page(
        PanelRequest request,
        Envelope from,
        CancellationToken cancel
    )
    {
        if (await Choose(request.Of, from, cancel) is not { } chosen)
        {
            return null;
        }

        var list = chosen.For(await customers.MayRead(from.User, cancel));
        var name =
            (request.Of == Here ? $"{Here}.{from.Channel.Value}" : request.Of!)
            + (list.IsPlain ? ".plain" : "");
        var after = request.After is null ? null : cursor.Read(name, from.User, request.After);
        if (request.After is not null && after is null)
        {
            return null;
        }

        var page = await lists.Page(list, after, request.PageSize, cancel);
        var escalations = page.Items.Select(i => i.Value).ToList();
        await people.Know(escalations.Select(e => e.Owner), cancel);
        var count = await lists.Count(list, MostCounted + 1, cancel);
        return new PanelList(
            [.. escalations.Select(e => PanelItem.Of(e, people))],
            Math.Min(count, MostCounted),
            count > MostCounted,
            page.Next is { } next ? cursor.Write(name, from.User, next) : null
        )
        {
            Beside =
                after is not null ? []
                : request.Of == Mine ? await requests.Mine(from.User, cancel)
                : request.Of == Here ? await requests.Here(from.User, from.Channel, cancel)
                : [],
            Setup = after is null && request.Of == Open ? await setups.Of(from.User, cancel) : null,
        };
    }

    private async ValueTask<EscalationList?> Choose(
        string? of,
        Envelope from,
        CancellationToken cancel
    ) =>
        of switch
        {
            Open => EscalationList.Open,
            Mine => EscalationList.Of(from.User),
            Here => await lists.Here(from.Channel, cancel),
            _ => null,
        };
}
