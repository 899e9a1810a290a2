using Sidecar.Chat;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Playbooks;

/// <summary>Playbooks for who types the key of one.</summary>
internal sealed class CompletePlaybooks(PlaybookShelf shelf, RoleStore roles) : ICompletion
{
    /// <summary>As parameters name it.</summary>
    public const string Source = IPlaybooks.Completed;

    public string Name => Source;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    ) =>
        PlaybookRights.Read.Allows(await roles.Of(reader, cancel))
            ?
            [
                .. shelf
                    .All.Where(p => p.Key.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                    .Take(ICompletion.Most)
                    .Select(p => new OfferedWord(p.Key, p.Value.Name, "")),
            ]
            : [];

    public async ValueTask<IReadOnlyList<ControlOption>> Find(
        OfferQuery query,
        CancellationToken cancel
    ) =>
        [
            .. (await Offer(query.Reader, query.Typed, cancel)).Select(o => new ControlOption(
                o.Hint,
                o.Word
            )),
        ];
}
