using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>
/// A kind of request with numbers of its own. A feature that has one contributes this, and the panel lists, opens and
/// makes them, whatever they are.
/// </summary>
internal interface IPanelRequests
{
    /// <summary>Before the numbers: <c>SRV</c>.</summary>
    string Series { get; }

    /// <summary>The name of the documents that they are.</summary>
    string Stored { get; }

    /// <summary>How people call them, at the beginning of a line: <c>Service requests</c>.</summary>
    string Title { get; }

    /// <summary>The command that opens the form of a new one, and who may.</summary>
    (string Command, Permission Permission) Make { get; }

    /// <summary>Who may read them.</summary>
    Permission Read { get; }

    /// <summary>Those that are under way, what hurries first.</summary>
    ValueTask<IReadOnlyList<RequestShown>> Open(UserId reader, CancellationToken cancel);

    /// <summary>Those of them in which somebody has a part.</summary>
    ValueTask<IReadOnlyList<RequestShown>> Of(UserId person, CancellationToken cancel);

    /// <summary>Those of them that belong to a channel.</summary>
    ValueTask<IReadOnlyList<RequestShown>> In(ChannelId channel, CancellationToken cancel);

    /// <summary>One of them, whatever became of it; null when there is none with that number.</summary>
    ValueTask<RequestDetails?> Find(long number, ActingPerson reader, CancellationToken cancel);

    /// <summary>What happened to one, the latest first.</summary>
    ValueTask<IReadOnlyList<RequestEntry>> Latest(
        long number,
        long? before,
        int limit,
        CancellationToken cancel
    );
}

/// <summary>A request as the panel lists it.</summary>
/// <param name="Id">Its number: <c>SRV-4</c>.</param>
/// <param name="Customer">For whom.</param>
/// <param name="Title">What, in one line, as typed.</param>
/// <param name="State">Where it stands, in words.</param>
/// <param name="Who">Who has to do something next; null while nobody is named.</param>
/// <param name="DueOn">When something is due next; null when nothing is.</param>
/// <param name="Risk">Why it may not be done in time, in a few words; null when nothing speaks against it.</param>
internal sealed record RequestShown(
    string Id,
    string Customer,
    string Title,
    string State,
    UserId? Who,
    DateOnly? DueOn,
    string? Risk
);

/// <summary>A request as the panel shows it when it is opened.</summary>
/// <param name="Shown">As in the list.</param>
/// <param name="About">What it is about, as typed; may be empty.</param>
/// <param name="Facts">Named facts, in order.</param>
/// <param name="Actions">What this person may do now: what comes next first, what ends it last.</param>
internal sealed record RequestDetails(
    RequestShown Shown,
    string About,
    IReadOnlyList<(string Name, Markdown Value)> Facts,
    IReadOnlyList<PanelAction> Actions
);

/// <summary>An entry of a request's timeline.</summary>
internal sealed record RequestEntry(long Sequence, DateTimeOffset At, Markdown Sentence);

/// <summary>The requests of all kinds, as the panel asks for them.</summary>
internal sealed class PanelRequests(
    IEnumerable<IPanelRequests> kinds,
    RoleStore roles,
    PanelPeople people,
    PanelTimelines timelines,
    Router router
)
{
    /// <summary>Of which kind a number is, and which; null when of none.</summary>
    public (IPanelRequests Kind, long Number)? Find(string? id) =>
        kinds
            .Where(k => id?.StartsWith(k.Series, StringComparison.OrdinalIgnoreCase) == true)
            .Select(k => (k, SeriesNumber.Read(k.Series, id!)))
            .Where(k => k.Item2 is not null)
            .Select(k => ((IPanelRequests, long)?)(k.k, k.Item2!.Value))
            .FirstOrDefault();

    /// <summary>Every kind that somebody may read, with what is under way.</summary>
    public ValueTask<IReadOnlyList<PanelRequestKind>> All(
        UserId reader,
        CancellationToken cancel
    ) => Kinds(reader, kind => kind.Open(reader, cancel), cancel);

    /// <summary>What somebody has a part in, of the kinds of which there is any.</summary>
    public async ValueTask<IReadOnlyList<PanelRequestKind>> Mine(
        UserId reader,
        CancellationToken cancel
    ) => NotEmpty(await Kinds(reader, kind => kind.Of(reader, cancel), cancel));

    /// <summary>What belongs to a channel, of the kinds of which there is any.</summary>
    public async ValueTask<IReadOnlyList<PanelRequestKind>> Here(
        UserId reader,
        ChannelId channel,
        CancellationToken cancel
    ) => NotEmpty(await Kinds(reader, kind => kind.In(channel, cancel), cancel));

    private static IReadOnlyList<PanelRequestKind> NotEmpty(
        IReadOnlyList<PanelRequestKind> kinds
    ) => [.. kinds.Where(k => k.Items.Count > 0)];

    private async ValueTask<IReadOnlyList<PanelRequestKind>> Kinds(
        UserId reader,
        Func<IPanelRequests, ValueTask<IReadOnlyList<RequestShown>>> read,
        CancellationToken cancel
    )
    {
        var actor = await roles.Of(reader, cancel);
        var all = new List<PanelRequestKind>();
        foreach (var kind in kinds.Where(k => k.Read.Allows(actor)))
        {
            // Prospects' names are shown to who may read them now, not a minute ago.
            if (await router.WhyNot(kind.Read, reader, cancel) is not null)
            {
                continue;
            }

            var items = await read(kind);
            await people.Know(items.Select(r => r.Who), cancel);
            all.Add(
                new PanelRequestKind(
                    kind.Series,
                    kind.Title,
                    kind.Make.Permission.Allows(actor) ? PanelAsk.Command(kind.Make.Command) : null,
                    [.. items.Select(Item)]
                )
            );
        }

        return all;
    }

    /// <summary>One of them; null when there is none.</summary>
    public async ValueTask<PanelRequestDetail?> One(
        IPanelRequests kind,
        long number,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (await kind.Find(number, await roles.Of(reader, cancel), cancel) is not { } found)
        {
            return null;
        }

        await people.Know([found.Shown.Who], cancel);
        var texts = await people.Write([.. found.Facts.Select(f => f.Value)], cancel);
        return new PanelRequestDetail(Item(found.Shown))
        {
            About = PanelAnswer.Text(found.About),
            Facts = [.. found.Facts.Select((f, i) => new PanelRequestFact(f.Name, texts[i]))],
            // What ends it without its being done is never what comes next.
            Next = found.Actions is [{ IsEnding: false } next, ..] ? next : null,
            More = [.. found.Actions.Skip(found.Actions is [{ IsEnding: false }, ..] ? 1 : 0)],
        };
    }

    /// <summary>What happened to one.</summary>
    public async ValueTask<PanelTimeline> Timeline(
        IPanelRequests kind,
        long number,
        long? before,
        CancellationToken cancel
    ) =>
        await timelines.Page(
            await kind.Latest(number, before, PanelTimelines.PageSize + 1, cancel),
            cancel
        );

    private PanelRequestItem Item(RequestShown request) =>
        new(
            request.Id,
            request.Customer,
            request.Title,
            Capital(request.State),
            people.Write(request.Who),
            PanelAnswer.Day(request.DueOn),
            request.Risk
        );

    private static string Capital(string state) =>
        state.Length == 0 ? state : $"{char.ToUpperInvariant(state[0])}{state[1..]}";
}
